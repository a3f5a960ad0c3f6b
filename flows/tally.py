"""Counts: raw facts of a time, each with when and whose it was, become the figures of a report. Nothing is read twice.

What is a trial counts for nothing. What somebody who works here asks in their own talk is no citizen's question: of
such a talk only what concerns the office counts (help at a desk, letters, requests).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Final, Literal, TypeVar

from flows.facts import (
    Asked,
    Fact,
    HandedIn,
    Helped,
    HelpRated,
    LetterSent,
    Listed,
    Rated,
    Received,
    RequestClosed,
)
from flows.office.people import EVERYWHERE
from flows.office.reports import NOBODYS, Figures, Middle, Period, Report, Scope, Unanswered
from flows.turn import VIETNAM
from knowledge.calendar import Calendar
from knowledge.vietnamese import fold

Whose = Literal["citizen", "member", "trial"]

K = TypeVar("K", bound=Hashable)

COUNTED: Final = frozenset("asked handed_in help_rated helped letter_sent listed rated received request_closed".split())
"""The kinds of facts that are counted."""

BEFORE: Final[Mapping[str, timedelta]] = {
    "handed_in": timedelta(days=400),
    "received": timedelta(days=400),
    "help_rated": timedelta(days=31),
    "helped": timedelta(days=31),
    "request_closed": timedelta(days=31),
}
"""Of these, what is read from so long before the period too: a result of today is that of a dossier of last month."""

MOST_UNANSWERED: Final = 100

NO_GUIDE: Final = "unknown"
"""The band of a question that no guide answers."""

SEVERAL: Final = "choose"
"""That of a question for which guides were offered; helped in the end with none of them, it has none either."""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as it is counted: on which day in Vietnam, whose (a random key), in what capacity they spoke."""

    day: date
    person: str
    whose: Whose
    fact: Fact


def begins(period: Period) -> datetime:
    """The first moment of a period."""
    return datetime.combine(period.first, time(), VIETNAM)


def ends(period: Period) -> datetime:
    """The first moment after a period."""
    return datetime.combine(period.last + timedelta(days=1), time(), VIETNAM)


@dataclass(slots=True)
class _Sums:
    """The figures of one slice while they grow."""

    helped: int = 0
    online: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    missing: Counter[tuple[str, str]] = field(default_factory=Counter)
    not_had: Counter[tuple[str, str]] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    by_message: int = 0
    own_levels: Counter[str] = field(default_factory=Counter)
    waited: list[int] = field(default_factory=list)
    took: list[int] = field(default_factory=list)
    letters: int = 0
    requests: int = 0
    answered: int = 0
    request_waited: list[int] = field(default_factory=list)
    filed: int = 0
    results: Counter[str] = field(default_factory=Counter)
    saved: int = 0
    saved_of: int = 0

    def figures(self) -> Figures:
        """As they are told."""
        return Figures(
            helped=self.helped,
            online=self.online,
            outcomes=_most_first(self.outcomes),
            missing=_most_first(self.missing),
            not_had=_most_first(self.not_had),
            levels=dict(self.levels),
            by_message=self.by_message,
            own_levels=dict(self.own_levels),
            waited=_middle(self.waited),
            took=_middle(self.took),
            letters=self.letters,
            requests=self.requests,
            answered=self.answered,
            request_waited=_middle(self.request_waited),
            filed=self.filed,
            results=dict(self.results),
            saved=self.saved,
            saved_of=self.saved_of,
        )


