"""What to take along: papers ready and missing, fee, time, place, and what to check before leaving."""

from __future__ import annotations

from collections.abc import Iterator

from flows import hearing
from flows.events import Pressed, Said
from flows.lists import case_of, share
from flows.replies import Block, Choice
from flows.state import Awaiting, Case, Collecting, HandingIn, Summary, Talk, Thanks, WasSolved
from flows.telling.taking import taken_along
from flows.texts import Say
from flows.turn import Move, Page, World
from knowledge.guide import Guide


def hear(at: Summary, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Finish, take the list along, tell that the file was handed in, or go back to the list."""
    if isinstance(event, Said):
        missing = hearing.says(event.text, "command.missing", world.library.words, world.texts[talk.language])
        return Move(at, back=False) if missing else None
    guide = world.guide(at.guide)
    match event.choice:
        case "finish":
            return Move(Thanks(at.guide, at.nth) if case_of(talk, guide, at.nth).rated else WasSolved(at.guide, at.nth))
        case "take":
            return share(talk, guide, at.nth, world)
        case "handed":
            handed = case_of(talk, guide, at.nth).handed_in
            return Move(HandingIn(at.guide, at.nth) if handed is None else Awaiting(at.guide, nth=at.nth))
        case "list":
            return Move(Collecting(at.guide, at.nth), back=False)
        case _:
            return None


def show(at: Summary, talk: Talk, world: World) -> Page:
    """The list as a person would take it along."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    choices = (
        Choice("finish", say("summary.finish"), "main"),
        Choice("take", say("summary.take"), "more"),
        Choice("handed", say("summary.handed"), "more"),
        Choice("list", say("summary.list"), "more"),
    )
    return Page(_blocks(guide, case_of(talk, guide, at.nth), world, say), choices, say("guide.prompt"))


def _blocks(guide: Guide, case: Case, world: World, say: Say) -> Iterator[Block]:
    yield from taken_along(guide, case, world.today, world.place, world.library, say)
