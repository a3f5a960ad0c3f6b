"""How a shift is told: day, hours, desk, and whose it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby

from flows.office.roster import Shift
from flows.telling.plain import day as date_of
from flows.telling.posts import desk_name
from flows.texts import Say
from flows.turn import VIETNAM, World
from knowledge.desks import WEEKDAYS


def clock(at: datetime) -> str:
    """7:05 in Vietnam."""
    local = at.astimezone(VIETNAM)
    return f"{local.hour}:{local.minute:02}"


def day_of(at: datetime) -> date:
    """The day in Vietnam."""
    return at.astimezone(VIETNAM).date()


def weekday_and_day(day: date, say: Say) -> str:
    """thứ Tư 25/11/2026."""
    return say("due.day", weekday=say(f"weekday.{WEEKDAYS[day.weekday()]}"), day=date_of(day))


def hours(shift: Shift) -> str:
    """7:30 - 11:30."""
    return f"{clock(shift.begins)} - {clock(shift.ends)}"


def when(shift: Shift, say: Say) -> str:
    """thứ Tư 25/11/2026, 7:30 - 11:30."""
    return say("roster.when", day=weekday_and_day(day_of(shift.begins), say), hours=hours(shift))


def when_and_where(shift: Shift, world: World, say: Say) -> str:
    """The same, and at which desk."""
    return say("roster.when_and_where", when=when(shift, say), desk=desk_name(shift.desk, world))


def minutes(span: timedelta, say: Say) -> str:
    """So many whole minutes, from an hour on with its hours."""
    total = int(span.total_seconds() // 60)
    if total < 60:
        return say("roster.minutes", n=total)
    return say("roster.hours", h=total // 60, n=total % 60)


def whose(shift: Shift, say: Say) -> str:
    """Whose it is, as the team calls them; that somebody is wanted for it."""
    if shift.member is None:
        return say("roster.free")
    return say("roster.offered_by", who=shift.member.called) if shift.state == "offered" else shift.member.called


def stand(shift: Shift, world: World, say: Say) -> str:
    """One of one's own: when and where, and whether it is to be given away."""
    about = when_and_where(shift, world, say)
    return say("roster.to_give_away", shift=about) if shift.state == "offered" else about


def in_a_day(day: date, shifts: tuple[Shift, ...], say: Say) -> str:
    """All shifts of a day: thứ Tư 25/11/2026: 7:30 - 11:30 Lan, Minh; 13:30 - 17:00 còn trống."""
    spans = (f"{span} {', '.join(whose(one, say) for one in those)}" for span, those in groupby(shifts, key=hours))
    return f"{weekday_and_day(day, say)}: {'; '.join(spans)}"
