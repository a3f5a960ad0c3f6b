"""Facts in SQLite: kept with whose they are, read on from a number, and run through for a report beside all turns."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError

from bot.store import KeptFact
from bot.store.transaction import moment
from flows import facts
from flows.office.reports import Period
from flows.tally import BEFORE, COUNTED, Told, begins, ends
from flows.turn import VIETNAM

T = TypeVar("T")

_KEEP: Final = """insert into facts (at, person, body, whose) values (?1, ?2, ?3, case
    when ?4 then 'trial'
    when exists (select 1 from members m join posts p on p.member = m.id where m.person = ?2) then 'member'
    else 'citizen' end)"""

_COUNTED: Final = """select at, person, whose, body from facts where kind in ({kinds}) and at >= ? and at < ?
    order by at, number"""


def keep(db: sqlite3.Connection, now: datetime, person: str, bodies: tuple[str, ...], *, trial: bool) -> None:
    """Keep facts (JSON) of a person, in a transaction that is open. `trial`: none of them is to be counted."""
    db.executemany(_KEEP, [(moment(now), person, body, trial) for body in bodies])


def since(db: sqlite3.Connection, since: int, limit: int) -> tuple[KeptFact, ...]:
    """Store.facts."""
    rows = db.execute(
        "select number, at, person, body from facts where number > ? order by number limit ?", (since, limit)
    )
    return tuple(KeptFact(number, datetime.fromisoformat(at), person, body) for number, at, person, body in rows)


def moved(db: sqlite3.Connection, desk: str, to: str) -> None:
    """Count what happened at a desk for the one that it is called from now on, in a transaction that is open."""
    db.execute("update facts set body = json_set(body, '$.desk', ?) where json_extract(body, '$.desk') = ?", (to, desk))


def counted(path: Path, busy_seconds: float, period: Period, count: Callable[[Iterator[Told]], T]) -> T:
    """Store.counted, on a connection of its own: it sees the facts of one moment, and no turn waits for it."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=busy_seconds)) as db:
        db.execute("pragma temp_store = memory")
        db.execute("begin")
        return count(_told(db, period))


def called(db: sqlite3.Connection) -> dict[str, str]:
    """Store.called."""
    return dict(db.execute("select id, called from members"))


def _told(db: sqlite3.Connection, period: Period) -> Iterator[Told]:
    """The facts of a period, and before them those that they go back to, from the earliest on."""
    first = begins(period)
    since = sorted({first - before for before in BEFORE.values()})
    for one, until in zip(since, (*since[1:], first), strict=True):
        yield from _of(db, [kind for kind, before in BEFORE.items() if first - before <= one], one, until)
    yield from _of(db, COUNTED, first, ends(period))


def _of(db: sqlite3.Connection, kinds: Collection[str], since: datetime, until: datetime) -> Iterator[Told]:
    days: dict[str, date] = {}
    statement = _COUNTED.format(kinds=", ".join("?" * len(kinds)))
    for at, person, whose, body in db.execute(statement, (*kinds, moment(since), moment(until))):
        hour = at[:13]
        day = days.get(hour)
        if day is None:  # worked out once an hour: Vietnam is whole hours ahead
            day = days[hour] = datetime.fromisoformat(at).astimezone(VIETNAM).date()
        try:
            yield Told(day, person, whose, facts.load(body))
        except ValidationError:
            continue  # of another release: what it means is not known here
