"""How many updates a second the whole product takes over Telegram, beside aiogram under the same load.

    ./run bench telegram [--steady 600] [--kills 200] [--guides FOLDER]

The bot is a process of its own: ours is `./run` as it is (page, store, guides, webhook), with TELEGRAM_RATE=0.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
if __package__ in {None, ""}:
    sys.path.insert(0, str(ROOT))

from telegram.ext import ExtBot  # noqa: E402 - as below
from telegram.request import HTTPXRequest  # noqa: E402 - as below

from bot.channels.telegram.transport import Transport  # noqa: E402 - as below
from tests.bench.telegram_api import Api, Calls  # noqa: E402 - started as a script, it is found only now
from tests.bench.telegram_people import PATIENCE, Figures, People  # noqa: E402

LATENCY = 0.05
DUPLICATES = 0.05
LINE = "{:<46}{:>12}{:>12}"


@dataclass(frozen=True)
class Options:
    """What the command line asks for: seconds of each measurement, people at once, and the long ones."""

    seconds: float
    people: int
    updates: int
    steady: float
    kills: int
    guides: Path | None
    rounds: int = 3
    rate: float = 200
    patience: float = PATIENCE
    kill_rate: float = 20
    only: bool = False


@dataclass
class Bot:
    """A bot under load: how it is started, and its process."""

    name: str
    command: list[str]
    environ: dict[str, str]
    process: asyncio.subprocess.Process | None = None

    async def start(self, api: Api) -> None:
        api.set_up.clear()
        self.process = await asyncio.create_subprocess_exec(
            *self.command, env={**os.environ, **self.environ}, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
        )
        await asyncio.wait_for(api.set_up.wait(), 120)

    async def stop(self, how: int = signal.SIGTERM) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        await self.process.wait()

    def seconds(self) -> float:
        """Processor time so far."""
        assert self.process is not None
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident megabytes now."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def ours(api_url: str, folder: Path, guides: Path | None) -> Bot:
    port = _free()
    address = f"http://127.0.0.1:{port}"
    environ = {"TELEGRAM_TOKEN": "123:abc", "TELEGRAM_API_URL": api_url, "TELEGRAM_WEBHOOK": address}
    environ |= {"TELEGRAM_RATE": "0", "PORT": str(port), "DATA": str(folder), "PYTHONUTF8": "1"}
    environ |= {"GUIDES": str(guides)} if guides is not None else {}
    return Bot("Thứ Tư", [sys.executable, "-P", "-m", "bot", "serve"], {**environ, "PYTHONPATH": str(ROOT)})


def theirs(api_url: str) -> Bot:
    return Bot("aiogram", [sys.executable, str(ROOT / "tests/bench/telegram_aiogram.py"), api_url, str(_free())], {})


def _free() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@asynccontextmanager
async def loaded(latency: float, make: str, options: Options) -> AsyncIterator[tuple[Bot, Api, Calls]]:
    """A bot that is up and called, on an API of its own."""
    api = Api(latency)
    server, port = await api.listen()
    with tempfile.TemporaryDirectory() as folder:
        url = f"http://127.0.0.1:{port}"
        bot = ours(url, Path(folder), options.guides) if make == "ours" else theirs(url)
        await bot.start(api)
        calls = Calls(api)
        try:
            yield bot, api, calls
        finally:
            calls.close()
            await bot.stop(signal.SIGTERM if make == "ours" else signal.SIGKILL)
            server.close()


@dataclass(frozen=True)
class Round:
    """What one bot did with a crowd, then with a steady half of what it had managed."""

    rate: float
    cpu: float
    half: Figures
    crowd: Figures
    memory: float


async def around(make: str, options: Options) -> Round:
    """One bot under load, freshly started."""
    async with loaded(LATENCY, make, options) as (bot, api, calls):
        warm = People(api, calls, 0)
        await warm.crowd(20, 3)
        people = People(api, calls, DUPLICATES, seed=2)
        before = bot.seconds()
        rate = await people.crowd(options.people, options.seconds)
        cpu = (bot.seconds() - before) / max(1, len(people.figures.waits)) * 1000
        half = People(api, calls, DUPLICATES, seed=3)
        await half.steady(rate / 2, options.seconds, options.people)
        await asyncio.sleep(1)
        return Round(rate, cpu, half.figures, people.figures, bot.memory())


async def queued(make: str, options: Options) -> dict[str, str]:
    """The updates of one person, as fast as they are answered."""
    async with loaded(0, make, options) as (_, api, calls):
        people = People(api, calls, DUPLICATES, patience=options.patience)
        wrong, seen = await people.one_person(options.updates), people.figures
        return {
            f"of {options.updates} of one person: out of order": str(wrong),
            "    lost / answered twice / delivered twice": f"{seen.lost}/{seen.doubled}/{seen.duplicates}",
        }


def told(rounds: Sequence[Round]) -> dict[str, str]:
    """The figures of one bot by what they are called: medians of times, sums of counts, the most memory."""
    figures = [figures for one in rounds for figures in (one.crowd, one.half)]
    return {
        "updates a second, everybody as fast as answered": f"{median(one.rate for one in rounds):.0f}",
        "processor time of one, ms": f"{median(one.cpu for one in rounds):.2f}",
        "p50 at half of that, ms": f"{median(one.half.p(0.5) for one in rounds):.0f}",
        "p99 at half of that, ms": f"{median(one.half.p(0.99) for one in rounds):.0f}",
        "updates / duplicate deliveries": f"{sum(f.sent for f in figures)}/{sum(f.duplicates for f in figures)}",
        "lost": str(sum(f.lost for f in figures)),
        "answered twice": str(sum(f.doubled for f in figures)),
        "memory, MB": f"{max(one.memory for one in rounds):.0f}",
    }


async def steadily(options: Options) -> list[str]:
    """As many updates a second as asked for as long as asked, with the memory at the beginning and each fifth of it."""
    async with loaded(LATENCY, "ours", options) as (bot, api, calls):
        await People(api, calls, 0, patience=options.patience).steady(options.rate, 10, 400)
        begun, watched = time.perf_counter(), asyncio.create_task(grown(bot, options.steady / 5))
        people = People(api, calls, DUPLICATES, seed=5, patience=options.patience)
        await people.steady(options.rate, options.steady, 400)
        seen, took = people.figures, time.perf_counter() - begun
        memory = " ".join(f"{one:.0f}" for one in await watched)
        return [
            f"{options.rate:.0f} a second for {options.steady:.0f} s: {seen.sent} sent, {seen.lost} lost, {seen.doubled} answered twice",
            f"    held {seen.sent / took:.0f} a second, p50 {seen.p(0.5):.0f} ms, p99 {seen.p(0.99):.0f} ms, memory {memory} MB",
        ]


async def grown(bot: Bot, every: float) -> list[float]:
    """Resident megabytes now and five times more, so many seconds apart."""
    seen = [bot.memory()]
    for _ in range(5):
        await asyncio.sleep(every)
        seen.append(bot.memory())
    return seen


async def killed(options: Options) -> list[str]:
    """Kill -9 at random points under load, and a start right after; nothing may be lost."""
    chance = random.Random(9)  # noqa: S311 - when to kill is no secret
    async with loaded(LATENCY, "ours", options) as (bot, api, calls):
        people = People(api, calls, 0, seed=9, patience=options.patience)
        running = asyncio.create_task(people.steady(options.kill_rate, float("inf"), 40))
        for number in range(1, options.kills + 1):
            await people.caught_up(5)  # under load, that is: on a busy machine a start takes its time
            await asyncio.sleep(chance.uniform(0, 1))
            await bot.stop(signal.SIGKILL)
            await bot.start(api)
            so_far = people.figures
            print(f"killed {number}: {so_far.sent} sent, {so_far.lost} lost, {so_far.doubled} twice", file=sys.stderr)
        people.enough = True
        await running
        await asyncio.sleep(3)
        seen = people.figures
        return [
            f"{options.kills} x kill -9 at {options.kill_rate:.0f} updates a second: {seen.sent} sent, {seen.lost} lost",
            f"    {seen.doubled} answered twice, {seen.doubled / options.kills:.2f} a kill",
        ]


async def transports(options: Options) -> list[str]:
    """The client's two transports, the same messages on the same API; which serves is decided here."""
    api = Api(LATENCY)
    server, port = await api.listen()
    url = f"http://127.0.0.1:{port}"
    found = ["", f"{'a message of 1,000 letters, 128 at once':<46}{'a second':>12}{'CPU ms':>12}"]
    for name, request in (("HTTPX", HTTPXRequest(connection_pool_size=256)), ("aiohttp", Transport(url, 256))):
        bot = ExtBot("123:abc", base_url=f"{url}/bot", request=request)
        async with bot:
            room, begun, spent, sent = asyncio.Semaphore(128), time.perf_counter(), time.process_time(), 0

            async def say(bot: ExtBot[None] = bot, room: asyncio.Semaphore = room) -> None:
                async with room:
                    await bot.send_message(7, "Một dòng của trang. " * 50)

            until = begun + options.seconds
            while time.perf_counter() < until:
                await asyncio.gather(*(say() for _ in range(256)), return_exceptions=True)
                sent += 256
            rate, cpu = sent / (time.perf_counter() - begun), (time.process_time() - spent) / sent * 1000
        found.append(f"{name:<46}{rate:>12.0f}{cpu:>12.2f}")
    server.close()
    return found