class Tally:
    """Takes facts one after the other, oldest first, and gives the report."""

    def __init__(self, scope: Scope, calendar: Calendar, trial_desks: frozenset[str] = frozenset()) -> None:
        self._scope = scope
        self._calendar = calendar
        self._trial_desks = trial_desks
        self._whole = _Sums()
        self._days: defaultdict[date, _Sums] = defaultdict(_Sums)
        self._desks: defaultdict[str, _Sums] = defaultdict(_Sums)
        self._members: defaultdict[str, _Sums] = defaultdict(_Sums)
        self._guides: defaultdict[str, _Sums] = defaultdict(_Sums)
        self._asked = 0
        self._unanswered: Counter[str] = Counter()
        self._said: dict[str, str] = {}
        self._near: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        self._help: dict[str, tuple[str, str]] = {}
        self._by_message: set[str] = set()
        self._at_desk: dict[str, str] = {}
        self._lists: dict[tuple[str, str], tuple[date, tuple[str, ...]]] = {}
        self._dossiers: dict[tuple[str, str, int], tuple[str, date | None]] = {}

    def take(self, told: Told) -> None:
        """One more fact."""
        fact, day = told.fact, told.day
        if told.whose == "trial" or getattr(fact, "desk", EVERYWHERE) in self._trial_desks:
            return
        match fact:
            case Helped(desk=desk, member=member, guide=guide, code=code):
                self._help[code] = (member, guide)
                for text, found in self._near.pop(code, ()):
                    if guide not in found:
                        self._note_unanswered(text)
                for sums in self._slices(day, desk, member, guide):
                    _add_help(sums, fact)
            case HelpRated(desk=desk, code=code, level=level):
                self._at_desk[told.person] = desk
                member, guide = self._help.get(code, (NOBODYS, NOBODYS))
                for sums in self._slices(day, desk, member, guide):
                    sums.levels[level] += 1
                    sums.by_message += code in self._by_message
            case LetterSent(desk=desk, guide=guide):
                for sums in self._slices(day, desk, NOBODYS, guide):
                    sums.letters += 1
            case RequestClosed(desk=desk, member=member, code=code):
                self._help[code] = (member, NOBODYS)
                self._by_message.add(code)
                for sums in self._slices(day, desk, member, NOBODYS):
                    _add_request(sums, fact)
            case _ if told.whose == "citizen":
                self._take_own(told.person, day, fact)
            case _:
                pass

    def _take_own(self, person: str, day: date, fact: Fact) -> None:
        """A fact of a citizen's own talk."""
        match fact:
            case Asked(text=text, band=band, desk=desk) if self._covers(day, desk, NOBODYS):
                self._asked += 1
                if band == NO_GUIDE:
                    self._note_unanswered(text)
                elif band == SEVERAL and fact.code:
                    self._near[fact.code].append((text, fact.found))
            case Listed(guide=guide) if self._covers(day, NOBODYS, NOBODYS):
                self._lists[person, guide] = (day, fact.missing)
            case Rated(guide=guide, level=level):
                for sums in self._slices(day, NOBODYS, NOBODYS, guide):
                    sums.own_levels[level] += 1
            case HandedIn():
                self._file(person, day, fact)
            case Received() if fact.outcome != "more_papers":
                self._return(person, day, fact)
            case _:
                pass

    def _note_unanswered(self, text: str) -> None:
        key = fold(text)
        self._said.setdefault(key, text)
        self._unanswered[key] += 1

    def _file(self, person: str, day: date, filed: HandedIn) -> None:
        """A dossier said to be handed in; told once more with another day it is a correction, and no second one."""
        key = (person, filed.guide, filed.nth)
        before = self._dossiers.get(key)
        desk = before[0] if before is not None else filed.desk or self._at_desk.get(person, NOBODYS)
        self._dossiers[key] = (desk, filed.due)
        if before is None:
            for sums in self._slices(day, desk, NOBODYS, filed.guide):
                sums.filed += 1

    def _return(self, person: str, day: date, received: Received) -> None:
        """The result of a dossier, whose day due says what came early saved."""
        desk, due = self._dossiers.pop((person, received.guide, received.nth), (NOBODYS, None))
        for sums in self._slices(day, desk, NOBODYS, received.guide):
            sums.results[received.outcome] += 1
            if received.outcome == "early" and due is not None and due > day:
                sums.saved += _working_days(self._calendar, day, due)
                sums.saved_of += 1

    def report(self, counted: datetime, called: Mapping[str, str]) -> Report:
        """What came of all facts; `called` are the names of members by id."""
        for (_, guide), (day, missing) in self._lists.items():
            for sums in self._slices(day, NOBODYS, NOBODYS, guide):
                sums.not_had.update((guide, paper) for paper in missing)
        self._lists.clear()
        often = sorted(self._unanswered.items(), key=lambda one: (-one[1], one[0]))
        return Report(
            scope=self._scope,
            counted=counted,
            whole=self._whole.figures(),
            by_day=_told(self._days),
            by_desk=_told(self._desks),
            by_member=_told(self._members),
            by_guide=_told(self._guides),
            asked=self._asked,
            without_guide=self._unanswered.total(),
            unanswered=tuple(Unanswered(self._said[key], n) for key, n in often[:MOST_UNANSWERED]),
            called={member: called[member] for member in sorted(self._members) if member in called},
        )

    def _covers(self, day: date, desk: str, member: str) -> bool:
        """Whether what happened then and there is asked for."""
        scope = self._scope
        return (
            scope.period.first <= day <= scope.period.last
            and scope.desk in {EVERYWHERE, desk}
            and scope.member in {"", member}
        )

    def _slices(self, day: date, desk: str, member: str, guide: str) -> tuple[_Sums, ...]:
        """What something that happened then and there counts towards; nothing when it is not asked for."""
        if not self._covers(day, desk, member):
            return ()
        return (self._whole, self._days[day], self._desks[desk], self._members[member], self._guides[guide])


def _add_help(sums: _Sums, helped: Helped) -> None:
    sums.helped += 1
    sums.online += helped.online
    for outcome in helped.outcomes:
        sums.outcomes[outcome] += 1
    for paper in helped.missing:
        sums.missing[helped.guide, paper] += 1
    sums.took.append(helped.took)
    if helped.waited is not None:
        sums.waited.append(helped.waited)


def _add_request(sums: _Sums, closed: RequestClosed) -> None:
    sums.requests += 1
    if closed.member and closed.waited is not None:
        sums.answered += 1
        sums.request_waited.append(closed.waited)


def _middle(seconds: list[int]) -> Middle:
    return Middle(median(seconds) if seconds else None, len(seconds))


def _most_first(counter: Counter[K]) -> dict[K, int]:
    return dict(counter.most_common())


def _told(slices: Mapping[K, _Sums]) -> dict[K, Figures]:
    return {key: slices[key].figures() for key in sorted(slices, key=str)}


def _working_days(calendar: Calendar, after: date, until: date) -> int:
    """Working days after one day and up to another."""
    return sum(calendar.works(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))
