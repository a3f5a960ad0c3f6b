"""Reports, counted beside all turns; one over a long time is kept for a minute, since everybody asks for the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Final

from bot.store import Store
from flows.office.reports import Report, Scope
from flows.tally import Tally, Told
from flows.turn import World
from knowledge.calendar import calendar

LONG: Final = 92
"""Days from which on a report is kept: a quarter is counted in no time."""

KEPT: Final = timedelta(minutes=1)

MOST: Final = 32
"""Reports that are kept at most."""


class Counts:
    """Counts one long report at a time, so that five of them do not take the whole machine."""

    def __init__(self, store: Store, world: Callable[[], World]) -> None:
        self._store = store
        self._world = world
        self._kept: dict[Scope, Report] = {}
        self._counting = asyncio.Lock()

    async def report(self, scope: Scope) -> Report:
        """The report as of now, or of the last minute where it is long; StoreError."""
        if scope.period.days < LONG:
            return await self._count(scope)
        async with self._counting:
            kept = self._kept.get(scope)
            if kept is not None and kept.counted <= self._world().now < kept.counted + KEPT:
                return kept
            report = await self._count(scope)
            self._kept = {**dict(list(self._kept.items())[-MOST + 1 :]), scope: report}
            return report

    async def _count(self, scope: Scope) -> Report:
        world, called = self._world(), await self._store.called()
        trial = frozenset(id for id, desk in world.desks.items() if desk.trial)

        def count(facts: Iterator[Told]) -> Report:
            return counted(facts, Tally(scope, calendar(), trial), world, called)

        return await self._store.counted(scope.period, count)


def counted(facts: Iterator[Told], tally: Tally, world: World, called: Mapping[str, str]) -> Report:
    """The report that these facts, oldest first, make."""
    for told in facts:
        tally.take(told)
    return tally.report(world.now, called)
