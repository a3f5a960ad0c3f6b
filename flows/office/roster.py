"""Who is to be at which desk and when: the shifts of the roster, how they change hands, and who is there now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from flows.office.people import Member

EARLY = timedelta(hours=2)
"""So long before a shift begins somebody who comes has come for it."""

GRACE = timedelta(hours=1)
"""So long after a shift ends whoever did not check out is taken to have gone at its end."""

State = Literal["held", "offered", "free"]
"""held: somebody's; offered: somebody's who would give it away; free: nobody's, somebody is wanted."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A time at a desk (its id), from and to (aware); `member` is whose it is, None while it is free.

    `before` is whose it was before it was given away.
    """

    id: str
    desk: str
    begins: datetime
    ends: datetime
    member: Member | None
    state: State = "held"
    before: Member | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody is at a desk since then; at `until` it is taken that they have gone. None: they came without a shift."""

    desk: str
    since: datetime
    until: datetime
    shift: Shift | None


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift as it is wished for: `member` is an id, empty for a shift that is free to take."""

    desk: str
    begins: datetime
    ends: datetime
    member: str = ""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Come to a desk. `until` is when it closes: who comes without a shift is taken to have gone then."""

    desk: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CheckOut:
    """Go from the desk where one is; `unsaid`: only if it is taken by now that one has gone."""

    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Put shifts on the roster of a desk; those that are there already stay as they are."""

    desk: str
    shifts: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a shift off the roster."""

    shift: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Ask the team to take over one's shift; one keeps it until somebody does. `back`: keep it after all."""

    shift: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class Sick:
    """One cannot come: the shift is free at once."""

    shift: str


@dataclass(frozen=True, slots=True)
class Take:
    """Take over a shift that is offered or free."""

    shift: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A desk is called otherwise from now on: its shifts, posts and who is there go with it."""

    desk: str
    to: str


Deed = CheckIn | CheckOut | Plan | Remove | Offer | Sick | Take | Rename


class Roster(Protocol):
    """What is known of shifts and of who is there. The moments are aware."""

    def on_duty(self, desk: str) -> tuple[Member, ...]:
        """Who is at a desk just now, who came first before the others."""

    def my_desk(self) -> str:
        """The desk where I am just now; empty when at none."""

    def presence(self) -> Presence | None:
        """Where I am just now, since when, and for which shift."""

    def due(self, desk: str) -> Shift | None:
        """My shift that begins about now or is going on; one at that desk before one elsewhere."""

    def team(self, desk: str) -> tuple[Member, ...]:
        """Who may help at a desk, by name."""

    def mine(self) -> tuple[Shift, ...]:
        """My shifts that are not over, the next one first."""

    def open(self) -> tuple[Shift, ...]:
        """Shifts of others that I could take, the next one first."""

    def planned(self, desk: str, begins: datetime, ends: datetime) -> tuple[Shift, ...]:
        """The shifts of a desk that begin in that time, in order."""

    def clashing(self, member: str, begins: datetime, ends: datetime) -> tuple[Shift, ...]:
        """The shifts of a member, at any desk, that overlap that time."""

    def desks(self) -> tuple[str, ...]:
        """The desks (ids) that have shifts to come."""

    def shift(self, id: str) -> Shift | None:
        """The shift of that id."""


class _Nobody:
    def on_duty(self, desk: str) -> tuple[Member, ...]:
        return ()

    def my_desk(self) -> str:
        return ""

    def presence(self) -> Presence | None:
        return None

    def due(self, desk: str) -> Shift | None:
        return None

    def team(self, desk: str) -> tuple[Member, ...]:
        return ()

    def mine(self) -> tuple[Shift, ...]:
        return ()

    def open(self) -> tuple[Shift, ...]:
        return ()

    def planned(self, desk: str, begins: datetime, ends: datetime) -> tuple[Shift, ...]:
        return ()

    def clashing(self, member: str, begins: datetime, ends: datetime) -> tuple[Shift, ...]:
        return ()

    def desks(self) -> tuple[str, ...]:
        return ()

    def shift(self, id: str) -> Shift | None:
        return None


NOBODY: Roster = _Nobody()
