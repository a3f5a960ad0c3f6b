"""Where a picture of one paper is sent: how to take it, what is kept already, and how to take it back."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.pictures import kept_line, on_list, withdrawn
from flows.replies import Block, Choice, Heading, Line, Upload
from flows.state import Attaching, Collecting, Talk, list_id
from flows.telling.plain import paper_name
from flows.turn import Move, Page, World


def hear(at: Attaching, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Take back what was agreed to, or go back to the list."""
    if event == Pressed("erase", talk.turn):
        return withdrawn(at, talk, world)
    return Move(Collecting(at.guide, at.nth), back=False) if event == Pressed("list", talk.turn) else None


def show(at: Attaching, talk: Talk, world: World) -> Page:
    """What is kept first, then how to send one more."""
    say = world.texts[talk.language]
    document = world.guide(at.guide).document(at.document)
    kept = on_list(talk, list_id(at.guide, at.nth), at.document)
    blocks: list[Block] = [
        Heading(say("attaching.title", paper=paper_name(document, say) if document is not None else ""))
    ]
    if kept:
        blocks += [Line(kept_line(kept, say)), Line(say("attaching.tell"))]
    blocks += [
        Line(say("attaching.how")),
        Upload(say("attaching.upload"), say("attaching.file"), say("attaching.send"), say("attaching.elsewhere")),
    ]
    erase = say("attaching.erase" if kept else "attaching.withdraw")
    return Page(tuple(blocks), (Choice("list", say("attaching.list"), "main"), Choice("erase", erase, "more")))
