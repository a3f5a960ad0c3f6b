"""Facts of an office as they might have come about, drawn by a seed: for reports over a time that nobody lived through."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

from bot.store import facts as store
from flows import facts
from flows.facts import (
    Asked,
    Band,
    Fact,
    HandedIn,
    Helped,
    HelpOutcome,
    HelpRated,
    LetterSent,
    Level,
    Listed,
    Opened,
    Outcome,
    Rated,
    Received,
    RequestClosed,
    Ticked,
)
from flows.tally import Whose

GUIDES = ("dang-ky-khai-sinh", "dang-ky-ket-hon", "xac-nhan-tinh-trang-hon-nhan", "")
PAPERS = ("giay-chung-sinh", "can-cuoc", "to-khai", "giay-xac-nhan")
QUESTIONS = (
    "Xin phép nuôi yến ở đâu?",
    "xin phep nuoi yen o dau",
    "Đổi tên đường cho xóm",
    "=1+1 là gì",
    "Thuê hội trường",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A fact, when, whose, and in what capacity."""

    at: datetime
    person: str
    whose: Whose
    fact: Fact


def made(
    many: int, first: date, days: int, seed: int = 8, desks: tuple[str, ...] = ("vinh-hai", "loc-tho", "ban-thu")
) -> Iterator[Made]:
    """About so many facts over so many days from `first` on, oldest first within a talk."""
    drawn = random.Random(seed)  # noqa: S311 -- the same every time
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(hours=7)
    left = many
    while left > 0:
        at = begins + timedelta(seconds=drawn.randrange(days * 86_400))
        for one in _talk(drawn, at, desks):
            yield one
            left -= 1


def _talk(drawn: random.Random, at: datetime, desks: tuple[str, ...]) -> Iterator[Made]:
    """One thing that happened, as the facts that it left."""
    person, code = f"{drawn.getrandbits(128):032x}", f"{drawn.getrandbits(48):012x}"
    whose: Whose = drawn.choices(("citizen", "member", "trial"), (18, 1, 1))[0]
    guide, desk, member = drawn.choice(GUIDES), drawn.choice(desks), f"m{drawn.randrange(9)}"
    level: Level = drawn.choices(get_args(Level), (71, 27, 2))[0]
    minutes = timedelta(minutes=drawn.randrange(1, 600))
    match drawn.randrange(6):
        case 0 | 1:
            outcomes = tuple(drawn.sample(get_args(HelpOutcome), drawn.randrange(1, 3)))
            missing = tuple(drawn.sample(PAPERS, drawn.randrange(3))) if guide else ()
            waited = drawn.choice((None, drawn.randrange(3000)))
            online = "filed_online" in outcomes
            yield Made(
                at,
                person,
                whose,
                Helped(desk, member, guide, online, outcomes, missing, waited, drawn.randrange(60, 2400), code),
            )
            if drawn.random() < 0.6:
                yield Made(at + minutes, person, whose, HelpRated(code, desk, level))
        case 2:
            band: Band = drawn.choice(get_args(Band))
            yield Made(at, person, whose, Asked(drawn.choice(QUESTIONS), band, (guide,) if guide else ()))
            yield Made(at, person, whose, Opened(guide, "1", "words"))
            for _ in range(drawn.randrange(3)):
                yield Made(at, person, whose, Ticked(guide, drawn.choice(PAPERS), have=True))
                missing = tuple(drawn.sample(PAPERS, drawn.randrange(3)))
                at += timedelta(minutes=1)
                yield Made(at, person, whose, Listed(guide, "1", missing))
            if drawn.random() < 0.3:
                yield Made(at + minutes, person, whose, Rated(guide, level))
        case 3 | 4:
            day = at.date()
            due = drawn.choice((None, day + timedelta(days=drawn.randrange(1, 30))))
            yield Made(at, person, whose, HandedIn(guide, day, due))
            if drawn.random() < 0.3:
                yield Made(at + timedelta(hours=1), person, whose, HandedIn(guide, day - timedelta(days=1), due))
            if drawn.random() < 0.7:
                outcome: Outcome = drawn.choice(get_args(Outcome))
                yield Made(at + timedelta(days=drawn.randrange(1, 25)), person, whose, Received(guide, outcome))
        case _:
            if drawn.random() < 0.5:
                yield Made(at, person, whose, LetterSent(desk, "thanks", guide))
                return
            taken = drawn.random() < 0.8
            closed = RequestClosed(
                desk if taken else "",
                member if taken else "",
                90 if taken else None,
                400 if taken else None,
                "member",
                code,
            )
            yield Made(at, person, whose, closed)
            if taken and drawn.random() < 0.5:
                yield Made(at + minutes, person, whose, HelpRated(code, desk, level))


def written(path: Path, made: Iterator[Made]) -> int:
    """Write facts into a store, in the order of time, as turns of those moments would have left them; how many."""
    all = sorted(made, key=lambda one: one.at)
    with sqlite3.connect(path) as db:
        db.executemany("insert or ignore into people values (?, '2026-01-01')", {(one.person,) for one in all})
        for one in all:
            store.keep(db, one.at, one.person, (facts.dump(one.fact),), trial=one.whose == "trial")
        # As if they had been members then: a key alone does not say so.
        members = {(one.person,) for one in all if one.whose == "member"}
        db.executemany("update facts set whose = 'member' where person = ?", members)
    db.close()
    return len(all)
