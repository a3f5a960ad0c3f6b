"""The made citizens: what each wants, when they come, and what they do at home before they do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from bot.desk import Address
from bot.simulating.ledger import Ledger
from bot.simulating.place import Place, Somebody, Story
from bot.simulating.watching import mark
from flows.replies import Sheet
from flows.undoing import ANSWER, DOCUMENT
from knowledge.library import Library

MOST_ASKS: Final = 10

LEVELS: Final = ("very_satisfied",) * 71 + ("satisfied",) * 27 + ("not_satisfied",) * 2
"""As a district counted them."""


@dataclass(eq=False)
class Citizen:
    """Somebody who wants something. `phone` is where they are reached, None for who has none with them."""

    question: str
    mark: str
    phone: Somebody | None
    desk: str = ""
    """Where they come to; empty for who stays at home."""

    code: str = ""
    """Of the list they made at home."""

    came: datetime | None = None
    request: str = ""
    asked: datetime | None = None


def questions_of(library: Library) -> tuple[str, ...]:
    """What people might say, from the guides themselves: the phrases by which each is found."""
    return tuple(phrase for guide in library.guides.values() for phrase in guide.phrases if len(phrase) > 8)


def questions_in(file: Path) -> tuple[str, ...]:
    """The questions of a file: a JSON object with "question", or plain words, on each line."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(json.loads(line)["question"] if line.startswith("{") else line for line in lines)


def drawn(place: Place, many: int, questions: Sequence[str], desks: Sequence[str], chance: Random) -> list[Citizen]:
    """So many citizens: three of five come to a desk, some of them with a list from home; half have a phone."""
    citizens = []
    for number in range(many):
        word = mark(chance)
        comes = number % 5 < 3
        phone = None
        if not comes or number % 2:
            channel = "web" if number % 3 == 0 else "telegram"
            id = chance.randbytes(16).hex() if channel == "web" else f"77{10_000 + number:08}"
            phone = Somebody(place, Address("web" if channel == "web" else "telegram", id), word)
            place.watch.may(phone.address, word)
        citizens.append(Citizen(chance.choice(questions), word, phone, chance.choice(desks) if comes else ""))
    return citizens


async def asks(citizen: Citizen, who: Somebody) -> None:
    """Open the talk and ask; one of the guides that are offered is taken."""
    await who.starts()
    await who.says(f"{citizen.question} {citizen.mark}")
    if not who.has("prepare") and (offered := who.choices("g:")):
        await who.presses(offered[0].id)


async def prepares(who: Somebody, chance: Random) -> bool:
    """Make the list of what was asked about; False where there is none to be made."""
    if not await who.presses("prepare"):
        return False
    for _ in range(MOST_ASKS):
        answers = who.choices(ANSWER)
        if not answers:
            break
        await who.presses(chance.choice(answers[:2]).id)
    for paper in who.choices(DOCUMENT):
        if chance.random() < 0.6:
            await who.presses(paper.id)
    await who.says(f"đặt tên: {who.mark}")
    return await who.presses("done")


async def takes_along(citizen: Citizen, who: Somebody) -> None:
    """Have a code for the list."""
    await who.presses("take")
    sheet = next((block for block in who.page.blocks if isinstance(block, Sheet)), None) if who.page else None
    citizen.code = "" if sheet is None else sheet.code


async def at_home(citizen: Citizen, ledger: Ledger, chance: Random) -> Story:
    """Somebody who stays at home: asks, prepares, perhaps files and hears of the result."""
    who = citizen.phone
    if who is None:
        return
    await asks(citizen, who)
    yield 30
    if not await prepares(who, chance) or chance.random() > 0.4:
        return
    yield 120
    if await who.presses("handed") and await who.presses("today"):
        ledger.filed += 1
        yield chance.randrange(3600, 3 * 3600)
        await who.says("đã nhận kết quả")
        await who.presses(chance.choice(("on_time", "early", "early", "late")))
        yield 60
        await who.presses("go_on")
        if chance.random() < 0.7 and await who.presses("yes"):
            await who.presses(chance.choice(LEVELS))


def comes_at(begins: datetime, chance: Random) -> datetime:
    """When somebody comes to a desk: most in the first hours."""
    hours = chance.choices((0, 1, 2, 3, 6, 7, 8), (7, 8, 6, 4, 6, 5, 3))[0]
    return begins + timedelta(hours=hours, seconds=chance.randrange(3600))
