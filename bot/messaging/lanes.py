"""Who is heard when: each person's updates one at a time and in order, different people side by side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Lane:
    """One person's updates: the one being heard, and those behind it."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    inside: int = 0


class Lanes:
    """A lane for each person who has something under way, and none for the rest."""

    def __init__(self) -> None:
        self._lanes: dict[str, _Lane] = {}

    def inside(self, person: str) -> int:
        """How many updates of that person are being heard or wait to be."""
        lane = self._lanes.get(person)
        return 0 if lane is None else lane.inside

    @asynccontextmanager
    async def turn(self, person: str) -> AsyncIterator[None]:
        """The turn of that person, after all that came before it. asyncio's lock lets in by order of asking."""
        lane = self._lanes.setdefault(person, _Lane())
        lane.inside += 1
        try:
            async with lane.turn:
                yield
        finally:
            lane.inside -= 1
            if lane.inside == 0:
                del self._lanes[person]
