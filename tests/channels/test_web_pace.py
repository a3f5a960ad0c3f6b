"""A flood is slowed, an office behind one address is not, and no connection is held open by dawdling."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message

from bot.channels.web import forms
from bot.channels.web.app import app
from bot.channels.web.connections import Prompt
from bot.channels.web.pace import ADDRESS, SESSION, Pace, Rate, of_address
from bot.desk import Desk
from bot.serving import listening
from bot.settings import WrongSettings
from bot.settings import read as settings_from
from bot.store.sqlite import SQLiteStore
from flows.turn import World
from tests import own
from tests.channels.page import WebDriver
from tests.fake_http import serving

TEXTS = own.sentences()


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_so_many_at_once_then_so_many_a_second() -> None:
    clock = Clock()
    pace = Pace(Rate(at_once=3, a_second=2), clock)
    assert [pace.wait("a") for _ in range(3)] == [0, 0, 0]
    assert pace.wait("a") == pytest.approx(0.5)
    assert pace.wait("b") == 0
    clock.now += 0.5
    assert pace.wait("a") == 0
    assert pace.wait("a") > 0
    clock.now += 60
    assert [pace.wait("a") > 0 for _ in range(4)] == [False, False, False, True]


def test_what_is_refused_makes_nobody_wait_longer() -> None:
    clock = Clock()
    pace = Pace(Rate(at_once=1, a_second=1), clock)
    pace.wait("a")
    assert {pace.wait("a") for _ in range(1000)} == {1.0}
    clock.now += 1
    assert pace.wait("a") == 0


def test_a_flood_of_addresses_fills_no_memory() -> None:
    pace = Pace(Rate(at_once=1, a_second=1), Clock(), known=100)
    for number in range(1000):
        pace.wait(str(number))
    assert len(pace._whole) == 100


@pytest.mark.parametrize(
    ("host", "same"),
    [("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("nowhere", "nowhere")],
)
def test_a_household_of_ipv6_counts_as_one(host: str, same: str) -> None:
    assert of_address(Request({"type": "http", "client": (host, 1), "headers": []})) == same


@asynccontextmanager
async def page(folder: Path, clock: Clock, *, guides: bool = True) -> AsyncIterator[tuple[str, SQLiteStore]]:
    library = own.library()
    world = World(library, TEXTS, datetime(2026, 11, 20, 2, 0, tzinfo=UTC))
    store = await SQLiteStore.open(folder / "thu-tu.db")

    async def answers() -> bool:
        return True

    built = app(
        Desk(store, lambda: world),
        TEXTS,
        public_url=None,
        secret=b"a secret",
        health=answers,
        ready=lambda: guides,
        clock=clock,
    )
    try:
        async with serving(built) as url:
            yield url, store
    finally:
        await store.close()


async def test_a_session_that_floods_waits_and_its_neighbour_does_not(tmp_path: Path) -> None:
    clock = Clock()
    async with page(tmp_path, clock) as (url, store):
        flood, neighbour = WebDriver(url), WebDriver(url)
        await flood.start()
        await neighbour.start()
        form = flood.page.form("/say") | {"words": "2"}
        # The same form each time: after the first a duplicate delivery, cheap to answer.
        for _ in range(SESSION.at_once):
            answer = await flood.http.post("/say", data=form, follow_redirects=False)
            assert answer.status_code == 303
        await flood.post("/say", form | {"words": "đăng ký kết hôn"})
        assert flood.page.status == 429
        assert flood.page.headers["retry-after"] == "1"
        assert flood.page.blocks[0] == TEXTS["vi"]("web.too_fast_title")
        again = flood.page.form("/say")
        await neighbour.say("đăng ký khai sinh")
        assert neighbour.page.status == 200
        assert ["đăng ký" in fact.body for fact in await store.facts()].count(True) == 1
        clock.now += 1
        await flood.post("/say", again)  # nothing was lost
        assert flood.page.status == 200
        assert "kết hôn" in flood.page.blocks[0].casefold()
        await flood.close()
        await neighbour.close()


def test_an_office_of_sixty_people_is_far_from_the_limit_of_one_address() -> None:
    clock = Clock()
    sessions, office = Pace(SESSION, clock), Pace(ADDRESS, clock)
    for _ in range(600):  # ten minutes in which each of sixty people presses something every two seconds
        for person in range(30):
            assert office.wait("office") == 0
            assert sessions.wait(str(person + 30 * (int(clock.now) % 2))) == 0
        clock.now += 1


async def test_ready_needs_guides(tmp_path: Path) -> None:
    async with page(tmp_path, Clock(), guides=False) as (url, _), httpx.AsyncClient(base_url=url) as http:
        assert (await http.get("/health")).status_code == 200
        assert (await http.get("/ready")).status_code == 503
    async with page(tmp_path, Clock()) as (url, _), httpx.AsyncClient(base_url=url) as http:
        assert (await http.get("/ready")).text == "ok"


async def test_a_form_that_never_ends_is_let_go() -> None:
    async def receive() -> Message:
        if came:
            await asyncio.Event().wait()
        came.append(1)
        return {"type": "http.request", "body": b"words=a", "more_body": True}

    came: list[int] = []
    headers = [(b"content-type", b"application/x-www-form-urlencoded"), (b"host", b"x")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/say",
        "headers": headers,
        "query_string": b"",
        "scheme": "http",
    }
    with pytest.raises(forms.FormRefused) as refused:
        await forms.read(Request(scope, receive), None, within=0.02)
    assert refused.value.trouble == "slow"


async def hello(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.client.host if request.client else ''} {request.url.scheme}")


class Hasty(Prompt):
    """As ours, with less patience, so that the test has some too."""

    headers_within = 0.05


@asynccontextmanager
async def served(config: Callable[[Starlette], uvicorn.Config]) -> AsyncIterator[int]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listens:
        listens.bind(("127.0.0.1", 0))
        listens.listen()
        server = uvicorn.Server(config(Starlette(routes=[Route("/", hello)])))
        running = asyncio.create_task(server.serve([listens]))
        try:
            yield listens.getsockname()[1]
        finally:
            server.should_exit = True
            await running


def hasty(built: Starlette) -> uvicorn.Config:
    return uvicorn.Config(built, lifespan="off", log_level="critical", http=Hasty)


@pytest.mark.parametrize("started", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET"])
async def test_a_connection_that_dawdles_is_closed(started: bytes) -> None:
    async with served(hasty) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(started)
        assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()


async def test_dawdling_over_the_second_request_is_no_better() -> None:
    async with served(hasty) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT")
        answer = await asyncio.wait_for(reader.read(), 10)
        assert answer.count(b"200 OK") == 1
        writer.close()


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [((), "127.0.0.1 http"), (("127.0.0.1",), "203.0.113.9 https"), (("10.0.0.1",), "127.0.0.1 http")],
)
async def test_only_a_proxy_that_was_named_says_who_asks(proxies: tuple[str, ...], seen: str) -> None:
    async with (
        served(lambda built: listening(built, proxies)) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
    ):
        answer = await http.get("/", headers={"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"})
        assert answer.text == seen


def test_a_wrong_proxy_is_named_with_its_cure() -> None:
    ours = settings_from({"PROXIES": "127.0.0.1, 10.0.0.0/8"})
    assert ours.proxies == ("127.0.0.1", "10.0.0.0/8")
    with pytest.raises(WrongSettings) as wrong:
        settings_from({"PROXIES": "127.0.0.1,nginx"})
    assert wrong.value.problems == (
        (
            "PROXIES: “nginx” không phải địa chỉ hay mạng. Hãy ghi địa chỉ của chính máy chuyển tiếp, "
            "cách nhau bằng dấu phẩy, ví dụ PROXIES=127.0.0.1."
        ),
    )


@pytest.mark.parametrize(
    "started",
    [
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"x" * 1_000_000,
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: \x7f\r\n\r\n",
    ],
    ids=["an address", "many headers", "a header without end", "letters that no browser sends"],
)
async def test_a_head_that_no_browser_sends_is_refused(started: bytes) -> None:
    async with served(lambda built: listening(built, ())) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(started)
        try:
            answer = await asyncio.wait_for(reader.readline(), 5)
        except ConnectionResetError:  # hung up while we were still talking
            answer = b""
        writer.close()
        assert not answer or answer.startswith(b"HTTP/1.1 400 ")
