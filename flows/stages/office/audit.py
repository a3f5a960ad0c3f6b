"""What was done about who works here, the latest first, a page at a time."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.stages import Audit
from flows.replies import Bullets, Choice, Heading, Line
from flows.state import Talk
from flows.telling.audit import line
from flows.turn import Move, Page, World

SHOWN = 10
"""Lines on one page."""


def hear(at: Audit, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Another page."""
    match event:
        case Pressed("more"):
            return Move(Audit(at.page + 1), back=False)
        case Pressed("less"):
            return Move(Audit(max(0, at.page - 1)), back=False)
        case _:
            return None


def show(at: Audit, talk: Talk, world: World) -> Page:
    """One page of it."""
    say = world.texts[talk.language]
    found = world.office.people.audit(at.page * SHOWN, SHOWN + 1)
    choices = []
    if len(found) > SHOWN:
        choices.append(Choice("more", say("audit.older"), "more"))
    if at.page > 0:
        choices.append(Choice("less", say("audit.newer"), "more"))
    told = tuple(line(entry, world, say) for entry in found[:SHOWN])
    body = Bullets(told) if told else Line(say("audit.none"))
    return Page((Heading(say("audit.title")), body), tuple(choices))
