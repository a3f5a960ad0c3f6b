"""The day on which a late result is promised: the next working days to choose from, or any day typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from flows.days import day_ahead
from flows.events import Pressed, Said
from flows.replies import Choice
from flows.telling.due import weekday
from flows.texts import Say
from knowledge.calendar import calendar

DAY: Final = "on:"
AHEAD: Final = (1, 2, 3, 5, 7, 10)
"""Working days from today that are offered."""
LATEST: Final = timedelta(days=120)


def day_choices(today: date, say: Say) -> tuple[Choice, ...]:
    """The days that are offered."""
    days = (calendar().due(today, n, "working_days").day for n in AHEAD)
    return tuple(Choice(DAY + day.isoformat(), weekday(day, say)) for day in days)


def day_heard(event: Pressed | Said, today: date) -> date | None:
    """The day that was chosen or typed, after today and not too far; else None."""
    match event:
        case Pressed(choice=choice) if choice.startswith(DAY):
            day: date | None = date.fromisoformat(choice.removeprefix(DAY))
        case Said(text=text):
            day = day_ahead(text, today)
        case _:
            day = None
    return day if day is not None and today < day <= today + LATEST else None
