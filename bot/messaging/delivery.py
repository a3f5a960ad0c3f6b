"""Hands stored messages over to a messaging service: each chat in its own order, until taken or refused for good."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine, Iterable, Mapping
from contextlib import suppress
from typing import Any, Final, assert_never

from bot.desk import Arrival, ChannelName, Desk, Heard, Outgoing, StoreError
from bot.messaging.carrier import Carrier, InHand, Later, Refused
from flows.events import Left
from flows.replies import Reply

log = logging.getLogger(__name__)

AT_ONCE: Final = 128
"""Chats written to side by side."""

SLOW: Final = 0.5
"""Seconds after which a person who waits is told that an answer is being written."""

CROWD: Final = 32
"""People who wait at once from which on nobody is told so: each such word would make all wait longer."""

IN_HAND: Final = 1000
"""Messages held here at most; the others lie in the store until the sweep finds room for them."""

SLICE: Final = 100
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0

SWEEP_EVERY: Final = 30.0
SWEEP_ON: Final = 0.2
"""Seconds until the next sweep when the last one could not carry everything."""


class Delivery:
    """Delivers on one channel. A message in hand is never taken up a second time, nor is one that was handed over."""

    def __init__(self, channel: ChannelName, service: str, carrier: Carrier, desk: Desk) -> None:
        """`service` is its name in the log."""
        self._channel = channel
        self._service = service
        self._carrier = carrier
        self._desk = desk
        self._chats: dict[str, deque[InHand]] = {}
        self._numbers: set[int] = set()
        self._expected: dict[str, deque[asyncio.TimerHandle]] = {}
        self._ended: dict[int, None] = {}  # the last of them, in order
        self._messages = asyncio.Semaphore(AT_ONCE)
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, heard: Heard) -> None:
        """Begin to deliver what came of an arrival."""
        made = {heard.fresh: heard.reply} if heard.fresh is not None and heard.reply is not None else {}
        self._take(heard.outgoing, made)

    async def sweep(self) -> bool:
        """Take up what an earlier attempt or an earlier process left; True when there may be more of it."""
        left = await self._desk.undelivered(self._channel, len(self._numbers) + SLICE)
        return self._take(left, {}) >= SLICE

    async def keep_sweeping(self) -> None:
        """Sweep until cancelled. Reminders that came due first, since what they say lies in the store like the rest."""
        while True:
            pause = SWEEP_EVERY
            try:
                more = await self._desk.remind(self._channel)
                if await self.sweep() or more:
                    pause = SWEEP_ON
            except StoreError as error:
                log.error("Chưa xem được các tin còn phải gửi (%s); sẽ xem lại.", error)
            await self._desk.called(self._channel, pause)

    def waiting(self, chat: str) -> int:
        """How many messages to that chat are in hand."""
        return len(self._chats.get(chat, ()))

    def expect(self, chat: str) -> None:
        """Someone waits for an answer: if none has come in half a second, show that it is being written."""
        timer = asyncio.get_running_loop().call_later(SLOW, self._slow, chat)
        self._expected.setdefault(chat, deque()).append(timer)

    def no_more(self, chat: str) -> None:
        """What was waited for there the longest has come, or will not."""
        timers = self._expected.get(chat)
        if timers is not None:
            timers.popleft().cancel()
            if not timers:
                del self._expected[chat]

    def say(self, chat: str, text: str) -> None:
        """Try once to say something that is not kept."""
        self.aside(self._say(chat, text))

    async def close(self, patience: float) -> None:
        """Finish what is under way, for so many seconds at most; the rest stays in the store."""
        self._stopping.set()
        for timer in (timer for timers in self._expected.values() for timer in timers):
            timer.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something small beside the messages; it is finished before we stop, if it does not take too long."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _take(self, messages: Iterable[Outgoing], made: Mapping[int, Reply]) -> int:
        """Begin to deliver the messages, given oldest first; how many of them were new and found room.

        Where one finds no room none after it does: it must not overtake.
        """
        new = 0
        for message in messages:
            if message.number in self._numbers or message.number in self._ended:
                continue
            if len(self._numbers) >= IN_HAND or self._stopping.is_set():
                break
            new += 1
            self._numbers.add(message.number)
            one, chat = InHand(message, made.get(message.number)), message.address.id
            if chat in self._chats:
                self._chats[chat].append(one)
            else:
                self._chats[chat] = deque([one])
                self.aside(self._deliver(chat))
        return new

    async def _deliver(self, chat: str) -> None:
        waiting, since = self._chats[chat], False
        try:
            while waiting:
                async with self._messages:
                    pause = await self._attempt(waiting[0])
                if pause is None:
                    self.no_more(chat)
                    number = waiting[0].message.number
                    self._ended[number] = None
                    if len(self._ended) > 2 * IN_HAND:
                        del self._ended[next(iter(self._ended))]
                    self._numbers.discard(number)
                    if waiting.popleft().gone:
                        since = bool(waiting)
                        break
                elif not await self._rest(pause):
                    return
        finally:  # whatever ended it, what is left is for the sweep
            self._numbers.difference_update(one.message.number for one in self._chats.pop(chat))
        if since:  # what was written to whoever came back meanwhile is still in the store: not for the next round only
            with suppress(StoreError):
                await self.sweep()

    async def _rest(self, seconds: float) -> bool:
        """False when it is time to stop instead."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return True
        return False

    async def _attempt(self, one: InHand) -> float | None:
        """Hand the message over and note it; None when it is over and done with, else the seconds to wait."""
        if not one.taken and one.refusal is None and (later := await self._hand_over(one)) is not None:
            return await self._later(one, later)
        try:
            await self._note(one)
        except StoreError as error:
            log.error("Chưa ghi được rằng một tin đã đi (%s); sẽ ghi lại, không gửi lại.", error)
            return self._pause(one)
        return None

    async def _hand_over(self, one: InHand) -> Later | None:
        try:
            outcome = await self._carrier.carry(one)
        except Exception as error:
            one.refusal = repr(error)
            log.exception("Không đọc được một tin đã lưu; bỏ tin này để các tin sau vẫn đi.")
            return None
        match outcome:
            case None:
                one.taken = True
            case Later():
                return outcome
            case Refused(why, gone):
                one.refusal, one.gone = why, gone
                one.until = max(other.message.number for other in self._chats[one.message.address.id])
                log.log(logging.INFO if gone else logging.ERROR, "%s từ chối hẳn một tin: %s", self._service, why)
            case _:
                assert_never(outcome)
        return None

    async def _note(self, one: InHand) -> None:
        if one.refusal is None:
            await self._desk.delivered(one.message)
            return
        await self._desk.refused(one.message, one.refusal)
        if one.gone:
            gone = f"gone-{one.message.number}"
            await self._desk.hear(Arrival(one.message.address, gone, Left(), until=one.until))

    async def _later(self, one: InHand, later: Later) -> float:
        pause = self._pause(one) if later.pause is None else later.pause
        log.warning("Một tin chưa đi được (%s); thử lại sau %.1f giây.", later.why, pause)
        try:
            await self._desk.tried(one.message)
        except StoreError as trouble:
            log.warning("Chưa ghi được lần thử (%s).", trouble)
        return pause

    def _pause(self, one: InHand) -> float:
        one.failures += 1
        return min(FIRST_PAUSE * 2.0 ** min(one.failures - 1, 10), LONGEST_PAUSE)

    def _slow(self, chat: str) -> None:
        crowd = len(self._expected) > CROWD
        self.no_more(chat)
        if not crowd and not self._stopping.is_set():
            self.aside(self._carrier.show_typing(chat))

    async def _say(self, chat: str, text: str) -> None:
        async with self._messages:
            await self._carrier.say(chat, text)
