"""Where a desk is, when it is open, whom to call, and when volunteers help there next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from flows.replies import Row, Rows
from flows.telling.due import weekday
from flows.texts import Say
from knowledge.calendar import calendar
from knowledge.desks import WEEKDAYS, Desk
from knowledge.friendly_day import friendly_day_from

NEAR: Final = 3
"""Desks that are told at most: more is a list that nobody reads."""


def desk_rows(desks: Iterable[Desk], start: date, say: Say) -> tuple[Rows, ...]:
    """The desks, each with address, hours, hotline and next friendly day from `start` on; empty where there is none."""
    rows = tuple(Row(desk.name, tuple(_told(desk, start, say))) for desk in tuple(desks)[:NEAR])
    return (Rows(rows),) if rows else ()


def in_a_sentence(desks: Iterable[Desk], start: date, say: Say) -> str:
    """The same in a row of sentences."""
    return " ".join(f"{desk.name}: {'; '.join(_told(desk, start, say))}." for desk in tuple(desks)[:NEAR])


def hours_told(desk: Desk, say: Say) -> tuple[str, ...]:
    """When it is open, days with the same hours in one sentence."""
    return tuple(say("requests.hours", days=_days(one.days, say), hours=one.hours) for one in desk.opening)


def _told(desk: Desk, start: date, say: Say) -> list[str]:
    told = [desk.address, *hours_told(desk, say)]
    if desk.hotline is not None:
        told.append(say("requests.hotline", number=desk.hotline))
    friendly = friendly_day_from(desk, start, calendar())
    if friendly is not None:
        told.append(say("requests.friendly", day=weekday(friendly.day, say)))
    return told


def _days(days: tuple[str, ...], say: Say) -> str:
    """The days of a week in a row, those that follow each other from the first to the last."""
    at = [day in days for day in WEEKDAYS]
    first, last = at.index(True), len(at) - 1 - at[::-1].index(True)
    if last - first > 1 and all(at[first : last + 1]):
        return say("requests.from_to", first=say(f"weekday.{WEEKDAYS[first]}"), last=say(f"weekday.{WEEKDAYS[last]}"))
    return ", ".join(say(f"weekday.{day}") for day in WEEKDAYS if day in days)
