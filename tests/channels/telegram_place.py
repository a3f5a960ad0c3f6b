"""What the Telegram tests stand on: a desk on a real SQLite file, the fake Bot API, and a log that wakes who waits."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.desk import Address, Desk, Outgoing
from bot.store.sqlite import SQLiteStore
from flows import facts
from flows.facts import Fact
from flows.turn import World
from knowledge.library import Library
from tests.channels.telegram_driver import TelegramDriver, serving
from tests.fake_telegram import FakeTelegram
from tests.own import library, sentences

TEXTS = sentences()
SAY = TEXTS["vi"]
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


class Log(logging.Handler):
    """What the channel wrote in its log; whoever waits on the fake Bot API is woken."""

    def __init__(self, api: FakeTelegram) -> None:
        super().__init__(logging.WARNING)
        self.api = api
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
        self.api.state.bell.ring()

    async def says(self, words: str) -> None:
        await self.api.until(lambda: any(words in line for line in self.lines))

    def __enter__(self) -> Self:
        logging.getLogger("bot").addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger("bot").removeHandler(self)


@dataclass
class Place:
    """One bot: its store, its guides, its Telegram."""

    api: FakeTelegram
    store: SQLiteStore
    file: Path
    log: Log
    library: Library

    @property
    def desk(self) -> Desk:
        return Desk(self.store, lambda: World(self.library, TEXTS, NOW))

    def serving(self, token: str = "") -> AbstractAsyncContextManager[object]:
        """The channel, as long as the block lasts."""
        return serving(self.api, self.desk, TEXTS, token)

    def person(self, id: int = 7, name: str = "Lan", *, met: bool = False) -> TelegramDriver:
        return TelegramDriver(self.api, self.api.user(id, name, met=met))

    async def facts(self) -> list[Fact]:
        return [facts.load(fact.body) for fact in await self.store.facts()]

    async def undelivered(self) -> tuple[Outgoing, ...]:
        return await self.store.undelivered("telegram", 100)

    async def all_delivered(self, within: float = 10) -> None:
        """Wait until the store says so; it asks the store's own thread, again and again."""
        async with asyncio.timeout(within):
            while await self.store.undelivered("telegram", 1):
                pass

    async def turn_of(self, id: int) -> str | None:
        return await self.store.talk_of(Address("telegram", str(id)))


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    """A bot that is not serving yet."""
    file = folder / "thu-tu.sqlite3"
    store = await SQLiteStore.open(file, busy_seconds=0.05)
    try:
        async with FakeTelegram() as api:
            with Log(api) as log:
                yield Place(api, store, file, log, library())
    finally:
        await store.close()
