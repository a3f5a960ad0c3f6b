"""Where a made day happens: the product on a database of its own, a clock that stories move, people who see pages."""

from __future__ import annotations

import asyncio
import heapq
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from bot.desk import Address, Arrival, ChannelName, Desk, Heard
from bot.simulating.watching import Watch
from bot.store.sqlite import SQLiteStore
from flows import codes
from flows.events import Event, Pressed, Said, Started
from flows.replies import Choice, Reply, load
from flows.state import Language
from flows.texts import Say
from flows.turn import World
from knowledge.desks import Desk as DeskFile
from knowledge.library import Library

Story = AsyncIterator[float]
"""What somebody does: each number is for how many seconds nothing more happens there."""

CHANNELS: Final[tuple[ChannelName, ...]] = ("telegram", "web")

CALL_EVERY: Final = timedelta(seconds=20)
"""So often what the office calls people about happens to them; the product does so at once."""


@dataclass
class Place:
    """The product and its day. `now` is the time for everybody there."""

    file: Path
    library: Library
    texts: Mapping[Language, Say]
    desks: Mapping[str, DeskFile]
    now: datetime
    watch: Watch
    store: SQLiteStore = field(init=False)
    desk: Desk = field(init=False)
    people: dict[Address, Somebody] = field(default_factory=dict)
    turns: int = 0
    _called: datetime | None = None
    _stories: list[tuple[datetime, int, Story]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)

    async def open(self) -> None:
        """Start the product on what it has kept."""
        self.store = await SQLiteStore.open(self.file)
        self.desk = Desk(self.store, self.world)

    async def close(self) -> None:
        """Stop it; what is under way is kept whole, or not at all."""
        await self.store.close()

    def world(self) -> World:
        """As the product makes it, on this clock."""
        return World(
            self.library,
            self.texts,
            self.now,
            desks=self.desks,
            code=codes.draw(secrets.randbelow),
            invitation=codes.draw_invitation(secrets.randbelow),
        )

    def begins(self, story: Story, at: datetime) -> None:
        """Let a story begin at a moment."""
        heapq.heappush(self._stories, (at, next(self._order), story))

    async def run(self, until: datetime) -> None:
        """Let all that happens happen, in the order of time."""
        while self._stories and self._stories[0][0] < until:
            at, _, story = heapq.heappop(self._stories)
            self.now = max(self.now, at)
            await self._call()
            pause = await anext(story, None)
            if pause is not None:
                self.begins(story, self.now + timedelta(seconds=pause))
        self.now = max(self.now, until)
        await self.calls()

    async def _call(self) -> None:
        if self._called is None or self.now - self._called >= CALL_EVERY:
            await self.calls()

    async def calls(self) -> None:
        """Let what is due happen, and deliver what came of it."""
        self._called = self.now
        for channel in CHANNELS:
            while await self.desk.remind(channel):
                pass
        await self._deliver()
        for person in self.people.values():
            if person.address.channel == "web" and person.waits:
                await person.looks()

    async def _deliver(self) -> None:
        while left := await self.desk.undelivered("telegram"):
            for message in left:
                person = self.people[message.address]
                person.sees(load(message.body))
                await self.desk.delivered(message)

    async def hear(self, arrival: Arrival) -> Heard:
        """One turn."""
        self.turns += 1
        return await self.desk.hear(arrival)

    async def restart(self, under_way: tuple[tuple[Somebody, str], ...]) -> tuple[int, int]:
        """Stop in the middle of these people's turns, start again, let the channels deliver them twice more.

        How many had been kept before the stop, and how many were made after it; RuntimeError when one was lost.
        """
        arrivals = [person.arrival(Said(words)) for person, words in under_way]
        half = len(arrivals) // 2
        tasks = [asyncio.create_task(self.hear(arrival)) for arrival in arrivals[:half]]
        await asyncio.sleep(0)  # these have reached the store, the others come while it closes
        tasks += [asyncio.create_task(self.hear(arrival)) for arrival in arrivals[half:]]
        await self.close()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.open()
        again = [await self.hear(arrival) for arrival in arrivals]
        if not all([(await self.hear(arrival)).seen for arrival in arrivals]):
            raise RuntimeError("a turn that was delivered again is not known")
        for (person, _), heard in zip(under_way, again, strict=True):
            await person.takes(heard)
        seen = sum(heard.seen for heard in again)
        return seen, len(again) - seen


@dataclass(eq=False)
class Somebody:
    """Somebody on a channel; `mark` is a word that nobody else says. `waits`: they have the page open and watch it."""

    place: Place
    address: Address
    mark: str
    page: Reply | None = None
    waits: bool = False
    taps: int = 0
    _numbers: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.place.people[self.address] = self

    def arrival(self, event: Event) -> Arrival:
        """What they do, under an id that no other has."""
        self.taps += isinstance(event, Pressed | Said)
        return Arrival(self.address, f"a{next(self._numbers)}", event)

    async def does(self, event: Event) -> None:
        """Do it, and see what comes of it."""
        await self.takes(await self.place.hear(self.arrival(event)))

    async def takes(self, heard: Heard) -> None:
        """What came of something they did."""
        for message in heard.outgoing:
            await self.place.desk.delivered(message)
            self.sees(load(message.body))
        if heard.reply is not None and self.address.channel == "web":
            self.sees(heard.reply)

    async def starts(self) -> None:
        """Open the talk."""
        await self.does(Started())

    async def says(self, words: str) -> None:
        """Type words."""
        await self.does(Said(words))

    async def presses(self, id: str) -> bool:
        """Press the button of that id, where there is one."""
        if self.page is None or not self.has(id):
            return False
        await self.does(Pressed(id, self.page.turn))
        return True

    async def looks(self) -> None:
        """See the page that is open as it is now."""
        self.sees(await self.place.desk.see(self.address))

    def sees(self, page: Reply) -> None:
        """A page came, or changed; everything on it is checked."""
        self.page = page
        self.place.watch.saw(self.address, page)

    def has(self, id: str) -> bool:
        """Whether there is a button of that id."""
        return any(choice.id == id for choice in self.choices())

    def choices(self, begins: str = "") -> list[Choice]:
        """The buttons whose ids begin so."""
        return [] if self.page is None else [one for one in self.page.choices if one.id.startswith(begins)]
