"""What a browser is given to keep: the worker and its files, the page without a network, nothing of a talk."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.channels.web.app import app
from bot.desk import Desk
from bot.store.sqlite import SQLiteStore
from flows.turn import World
from tests import own
from tests.channels.page import page_of
from tests.fake_http import serving

TEXTS = own.sentences()


async def answers() -> bool:
    return True


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    library = own.library()
    world = World(library, TEXTS, datetime(2026, 11, 20, 2, 0, tzinfo=UTC))
    store = await SQLiteStore.open(tmp_path / "thu-tu.db")
    page = app(Desk(store, lambda: world), TEXTS, public_url=None, secret=b"a secret", health=answers)
    async with serving(page) as url, httpx.AsyncClient(base_url=url) as http:
        yield http
    await store.close()


async def test_the_worker_asks_for_files_that_are_there(http: httpx.AsyncClient) -> None:
    answer = await http.get("/sw.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"  # else a browser would stay with the old release
    found = re.match(r'const STATIC = "(/static/[0-9a-f]{12}/)";', answer.text)
    assert found is not None
    needed = re.findall(r"\$\{STATIC\}([a-z./]+)`", answer.text)
    assert {"style.css", "page.js"} <= set(needed)
    for name in needed:
        assert (await http.get(found[1] + name)).status_code == 200
    assert (await http.get("/ngoai-mang")).status_code == 200


async def test_the_page_without_a_network_has_the_place_for_what_was_kept(http: httpx.AsyncClient) -> None:
    answer = await http.get("/ngoai-mang")
    assert answer.text.count('<ul class="kept"></ul>') == 1
    page = page_of(answer)
    assert page.blocks[0] == TEXTS["vi"]("web.offline_title")
    assert TEXTS["en"]("web.offline_body") in page.blocks
    assert "set-cookie" not in answer.headers


async def test_the_page_can_be_put_on_a_phone(http: httpx.AsyncClient) -> None:
    answer = await http.get("/manifest.webmanifest")
    described = answer.json()
    assert (described["name"], described["start_url"], described["display"]) == ("Thứ Tư", "/", "standalone")
    for icon in described["icons"]:
        assert (await http.get(icon["src"])).headers["content-type"] == icon["type"]


async def test_a_talk_says_that_it_must_not_be_kept(http: httpx.AsyncClient) -> None:
    assert (await http.get("/")).headers["cache-control"] == "no-store"
