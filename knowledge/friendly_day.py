"""The next day on which volunteers help at a desk, holidays considered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from knowledge.calendar import Calendar, DayOff
from knowledge.desks import WEEKDAYS, Desk, hours_on

WEEKS = 8
"""Weeks in which a day is looked for: no run of holidays is longer."""


@dataclass(frozen=True, slots=True)
class FriendlyDay:
    """When a desk next has its friendly day, and its hours then; `skipped` are those before it that are days off."""

    desk: Desk
    day: date
    hours: tuple[tuple[time, time], ...]
    skipped: tuple[DayOff, ...]


def own_calendar(desk: Desk, calendar: Calendar) -> Calendar:
    """The calendar with the desk's own working week."""
    week = frozenset(WEEKDAYS.index(day) for one in desk.opening for day in one.days)
    return replace(calendar, week=week)


def next_friendly_day(desk: Desk, now: datetime, calendar: Calendar) -> FriendlyDay | None:
    """The next one (`now` in Vietnam's time), today's while the desk is not closed; None where there is none."""
    if desk.friendly_day is None:
        return None
    hours = hours_on(desk, WEEKDAYS.index(desk.friendly_day))
    over = bool(hours) and now.time() >= hours[-1][1]
    return friendly_day_from(desk, now.date() + timedelta(days=1) if over else now.date(), calendar)


def friendly_day_from(desk: Desk, start: date, calendar: Calendar) -> FriendlyDay | None:
    """The next one from a day on, that day included; None where there is none."""
    if desk.friendly_day is None:
        return None
    wanted = WEEKDAYS.index(desk.friendly_day)
    first = start + timedelta(days=(wanted - start.weekday()) % 7)
    days = [first + timedelta(weeks=week) for week in range(WEEKS)]
    open = next((day for day in days if day not in calendar.off), None)
    if open is None:
        return None
    skipped = tuple(calendar.off[day] for day in days if day < open)
    return FriendlyDay(desk, open, hours_on(desk, wanted), skipped)


def next_friendly_days(desks: Sequence[Desk], now: datetime, calendar: Calendar) -> tuple[FriendlyDay, ...]:
    """Those of several desks, the soonest first, those of one day by name. A desk for trials has none."""
    found = (next_friendly_day(desk, now, calendar) for desk in desks if not desk.trial)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.day, one.desk.name)))
