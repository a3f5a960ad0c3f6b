"""The pages about shifts. Which module speaks for which: add a stage, and the type checker asks for it here."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.shift_stages import (
    AtShift,
    CheckingIn,
    MyShifts,
    OpenShifts,
    Planning,
    RosterWeek,
    ShiftStage,
    Unplanning,
)
from flows.stages.office.shifts import at_shift, checking_in, my_shifts, open_shifts, planning, roster_week, unplanning
from flows.state import Talk
from flows.turn import Move, Page, World


def hear(at: ShiftStage, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """What the stage makes of the event; None for "not mine"."""
    match at:
        case CheckingIn():
            return checking_in.hear(at, talk, event, world)
        case MyShifts():
            return my_shifts.hear(at, talk, event, world)
        case AtShift():
            return at_shift.hear(at, talk, event, world)
        case OpenShifts():
            return open_shifts.hear(at, talk, event, world)
        case RosterWeek():
            return roster_week.hear(at, talk, event, world)
        case Planning():
            return planning.hear(at, talk, event, world)
        case Unplanning():
            return unplanning.hear(at, talk, event, world)


def show(at: ShiftStage, talk: Talk, world: World) -> Page:
    """What a person sees there."""
    match at:
        case CheckingIn():
            return checking_in.show(at, talk, world)
        case MyShifts():
            return my_shifts.show(at, talk, world)
        case AtShift():
            return at_shift.show(at, talk, world)
        case OpenShifts():
            return open_shifts.show(at, talk, world)
        case RosterWeek():
            return roster_week.show(at, talk, world)
        case Planning():
            return planning.show(at, talk, world)
        case Unplanning():
            return unplanning.show(at, talk, world)
