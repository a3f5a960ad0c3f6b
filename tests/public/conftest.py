"""One server for all that only look, and one of their own for those who do something."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.store.sqlite import SQLiteStore
from tests.channels.page import WebDriver
from tests.public.made import PUBLIC, browsing


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def looked_at(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SQLiteStore]:
    store = await SQLiteStore.open(tmp_path_factory.mktemp("public") / "thu-tu.db")
    yield store
    await store.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def web(looked_at: SQLiteStore) -> AsyncIterator[WebDriver]:
    async with browsing(looked_at, PUBLIC) as driver:
        yield driver
    assert await looked_at.facts() == ()


@pytest_asyncio.fixture(loop_scope="module")
async def store(tmp_path: Path) -> AsyncIterator[SQLiteStore]:
    store = await SQLiteStore.open(tmp_path / "thu-tu.db")
    yield store
    await store.close()


@pytest_asyncio.fixture(loop_scope="module")
async def person(store: SQLiteStore) -> AsyncIterator[WebDriver]:
    async with browsing(store, None) as driver:
        yield driver
