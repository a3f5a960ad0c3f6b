"""What a report counts: which days and whose, and the figures that come of it, every one with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, get_args
from urllib.parse import parse_qsl, urlencode

from flows.office.people import EVERYWHERE, Member, may

NOBODYS: Final = ""
"""As a desk, member or guide of a breakdown: what belongs to none, so that every breakdown sums to the whole."""

View = Literal["summary", "by_day", "by_desk", "by_member", "by_guide", "papers", "results", "unanswered"]
"""The sides from which a report is looked at."""

VIEWS: Final[tuple[View, ...]] = get_args(View)

LONGEST: Final = 3700
"""Days of a period at most: ten years."""

FEWEST_RATINGS: Final = 5
"""Below so many ratings, what people thought is not told: it might be told of one person."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Vietnam, both ends counted."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it is long."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked for: a period, of one desk (or of all), of one member (or of all)."""

    period: Period
    desk: str = EVERYWHERE
    member: str = ""


def may_see(member: Member | None, scope: Scope) -> bool:
    """Whether somebody may see that report: their own always, others' where they may be informed."""
    return member is not None and (scope.member == member.id or may(member, "inform", scope.desk))


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; a whole of nothing is no figure at all, and not 0 %."""

    part: int
    of: int


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of so many times, in seconds; None when there is not one."""

    seconds: float | None
    of: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one slice: the whole, a day, a desk, a member, a guide."""

    helped: int = 0
    online: int = 0
    """Of those helped, who filed online."""

    outcomes: Mapping[str, int] = field(default_factory=dict)
    missing: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(guide, paper) -> how many people at the desk still had to bring it."""

    not_had: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """The same of people's own lists, as they were last seen in the period."""

    levels: Mapping[str, int] = field(default_factory=dict)
    """What people thought of being helped by somebody."""

    by_message: int = 0
    """Of these ratings, of help by messages; the others were given at a desk."""

    own_levels: Mapping[str, int] = field(default_factory=dict)
    """What people thought of a guide that they read by themselves."""

    waited: Middle = Middle(None, 0)
    took: Middle = Middle(None, 0)
    letters: int = 0
    requests: int = 0
    """How often a person to talk to was asked for by message; below, how often there was one, and after how long."""

    answered: int = 0
    request_waited: Middle = Middle(None, 0)
    filed: int = 0
    """Dossiers that people said they had handed in."""

    results: Mapping[str, int] = field(default_factory=dict)
    """on_time, early, late -> dossiers whose result people said they had."""

    saved: int = 0
    """Working days between hearing of a result and the day it was due; of `saved_of` dossiers that came early."""

    saved_of: int = 0

    @property
    def returned(self) -> int:
        """Dossiers whose result people said they had."""
        return sum(self.results.values())

    @property
    def rated(self) -> int:
        """How many of those helped said what they thought of it."""
        return sum(self.levels.values())

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was reported."""
        return self == Figures()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without a guide, numbers of persons masked, and how often it was asked."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a scope. Each breakdown sums to `whole`, NOBODYS included."""

    scope: Scope
    counted: datetime
    """The moment (aware) at which it was counted."""

    whole: Figures
    by_day: Mapping[date, Figures]
    by_desk: Mapping[str, Figures]
    by_member: Mapping[str, Figures]
    by_guide: Mapping[str, Figures]
    asked: int
    """Questions in words, and of them those that no guide answered: `unanswered` holds each, the most often first."""

    without_guide: int
    unanswered: tuple[Unanswered, ...]
    called: Mapping[str, str] = field(default_factory=dict)
    """What the members of the report are called; those who left are known by their id only."""


class ToCount(LookupError):
    """A report is wanted that was not counted yet: the desk counts it beside all turns and tries the turn again."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(f"{scope} is not counted yet")
        self.scope = scope


def query(scope: Scope) -> str:
    """A scope as the query of an address: tu=2026-11-01&den=2026-11-30&ban=vinh-hai."""
    pairs = {
        "tu": scope.period.first.isoformat(),
        "den": scope.period.last.isoformat(),
        "ban": scope.desk,
        "nguoi": scope.member,
    }
    return urlencode({name: value for name, value in pairs.items() if value})


def scope_of(query: str) -> Scope | None:
    """The scope that `query` wrote; None when there is no such period."""
    said = dict(parse_qsl(query))
    try:
        period = Period(date.fromisoformat(said.get("tu", "")), date.fromisoformat(said.get("den", "")))
    except ValueError:
        return None
    return Scope(period, said.get("ban", EVERYWHERE), said.get("nguoi", "")) if 0 < period.days <= LONGEST else None
