"""A shift is taken off the roster: the day, then the shift."""

from __future__ import annotations

from datetime import date

from flows import rostering
from flows.events import Pressed, Said
from flows.office.roster import Remove, Shift
from flows.office.shift_stages import RosterWeek, Unplanning
from flows.replies import Choice, Heading
from flows.state import Aside, Talk
from flows.telling.shifts import hours, weekday_and_day, when, whose
from flows.turn import Move, Page, World

SHIFT = "r-"


def hear(at: Unplanning, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The day, or the shift that goes."""
    if not isinstance(event, Pressed):
        return None
    if event.choice.startswith("day-"):
        return Move(Unplanning(at.desk, at.monday, date.fromisoformat(event.choice.removeprefix("day-"))))
    week = RosterWeek(at.desk, at.monday)
    shift = world.office.roster.shift(event.choice.removeprefix(SHIFT))
    if shift is None or shift.desk != at.desk or shift.ends <= world.now:
        return Move(week, asides=(Aside("roster.gone_already"),), back=False)
    say = world.texts[talk.language]
    about = say("roster.whose", shift=when(shift, say), who=whose(shift, say))
    return Move(week, deeds=(Remove(shift.id),), asides=(Aside("roster.removed", about),), back=False)


def show(at: Unplanning, talk: Talk, world: World) -> Page:
    """What is to come of the week, or of the day."""
    say = world.texts[talk.language]
    days = [(day, _to_come(shifts, world)) for day, shifts in rostering.by_day(at.desk, at.monday, world)]
    days = [(day, shifts) for day, shifts in days if shifts]
    if at.day is None and len(days) > 1:
        choices = [Choice(f"day-{day}", weekday_and_day(day, say)) for day, _ in days]
        return Page((Heading(say("roster.remove_which_day")),), tuple(choices))
    shifts = next((shifts for day, shifts in days if at.day in {None, day}), ())
    choices = [Choice(SHIFT + one.id, say("roster.whose", shift=hours(one), who=whose(one, say))) for one in shifts]
    title = "roster.remove_which" if shifts else "roster.gone_already"
    return Page((Heading(say(title)),), tuple(choices))


def _to_come(shifts: tuple[Shift, ...], world: World) -> tuple[Shift, ...]:
    return tuple(one for one in shifts if one.ends > world.now)
