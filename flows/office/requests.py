"""Asking for a person: who waits, who took whom, and the lines that go between them through the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from flows.office.people import Member

MEMBER_SILENT = timedelta(minutes=10)
"""A volunteer who says nothing for so long gives the citizen back to the queue."""

CITIZEN_SILENT = timedelta(minutes=30)
"""A citizen who says nothing for so long is taken to have gone."""

WAVE = timedelta(minutes=1)
"""So long those on duty at the nearest desk, or who speak the language, know of a request before the others do."""

Side = Literal["citizen", "member"]

RequestEnd = Literal["citizen", "member", "silent", "day", "erased"]
"""How it ended: the citizen or the volunteer ended it, the citizen said nothing for long, nobody took it that day, or
the citizen had everything erased or left the channel."""


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asked for a person. Of who it is nothing is known but a code (`id`), drawn for it.

    `desk` is that of who took it, else the nearest one, empty while that is not known. Where the citizen agreed
    (`shown`), `guide` is the id of what it is about, `story` their list as state.dump_carried writes it, `question` the
    last one. `asked`, `until` (when the wait is over) and `first` (when somebody first took it) are aware moments.
    `member` has it now; `ended` when they closed it and the citizen is still to be told. `unread` lines wait for me.
    """

    id: str
    desk: str
    language: str
    guide: str
    shown: bool
    story: str
    question: str
    asked: datetime
    until: datetime
    first: datetime | None
    member: Member | None
    ended: bool
    unread: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of the talk between the two, masked; `new` until whom it is for has seen it."""

    side: Side
    text: str
    new: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for a person and wait until that moment. With `shown`, `story` and the last question are shown to them."""

    id: str
    desk: str
    language: str
    guide: str
    shown: bool
    story: str
    until: datetime


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """Help somebody who waits. The store refuses it to the second one."""

    id: str


@dataclass(frozen=True, slots=True)
class SayLine:
    """Say something to the other side. The store masks it before it is kept."""

    id: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadLines:
    """What the other side said was shown."""

    id: str


@dataclass(frozen=True, slots=True)
class HandBack:
    """Give somebody back to the queue."""

    id: str


@dataclass(frozen=True, slots=True)
class HandOn:
    """Give somebody to a colleague (a member's id)."""

    id: str
    member: str


@dataclass(frozen=True, slots=True)
class CloseRequest:
    """It is over; all that was said is erased."""

    id: str
    how: RequestEnd


@dataclass(frozen=True, slots=True)
class ForgetRequest:
    """The citizen was told that it is over: nothing of it is kept any more."""

    id: str


Deed = Ask | TakeRequest | SayLine | ReadLines | HandBack | HandOn | CloseRequest | ForgetRequest


class Requests(Protocol):
    """What is known of those who ask for a person."""

    @property
    def taken_here(self) -> bool:
        """Whether a person can be asked for where this talk is held."""

    def mine(self) -> Request | None:
        """What I asked for."""

    def serving(self) -> Request | None:
        """Whom I, who work here, help by messages just now."""

    def waiting(self) -> tuple[Request, ...]:
        """Those who wait and whom I may help, who came first before the others."""

    def place(self, id: str, desk: str) -> int:
        """Which in the queue of a desk the request of that id is, or would be; the first is 1."""

    def on_duty(self, desk: str) -> int:
        """How many are at that desk now, or at any where it is empty."""

    def lines(self, id: str) -> tuple[Spoken, ...]:
        """The last lines of what was said, oldest first."""

    def colleagues(self, id: str) -> tuple[Member, ...]:
        """Who is on duty and free to take somebody over from me."""

    def last_question(self) -> str:
        """What I last asked the bot, masked; empty when nothing."""


class _Nobody:
    taken_here = False

    def mine(self) -> Request | None:
        return None

    def serving(self) -> Request | None:
        return None

    def waiting(self) -> tuple[Request, ...]:
        return ()

    def place(self, id: str, desk: str) -> int:
        return 1

    def on_duty(self, desk: str) -> int:
        return 0

    def lines(self, id: str) -> tuple[Spoken, ...]:
        return ()

    def colleagues(self, id: str) -> tuple[Member, ...]:
        return ()

    def last_question(self) -> str:
        return ""


NOBODY: Requests = _Nobody()
