"""What is kept: the protocol that every store fulfils. `sqlite.py` is the one we have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol, TypeVar

from flows.office import Deed, Office
from flows.office.reports import Period
from flows.tally import Told

T = TypeVar("T")

ChannelName = Literal["web", "telegram", "zalo", "terminal"]


class StoreError(Exception):
    """Nothing was kept, and the same call may be tried again; the message is for the operator."""


class StoreTooNew(StoreError):
    """The database was written by a newer release."""


class StoreFull(StoreError):
    """The disk is full, or a quota or size limit is reached. The store goes on once there is room."""


class StoreBusy(StoreError):
    """Another process held the database for too long."""


class StoreBroken(StoreError):
    """The file is not a database, or is damaged, or cannot be read or written."""


class NotAllowed(Exception):
    """A deed that whoever asked for it may not do; nothing of the turn was kept."""


@dataclass(frozen=True, slots=True)
class Address:
    """How to reach a person: the channel and its own id (a chat, a session). Kept apart from everything else."""

    channel: ChannelName
    id: str


@dataclass(frozen=True, slots=True)
class SharedList:
    """A list to keep under its code through that day; the body is JSON."""

    code: str
    until: date
    body: str


@dataclass(frozen=True, slots=True)
class RemindersSet:
    """When to remind a person of one thing (aware datetimes) and by which event (JSON), in place of what was set."""

    about: str
    event: str
    at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder whose time has come: its number, whom, and the event that it is (JSON)."""

    number: int
    address: Address
    event: str


@dataclass(frozen=True, slots=True)
class SealedPicture:
    """A picture of a paper under its number, until that moment (aware); the body is sealed."""

    number: str
    guide: str
    document: str
    until: datetime
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one turn leaves behind: the talk, the facts and the outgoing messages, each as JSON.

    `about` of a message is the channel's own reference (the message whose button was pressed).
    `left` ends what would still reach the person: reminders, and messages that wait to be delivered.
    `forget` erases everything kept about the person before: talk, facts, arrivals, messages, lists, the key itself.
    `deeds` are done to the office; NotAllowed, and the turn undone, when this person may not. `apart` are facts of
    somebody who was helped here and is nobody's address: they hang on a key of their own, that leads nowhere.
    `after` says what goes out in place of `outgoing` once the deeds are done, from the office as it is then.
    `reminders` sets the clock anew for one thing; `reminded` is the number of the reminder that this turn was.
    `shared` is a list to keep under a code; StoreBusy, and the turn undone, when that code is taken. So it is with
    `picture` and its number; `erased` are the numbers of pictures of this person that go.
    """

    talk: str
    facts: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    about: str = ""
    forget: bool = False
    shared: SharedList | None = None
    reminders: RemindersSet | None = None
    reminded: int | None = None
    left: bool = False
    left_until: int | None = None  # only messages up to this number; later ones are for who came back
    picture: SealedPicture | None = None
    erased: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    after: Callable[[Office], tuple[str, ...]] | None = None
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to deliver: its number, whom to, its body as JSON, what it is about, how often it was tried."""

    number: int
    address: Address
    body: str
    about: str
    tries: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a turn: whether the arrival had been seen before, the talk now, what is still to be delivered."""

    seen: bool
    talk: str
    outgoing: tuple[Outgoing, ...]


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A fact as it lies in the store: its number, when (aware, UTC), whose (a random key that leads nowhere), its JSON.

    Numbers only grow, and none is given twice, so whoever reads on from a number misses nothing.
    """

    number: int
    at: datetime
    person: str
    body: str


class Store(Protocol):
    """Where talks, facts and outgoing messages are kept. All calls raise StoreError and nothing else."""

    async def turn(
        self, address: Address, arrival: str, now: datetime, take: Callable[[str | None, Office], Kept]
    ) -> Taken:
        """One turn in one transaction, exclusive for that person.

        `take` gets the person's talk (None for a newcomer) and the office, which can be read until it returns, and
        says what to keep; it is not called when the arrival id of that person was seen before, and what it raises
        undoes the turn and comes out as it is, as does NotAllowed for a deed.
        It must be pure: a store may run it on a thread of its own. A caller that is cancelled meanwhile does not
        stop the turn half way: it is kept whole, or not at all.
        """

    async def talk_of(self, address: Address) -> str | None:
        """The person's talk, or None."""

    async def view(self, address: Address, now: datetime, look: Callable[[str | None, Office], T]) -> T:
        """What `look` makes of the person's talk and the office; nothing changes. As pure as `take` of a turn."""

    async def office(self, now: datetime, look: Callable[[Office], T]) -> T:
        """What `look` makes of the office, as whoever runs the machine may see it; nothing changes."""

    async def operate(self, now: datetime, deeds: tuple[Deed, ...]) -> None:
        """Deeds of whoever runs the machine, all or none; NotAllowed for one that cannot be done."""

    async def carried(self, code: str, today: date) -> str | None:
        """The list of that code, as JSON; None when there is none, or its last day has passed."""

    async def picture_room(self) -> int:
        """Bytes that all pictures kept take."""

    async def pictures(self, now: datetime) -> tuple[SealedPicture, ...]:
        """The pictures whose time is not over, without their bodies, the ones that go first before the others."""

    async def open_picture(
        self, number: str, now: datetime, seen: Callable[[SealedPicture], str]
    ) -> SealedPicture | None:
        """The picture of that number; None when there is none, or its time is over, pruned or not.

        The fact (JSON) that `seen` makes of it is kept with its person in the same transaction: nobody looks unseen.
        """

    async def let_pictures_go(self, now: datetime) -> None:
        """Erase the pictures whose time is over, from the file too; next to nothing when there are none."""

    async def due(self, channel: ChannelName, now: datetime, limit: int) -> tuple[DueReminder, ...]:
        """The reminders of people on a channel whose time has come, oldest first."""

    async def undelivered(self, channel: ChannelName, limit: int) -> tuple[Outgoing, ...]:
        """What is still to be delivered on a channel, oldest first, over all people."""

    async def delivered(self, number: int, now: datetime) -> None:
        """Mark a message delivered and empty its body; a second call changes nothing."""

    async def refused(self, number: int, reason: str, now: datetime) -> None:
        """Mark a message as refused for good, with the reason, and empty its body; as `delivered` if it was."""

    async def tried(self, number: int, now: datetime) -> None:
        """Count one more failed try of a message that stays to be delivered; nothing if it was delivered meanwhile."""

    async def facts(self, since: int = 0, limit: int = 10_000) -> tuple[KeptFact, ...]:
        """The facts whose number is above `since`, oldest first."""

    async def counted(self, period: Period, count: Callable[[Iterator[Told]], T]) -> T:
        """What `count` makes of the facts that a report of that period needs, oldest first, as they are at one moment.

        It runs beside all turns, on a thread and a connection of its own: nobody waits for it.
        """

    async def called(self) -> dict[str, str]:
        """What everybody who works here, or did, is called at work, by their ids as members."""

    async def prune(self, now: datetime) -> None:
        """Let go what is older than it has to be kept: arrivals, delivered messages, idle talks and their addresses."""

    async def let_go(self, address: Address) -> None:
        """Let a person go at once as `prune` does in time; nothing of the talk is left, not even erased in the file.

        What was to be carried away stays until its last day: whoever has its code may still open it.
        """

    async def close(self) -> None:
        """Finish what is under way and let the database go."""
