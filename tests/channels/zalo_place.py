"""What the Zalo tests stand on: a desk on a real SQLite file, the fake Bot API, polled or called."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.channels.web.app import app
from bot.channels.zalo.bot import PATH, Way
from bot.desk import Desk, Outgoing
from bot.messaging.calls import Doors, Hook, hook
from bot.pictures.album import Album
from bot.store.sqlite import SQLiteStore
from flows.turn import World
from tests.channels.telegram_place import NOW, TEXTS
from tests.channels.zalo_driver import PAGE, ZaloDriver, serving
from tests.fake_http import serving as page_serving
from tests.fake_zalo import FakeZalo
from tests.own import library


@dataclass
class Place:
    """One bot: its store, its guides, its Zalo."""

    api: FakeZalo
    store: SQLiteStore
    file: Path
    drawn: int = 0
    hook: Hook = field(default_factory=lambda: Hook("", "", 1))

    def world(self) -> World:
        self.drawn += 1
        return World(library(), TEXTS, NOW, code=f"B{self.drawn:05d}", keeps_pictures=3)

    @property
    def desk(self) -> Desk:
        return Desk(self.store, self.world, album=Album(b"k" * 32))

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[None]:
        async with serving(self.api, self.desk, TEXTS):
            yield

    @asynccontextmanager
    async def called(self) -> AsyncIterator[None]:
        """The channel as Zalo calls it: on the page's own server, which someone else may call too."""

        async def answers() -> bool:
            return True

        doors = Doors(app(self.desk, TEXTS, public_url=None, secret=b"k" * 32, health=answers))
        async with page_serving(doors) as url:
            self.hook = replace(hook(f"{url}{PATH}", b"k" * 32, "zalo", self.api.token), look_every=0.05)
            way = Way(self.api.token, self.api.url, self.hook, PAGE)
            async with serving(self.api, self.desk, TEXTS, way) as bot:
                doors.open(PATH, bot.called)
                await self.api.until(lambda: self.api.webhook is not None)
                yield

    def person(self, id: str = "6ede9afa66b88fe6d6a9", name: str = "Lan") -> ZaloDriver:
        return ZaloDriver(self.api, self.api.user(id, name))

    async def undelivered(self) -> tuple[Outgoing, ...]:
        return await self.store.undelivered("zalo", 1000)

    async def all_delivered(self, within: float = 15) -> None:
        """Wait until the store says so; it asks the store's own thread, again and again."""
        async with asyncio.timeout(within):
            while await self.store.undelivered("zalo", 1):
                pass

    def refusals(self) -> list[str]:
        with closing(sqlite3.connect(self.file)) as db:
            return [row[0] for row in db.execute("select refusal from outgoing where refusal is not null")]


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    """A bot that is not serving yet."""
    file = folder / "thu-tu.sqlite3"
    store = await SQLiteStore.open(file, busy_seconds=0.05)
    try:
        async with FakeZalo() as api:
            yield Place(api, store, file)
    finally:
        await store.close()
