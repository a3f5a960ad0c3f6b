"""How long a turn takes: the engine alone through JSON, with SQLite behind the desk, over HTTP as a browser asks."""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from bot import assembly
from bot.desk import Address, Arrival
from bot.settings import Settings
from flows import engine, replies, state
from flows.events import Event, Said, Started
from flows.state import Talk
from flows.turn import World

TALK: tuple[Event, ...] = (
    Started(),
    Said("vợ em mới sinh, lam giay ks cho con"),
    *(Said("1") for _ in range(8)),
    Said("xem tóm tắt"),
    Said("đăng ký kết hôn"),
    Said("các bước"),
    Said("quay lại"),
    Said("mất bằng lái xe thì sao"),
    Said("bắt đầu lại"),
)
"""A talk as people hold them: a question, asks, ticks, a summary, two more questions."""


AT_ONCE = 16
"""People who talk at the same time."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement: what, how many, and the time of each in seconds, sorted."""

    name: str
    seconds: tuple[float, ...]

    def line(self) -> str:
        """p50, p99 in milliseconds, and how many a second one after the other."""
        p50 = self.seconds[len(self.seconds) // 2] * 1000
        p99 = self.seconds[int(len(self.seconds) * 0.99)] * 1000
        rate = len(self.seconds) / sum(self.seconds)
        return f"{self.name:<54}{len(self.seconds):>7}{p50:>10.2f}{p99:>10.2f}{rate:>10.0f}"


async def bench(talks: int) -> str:
    """The table, measured now on this machine over that many talks of sixteen turns each."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder), (), "127.0.0.1", 0, None, None, None, "WARNING")
        async with assembly.build(settings) as parts:
            world = World(parts.shelf.library, parts.texts, assembly.now())
            figures = [
                _engine(world, talks),
                _questions(world),
                await _desk(parts, talks),
                await _desk_at_once(parts, talks),
                await _web(parts, max(1, talks // 4)),
            ]
    head = f"{'turn':<54}{'turns':>7}{'p50 ms':>10}{'p99 ms':>10}{'/second':>10}"
    return "\n".join([head, *(figure.line() for figure in figures)])


def _engine(world: World, talks: int) -> Figure:
    times = []
    for _ in range(talks):
        kept = state.dump(Talk())
        for event in TALK:
            begun = time.perf_counter()
            turn = engine.step(state.load(kept), event, world)
            kept = state.dump(turn.talk)
            if turn.reply is not None:
                replies.dump(turn.reply)
            times.append(time.perf_counter() - begun)
    return _figure("engine, talk and reply through JSON", times)


def _questions(world: World) -> Figure:
    """Each thing that a guide is called, asked once as the first words of a talk: none was heard before."""
    guides = (world.library.guides[id] for id in world.library.guides)
    asked = dict.fromkeys(phrase for guide in guides for phrase in guide.phrases)
    times = []
    for phrase in asked:
        begun = time.perf_counter()
        turn = engine.step(state.load(state.dump(Talk())), Said(phrase), world)
        state.dump(turn.talk)
        times.append(time.perf_counter() - begun)
    return _figure("engine, each question heard once", times)


async def _desk(parts: assembly.Parts, talks: int) -> Figure:
    times = []
    for person in range(talks):
        address = Address("telegram", str(person))
        for number, event in enumerate(TALK):
            begun = time.perf_counter()
            heard = await parts.desk.hear(Arrival(address, str(number), event))
            times.append(time.perf_counter() - begun)
            for message in heard.outgoing:
                await parts.desk.delivered(message)
    return _figure("desk with SQLite, one transaction", times)


async def _desk_at_once(parts: assembly.Parts, talks: int) -> Figure:
    """The time of each is what it adds to the whole, as people wait for each other."""

    async def person(number: int) -> None:
        address = Address("telegram", f"at-once-{number}")
        for arrival, event in enumerate(TALK):
            heard = await parts.desk.hear(Arrival(address, str(arrival), event))
            for message in heard.outgoing:
                await parts.desk.delivered(message)

    times = []
    for first in range(0, talks, AT_ONCE):
        people = range(first, min(first + AT_ONCE, talks))
        begun = time.perf_counter()
        await asyncio.gather(*map(person, people))
        turns = len(people) * len(TALK)
        times += [(time.perf_counter() - begun) / turns] * turns
    return _figure(f"desk with SQLite, {AT_ONCE} people at once, delivered", times)


async def _web(parts: assembly.Parts, talks: int) -> Figure:
    server = uvicorn.Server(uvicorn.Config(parts.page, log_config=None, lifespan="off", access_log=False))
    sock = assembly.loopback()
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    times = []
    for _ in range(talks):
        base = f"http://127.0.0.1:{sock.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=base, follow_redirects=True, trust_env=False) as browser:
            page = await browser.get("/")
            for event in TALK[1:]:
                if isinstance(event, Said):
                    form = {"token": _token(page.text), "words": event.text}
                    begun = time.perf_counter()
                    page = await browser.post("/say", data=form)
                    page.raise_for_status()
                    times.append(time.perf_counter() - begun)
    server.should_exit = True
    await serving
    return _figure("web page: post, redirect, page, with SQLite", times)


def _token(html: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', html)
    if found is None:
        raise ValueError("the page holds no form")
    return found[1]


def _figure(name: str, times: Sequence[float]) -> Figure:
    return Figure(name, tuple(sorted(times)))
