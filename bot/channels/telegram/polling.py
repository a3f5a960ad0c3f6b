"""Long polling that loses nothing: an update is confirmed only when the desk has kept it and all that came before."""

from __future__ import annotations

import asyncio
import dataclasses
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from telegram.error import Conflict, TelegramError

from bot.channels.telegram.client import Client
from bot.channels.telegram.hearing import person
from bot.channels.telegram.places import Json
from bot.channels.telegram.reception import Updates
from bot.channels.telegram.trouble import WEBHOOK_ACTIVE, Trouble

POLL: Final = 25
"""Seconds that Telegram may hold a poll open while nothing happens."""

LATE: Final = 5.0
"""Seconds that its answer may take beyond that."""

ASIDE: Final = 0.5
"""Seconds after which whoever takes longer, with a large photo perhaps, is no longer waited for by all others."""

HELD: Final = 20
"""Updates of one person that may lie behind a photo of theirs that is slow to come; with more it is not waited for."""

CROWDED: Final = 80
"""Updates in a poll, which brings 100 at most, from which on nobody's photo is waited for longer than GRACE."""

GRACE: Final = 3.0
"""Seconds."""


async def poll(bot: Client, ears: Updates, wanted: Sequence[str], trouble: Trouble) -> None:
    """Hear what people do, until cancelled. Where a webhook is set it is taken away: polling would be refused."""
    webhook = True
    async with asyncio.TaskGroup() as tasks:
        hand = _Hand(ears, tasks)
        while True:
            try:
                if webhook:
                    await bot.delete_webhook()
                    webhook = False
                timeout = 0 if hand.waits else POLL
                asked = {"offset": hand.offset or None, "timeout": timeout, "allowed_updates": list(wanted)}
                updates: list[Json] = await bot.updates(asked, read_timeout=timeout + LATE)
            except TelegramError as error:
                webhook = webhook or (isinstance(error, Conflict) and WEBHOOK_ACTIVE in error.message)
                await asyncio.sleep(trouble.told(error))
                continue
            if await hand.heard(updates):
                trouble.over()
            else:
                await asyncio.sleep(trouble.longer())


@dataclass(frozen=True, slots=True)
class _Person:
    """Someone who is being heard: the last of it, since when, how many updates, and whether photos are let go of."""

    task: asyncio.Task[bool]
    since: float
    held: int
    let_go: asyncio.Event


class _Hand:
    """The updates that were polled and cannot be confirmed yet.

    Telegram confirms all below a number. What lies above one that takes long is therefore polled again and again
    meanwhile, and let go of here. It gives no more than 100 above that number: when they are nearly all known already,
    whoever is new would not be heard, so what takes long is let go of instead, and asked for again.
    """

    def __init__(self, ears: Updates, tasks: asyncio.TaskGroup) -> None:
        self._ears = ears
        self._tasks = tasks
        self._kept: dict[int, bool] = {}
        self._people: dict[str, _Person] = {}
        self._under_way: dict[int, asyncio.Task[bool]] = {}
        self.offset = 0

    @property
    def waits(self) -> bool:
        """Whether somebody is being heard still."""
        return bool(self._people)

    async def heard(self, updates: Sequence[Json]) -> bool:
        """Different people side by side, each in order; False when something was not kept and must come again."""
        self._forget({update["update_id"] for update in updates})
        self._make_room(crowded=len(updates) >= CROWDED)
        new = [update for update in updates if not self._knows(update["update_id"])]
        for who, some in groupby(sorted(new, key=person), key=person):
            own = list(some)
            one = self._people[who] = self._begun(own, self._people.get(who))
            self._kept.update((update["update_id"], False) for update in own)
            self._under_way.update((update["update_id"], one.task) for update in own)
        if self._people:
            await asyncio.wait([one.task for one in self._people.values()], timeout=ASIDE)
        return self._confirm()

    def _knows(self, number: int) -> bool:
        return number in self._under_way or self._kept.get(number, False)

    def _forget(self, polled: Collection[int]) -> None:
        """Wait no longer for what did not come again: Telegram lets go of updates after a day."""
        last = max(polled, default=math.inf)
        awaited = [number for number, kept in self._kept.items() if not kept and number not in self._under_way]
        for number in awaited:
            if number not in polled and number < last:
                del self._kept[number]

    def _make_room(self, *, crowded: bool) -> None:
        """Let go of the photos of whoever holds up the others."""
        late = asyncio.get_running_loop().time() - GRACE
        for one in self._people.values():
            if one.held > HELD or (crowded and one.since < late):
                one.let_go.set()

    def _begun(self, updates: Sequence[Json], before: _Person | None) -> _Person:
        """Begin to hear someone, or to hear more of them after all that came before."""
        if before is None:
            let_go = asyncio.Event()
            task = self._tasks.create_task(self._one(updates, None, let_go))
            return _Person(task, asyncio.get_running_loop().time(), len(updates), let_go)
        task = self._tasks.create_task(self._one(updates, before.task, before.let_go))
        return dataclasses.replace(before, task=task, held=before.held + len(updates))

    async def _one(self, updates: Sequence[Json], before: asyncio.Task[bool] | None, let_go: asyncio.Event) -> bool:
        if before is not None and not await before:
            return False  # what was not kept comes again, and nothing that was said later may overtake it
        for update in updates:
            if not await self._ears.hear(update, let_go=let_go):
                return False
        return True

    def _confirm(self) -> bool:
        """Move the offset up to the first that is not kept; False when one was heard in vain."""
        ended = {number: task.result() for number, task in self._under_way.items() if task.done()}
        for number, kept in ended.items():
            self._kept[number] = kept
            del self._under_way[number]
        self._people = {who: one for who, one in self._people.items() if not one.task.done()}
        if self._kept:
            self.offset = min((number for number, kept in self._kept.items() if not kept), default=max(self._kept) + 1)
            self._kept = {number: kept for number, kept in self._kept.items() if number >= self.offset}
        return all(ended.values())
