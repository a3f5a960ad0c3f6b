"""The fake Bot API as a process of its own: each line typed is what a person writes, or `>label` what they press.

    python tests/fake_telegram/serve.py [--port 8081] [--token 123:abc] [--latency 0.05]

It prints its address first, then every new or changed message of the bot. It ends with its input.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

if __package__ in (None, ""):
    # Started as a script: let the folder be found as the package that it is.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fake_telegram.person import Person
from tests.fake_telegram.server import TOKEN, FakeTelegram


async def serve(port: int, token: str, latency: float) -> None:
    async with FakeTelegram(token, port) as api:
        api.faults.latency = latency
        print(api.url, flush=True)
        person = api.user()
        screen = asyncio.create_task(show(api, person))
        while line := (await asyncio.to_thread(sys.stdin.readline)):
            try:
                await act(person, line.strip())
            except AssertionError as mistake:
                print(mistake, flush=True)
        screen.cancel()


async def act(person: Person, line: str) -> None:
    if line.startswith(">"):
        await person.presses(line[1:].strip())
    elif line:
        await person.says(line)


async def show(api: FakeTelegram, person: Person) -> None:
    shown = 0
    while True:
        await api.state.bell.until(changed_since(person, shown), None)
        new = [message for message in person.answers if message.revision > shown]
        shown = person.mark
        for message in new:
            rows = "".join("\n    " + " ".join(f"[{label}]" for label in row) for row in message.buttons)
            print(f"bot {message.id}: {message.text}{rows}", flush=True)


def changed_since(person: Person, mark: int) -> Callable[[], bool]:
    return lambda: person.mark > mark


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--token", default=TOKEN)
    options.add_argument("--latency", type=float, default=0.0)
    given = options.parse_args()
    asyncio.run(serve(given.port, given.token, given.latency))


if __name__ == "__main__":
    main()
