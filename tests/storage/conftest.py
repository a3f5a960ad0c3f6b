"""The stores that the contract is held against: each fixture parameter opens one on an empty place of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.sqlite import SQLiteStore


async def _sqlite(place: Path) -> Store:
    return await SQLiteStore.open(place / "kept.db")


OPEN: dict[str, Callable[[Path], Awaitable[Store]]] = {"sqlite": _sqlite}
"""One a store. What is opened twice on the same place must be the same store."""


@pytest.fixture(params=list(OPEN))
async def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[Store]]]:
    """Opens the store of this test; again gives another connection to the same one. All are closed at the end."""
    opened: list[Store] = []

    async def open_one() -> Store:
        opened.append(await OPEN[request.param](tmp_path))
        return opened[-1]

    yield open_one
    for store in opened:
        await store.close()


@pytest.fixture
async def store(open_store: Callable[[], Awaitable[Store]]) -> Store:
    return await open_store()
