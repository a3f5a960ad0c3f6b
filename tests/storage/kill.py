"""Kills a process that is taking turns, again and again, and counts what was lost and what came twice.

    python tests/storage/kill.py --kills 200

Several people go through the same talk over and over, with the real guides, the real desk and a real SQLite file.
What a person does is sent again until the process has said that it was heard, as a channel does. A message counts as
sent when the process has said so; only then is it marked as delivered, and what is not marked is sent after a restart.
In the end the same turns are taken once more without any kill, and both files are compared.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import select
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.desk import Arrival, Desk
from bot.shelf import Shelf
from bot.store import Address
from bot.store.sqlite import SQLiteStore
from flows import texts
from flows.events import Event, Said, Sent, Started
from flows.turn import World
from knowledge.loading import GUIDES

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
PEOPLE = tuple(f"người {number}" for number in range(4))
TALK: tuple[Event, ...] = (
    Started(),
    Said("làm giấy khai sinh cho con"),
    *(Said(number) for number in ("1", "2", "1", "1", "1", "1", "2", "3", "2")),
    Sent("photo"),
    Said("tóm tắt"),
    Said("1"),
    Said("quay lại"),
    Said("mất hộ chiếu"),
    *(Said(number) for number in ("1", "1", "1", "1", "1", "1", "3", "2")),
    Said("chờ lâu quá, gọi 0912345678"),
)
LONGEST = 0.12
"""Seconds until a kill, at most: it falls anywhere between opening the file and a few dozen turns."""


@dataclass
class Seen:
    """What came through the pipe: how many turns of each person were heard, and how often each message was sent."""

    heard: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PEOPLE, 0))
    sent: Counter[int] = field(default_factory=Counter)
    again: int = 0

    def note(self, line: str) -> None:
        """One line of the process."""
        word, what, *who = line.split(" ", 2)
        if word == "sent":
            self.sent[int(what)] += 1
        else:
            self.heard[who[0]] += 1
            self.again += what == "again"


def main() -> None:
    """Kill, finish, take the same turns in peace, compare; prints the counts as JSON, exit 1 when anything differs."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=200)
    asked = options.parse_args()
    chance = random.SystemRandom()
    shelf = Shelf((GUIDES,), NOW.date)
    world = World(shelf.library, texts.load(), NOW)
    with tempfile.TemporaryDirectory() as folder:
        killed, peaceful = Path(folder) / "killed.db", Path(folder) / "peaceful.db"
        seen = Seen()
        for _ in range(asked.kills):
            live(killed, world, seen, turns=10**9, until=chance.uniform(0, LONGEST))
        turns = max(seen.heard.values()) + len(TALK)
        live(killed, world, seen, turns=turns, until=None)
        calm = Seen()
        live(peaceful, world, calm, turns=turns, until=None)
        found, expected = read(killed), read(peaceful)
    counts = {"kills": asked.kills, "turns": sum(seen.heard.values()), "heard_again": seen.again}
    counts |= compare(found, expected, seen)
    sys.stdout.write(json.dumps(counts) + "\n")
    wrong = ("facts_lost", "facts_doubled", "facts_out_of_order", "talks_different", "messages_lost", "messages_open")
    if any(counts[name] for name in wrong) or counts["messages_sent_twice"] > asked.kills * len(PEOPLE):
        sys.exit(1)


def live(path: Path, world: World, seen: Seen, *, turns: int, until: float | None) -> None:
    """One life of the process: it takes turns until killed after `until` seconds, or until all have `turns`."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            asyncio.run(take_turns(path, world, dict(seen.heard), turns, writing))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    deadline = None if until is None else time.monotonic() + until
    rest = b""
    while True:
        wait = None if deadline is None else max(0.0, deadline - time.monotonic())
        if not select.select([reading], [], [], wait)[0]:
            os.kill(child, signal.SIGKILL)
            deadline = None
            continue
        piece = os.read(reading, 65536)
        if not piece:
            break
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            seen.note(line.decode())
    os.close(reading)
    _, status = os.waitpid(child, 0)
    expected = os.WIFSIGNALED(status) if until is not None else os.waitstatus_to_exitcode(status) == 0
    if not expected:
        sys.exit(f"the process ended by itself: {status}")


async def take_turns(path: Path, world: World, heard: dict[str, int], turns: int, out: int) -> None:
    """Everyone goes on from where the pipe last heard of them, all at the same time."""
    store = await SQLiteStore.open(path)
    desk = Desk(store, lambda: world)

    async def send(number: int) -> None:
        os.write(out, f"sent {number}\n".encode())
        await store.delivered(number, NOW)

    async def talk(person: str) -> None:
        for number in range(heard[person], turns):
            came = await desk.hear(Arrival(Address("telegram", person), str(number), TALK[number % len(TALK)]))
            for message in came.outgoing:
                await send(message.number)
            os.write(out, f"heard {'again' if came.seen else 'first'} {person}\n".encode())

    try:
        for message in await store.undelivered("telegram", 1_000):
            await send(message.number)
        await asyncio.gather(*(talk(person) for person in PEOPLE))
    finally:
        await store.close()


@dataclass
class Found:
    """What lies in a file: each person's facts in order and talk, the messages' numbers, and how many still wait."""

    facts: dict[str, list[str]]
    talks: dict[str, str]
    messages: list[int]
    waiting: int


def read(path: Path) -> Found:
    """The file, read without the store."""
    with closing(sqlite3.connect(path)) as db:
        if db.execute("pragma integrity_check").fetchall() != [("ok",)]:
            sys.exit(f"{path.name} is damaged")
        facts: dict[str, list[str]] = {}
        for person, body in db.execute(
            "select a.id, f.body from facts f join addresses a on a.person = f.person order by f.number"
        ):
            facts.setdefault(person, []).append(body)
        talks = dict(db.execute("select a.id, t.talk from talks t join addresses a on a.person = t.person").fetchall())
        messages = [number for (number,) in db.execute("select number from outgoing order by number")]
        (waiting,) = db.execute("select count(*) from outgoing where ended is null").fetchone()
    return Found(facts, talks, messages, waiting)


def compare(found: Found, expected: Found, seen: Seen) -> dict[str, int]:
    """What differs, in numbers."""
    lost = doubled = out_of_order = 0
    for person in PEOPLE:
        is_, should = Counter(found.facts.get(person, [])), Counter(expected.facts.get(person, []))
        lost += (should - is_).total()
        doubled += (is_ - should).total()
        out_of_order += found.facts.get(person) != expected.facts.get(person)
    return {
        "facts": sum(map(len, expected.facts.values())),
        "facts_lost": lost,
        "facts_doubled": doubled,
        "facts_out_of_order": out_of_order,
        "talks_different": sum(found.talks.get(person) != expected.talks[person] for person in PEOPLE),
        "messages": len(expected.messages),
        "messages_lost": len(expected.messages) - sum(seen.sent[number] > 0 for number in found.messages),
        "messages_open": found.waiting,
        "messages_sent_twice": sum(count - 1 for count in seen.sent.values()),
    }


if __name__ == "__main__":
    main()
