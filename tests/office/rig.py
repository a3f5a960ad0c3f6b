"""An office for a test: the real desk and store on an empty place, a clock that is set by hand, and people who talk."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.desk import Address, Arrival, Desk
from bot.store import ChannelName
from bot.store.sqlite import SQLiteStore
from flows import codes
from flows.events import Event, Pressed, Said, Started
from flows.office.people import EVERYWHERE, Role
from flows.replies import Choice, Reply, load, words
from flows.state import Language
from flows.texts import Say
from flows.turn import World
from knowledge.desks import Desk as DeskFile
from knowledge.library import Library

WEDNESDAY = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
"""Eight o'clock in Vietnam."""


@dataclass
class Office:
    """One desk of the product; `now` is the time for everybody there."""

    path: Path
    store: SQLiteStore
    library: Library
    texts: Mapping[Language, Say]
    desks: Mapping[str, DeskFile]
    now: datetime = WEDNESDAY
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(self.store, self.world)

    def world(self) -> World:
        """As assembly.build makes it, on this clock."""
        return World(
            self.library,
            self.texts,
            self.now,
            desks=self.desks,
            code=codes.draw(secrets.randbelow),
            invitation=codes.draw_invitation(secrets.randbelow),
            keeps_pictures=3,
            page="https://hoidap.example.vn",
            telegram="thutu_bot",
        )

    async def restart(self) -> None:
        """Stop and start the product on what it has kept."""
        await self.store.close()
        self.store = await SQLiteStore.open(self.path)
        self.desk = Desk(self.store, self.world)

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)

    async def citizen(self, name: str, channel: ChannelName = "telegram") -> Person:
        """Somebody who has just come."""
        person = Person(self, Address(channel, name))
        await person.does(Started())
        return person

    async def member(
        self, called: str, role: Role = "volunteer", desk: str = EVERYWHERE, channel: ChannelName = "telegram"
    ) -> Person:
        """Somebody who works here; written as an accepted invitation would leave them."""
        person = await self.citizen(called, channel)
        with sqlite3.connect(self.path) as db:
            (key,) = db.execute("select person from addresses where id = ?", (called,)).fetchone()
            id = secrets.token_hex(4)
            db.execute("insert into members values (?, ?, ?, ?)", (id, key, called, self.now.isoformat()))
            db.execute("insert into posts values (?, ?, ?, ?)", (id, role, desk, self.now.isoformat()))
        db.close()
        await person.says("/ban")
        return person

    async def calls(self) -> None:
        """Let happen what is due by now, on every channel that is written to."""
        for channel in ("telegram", "web"):
            while await self.desk.remind(channel):
                pass


@dataclass
class Person:
    """Somebody on a channel: `page` is what they see now, `got` every page that came to them, the first one first."""

    office: Office
    address: Address
    page: Reply = field(init=False)
    got: list[Reply] = field(default_factory=list)
    arrivals: int = 0

    async def does(self, event: Event) -> Reply:
        """Let it happen once, and read what came."""
        self.arrivals += 1
        heard = await self.office.desk.hear(Arrival(self.address, f"a{self.arrivals}", event))
        if heard.reply is not None:
            self.page = heard.reply
            self.got.append(heard.reply)
        await self._read()
        return self.page

    async def says(self, text: str) -> Reply:
        """Type words."""
        return await self.does(Said(text))

    async def presses(self, label: str) -> Reply:
        """Press the button whose label begins so."""
        return await self.does(Pressed(self.choice(label).id, self.page.turn))

    def choice(self, label: str) -> Choice:
        """The button whose label begins so."""
        found = [choice for choice in self.page.choices if choice.label.startswith(label)]
        assert found, (label, [choice.label for choice in self.page.choices])
        return found[0]

    async def looks(self) -> Reply:
        """What came meanwhile is read, and the page that is open is looked at again."""
        await self._read()
        self.page = await self.office.desk.see(self.address)
        return self.page

    @property
    def text(self) -> str:
        """All that stands on the page."""
        return "\n".join(words(self.page))

    async def _read(self) -> None:
        if self.address.channel == "web":
            return
        for message in await self.office.desk.undelivered(self.address.channel):
            if message.address == self.address:
                reply = load(message.body)
                if not self.got or reply != self.got[-1]:
                    self.got.append(reply)
                    self.page = reply
                await self.office.desk.delivered(message)
