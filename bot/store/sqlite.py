"""The store in one SQLite file: turns that wait together share a transaction and a trip to the connection's thread."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, assert_never

import aiosqlite

from bot.store import (
    Address,
    ChannelName,
    DueReminder,
    Kept,
    KeptFact,
    Outgoing,
    SealedPicture,
    Taken,
    facts,
    pictures,
    statements,
    troubles,
)
from bot.store.migrations import APPLICATION, NEWEST, migrate, version
from bot.store.transaction import Undone, Work, together
from flows.office import Deed, Office
from flows.office.reports import Period
from flows.tally import Told

T = TypeVar("T")

LETTING_GO = (
    statements.let_arrivals_go,
    statements.let_ended_go,
    statements.let_idle_go,
    statements.let_carried_go,
    statements.let_invitations_go,
    statements.let_requests_go,
    statements.let_presences_go,
)

BUSY = 5.0
"""Seconds that a call waits for another process."""

TOGETHER = 16
"""Works that share one transaction at most, so that another process never waits long for the lock."""

MAGIC = b"SQLite format 3\0"
"""How every SQLite file begins."""


class _Connection(aiosqlite.Connection):
    """aiosqlite's connection, thread and queue, with a whole transaction as one trip instead of one a statement.

    The queue is also what lets one turn in at a time. A caller that goes away does not stop a trip half way.
    """

    def __init__(self, path: Path, busy_seconds: float) -> None:
        super().__init__(partial(_connect, path, busy_seconds), iter_chunk_size=64)
        self._thread.daemon = True  # a program that fails without closing must end, not wait for this thread for ever

    async def start(self) -> None:
        try:
            await self
        except BaseException:
            # aiosqlite lets its thread go without waiting, and it may then meet a closed event loop.
            await asyncio.to_thread(self._thread.join)
            raise

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        trip: Callable[[Callable[[], T]], Awaitable[T]] = self._execute
        return await trip(partial(work, self._conn))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A work that waits for its transaction, and who waits for it."""

    work: Work
    done: asyncio.Future[Any]

    def tell(self, gave: object) -> None:
        if self.done.done():
            return  # whoever waited has gone away
        if isinstance(gave, Undone):
            self.done.set_exception(gave.error)
        else:
            self.done.set_result(gave)


