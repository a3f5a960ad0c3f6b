"""An answer led to another procedure: which one, and what can be done here."""

from __future__ import annotations

from flows import hearing
from flows.events import Pressed, Said
from flows.lists import case_of, onward
from flows.moves import open_choice, pressed_guide
from flows.replies import Block, Choice, Heading, Line, Notice
from flows.state import Changing, Elsewhere, Talk
from flows.telling.pointers import pointer_name
from flows.turn import Move, Page, World
from flows.undoing import undone
from knowledge.tailor import diverted


def hear(at: Elsewhere, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Open the other guide, stay with this one, or change an answer."""
    guide = world.guide(at.guide)
    if event == Pressed("stay", talk.turn):
        return Move(onward(case_of(talk, guide, at.nth), guide))
    if event == Pressed("change", talk.turn):
        return Move(Changing(guide.id, at.nth))
    if isinstance(event, Said) and hearing.is_wrong(event.text, world.library.words, world.texts[talk.language]):
        return undone(talk, world)
    return pressed_guide(event, talk, world)


def show(at: Elsewhere, talk: Talk, world: World) -> Page:
    """The name and code of the other procedure, and why."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    pointer = diverted(guide, case_of(talk, guide, at.nth).answers)
    blocks: list[Block] = [Heading(say("elsewhere.title"))]
    choices: list[Choice] = []
    if pointer is not None:
        name = pointer_name(pointer, world.library, say)
        blocks += [Line(say("elsewhere.body", name=name, code=pointer.code)), Line(pointer.why)]
        other = world.library.by_code(pointer.code)
        if other is not None and other.visible(world.today):
            choices.append(open_choice(other, say))
        else:
            blocks.append(Notice(say("elsewhere.none"), "warning"))
    choices += [
        Choice("stay", say("elsewhere.stay"), "more"),
        Choice("change", say("elsewhere.change"), "more"),
    ]
    return Page(tuple(blocks), tuple(choices), say("guide.prompt"))
