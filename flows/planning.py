"""A shift in words: "thứ tư 25/11 7:30-11:30 Lan, Minh", in the chat as in a table to import."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from flows.office.people import Member
from flows.office.roster import Planned
from flows.turn import VIETNAM
from knowledge.desks import WEEKDAYS
from knowledge.vietnamese import fold

AHEAD: Final = timedelta(days=366)
"""How far ahead a shift may be."""

SLIP: Final = timedelta(days=60)
"""A day without its year that is longer ago is meant for next year."""

_CLOCK: Final = r"\d{1,2}(?:[:hg.]\d{0,2}|\s*giờ(?:\s*\d{1,2})?)?"
_SPAN: Final = re.compile(rf"(?<![\d:/])({_CLOCK})\s*(?:-|–|—|đến|den|tới|toi)\s*({_CLOCK})(?![\d/])", re.IGNORECASE)
_PARTS: Final = re.compile(r"(\d{1,2})(?:[:hg.]|\s*giờ)?\s*(\d{0,2})", re.IGNORECASE)
_DATE: Final = re.compile(r"(?<![\d:])(\d{1,2})(?:/(\d{1,2})(?:/(\d{4}))?|[.-](\d{1,2})[.-](\d{4}))(?![\d:])")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WEEKDAY: Final = re.compile(
    r"(?:thứ|thu)\s*(hai|ba|tư|tu|bốn|bon|năm|nam|sáu|sau|bảy|bay|[2-7])\b|\bt([2-7])\b|chủ nhật|chu nhat|\bcn\b",
    re.IGNORECASE,
)
_NUMBERS: Final = {"hai": 0, "ba": 1, "tu": 2, "bon": 2, "nam": 3, "sau": 4, "bay": 5}
_BETWEEN_NAMES: Final = re.compile(r"\s*(?:,|\+|&|\bvà\b|\bva\b)\s*", re.IGNORECASE)
_NOBODY: Final = frozenset(("trong", "con trong", "chua co", "chua co ai", "chua co nguoi"))


class Unclear(Exception):
    """A part of a shift that cannot be; `sentence` is the name of what is told, `about` the part as it was written."""

    def __init__(self, sentence: str, about: str = "") -> None:
        super().__init__(sentence, about)
        self.sentence = sentence
        self.about = about


def shifts(text: str, desk: str, team: Sequence[Member], today: date) -> tuple[Planned, ...]:
    """All shifts of a text, several parted by ";". Unclear names the first part that cannot be."""
    return tuple(one for part in text.split(";") if part.strip() for one in _shifts(part, desk, team, today))


def _shifts(text: str, desk: str, team: Sequence[Member], today: date) -> Iterator[Planned]:
    rest = _ISO.sub(" ", text) if _ISO.search(text) else _DATE.sub(" ", text, count=1)
    rest = _WEEKDAY.sub(" ", rest, count=1)
    found = _SPAN.search(rest)
    if found is None:
        raise Unclear("planning.no_hours", text.strip())
    begins, ends = span(found[0])
    day = day_in(text.replace(found[0], " "), today)
    members = [member(name, team).id for name in names(rest[found.end() :])]
    for one in members or [""]:
        yield planned(desk, day, (begins, ends), one)


def names(text: str) -> tuple[str, ...]:
    """The names of a text, each once; none where it says that nobody is known yet: "Lan, Minh và Hà", "còn trống"."""
    split = [name for name in _BETWEEN_NAMES.split(text.strip(" .:,")) if name]
    return () if len(split) == 1 and fold(split[0]) in _NOBODY else tuple(dict.fromkeys(split))


def planned(desk: str, day: date, hours: tuple[time, time], member: str) -> Planned:
    """The shift of a day in Vietnam."""
    begins, ends = (datetime.combine(day, at, VIETNAM) for at in hours)
    return Planned(desk, begins, ends, member)


def has_hours(text: str) -> bool:
    """Whether a text names from when to when."""
    return _SPAN.search(text) is not None


def day_in(text: str, today: date) -> date:
    """The day that a text names: 25/11, 25/11/2026, 2026-11-25, thứ tư (the next one, today among them), mai."""
    weekday = _WEEKDAY.search(text)
    day = _dated(text, today)
    if day is None and weekday is not None:
        next_week = re.search(r"tuan (sau|toi)", fold(text)) is not None
        ahead = 7 - today.weekday() + _weekday(weekday) if next_week else (_weekday(weekday) - today.weekday()) % 7
        day = today + timedelta(days=ahead)
    if day is None:
        words = fold(text).split()
        day = today + timedelta(days=1) if "mai" in words else today if words[-2:] == ["hom", "nay"] else None
    if day is None:
        raise Unclear("planning.no_day", text.strip())
    if weekday is not None and _weekday(weekday) != day.weekday():
        raise Unclear(f"planning.is_{WEEKDAYS[day.weekday()]}", f"{day.day}/{day.month}/{day.year}")
    if day < today:
        raise Unclear("planning.past", f"{day.day}/{day.month}/{day.year}")
    if day > today + AHEAD:
        raise Unclear("planning.too_far", f"{day.day}/{day.month}/{day.year}")
    return day


def _dated(text: str, today: date) -> date | None:
    found = _ISO.search(text)
    if found is not None:
        return _real(int(found[1]), int(found[2]), int(found[3]), found[0])
    found = _DATE.search(text)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2] or found[4]), found[3] or found[5]
    if year is not None:
        return _real(int(year), month, day, found[0])
    this = _real(today.year, month, day, found[0])
    return this if this >= today - SLIP else _real(today.year + 1, month, day, found[0])


def _real(year: int, month: int, day: int, typed: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear("planning.no_such_day", typed) from None


def _weekday(found: re.Match[str]) -> int:
    said = found[1] or found[2]
    if said is None:
        return 6
    return int(said) - 2 if said.isdecimal() else _NUMBERS[fold(said)]


def span(text: str) -> tuple[time, time]:
    """From and to of a text like 7:30-11:30, 7h30 - 11h30, 7 giờ đến 11 giờ."""
    found = _SPAN.search(text)
    if found is None:
        raise Unclear("planning.no_hours", text.strip())
    begins, ends = clock(found[1]), clock(found[2])
    in_order(begins, ends)
    return begins, ends


def in_order(begins: time, ends: time) -> None:
    """Unclear unless a time comes before another."""
    if ends <= begins:
        raise Unclear("planning.ends_before", f"{begins:%-H:%M} - {ends:%-H:%M}")


def clock(text: str) -> time:
    """The time of day that a text is: 7:30, 7h30, 7h, 7 giờ 30."""
    found = _PARTS.fullmatch(text.strip())
    if found is None:
        raise Unclear("planning.no_time", text.strip())
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        raise Unclear("planning.no_time", text.strip()) from None


def member(name: str, team: Sequence[Member]) -> Member:
    """Whom the team calls so, marks or not where that tells them apart."""
    exact = [one for one in team if one.called.casefold() == name.strip().casefold()]
    near = [one for one in team if fold(one.called) == fold(name)]
    for found in (exact, near):
        if len(found) == 1:
            return found[0]
        if found:
            raise Unclear("planning.two_of_that_name", name.strip())
    raise Unclear("planning.unknown_name", name.strip())
