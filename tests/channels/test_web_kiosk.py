"""A machine for everybody, over plain HTTP: what ends a turn when no browser does, and what comes too late or from afar."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from bot.channels.web.app import app
from bot.channels.web.kiosk_mode import SILENT
from bot.desk import Address, Desk
from bot.store.sqlite import SQLiteStore
from flows.turn import World
from tests import own
from tests.channels.page import WebDriver, page_of
from tests.fake_http import serving

TEXTS = own.sentences()
SAY = TEXTS["vi"]
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ASKED = "đăng ký khai tử"
AFAR = {"sec-fetch-site": "cross-site"}


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(scope="module")
def world() -> World:
    return World(own.library(), TEXTS, NOW, code="K7M3PQ")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SQLiteStore]:
    store = await SQLiteStore.open(tmp_path / "thu-tu.db", busy_seconds=0.05)
    yield store
    await store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def url(store: SQLiteStore, world: World, clock: Clock) -> AsyncIterator[str]:
    async def answers() -> bool:
        return True

    page = app(Desk(store, lambda: world), TEXTS, public_url=None, secret=b"a secret", health=answers, clock=clock)
    async with serving(page) as url:
        yield url


@pytest.fixture
async def kiosk(url: str) -> AsyncIterator[WebDriver]:
    driver = WebDriver(url)
    await driver.get("/kiosk")
    yield driver
    await driver.close()


def turn(driver: WebDriver) -> Address:
    return Address("web", driver.http.cookies["ki-ot"])


async def test_a_turn_is_kept_apart_and_only_until_the_browser_closes(kiosk: WebDriver) -> None:
    answer = await kiosk.http.get("/kiosk", follow_redirects=False)
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie
    assert "max-age=2592000" not in cookie
    assert kiosk.page.tree.tagged("html")[0].has("kiosk")


async def test_the_next_person_gets_another_session_and_the_talk_is_gone(kiosk: WebDriver, store: SQLiteStore) -> None:
    await kiosk.say(ASKED)
    before = turn(kiosk)
    assert await store.talk_of(before) is not None
    await kiosk.get("/kiosk")
    assert turn(kiosk) != before
    assert kiosk.words[0] == SAY("home.title")
    assert await store.talk_of(before) is None


async def test_nothing_of_the_talk_is_left_in_the_file(kiosk: WebDriver, tmp_path: Path) -> None:
    await kiosk.say(ASKED)
    await kiosk.say("đường Hoa Phượng Tím có gì")
    secret = turn(kiosk).id.encode()
    assert any(secret in path.read_bytes() for path in tmp_path.iterdir())
    await kiosk.get("/kiosk")
    assert not any(secret in path.read_bytes() for path in tmp_path.iterdir())


async def test_a_form_that_comes_after_the_turn_brings_nothing_back(
    kiosk: WebDriver, url: str, store: SQLiteStore
) -> None:
    late = WebDriver(url)
    late.http.cookies.set("ki-ot", turn(kiosk).id)
    await late.get("/")
    form = late.page.form("/say") | {"words": ASKED}
    before = turn(kiosk)
    await kiosk.get("/kiosk")
    answer = await late.http.post("/say", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/kiosk"
    assert "set-cookie" not in answer.headers
    assert await store.talk_of(before) is None
    await late.close()


async def test_many_forms_on_the_way_while_the_person_goes_leave_no_talk(kiosk: WebDriver, store: SQLiteStore) -> None:
    before, form = turn(kiosk), kiosk.page.form("/say")
    forms = [form | {"words": f"{ASKED} {number}"} for number in range(6)]
    await asyncio.gather(
        *(kiosk.http.post("/say", data=one, follow_redirects=False) for one in forms[:3]),
        kiosk.http.get("/kiosk", follow_redirects=False),
        *(kiosk.http.post("/say", data=one, follow_redirects=False) for one in forms[3:]),
    )
    assert await store.talk_of(before) is None


async def test_who_walks_away_from_a_sleeping_machine_is_let_go(
    kiosk: WebDriver, url: str, store: SQLiteStore, clock: Clock
) -> None:
    await kiosk.say(ASKED)
    before = turn(kiosk)
    clock.seconds += SILENT - 1
    assert (await kiosk.get("/")).blocks != []
    assert turn(kiosk) == before
    clock.seconds += 2
    await kiosk.get("/")
    assert kiosk.words[0] == SAY("home.title")
    assert turn(kiosk) != before
    assert await store.talk_of(before) is None


async def test_another_machine_lets_go_of_a_turn_that_no_browser_ended(
    kiosk: WebDriver, url: str, store: SQLiteStore, clock: Clock
) -> None:
    await kiosk.say(ASKED)
    clock.seconds += SILENT + 1
    other = WebDriver(url)
    await other.get("/kiosk")
    assert await store.talk_of(turn(kiosk)) is None
    await other.close()


async def test_a_store_that_does_not_answer_still_shows_the_next_person_nothing(
    kiosk: WebDriver, store: SQLiteStore
) -> None:
    await kiosk.say(ASKED)
    before = turn(kiosk)
    await store.close()
    answer = await kiosk.http.get("/kiosk", follow_redirects=False)
    assert answer.status_code == 303
    assert turn(kiosk) != before


async def test_the_list_that_was_carried_away_outlives_the_turn(kiosk: WebDriver, store: SQLiteStore) -> None:
    await kiosk.say("làm giấy khai sinh cho con")
    await kiosk.press(SAY("guide.prepare"))
    while not any(button.pressed is not None for button in kiosk.page.buttons):
        await kiosk.press(1)
    await kiosk.press(SAY("collecting.done"))
    await kiosk.press(SAY("summary.take"))
    await kiosk.get("/kiosk")
    assert await store.carried("K7M3PQ", (NOW + timedelta(days=1)).date()) is not None


@pytest.mark.parametrize(("path", "posts"), [("/kiosk", False), ("/kiosk/thoi", True), ("/co-chu", True)])
async def test_another_sites_page_changes_nothing(
    kiosk: WebDriver, store: SQLiteStore, path: str, posts: Literal[True, False]
) -> None:
    await kiosk.say(ASKED)
    before = turn(kiosk)
    answer = await kiosk.http.request(
        "POST" if posts else "GET", path, headers=AFAR, data={"co": "lon"} if posts else None, follow_redirects=False
    )
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert page_of(answer).main.tagged("h1")[0].text == SAY("web.foreign_title")
    assert await store.talk_of(before) is not None


@pytest.mark.parametrize(
    "cookie", ["k" + "g" * 31, "k" + "0" * 30, "0" * 32, "K" + "0" * 31, "../../x", "", "k" + "0" * 31 + "0"]
)
async def test_a_cookie_that_we_did_not_make_is_no_kiosk(url: str, cookie: str) -> None:
    driver = WebDriver(url)
    driver.http.cookies.set("ki-ot", cookie)
    page = await driver.get("/")
    assert page.status == 200
    assert not page.tree.tagged("html")[0].has("kiosk")
    await driver.close()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"co=lon", "lon"),
        (b"co=rat-lon", "rat-lon"),
        (b"co=", "vua"),
        (b"", "vua"),
        (b"co=%3Cscript%3E", "vua"),
        (b"co=" + b"x" * 10_000, "vua"),
        (b"\xff\xfe", "vua"),
        (b"co=lon&co=nho", "vua"),
    ],
)
async def test_letters_are_of_a_size_of_ours_whatever_is_sent(kiosk: WebDriver, sent: bytes, kept: str) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    page = page_of(await kiosk.http.post("/co-chu", content=sent, headers=kind))
    assert page.status == 200
    assert page.tree.tagged("html")[0].attributes["data-letters"] == kept


async def test_letters_sent_without_an_end_are_not_waited_for(kiosk: WebDriver) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1_000):
            yield b"x" * 1_000

    answer = await kiosk.http.post("/co-chu", content=endless(), follow_redirects=False)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("{url}/g/dang-ky-khai-sinh", "/g/dang-ky-khai-sinh"),
        ("{url}/", "/"),
        ("https://elsewhere.example/g/x", "/"),
        ("{url}//elsewhere.example/", "/"),
        ("{url}/\\elsewhere.example/", "/"),
        ("{url}/%2f%2felsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
async def test_larger_letters_lead_back_to_the_same_page_and_to_no_other_site(
    kiosk: WebDriver, url: str, referer: str, back: str
) -> None:
    headers = {"referer": referer.format(url=url)}
    answer = await kiosk.http.post("/co-chu", data={"co": "lon"}, headers=headers, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, back)


async def test_the_calendar_and_the_pdf_are_not_offered_where_they_would_stay(kiosk: WebDriver) -> None:
    await kiosk.say("làm giấy khai sinh cho con")
    assert [a for a in kiosk.page.tree.tagged("a") if not a.attributes["href"].startswith(("/", "#"))] == []
