"""Days in words: which day is meant by "hôm nay", "thứ hai vừa rồi", "20/11"; and who tells of having handed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from knowledge.vietnamese import fold

LATE: Final = 15
"""From this hour on, what is handed in counts as handed in on the next working day."""

_AGO: Final = {"hom nay": 0, "today": 0, "sang nay": 0, "chieu nay": 0, "hom qua": 1, "yesterday": 1, "hom kia": 2}
_WEEKDAYS: Final = {
    "thu hai": 0, "thu 2": 0, "thu ba": 1, "thu 3": 1, "thu tu": 2, "thu 4": 2, "thu nam": 3, "thu 5": 3,
    "thu sau": 4, "thu 6": 4, "thu bay": 5, "thu 7": 5, "chu nhat": 6,
}  # fmt: skip
_DATE: Final = re.compile(r"(?<!\d)(\d{1,2}) ?[/.-] ?(\d{1,2})(?: ?[/.-] ?(\d{4}))?(?!\d)")
_SPELT: Final = re.compile(r"(?<!\d)(\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?(?!\d)")
_HOUR: Final = re.compile(r"(?<!\d)(\d{1,2}) ?(?:h|gio)(?: ?\d{1,2})?(?: (sang|trua|chieu|toi))?\b")
_HANDED: Final = re.compile(r"\b(?:nop|gui|handed in|submitted)\b")
_ASKS: Final = frozenset(
    "dau khong ko dc duoc nhieu nao gio the gi sao muon can phai dinh se chua where when how can".split()
)
"""Words of a question or a plan: with one of them nobody tells that the file is in."""
_YEAR: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Handed:
    """When a file was handed in; `late` is None when no hour was told."""

    day: date
    late: bool | None = None


def day_in(text: str, today: date) -> date | None:
    """The one day, not after today and of the last year, that the words name; None when they name none."""
    lowered = text.casefold()
    found = _DATE.search(lowered) or _SPELT.search(fold(text))
    if found is not None:
        return _dated(int(found[1]), int(found[2]), int(found[3]) if found[3] else None, today)
    folded = f" {fold(text)} "
    for words, ago in _AGO.items():
        if f" {words} " in folded:
            return today - timedelta(days=ago)
    for words, weekday in _WEEKDAYS.items():
        if f" {words} " in folded:
            return today - timedelta(days=(today.weekday() - weekday) % 7)
    return None


def day_ahead(text: str, today: date) -> date | None:
    """The one day, after today and within a year, that a date in the words names; None when there is none."""
    found = _DATE.search(text.casefold()) or _SPELT.search(fold(text))
    if found is None:
        return None
    for year in (int(found[3]),) if found[3] else (today.year, today.year + 1):
        try:
            meant = date(year, int(found[2]), int(found[1]))
        except ValueError:
            continue
        if today < meant <= today + _YEAR:
            return meant
    return None


def names_a_day(text: str) -> bool:
    """Whether the words hold a date, possible or not: "31/2", "ngày 5 tháng 13"."""
    return bool(_DATE.search(text.casefold()) or _SPELT.search(fold(text)))


def late_in(text: str) -> bool | None:
    """Whether the hour that the words name is after 15:00; None when they name none."""
    found = _HOUR.search(fold(text))
    if found is None:
        return None
    hour = int(found[1])
    if found[2] in {"chieu", "toi"} and hour < 12:
        hour += 12
    return hour >= LATE


def handed_in(text: str, today: date) -> Handed | None:
    """What someone tells who has handed in: "em nộp hôm qua rồi", "nộp 20/11 lúc 4h chiều"; None for all else."""
    folded = fold(text)
    if not _HANDED.search(folded) or _ASKS & set(folded.split()) or "?" in text:
        return None
    day = day_in(text, today)
    return None if day is None else Handed(day, late_in(text))


def _dated(day: int, month: int, year: int | None, today: date) -> date | None:
    for tried in (year,) if year is not None else (today.year, today.year - 1):
        try:
            meant = date(tried, month, day)
        except ValueError:
            continue
        if today - _YEAR <= meant <= today:
            return meant
    return None