class SQLiteStore:
    """A Store. Processes may share the file: each write begins by taking SQLite's write lock, and waits for it."""

    def __init__(self, db: _Connection, path: Path) -> None:
        self._db = db
        self._path = path
        self._closed = False
        self._waiting: list[_Waiting] = []
        self._writer: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, path: Path, *, busy_seconds: float = BUSY) -> SQLiteStore:
        """Open or make the file (and its folder), and bring it to the present shape; StoreError when that fails.

        `busy_seconds` is how long a call waits for another process before StoreBusy.
        """
        db = _Connection(path, busy_seconds)
        try:
            await db.start()
        except sqlite3.Error as error:
            raise troubles.of(error, path) from error
        store = cls(db, path)
        try:
            await store._run(partial(_prepare, path=path, busy_seconds=busy_seconds))
        except BaseException:
            await store.close()
            raise
        return store

    async def turn(
        self, address: Address, arrival: str, now: datetime, take: Callable[[str | None, Office], Kept]
    ) -> Taken:
        """As Store.turn. `take` runs on the store's thread."""
        came = await self._write(partial(statements.turn, address=address, arrival=arrival, now=now, take=take))
        match came:
            case statements.TakeRaised(error):
                raise error
            case statements.Turned(taken, forgot):
                if forgot:
                    await self._run(statements.empty_log)
                return taken
            case _:
                assert_never(came)

    async def talk_of(self, address: Address) -> str | None:
        """As Store.talk_of."""
        return await self._run(partial(statements.talk_of, address=address))

    async def view(self, address: Address, now: datetime, look: Callable[[str | None, Office], T]) -> T:
        """As Store.view. `look` runs on the store's thread."""
        gave = await self._run(partial(statements.view, address=address, now=now, look=look))
        if isinstance(gave, statements.TakeRaised):
            raise gave.error
        return gave

    async def office(self, now: datetime, look: Callable[[Office], T]) -> T:
        """As Store.office. `look` runs on the store's thread."""
        return await self._run(partial(statements.office, now=now, look=look))

    async def operate(self, now: datetime, deeds: tuple[Deed, ...]) -> None:
        """As Store.operate."""
        await self._write(partial(statements.operate, now=now, deeds=deeds))

    async def carried(self, code: str, today: date) -> str | None:
        """As Store.carried."""
        return await self._run(partial(statements.carried, code=code, today=today))

    async def picture_room(self) -> int:
        """As Store.picture_room."""
        return await self._run(pictures.room)

    async def pictures(self, now: datetime) -> tuple[SealedPicture, ...]:
        """As Store.pictures."""
        return await self._run(partial(pictures.kept, now=now))

    async def open_picture(
        self, number: str, now: datetime, seen: Callable[[SealedPicture], str]
    ) -> SealedPicture | None:
        """As Store.open_picture. `seen` runs on the store's thread."""
        return await self._write(partial(pictures.opened, number=number, now=now, seen=seen))

    async def let_pictures_go(self, now: datetime) -> None:
        """As Store.let_pictures_go."""
        if await self._write(partial(pictures.let_go, now=now)):
            while await self._write(partial(pictures.let_go, now=now)):
                pass
            await self._run(statements.empty_log)

    async def due(self, channel: ChannelName, now: datetime, limit: int) -> tuple[DueReminder, ...]:
        """As Store.due."""
        return await self._run(partial(statements.due, channel=channel, now=now, limit=limit))

    async def undelivered(self, channel: ChannelName, limit: int) -> tuple[Outgoing, ...]:
        """As Store.undelivered."""
        return await self._run(partial(statements.undelivered, channel=channel, limit=limit))

    async def delivered(self, number: int, now: datetime) -> None:
        """As Store.delivered."""
        await self._write(partial(statements.delivered, number=number, now=now))

    async def refused(self, number: int, reason: str, now: datetime) -> None:
        """As Store.refused."""
        await self._write(partial(statements.refused, number=number, reason=reason, now=now))

    async def tried(self, number: int, now: datetime) -> None:
        """As Store.tried."""
        await self._write(partial(statements.tried, number=number, now=now))

    async def facts(self, since: int = 0, limit: int = 10_000) -> tuple[KeptFact, ...]:
        """As Store.facts."""
        return await self._run(partial(facts.since, since=since, limit=limit))

    async def counted(self, period: Period, count: Callable[[Iterator[Told]], T]) -> T:
        """As Store.counted."""
        if self._closed:
            raise troubles.closed(self._path)
        try:
            return await asyncio.to_thread(facts.counted, self._path, BUSY, period, count)
        except sqlite3.Error as error:
            raise troubles.of(error, self._path) from error

    async def called(self) -> dict[str, str]:
        """As Store.called."""
        return await self._run(facts.called)

    async def prune(self, now: datetime) -> None:
        """As Store.prune: arrivals after 7 days, ended messages after 1, idle talks with their addresses after 30.

        The facts of an idle talk stay, under a key that leads nowhere any more. A list goes after its last day.
        """
        for let_go in LETTING_GO:
            while await self._write(partial(let_go, now=now)) == statements.SLICE:
                pass
        await self.let_pictures_go(now)
        await self._run(statements.empty_log)

    async def let_go(self, address: Address) -> None:
        """As Store.let_go."""
        await self._write(partial(statements.let_go, address=address))
        await self._run(statements.empty_log)

    async def close(self) -> None:
        """As Store.close; a second call changes nothing."""
        if not self._closed:
            self._closed = True
            if self._writer is not None:
                await self._writer
            await self._db.close()

    async def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._closed:
            raise troubles.closed(self._path)
        try:
            return await self._db.run(work)
        except sqlite3.Error as error:
            raise troubles.of(error, self._path) from error

    async def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """As `_run`, in a transaction that is shared with others who wait at the same time."""
        if self._closed:
            raise troubles.closed(self._path)
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(work, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_waiting())
        try:
            gave: T = await done
        except sqlite3.Error as error:
            raise troubles.of(error, self._path) from error
        return gave

    async def _write_waiting(self) -> None:
        while self._waiting:
            these, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            try:
                gave = await self._db.run(partial(together, works=[one.work for one in these]))
            except BaseException as error:  # noqa: BLE001 -- each is told, whatever it is
                gave = (Undone(error),) * len(these)
            for one, its in zip(these, gave, strict=True):
                one.tell(its)


def _connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)  # what people asked is nobody else's business on a shared machine
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError as error:
        raise troubles.unreachable(path, str(error)) from error
    if head not in (b"", MAGIC):  # SQLite would take a few stray bytes for an empty database and write over them
        raise troubles.no_database(path)
    return sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)


def _prepare(db: sqlite3.Connection, path: Path, busy_seconds: float) -> None:
    # SQLite does not wait by itself while another process turns the new file to WAL, so we do.
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            return _try_prepare(db, path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _try_prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute("begin")  # one look at all three: another process may be making the file right now
    found = version(db)
    application = db.execute("pragma application_id").fetchone()[0]
    tables = db.execute("select count(*) from sqlite_master").fetchone()[0]
    db.execute("commit")
    if tables and application != APPLICATION:
        raise troubles.foreign(path)
    if found > NEWEST:
        raise troubles.too_new(path, found, NEWEST)
    if db.execute("pragma journal_mode = wal").fetchone()[0] != "wal":
        raise troubles.no_wal(path)
    # A killed process loses nothing with NORMAL; a power cut may take the last seconds, never the order. See DECISIONS.
    db.execute("pragma synchronous = normal")
    db.execute("pragma foreign_keys = on")
    db.execute("pragma secure_delete = on")
    db.execute("pragma temp_store = memory")
    migrate(db)
