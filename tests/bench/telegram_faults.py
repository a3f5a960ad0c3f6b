"""What becomes of people's messages under each fault, polled and called: injected, answered, lost, doubled.

python tests/bench/telegram_faults.py [--times 20]
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("PTB_TIMEDELTA", "true")

from tests.channels.telegram_hooked import called
from tests.channels.telegram_place import place
from tests.fake_telegram import Faults

FAULTS: dict[str, Callable[[Faults, int], None]] = {
    "429, one second": lambda faults, n: faults.next("sendMessage", status=429, retry_after=1, times=n),
    "500": lambda faults, n: faults.next("sendMessage", status=500, times=n),
    "502, a proxy's page": lambda faults, n: faults.next("sendMessage", status=502, page="<html></html>", times=n),
    "slow, a second": lambda faults, n: faults.next("sendMessage", slow=1.0, times=n),
    "cut before it was taken": lambda faults, n: faults.next("sendMessage", cut="before", times=n),
    "cut after it was taken": lambda faults, n: faults.next("sendMessage", cut="after", times=n),
    "no answer to a press": lambda faults, n: faults.next("answerCallbackQuery", status=500, times=n),
    "update delivered twice": lambda faults, n: faults.duplicate(n),
    "updates out of order": lambda faults, n: faults.out_of_order(n),
}

PATIENCE = 60.0


@dataclass(frozen=True)
class Outcome:
    """What came of one fault in one mode."""

    mode: str
    fault: str
    injected: int
    answered: int
    lost: int
    doubled: int

    def line(self) -> str:
        figures = (self.injected, self.answered, self.lost, self.doubled)
        return f"{self.fault:<26}{self.mode:<8}" + "".join(f"{one:>10}" for one in figures)


async def suffered(fault: str, mode: str, times: int) -> Outcome:
    """That many people ask for help, each is answered once, while the fault happens that many times."""
    with tempfile.TemporaryDirectory() as folder:
        async with place(Path(folder)) as here:
            people = [here.person(id) for id in range(100, 100 + times)]
            async with here.serving() if mode == "polled" else called(here):
                for one in people:
                    await one.person.says("/start")
                await here.api.until(lambda: all(one.person.answers for one in people), PATIENCE)
                FAULTS[fault](here.api.faults, times)
                before = sum(here.api.faults.injected.values())
                for one in people:
                    await (one.person.presses(1) if "press" in fault else one.person.says("/help"))
                for one in people:  # someone else's later update is what releases one that was kept back
                    await one.person.says("/start")
                await here.api.drained(PATIENCE)
                await here.all_delivered(PATIENCE)
                injected = sum(here.api.faults.injected.values()) - before
            pages = [len(one.person.answers) for one in people]
            wanted = 2 if "press" in fault else 3  # a press changes the page in place
            lost, doubled = sum(n < wanted for n in pages), sum(n > wanted for n in pages)
            return Outcome(mode, fault, injected, times - lost, lost, doubled)


async def table(times: int) -> list[Outcome]:
    """Every fault in both modes."""
    return [await suffered(fault, mode, times) for fault in FAULTS for mode in ("polled", "called")]


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--times", type=int, default=20)
    logging.disable(logging.CRITICAL)
    names = ("injected", "answered", "lost", "doubled")
    print(f"{'fault':<26}{'mode':<8}" + "".join(f"{name:>10}" for name in names))
    for outcome in asyncio.run(table(given.parse_args().times)):
        print(outcome.line())


if __name__ == "__main__":
    main()
