"""Where a talk can stand about shifts: coming to a desk, one's own shifts, those to take, the roster of a week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from flows.office.people import Act


@dataclass(frozen=True, slots=True)
class CheckingIn:
    """At which desk somebody has come; with `desk`, whether they are really there and not where their shift is."""

    desk: str = ""
    kind: Literal["checking_in"] = "checking_in"


@dataclass(frozen=True, slots=True)
class MyShifts:
    """One's own shifts to come; with `wish`, which of them to give away or call in sick for."""

    wish: Literal["", "swap", "sick"] = ""
    kind: Literal["my_shifts"] = "my_shifts"


@dataclass(frozen=True, slots=True)
class AtShift:
    """One of one's own shifts; `sick`: whether really not to come."""

    shift: str
    sick: bool = False
    kind: Literal["at_shift"] = "at_shift"


@dataclass(frozen=True, slots=True)
class OpenShifts:
    """Shifts for which somebody is wanted."""

    kind: Literal["open_shifts"] = "open_shifts"


@dataclass(frozen=True, slots=True)
class RosterWeek:
    """The roster of a desk for a week; the first desk one works at, and this week, where they are not said."""

    desk: str = ""
    monday: date | None = None
    kind: Literal["roster_week"] = "roster_week"


@dataclass(frozen=True, slots=True)
class Planning:
    """A shift is put on the roster: on which day, from when to when, and for whom, asked in this order."""

    desk: str
    monday: date
    day: date | None = None
    hours: str = ""
    members: tuple[str, ...] = ()
    kind: Literal["planning"] = "planning"


@dataclass(frozen=True, slots=True)
class Unplanning:
    """A shift is taken off the roster: of which day, and which one."""

    desk: str
    monday: date
    day: date | None = None
    kind: Literal["unplanning"] = "unplanning"


ShiftStage = CheckingIn | MyShifts | AtShift | OpenShifts | RosterWeek | Planning | Unplanning

SHIFTS: Final = (CheckingIn, MyShifts, AtShift, OpenShifts, RosterWeek, Planning, Unplanning)
"""All of them."""

NEEDS: Final[Mapping[type[object], Act]] = {
    CheckingIn: "help",
    MyShifts: "help",
    AtShift: "help",
    OpenShifts: "help",
    Planning: "lead",
    Unplanning: "lead",
}
"""What somebody must be allowed, at a desk at least, to stand there; at the others any post will do."""
