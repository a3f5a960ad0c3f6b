"""A terminal cannot take a photo: it says so, and where one can be sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.desk import Desk
from bot.pictures.album import Album
from bot.store.sqlite import SQLiteStore
from flows.turn import World
from tests import own
from tests.channels.channels import AtTheTerminal

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


async def test_it_says_that_it_cannot_and_where_it_goes(tmp_path: Path) -> None:
    library = own.library()
    store = await SQLiteStore.open(tmp_path / "thu-tu.sqlite3")
    world = World(library, own.sentences(), NOW, keeps_pictures=3)
    person = AtTheTerminal(Desk(store, lambda: replace(world, code="K7M2QX"), album=Album(b"k" * 32)))
    await person.start()
    for words in ("đăng ký tạm trú ở trọ", "chuẩn bị giấy tờ", "1", "1", "gửi ảnh hợp đồng thuê nhà"):
        await person.say(words)
    screen = await person.press("Đồng ý, gửi ảnh")
    assert "Cửa sổ này không nhận được ảnh" in screen.words[0]
    assert "trên trang web hoặc Telegram" in screen.words[0]
    await store.close()
