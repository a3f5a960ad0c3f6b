"""The desk: a person's event goes in, what they now see comes out, and everything between is one transaction."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import ValidationError

from bot import privacy
from bot.counts import Counts
from bot.guesses import Guesses
from bot.offering import Offer, offers
from bot.pictures.album import Album
from bot.store import (
    Address,
    ChannelName,
    DueReminder,
    Kept,
    NotAllowed,
    Outgoing,
    SealedPicture,
    Store,
    StoreError,
    Taken,
)
from bot.taking import PUSHED, Arrival, Taking, masked, of_many, talk_from, typed, world_at
from flows import engine, events, facts, fitting, replies, state
from flows.codes import code_in
from flows.events import Called, Due, Look, Said, Sent
from flows.facts import PictureOpened
from flows.office import Deed, Office
from flows.office.reports import Report, Scope, ToCount, may_see, scope_of
from flows.office.stages import OFFICE
from flows.replies import Reply
from flows.state import Friendly, Language, Person, Talk
from flows.turn import World

__all__ = ["Address", "Arrival", "ChannelName", "Desk", "Heard", "Outgoing", "StoreError"]
"""What a channel needs to know of the desk and what lies behind it."""

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of an arrival: the page to show, and the messages of this person still to be delivered.

    There is no page where nobody is there, or what was heard before came again on a channel that we write to.
    `fresh` is the number of the message that is this page, where it was not heard before.
    """

    reply: Reply | None
    outgoing: tuple[Outgoing, ...]
    seen: bool
    fresh: int | None = None


