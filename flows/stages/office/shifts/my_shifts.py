"""One's own shifts to come, and which of them to give away."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.shift_stages import AtShift, MyShifts, OpenShifts, RosterWeek
from flows.replies import Block, Bullets, Choice, Heading, Line
from flows.state import Talk
from flows.telling.shifts import stand, when
from flows.turn import Move, Page, World

SHIFT = "s-"

SHOWN = 6
"""Shifts that have a button."""


def hear(at: MyShifts, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One of the shifts, those to take, the week."""
    if not isinstance(event, Pressed):
        return None
    match event.choice:
        case "open":
            return Move(OpenShifts())
        case "week":
            return Move(RosterWeek())
        case choice:
            return Move(AtShift(choice.removeprefix(SHIFT), sick=at.wish == "sick"))


def show(at: MyShifts, talk: Talk, world: World) -> Page:
    """The next one first."""
    say = world.texts[talk.language]
    mine = world.office.roster.mine()
    blocks: list[Block] = [Heading(say(f"roster.which_{at.wish}" if at.wish and mine else "roster.mine"))]
    if mine:
        blocks.append(Bullets(tuple(stand(one, world, say) for one in mine), ordered=True))
    else:
        blocks.append(Line(say("roster.none_mine")))
    choices = [Choice(SHIFT + one.id, when(one, say)) for one in mine[:SHOWN]]
    if world.office.roster.open():
        choices.append(Choice("open", say("roster.open_shifts"), "more"))
    choices.append(Choice("week", say("roster.week"), "more"))
    return Page(tuple(blocks), tuple(choices), say("office.prompt"))
