"""Guides made for the public pages, a browser before them, and what stands in a page for search engines."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

from bot.channels.web.app import app
from bot.desk import Desk
from bot.store.sqlite import SQLiteStore
from flows.turn import World
from knowledge.guide import Guide, Pointer
from knowledge.loading import library_of
from tests import own
from tests.channels.page import Page, WebDriver
from tests.fake_http import serving

TEXTS = own.sentences()
SAY = TEXTS["vi"]
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SECRET = b"a secret that outlives a restart"
PUBLIC = "https://thutuc.example"
BIRTH = "dang-ky-khai-sinh"


def own_guides() -> dict[str, Guide]:
    library = own.library()
    return {id: library.guides[id] for id in library.guides}


def also(guide: Guide, id: str, code: str, **changes: Any) -> Guide:
    return guide.model_copy(update={"id": id, "code": code, "same": (), "replaces": (), **changes})


GUIDES = own_guides()
MARRIAGE = GUIDES["dang-ky-ket-hon"]
TO_BIRTH = Pointer(code="1.001193", name="Đăng ký khai sinh", why="Thay cho thủ tục cũ.")
TO_MARRIAGE = Pointer(code=MARRIAGE.code, name=MARRIAGE.name, why="Thay một phần.")
WITHDRAWN = also(MARRIAGE, "da-rut", "9.000001", status="withdrawn")
REPLACED = also(MARRIAGE, "da-thay", "9.000002", status="withdrawn", replaced_by=(TO_BIRTH,))
SPLIT = also(MARRIAGE, "da-tach", "9.000003", expires=date(2026, 11, 19), replaced_by=(TO_BIRTH, TO_MARRIAGE))
ENDING = also(MARRIAGE, "sap-het", "9.000004", expires=date(2026, 11, 20), replaced_by=(TO_BIRTH,))
DRAFT = also(MARRIAGE, "ban-nhap", "9.000005", status="draft")
RENUMBERED = also(MARRIAGE, "doi-ma", "9.000006", replaces=("9.000007",))
HOSTILE = also(
    MARRIAGE,
    "thu-ma",
    "9.000008",
    name='</script><script>alert(1)</script> "x" & <b>',
    short='</script><!-- <img src=x onerror=alert(1)> "x"',
    summary="<b>https://x.vn/\"onclick=alert(1)</b> '",
    en="",
    summary_en="",
)
MADE = (WITHDRAWN, REPLACED, SPLIT, ENDING, DRAFT, RENUMBERED, HOSTILE)
WORLD = World(library_of((*GUIDES.values(), *MADE)), TEXTS, NOW)


async def answers() -> bool:
    return True


@asynccontextmanager
async def browsing(store: SQLiteStore, public_url: str | None) -> AsyncIterator[WebDriver]:
    """A browser that does not follow by itself, at a server with the made guides."""
    desk = Desk(store, lambda: WORLD)
    async with serving(app(desk, TEXTS, public_url=public_url, secret=SECRET, health=answers)) as url:
        driver = WebDriver(url)
        driver.http.follow_redirects = False
        yield driver
        await driver.close()


def metas(page: Page) -> dict[str, str]:
    tags = page.tree.tagged("meta")
    return {
        tag.attributes.get("name") or tag.attributes.get("property", ""): tag.attributes.get("content", "")
        for tag in tags
    }


def links(page: Page, rel: str) -> list[str]:
    return [tag.attributes["href"] for tag in page.tree.tagged("link") if tag.attributes["rel"] == rel]


def data(page: Page) -> list[dict[str, Any]]:
    (script,) = [tag for tag in page.tree.tagged("script") if tag.attributes.get("type") == "application/ld+json"]
    graph: list[dict[str, Any]] = json.loads(script.raw)["@graph"]
    return graph


def only_our_scripts(page: Page) -> bool:
    """Files of ours, and one element of data."""
    sources = [script.attributes.get("src", "") for script in page.tree.tagged("script")]
    return sources.count("") == 1 and all(not at or at.startswith("/static/") for at in sources)


def text_of(page: Page) -> str:
    return page.main.text