class Desk:
    """Hears every channel; keeps nothing itself."""

    def __init__(
        self,
        store: Store,
        world: Callable[[], World],
        clock: Callable[[], float] = time.monotonic,
        album: Album | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        """`now` is the one clock, where asking it is less than making a world."""
        self._store = store
        self._world = world
        self._now = now
        self._album = album
        self._guesses = Guesses(clock)
        self._counts = Counts(store, world)
        self._calls: dict[ChannelName, asyncio.Event] = {}

    async def called(self, channel: ChannelName, seconds: float) -> None:
        """Wait until somebody on any channel did something at the office, so that others are to be told.

        No longer than so many seconds: what another process did is found then.
        """
        call = self._calls.setdefault(channel, asyncio.Event())
        with suppress(TimeoutError):
            await asyncio.wait_for(call.wait(), seconds)
        call.clear()

    def world(self) -> World:
        """What there is to tell just now, for pages that belong to nobody."""
        return self._world()

    def now(self) -> datetime:
        """The time by the one clock, aware."""
        return self._world().now if self._now is None else self._now()

    async def hear(self, arrival: Arrival) -> Heard:
        """Take one event through the conversation and keep what came of it; StoreError when nothing was kept."""
        return await self._hear(arrival, None)

    async def remind(self, channel: ChannelName, limit: int = 100) -> bool:
        """Let each reminder whose time has come make its turn, once; what it says is then to be delivered.

        True when there may be more. A second process that does the same at the same time doubles nothing.
        """
        due = await self._store.due(channel, self.now(), limit)
        for one in due:
            await self._hear(Arrival(one.address, f"reminder-{one.number}", _due(one)), one.number)
        return len(due) == limit

    async def _hear(self, arrival: Arrival, reminder: int | None) -> Heard:
        world = await self._with_list(self._world(), arrival)
        taking = Taking(arrival, world, reminder)
        if isinstance(arrival.event, Sent) and arrival.event.look is None:
            taking.looked(*await self._looked(arrival, world))
        try:
            taken = await self._turn(taking, taking.take)
        except NotAllowed as error:
            log.warning("refused to a %s address: %s", arrival.address.channel, error)
            taken = await self._turn(taking, taking.refuse)
        if taking.guessed:
            self._guesses.wrong(arrival.address)
        if taking.acted:
            for call in self._calls.values():
                call.set()
        if not taking.taken:
            pushed = arrival.address.channel in PUSHED  # nobody there asks for the page again
            again = None if pushed else await self.see(arrival.address, arrival.language)
            return Heard(again, taken.outgoing, taken.seen)
        fresh = taken.outgoing[-1].number if taking.page is not None and taken.outgoing else None
        return Heard(taking.page, taken.outgoing, taken.seen, fresh)

    async def _turn(self, taking: Taking, take: Callable[[str | None, Office], Kept]) -> Taken:
        while True:
            try:
                return await self._store.turn(taking.arrival.address, taking.arrival.id, taking.world.now, take)
            except ToCount as wanted:  # nothing was kept: it is counted beside all turns, and this one made again
                taking.world = await self._with_report(taking.world, taking.arrival.address, wanted.scope)

    async def _looked(self, arrival: Arrival, world: World) -> tuple[Look | None, bytes]:
        """What came with an event, looked at and sealed; nothing where it was not awaited."""
        if self._album is None or arrival.content is None or not await self.awaits_picture(arrival.address):
            return None, b""
        return await self._album.taken(arrival.content, world.code, await self._store.picture_room())

    def rehearse(self) -> None:
        """Go through a talk with nobody, so that the first person does not wait for what is made at its first use."""
        turn = engine.step(Talk(), Said("Làm giấy khai sinh, hỏi lúc 8:00"), self._world())
        state.load(state.dump(turn.talk))
        replies.load(replies.dump(engine.show(turn.talk, self._world())))
        for fact in turn.facts:
            facts.dump(masked(fact))

    async def _with_list(self, world: World, arrival: Arrival) -> World:
        """The world with the list whose code came in; wrong codes are counted, and after too many none is looked up."""
        code = code_in(typed(arrival.event))
        if not self._guesses.may(arrival.address):
            return dataclasses.replace(world, guessed_much=True)
        if not code:
            return world
        body = await self._store.carried(code, world.today)
        if body is None:
            self._guesses.wrong(arrival.address)
            return world
        try:
            return dataclasses.replace(world, carried=state.load_carried(body))
        except ValidationError:
            log.exception("a carried list cannot be read; its code is answered as unknown")
            return world

    async def see(self, address: Address, language: Language = "vi") -> Reply:
        """The page a person is at, without changing anything: a reload, a return after days."""
        world = world_at(address, self._world())
        talk = talk_from(await self._store.talk_of(address), language)
        if not isinstance(talk.stage, (*OFFICE, Person, Friendly)) or of_many(address):
            return engine.show(talk, world)

        def look(kept: str | None, office: Office) -> Reply:
            return engine.show(talk_from(kept, language), dataclasses.replace(world, office=office))

        while True:
            try:
                return await self._store.view(address, world.now, look)
            except ToCount as wanted:
                world = await self._with_report(world, address, wanted.scope)

    async def report(self, address: Address, query: str) -> Report | None:
        """The report of a query (flows/office/reports.py); None for whoever may not see it, or where it is none."""
        scope = scope_of(query)
        return await self._counts.report(scope) if scope is not None and await self._may_see(address, scope) else None

    async def report_to_operator(self, scope: Scope) -> Report:
        """The report, for whoever has the machine."""
        return await self._counts.report(scope)

    async def _with_report(self, world: World, address: Address, scope: Scope) -> World:
        if not await self._may_see(address, scope):
            raise NotAllowed(f"see a report of {scope.desk or 'every desk'}")
        return dataclasses.replace(world, counted={**world.counted, scope: await self._counts.report(scope)})

    async def _may_see(self, address: Address, scope: Scope) -> bool:
        """Asked of the store itself, each time."""

        def look(kept: str | None, office: Office) -> bool:
            return may_see(office.people.me(), scope)

        return not of_many(address) and await self._store.view(address, self.now(), look)

    async def awaits_picture(self, address: Address) -> bool:
        """Whether the person stands where a photo or PDF is taken: only then is one to be fetched at all."""
        kept = await self._store.talk_of(address) if self._album is not None else None
        return kept is not None and fitting.awaits_picture(talk_from(kept, "vi"), world_at(address, self._world()))

    async def pictures(self) -> tuple[SealedPicture, ...]:
        """The pictures that can be looked at, without what is on them."""
        return await self._store.pictures(self.now())

    async def open_picture(self, number: str, by: str, why: str) -> tuple[bytes, ...] | None:
        """The pages of a picture as JPEG, for somebody at the desk; who looked and why is kept with it.

        None when there is none of that number or its time is over; Altered when its key is not ours.
        """

        def seen(picture: SealedPicture) -> str:
            return facts.dump(PictureOpened(picture.guide, picture.document, by, privacy.masked(why)))

        picture = await self._store.open_picture(number, self.now(), seen) if self._album is not None else None
        return None if picture is None or self._album is None else self._album.opened(picture.body, number)

    async def offers(self, words: str, language: Language, limit: int) -> tuple[Offer, ...]:
        """Guides that the words find, to be shown to another person; no talk, and nothing kept."""
        return await asyncio.to_thread(offers, words, language, self._world(), limit)

    async def office(self, look: Callable[[Office], T]) -> T:
        """What there is to see of the office, for whoever runs the machine."""
        return await self._store.office(self.now(), look)

    async def operate(self, *deeds: Deed) -> None:
        """Deeds of whoever runs the machine, all or none."""
        await self._store.operate(self.now(), deeds)

    async def part(self, address: Address) -> None:
        """Let a person go for good: whoever comes next to that address is met as a newcomer."""
        await self._store.let_go(address)

    async def undelivered(self, channel: ChannelName, limit: int = 100) -> tuple[Outgoing, ...]:
        """What is still to be delivered on a channel, oldest first."""
        return await self._store.undelivered(channel, limit)

    async def delivered(self, message: Outgoing) -> None:
        """The channel has handed the message over."""
        await self._store.delivered(message.number, self.now())

    async def refused(self, message: Outgoing, reason: str) -> None:
        """The message can never be handed over: the person blocked us, the chat is gone."""
        await self._store.refused(message.number, reason, self.now())

    async def tried(self, message: Outgoing) -> None:
        """The message could not be handed over now and stays to be delivered."""
        await self._store.tried(message.number, self.now())


def _due(due: DueReminder) -> Due:
    try:
        return events.load(due.event)
    except ValidationError:
        log.exception("what was to happen cannot be read; it is let go")
        return Called("unknown", "")
