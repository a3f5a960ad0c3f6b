"""Shifts for which somebody is wanted: the first who takes one has it."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.roster import Take
from flows.office.shift_stages import MyShifts, OpenShifts
from flows.replies import Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.shifts import when_and_where
from flows.turn import Move, Page, World

SHIFT = "t-"

SHOWN = 7
"""Shifts shown at once, the soonest."""


def hear(at: OpenShifts, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Take one, unless another has taken it meanwhile or one is somewhere else then."""
    if not isinstance(event, Pressed):
        return None
    if event.choice == "mine":
        return Move(MyShifts())
    id = event.choice.removeprefix(SHIFT)
    shift = next((one for one in world.office.roster.open() if one.id == id), None)
    if shift is None:
        return Move(OpenShifts(), asides=(Aside("roster.too_late"),))
    say = world.texts[talk.language]
    clashing = world.office.roster.clashing(world.me.id, shift.begins, shift.ends)
    if clashing:
        return Move(OpenShifts(), asides=(Aside("roster.clashes", when_and_where(clashing[0], world, say)),))
    about = when_and_where(shift, world, say)
    return Move(MyShifts(), deeds=(Take(shift.id),), asides=(Aside("roster.took", about),), back=False)


def show(at: OpenShifts, talk: Talk, world: World) -> Page:
    """A button each."""
    say = world.texts[talk.language]
    open = world.office.roster.open()[:SHOWN]
    return Page(
        (Heading(say("roster.open_shifts")), Line(say("roster.first_has_it" if open else "roster.none_open"))),
        (
            *(Choice(SHIFT + one.id, when_and_where(one, world, say)) for one in open),
            Choice("mine", say("roster.mine"), "more"),
        ),
        say("office.prompt"),
    )
