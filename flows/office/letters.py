"""Letters of an office: of which kind, for whom they wait, who lets them go; none holds the name of a citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

Kind = Literal["thanks", "birth", "marriage", "business", "death", "apology"]
"""birth, marriage, business: congratulation; death: condolence; the others are what they say."""

State = Literal["waiting", "approved", "refused", "taken"]
"""waiting: for the desk lead; approved: it may go; taken: a volunteer has had it to print."""

LONGEST_REASON = 300
"""Characters of a reason that are kept."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter says: its kind, the desk that it is from, the id of the guide that it is about (empty for none).

    `new_day` is the day promised by an apology; `late_since` the day on which the result was due, and `handed_in` the
    day on which the file came in, as far as the citizen told: so that the desk can find out which day to promise.
    """

    letter: Kind
    desk: str
    guide: str = ""
    new_day: date | None = None
    handed_in: date | None = None
    late_since: date | None = None

    @property
    def wants_day(self) -> bool:
        """Whether staff has to say a day before it can go: a file is late and its result not there yet."""
        return self.late_since is not None and self.new_day is None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that was asked for: when (aware), by whom of those who work here (empty: it goes to a citizen here).

    `day` is the one that stands on it, from when it was approved; `reason` why it was refused.
    """

    id: str
    draft: Draft
    state: State
    asked: datetime
    by: str = ""
    day: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Propose:
    """Ask for a letter to be approved; `at_desk` when a volunteer does so for the person in front of them."""

    draft: Draft
    at_desk: bool = False


@dataclass(frozen=True, slots=True)
class Approve:
    """Let a letter go, with the day on it and the day that it promises, if it does."""

    id: str
    day: date
    new_day: date | None = None


@dataclass(frozen=True, slots=True)
class Refuse:
    """Let a letter not go; whoever asked for it at the desk is told why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Take:
    """Have an approved letter to print, once it was asked for at the desk."""

    id: str


Deed = Propose | Approve | Refuse | Take


class Letters(Protocol):
    """What is known of letters."""

    def waiting(self) -> tuple[Letter, ...]:
        """Those that whoever the talk is with may approve, the oldest first."""

    def letter(self, id: str) -> Letter | None:
        """One that they asked for, that goes to them, or that they may approve."""

    def ready(self) -> tuple[Letter, ...]:
        """Those that they asked for at the desk, that were approved, and that they have not printed yet."""

    def came(self) -> Letter | None:
        """The last one that came to them as a citizen."""


class _Nobody:
    def waiting(self) -> tuple[Letter, ...]:
        return ()

    def letter(self, id: str) -> Letter | None:
        return None

    def ready(self) -> tuple[Letter, ...]:
        return ()

    def came(self) -> Letter | None:
        return None


NOBODY: Letters = _Nobody()