async def compared(options: Options) -> list[str]:
    """Both bots by turns, as the machine may be faster now than then, and the two transports."""
    rounds: dict[str, list[Round]] = {"ours": [], "theirs": []}
    for _ in range(options.rounds):
        for make, seen in rounds.items():
            seen.append(await around(make, options))
    ours_, theirs_ = [{**told(seen), **await queued(make, options)} for make, seen in rounds.items()]
    head = LINE.format(f"fake API with {LATENCY * 1000:.0f} ms, {options.rounds} rounds", "Thứ Tư", "aiogram 3")
    ratios = [mine.rate / other.rate for mine, other in zip(*rounds.values(), strict=True)]
    each = ", ".join(f"{one:.2f}" for one in sorted(ratios))
    lines = [head, *(LINE.format(name, ours_[name], theirs_[name]) for name in ours_)]
    return [*lines, f"updates a second beside aiogram's, each round: {each}", *await transports(options)]


async def bench(options: Options) -> str:
    begun = time.perf_counter()
    lines = [] if options.only else await compared(options)
    if options.steady:
        lines += await steadily(options)
    if options.kills:
        lines += await killed(options)
    return "\n".join([*lines, f"measured in {time.perf_counter() - begun:.0f} s"])


def main() -> None:
    given = argparse.ArgumentParser(prog="./run bench telegram", description=__doc__)
    given.add_argument("--seconds", type=float, default=10, help="of each measurement")
    given.add_argument("--people", type=int, default=200, help="at once")
    given.add_argument("--rounds", type=int, default=3, help="of both bots by turns; medians are told")
    given.add_argument("--updates", type=int, default=10_000, help="of one person")
    given.add_argument("--steady", type=float, default=0, help="seconds at a steady rate; 600 is the long one")
    given.add_argument("--rate", type=float, default=200, help="updates a second of --steady")
    given.add_argument("--patience", type=float, default=PATIENCE, help="seconds after which an update counts as lost")
    given.add_argument("--only", action="store_true", help="nothing but --steady and --kills")
    given.add_argument("--kills", type=int, default=0, help="times the process is killed under load")
    given.add_argument("--kill-rate", type=float, default=20, help="updates a second of --kills")
    given.add_argument("--guides", type=Path, help="more guides, e.g. of a whole country")
    print(asyncio.run(bench(Options(**vars(given.parse_args())))))


if __name__ == "__main__":
    main()
