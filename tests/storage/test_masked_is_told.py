"""A person who types a number or an address is told that it was masked, and the store has none of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk import Arrival, Desk
from bot.store import Address, Store
from flows import replies
from flows.events import Event, Pressed, Said
from flows.turn import World
from tests import own

TOLD = "đã được che, không lưu"
LIBRARY = own.library()


@pytest.fixture
async def desk(store: Store) -> Desk:
    assert LIBRARY is not None
    world = World(LIBRARY, own.sentences(), datetime(2026, 11, 22, 5, tzinfo=UTC))
    return Desk(store, lambda: world)


Hear = Callable[[Event], Awaitable[str]]


@pytest.fixture
def hear(desk: Desk) -> Hear:
    count = 0

    async def one(event: Event) -> str:
        nonlocal count
        count += 1
        heard = await desk.hear(Arrival(Address("web", "lan"), f"a{count}", event))
        assert heard.reply is not None
        return "\n".join(replies.words(heard.reply))

    return one


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("làm lại căn cước số 079099001234", "079099001234"),
        ("đăng ký tạm trú, gọi em 0912 345 678", "345 678"),
        ("gửi về lan@example.vn giúp em khai sinh", "lan@example.vn"),
    ],
)
async def test_it_is_told_and_not_kept(said: str, secret: str, hear: Hear, tmp_path: Path) -> None:
    assert TOLD in await hear(Said(said))
    assert all(secret.encode() not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


async def test_nothing_is_told_when_nothing_was_masked(hear: Hear) -> None:
    assert TOLD not in await hear(Said("mã 1.001193 phí 8.000 đồng ngày 22/11/2026"))


async def test_it_is_told_once(hear: Hear) -> None:
    assert TOLD in await hear(Said("số của em 0912345678"))
    assert TOLD not in await hear(Pressed("help", 1))
