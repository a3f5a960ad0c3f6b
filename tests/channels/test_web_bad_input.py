"""What the web page answers to all it should not get: never a trace, always a way on, and nothing lost."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.channels.web import forms
from bot.channels.web.app import SECURITY, app
from bot.desk import Address, Desk
from bot.store.sqlite import SQLiteStore
from flows.turn import World
from tests import own
from tests.channels.page import WebDriver, page_of, read
from tests.fake_http import serving

SECRET = b"a secret that outlives a restart"
TEXTS = own.sentences()
FORM = {"content-type": "application/x-www-form-urlencoded"}
ASKED = "đăng ký kết hôn"


async def answers() -> bool:
    return True


@pytest.fixture(scope="module")
def world() -> World:
    return World(own.library(), TEXTS, datetime(2026, 11, 20, 2, 0, tzinfo=UTC))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "thu-tu.db"


@pytest.fixture
async def store(database: Path) -> AsyncIterator[SQLiteStore]:
    store = await SQLiteStore.open(database, busy_seconds=0.05)
    yield store
    await store.close()


@pytest.fixture
async def web(store: SQLiteStore, world: World) -> AsyncIterator[WebDriver]:
    page = app(Desk(store, lambda: world), TEXTS, public_url="http://thutuc.example", secret=SECRET, health=answers)
    async with serving(page) as url:
        driver = WebDriver(url)
        await driver.start()
        yield driver
        await driver.close()


def address(web: WebDriver) -> Address:
    return Address("web", web.http.cookies["phien"])


def is_trouble(web: WebDriver, status: int, name: str) -> None:
    """A page that says what is wrong in both languages, with a way on, and nothing about our insides."""
    page = web.page
    assert page.status == status
    assert page.blocks[::2] == [TEXTS[language](f"web.{name}_title") for language in ("vi", "en")]
    assert page.blocks[1::2] == [TEXTS[language](f"web.{name}_body") for language in ("vi", "en")]
    assert page.main.tagged("a")[0].attributes["href"] == "/"
    assert "Traceback" not in page.tree.text
    assert {name: page.headers[name] for name in SECURITY} == SECURITY


async def nothing_kept(web: WebDriver, store: SQLiteStore) -> None:
    assert await store.talk_of(address(web)) is None
    assert await store.facts() == ()


@pytest.mark.parametrize("token", ["", "x", "0" * 96, "0" * 95, "é" * 5_000])
@pytest.mark.parametrize("action", ["/say", "/press", "/start"])
async def test_a_forged_token_opens_nothing(web: WebDriver, store: SQLiteStore, token: str, action: str) -> None:
    sent = {"token": token, "words": ASKED, "choice": "g:dang-ky-khai-sinh", "turn": "0"}
    await web.post(action, sent)
    is_trouble(web, 403, "lost")
    await nothing_kept(web, store)


async def test_the_token_of_another_session_opens_nothing(web: WebDriver, store: SQLiteStore) -> None:
    form = web.page.form("/say") | {"words": ASKED}
    web.http.cookies.clear()
    await web.get("/")
    await web.post("/say", form)
    is_trouble(web, 403, "lost")
    await nothing_kept(web, store)


async def test_a_token_changed_in_one_place_opens_nothing(web: WebDriver, store: SQLiteStore) -> None:
    token = web.page.form("/say")["token"]
    for at in (0, 31, 32, 95):
        changed = token[:at] + ("1" if token[at] == "0" else "0") + token[at + 1 :]
        await web.post("/say", {"token": changed, "words": ASKED})
        is_trouble(web, 403, "lost")
    await nothing_kept(web, store)


@pytest.mark.parametrize("cookie", ["", "phien=", "phien=../../x", "phien=" + "g" * 32, "x=" + "0" * 32, ";;;=="])
async def test_words_from_a_page_whose_cookie_is_gone_are_offered_again(
    web: WebDriver, store: SQLiteStore, cookie: str
) -> None:
    form = web.page.form("/say") | {"words": ' kết hôn <b>"cần gì"</b> '}
    web.http.cookies.clear()
    web.page = page_of(await web.http.post("/say", data=form, headers={"cookie": cookie} if cookie else {}))
    is_trouble(web, 403, "lost")
    await nothing_kept(web, store)
    again = web.page.form("/say")
    assert again["words"] == form["words"]
    await web.post("/say", again)
    assert web.page.status == 200
    assert await store.talk_of(address(web)) is not None


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://thutuc.example.evil.example"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://thutuc.example"}, False),
        ({"origin": "http://thutuc.example"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({}, True),
    ],
)
async def test_a_form_of_another_site_is_not_taken(
    web: WebDriver, store: SQLiteStore, headers: Mapping[str, str], *, taken: bool
) -> None:
    form = web.page.form("/say") | {"words": ASKED}
    web.page = page_of(await web.http.post("/say", data=form, headers=dict(headers)))
    if taken:
        assert web.page.status == 200
        assert await store.talk_of(address(web)) is not None
    else:
        is_trouble(web, 403, "foreign")
        await nothing_kept(web, store)


async def test_a_form_from_the_address_listened_at_is_taken(web: WebDriver) -> None:
    form = web.page.form("/say") | {"words": ASKED}
    answer = await web.http.post("/say", data=form, headers={"origin": str(web.http.base_url).rstrip("/")})
    assert answer.status_code == 200


@pytest.mark.parametrize("word", ["a", "ế", "😀", "\x00", "\u202e", "<"])
async def test_two_hundred_thousand_characters_are_answered(web: WebDriver, word: str) -> None:
    await web.say(word * forms.WORDS)
    assert web.page.status == 200
    assert web.page.buttons


async def test_more_words_than_that_are_too_long(web: WebDriver, store: SQLiteStore) -> None:
    await web.say("ế" * (forms.WORDS + 1))
    is_trouble(web, 413, "too_long")
    await nothing_kept(web, store)


@pytest.mark.parametrize("action", ["/say", "/press", "/start"])
async def test_ten_megabytes_are_too_long(web: WebDriver, store: SQLiteStore, action: str) -> None:
    await web.post(action, web.page.form("/say") | {"words": "a" * 10_000_000})
    is_trouble(web, 413, "too_long")
    await nothing_kept(web, store)


async def test_a_press_is_small(web: WebDriver, store: SQLiteStore) -> None:
    await web.post("/press", web.page.form("/press") | {"choice": "a" * forms.FORM_BYTES})
    is_trouble(web, 413, "too_long")
    await nothing_kept(web, store)


async def test_ten_thousand_fields_are_too_many(web: WebDriver, store: SQLiteStore) -> None:
    await web.post("/say", web.page.form("/say") | {f"f{n}": "" for n in range(5_000)} | {"words": "a"})
    is_trouble(web, 413, "too_long")
    await nothing_kept(web, store)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"choice": "g:dang-ky-khai-sinh"},
        {"choice": "g:dang-ky-khai-sinh", "turn": ""},
        {"choice": "g:dang-ky-khai-sinh", "turn": "-1"},
        {"choice": "g:dang-ky-khai-sinh", "turn": "١"},
        {"choice": "g:dang-ky-khai-sinh", "turn": "9" * 5_000},
        {"choice": "", "turn": "0"},
    ],
)
async def test_a_press_that_is_none(web: WebDriver, store: SQLiteStore, fields: Mapping[str, str]) -> None:
    await web.post("/press", {"token": web.page.form("/press")["token"], **fields})
    is_trouble(web, 400, "bad")
    await nothing_kept(web, store)


@pytest.mark.parametrize("choice", ["không-có", "g:", "g:../../etc/passwd", "d:<script>", "\x00", "x" * 10_000])
async def test_a_press_with_an_invented_id_says_so(web: WebDriver, choice: str) -> None:
    await web.press_id(choice, web.turn)
    assert web.page.status == 200
    assert TEXTS["vi"]("aside.no_such_choice") in web.words


async def test_a_press_of_a_turn_that_has_not_been(web: WebDriver) -> None:
    await web.press_id("fields", 999_999_999)
    assert web.page.status == 200
    assert TEXTS["vi"]("aside.old_button") in web.words


@pytest.mark.parametrize("payload", ["x" * 65, "g_../../etc", "g_<b>", "ắ", "\x00"])
async def test_a_link_with_a_payload_that_is_none(web: WebDriver, store: SQLiteStore, payload: str) -> None:
    await web.post("/start", {"token": web.page.form("/press")["token"], "payload": payload})
    is_trouble(web, 400, "bad")
    await nothing_kept(web, store)


@pytest.mark.parametrize(
    ("body", "type"),
    [
        (b"", None),
        (b'{"words": "a"}', "application/json"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b"words=a", "text/plain"),
    ],
)
async def test_a_body_that_is_no_form(web: WebDriver, store: SQLiteStore, body: bytes, type: str | None) -> None:
    headers = {"content-type": type} if type else {}
    web.page = page_of(await web.http.post("/say", content=body, headers=headers))
    is_trouble(web, 400, "bad")
    await nothing_kept(web, store)


@pytest.mark.parametrize(
    "words", [b"%", b"%ff%fe%zz", b"\xff\x00\x80", b"%ed%a0%80", b"%00", "ế".encode(), b"%F0%9F%98"]
)
async def test_broken_letters_are_words_all_the_same(web: WebDriver, words: bytes) -> None:
    body = urlencode({"token": web.page.form("/say")["token"]}).encode() + b"&words=" + words
    web.page = page_of(await web.http.post("/say", content=body, headers=FORM))
    assert web.page.status == 200
    assert web.page.buttons


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "</textarea><img src=x onerror=alert(1)>", "[a](javascript:1) *b*"]
)
async def test_markup_in_words_is_never_markup(web: WebDriver, words: str) -> None:
    await web.say(words)
    assert web.page.status == 200
    form = web.page.form("/say") | {"words": words}
    web.http.cookies.clear()
    await web.post("/say", form)
    assert web.page.form("/say")["words"] == words
    assert (len(web.page.tree.tagged("script")), len(web.page.tree.tagged("img"))) == (2, 1)


@pytest.mark.parametrize(
    "path", ["/nowhere", "/say/", "/static/", "/static/x/y.css", "/index.php?x=<script>", "//evil.example/"]
)
async def test_an_address_that_is_none(web: WebDriver, path: str) -> None:
    web.page = page_of(await web.http.get(str(web.http.base_url).rstrip("/") + path))
    is_trouble(web, 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/say"), ("GET", "/press"), ("PUT", "/"), ("POST", "/"), ("DELETE", "/g/a")]
)
async def test_a_way_of_asking_that_is_none(web: WebDriver, method: str, path: str) -> None:
    web.page = page_of(await web.http.request(method, path))
    is_trouble(web, 405, "not_allowed")
    assert web.page.headers["allow"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/../app.py",
        "/static/x/..%2fapp.py",
        "/static/x/%2e%2e/%2e%2e/app.py",
        "/static/x//etc/passwd",
        "/static/x/..%5c..%5capp.py",
        "/static/x/style.css%00.svg",
        "/g/..%2f..%2fetc%2fpasswd",
    ],
)
async def test_no_path_leads_out(web: WebDriver, path: str) -> None:
    head, page = await raw(web, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert head.startswith("HTTP/1.1 404 ")
    assert read(page).tagged("h1")[0].text == TEXTS["vi"]("web.not_found_title")


async def test_the_host_header_is_not_believed(web: WebDriver) -> None:
    form = urlencode(web.page.form("/say") | {"words": "kết hôn"})
    cookie = f"phien={web.http.cookies['phien']}"
    head, _ = await raw(
        web,
        f"POST /say HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nCookie: {cookie}\r\n"
        f"Content-Type: {FORM['content-type']}\r\nContent-Length: {len(form)}\r\n\r\n{form}".encode(),
    )
    assert head.startswith("HTTP/1.1 303 ")
    assert "location: /\r\n" in head
    assert "evil.example" not in head


async def test_a_browser_that_goes_away_in_mid_form_leaves_nothing(web: WebDriver, store: SQLiteStore) -> None:
    head = (
        f"POST /say HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM['content-type']}\r\nContent-Length: 1000\r\n\r\nwords="
    )
    host, port = web.http.base_url.host, web.http.base_url.port
    _, writer = await asyncio.open_connection(host, port)
    writer.write(head.encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    await web.get("/")
    assert web.page.status == 200
    await nothing_kept(web, store)


async def test_a_database_that_is_held_loses_nothing_and_the_same_form_is_taken_once_later(
    web: WebDriver, store: SQLiteStore, database: Path
) -> None:
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("begin exclusive")
    await web.say("kết hôn cần <gì>")
    is_trouble(web, 503, "store")
    again = web.page.form("/say")
    assert again["words"] == "kết hôn cần <gì>"
    other.execute("rollback")
    other.close()
    await nothing_kept(web, store)
    await web.post("/say", again)
    assert web.page.status == 200
    kept = await store.facts()
    assert kept
    await web.post("/say", again)
    assert await store.facts() == kept


async def test_a_store_that_cannot_be_read_is_said_so(web: WebDriver, store: SQLiteStore) -> None:
    await store.close()
    await web.get("/")
    is_trouble(web, 503, "store")


async def test_a_fault_of_ours_shows_no_trace(store: SQLiteStore) -> None:
    def world() -> World:
        raise RuntimeError("secret insides")

    page = app(Desk(store, world), TEXTS, public_url=None, secret=SECRET, health=answers)
    async with serving(page) as url:
        driver = WebDriver(url)
        await driver.get("/")
        is_trouble(driver, 500, "broken")
        assert "insides" not in driver.page.tree.text
        await driver.close()


async def raw(web: WebDriver, request: bytes) -> tuple[str, str]:
    """Head and body of the answer to bytes that no proper client would send."""
    reader, writer = await asyncio.open_connection(web.http.base_url.host, web.http.base_url.port)
    writer.write(request)
    await writer.drain()
    head, _, body = (await reader.read()).decode().partition("\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    return head + "\r\n", body
