"""Which days a report is wanted for: "hôm nay", "tuần trước", "tháng 10", "quý 3/2026", "từ 1/11 đến 30/11"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, Literal

from flows.office.reports import LONGEST, Period
from knowledge.vietnamese import fold

Span = Literal["day", "week", "month", "quarter", "year"]

_BEFORE: Final = ("truoc", "roi", "qua", "ngoai", "last")
_SPANS: Final[tuple[tuple[Span, str], ...]] = (
    ("day", r"\b(?:hom|ngay|today|day)\b"),
    ("week", r"\b(?:tuan|week)\b"),
    ("month", r"\b(?:thang|month)\b"),
    ("quarter", r"\b(?:qu[iy]|quarter)\b"),
    ("year", r"\b(?:nam|year)\b"),
)
_DAY: Final = r"(?:ngay )?(\d{1,2})(?: ?[/.-] ?| thang )(\d{1,2})(?:(?: ?[/.-] ?| nam )(\d{4}))?"
_FROM_TO: Final = re.compile(rf"(?:tu |from )?{_DAY} ?(?:den|toi|to|-|–) ?{_DAY}(?!\d)")
_ONE: Final = re.compile(rf"(?<!\d){_DAY}(?!\d)")
_ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_MONTH: Final = re.compile(r"\b(?:thang|month) (\d{1,2})(?:(?: ?[/.-] ?| nam )(\d{4}))?\b")
_QUARTER: Final = re.compile(r"\b(?:qu[iy]|quarter) (\d|i{1,3}|iv)\b(?:(?: ?[/.-] ?| nam )(\d{4}))?")
_YEAR: Final = re.compile(r"\b(?:nam|year) (\d{4})\b")
_YEARS: Final = re.compile(r"\b(\d{1,2}) (?:nam|years)\b")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def period_in(text: str, today: date) -> Period | None:
    """The period that words name, not beyond ten years; None where they name none, or one that cannot be."""
    try:
        period = _named(" ".join(text.casefold().split()), today)
    except (ValueError, OverflowError):
        return None  # 31/2, the month 13, the year 0
    return period if period is not None and 0 < period.days <= LONGEST else None


def _named(text: str, today: date) -> Period | None:
    plain = fold(text) if not re.search(r"\d", text) else _folded(text)
    if iso := _ISO.findall(text):
        days = [date(int(year), int(month), int(day)) for year, month, day in iso]
        return Period(days[0], days[-1])
    if found := _FROM_TO.search(plain):
        return _between((found[1], found[2], found[3]), (found[4], found[5], found[6]), today)
    if found := _QUARTER.search(plain):
        return _quarter(_year(found[2], today), _ROMAN.get(found[1]) or int(found[1]))
    if found := _ONE.search(plain):
        day = _dated(found[1], found[2], found[3], today)
        return Period(day, day)
    if found := _MONTH.search(plain):
        year = int(found[2]) if found[2] else today.year - (int(found[1]) > today.month)
        return span("month", date(year, int(found[1]), 1))
    if found := _YEAR.search(plain):
        return span("year", date(int(found[1]), 1, 1))
    if found := _YEARS.search(plain):
        return Period(date(today.year - int(found[1]), today.month, min(today.day, 28)), today)
    for words, ago in (("yesterday", 1), ("hom qua", 1), ("hom kia", 2)):
        if re.search(rf"\b{words}\b", plain):
            return span("day", today - timedelta(days=ago))
    for name, words in _SPANS:
        if re.search(words, plain):
            now = span(name, today)
            before = any(re.search(rf"\b{word}\b", plain) for word in _BEFORE)
            return span(name, now.first - timedelta(days=1)) if before else now
    return None


def span(name: Span, day: date) -> Period:
    """The day, week (from Monday), month, quarter or year in which a day lies."""
    match name:
        case "day":
            return Period(day, day)
        case "week":
            monday = day - timedelta(days=day.weekday())
            return Period(monday, monday + timedelta(days=6))
        case "month":
            return _months(day.year, day.month, 1)
        case "quarter":
            return _quarter(day.year, (day.month + 2) // 3)
        case "year":
            return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def _quarter(year: int, quarter: int) -> Period:
    if not 1 <= quarter <= 4:
        raise ValueError(f"there is no quarter {quarter}")
    return _months(year, 3 * quarter - 2, 3)


def _months(year: int, month: int, many: int) -> Period:
    after = month - 1 + many
    return Period(date(year, month, 1), date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1))


def _between(first: tuple[str, str, str | None], last: tuple[str, str, str | None], today: date) -> Period:
    """From one day to another; a year that is said once is that of both, unless the turn of a year lies between."""
    if last[2] and not first[2]:
        ends = _dated(*last, today)
        return Period(_dated(*first, ends), ends)
    begins = _dated(*first, today)
    if last[2]:
        return Period(begins, _dated(*last, today))
    ends = date(begins.year, int(last[1]), int(last[0]))
    if ends.month < begins.month:
        ends = date(begins.year + 1, ends.month, ends.day)
    return Period(begins, ends)


def _dated(day: str, month: str, year: str | None, near: date) -> date:
    """The day of that year; without a year the last such day that is not after `near`."""
    if year:
        return date(int(year), int(month), int(day))
    meant = date(near.year, int(month), int(day))
    return meant if meant <= near else date(near.year - 1, int(month), int(day))


def _year(said: str | None, today: date) -> int:
    return int(said) if said else today.year


def _folded(text: str) -> str:
    """Without marks, signs between digits kept."""
    return " ".join(fold(part) if not re.search(r"\d", part) else part for part in text.split())
