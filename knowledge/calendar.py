"""Working days: which days an office is closed, and by which day a result is due.

The rules, as offices apply them: the day of handing in is not counted; what comes in after 15:00 is passed on at the
start of the next working day (decree 118/2025, article 18), and so is what comes in on a day off. A term in plain days
that ends on a day off ends on the next working day (Civil Code 2015, article 148).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from knowledge.guide import Id, Part, Source, Text, Unit
from knowledge.yaml_lines import DATA_LIMIT, read

FILE: Final = Path(__file__).parent / "holidays.yaml"

MONDAY_TO_FRIDAY: Final = frozenset(range(5))
"""The usual week of an office, as date.weekday() counts."""

HOURS: Final = 24
"""A term of so many hours, or fewer, ends on the next working day at the latest."""


class DayOff(Part):
    """A day on which offices are closed although it might be one of the week, and why."""

    date: date
    name: Text
    en: Text
    kind: Literal["holiday", "compensation", "swapped"] = "holiday"
    source: Id


class MakeUp(Part):
    """A day of the weekend on which offices work in exchange for another."""

    date: date
    name: Text
    source: Id


class Holidays(Part):
    """What holidays.yaml says."""

    known_until: date
    sources: tuple[Source, ...] = Field(min_length=1)
    days: tuple[DayOff, ...]
    make_up: tuple[MakeUp, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """By which day a result is due; `skipped` are the days off on the way that are no weekend.

    `provisional` when the way leads beyond the last announced holidays.
    """

    day: date
    skipped: tuple[DayOff, ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of an office: its week, and the days that are not as the week says."""

    off: Mapping[date, DayOff]
    on: frozenset[date]
    known_until: date
    week: frozenset[int] = MONDAY_TO_FRIDAY

    def works(self, day: date) -> bool:
        """Whether the office is open on that day."""
        return day in self.on or (day.weekday() in self.week and day not in self.off)

    def working_from(self, day: date) -> date:
        """That day, or the next one on which the office works."""
        return next(later for later in _days_from(day) if self.works(later))

    def due(self, handed_in: date, amount: int, unit: Unit, *, late: bool = False) -> Due:
        """By which day a result is due that was asked for on `handed_in`; `late` is after 15:00. ValueError below 0."""
        if amount < 0:
            raise ValueError(f"a term of {amount} {unit}")
        begun = self.working_from(handed_in + timedelta(days=1) if late and self.works(handed_in) else handed_in)
        match unit:
            case "same_day":
                end = begun
            case "days":
                end = self.working_from(handed_in + timedelta(days=amount))
            case "hours":
                end = self._after(begun, -(-amount // HOURS))
            case "half_days":
                end = self._after(begun, -(-amount // 2))
            case "working_days":
                end = self._after(begun, amount)
        between = (handed_in + timedelta(days=n) for n in range((end - handed_in).days + 1))
        skipped = tuple(self.off[day] for day in between if day in self.off and day.weekday() in self.week)
        return Due(end, skipped, end > self.known_until)

    def _after(self, begun: date, working_days: int) -> date:
        day = begun
        for _ in range(working_days):
            day = self.working_from(day + timedelta(days=1))
        return day


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)


@cache
def holidays() -> Holidays:
    """What holidays.yaml says; ValueError names what is wrong with it."""
    document = read(FILE.read_bytes(), FILE.name, limit=DATA_LIMIT)
    if not document.ok:
        raise ValueError("\n".join(str(problem) for problem in document.problems))
    said = Holidays.model_validate(document.value)
    known = {source.id for source in said.sources}
    sourced: list[DayOff | MakeUp] = [*said.days, *said.make_up]
    unsourced = [str(one.date) for one in sourced if one.source not in known]
    if unsourced:
        raise ValueError(f"{FILE.name}: source ở các ngày {', '.join(unsourced)} không có trong sources")
    return said


@cache
def calendar() -> Calendar:
    """The product's calendar, Monday to Friday."""
    said = holidays()
    return Calendar({one.date: one for one in said.days}, frozenset(one.date for one in said.make_up), said.known_until)
