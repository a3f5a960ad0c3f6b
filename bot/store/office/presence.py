"""Who is at which desk, in SQLite: coming, going, and going without a word."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.store.facts import keep
from bot.store.office.calling import call, call_off
from bot.store.transaction import moment, writing
from flows import facts
from flows.events import Called
from flows.facts import CheckedIn, CheckedOut
from flows.office.roster import EARLY, GRACE

UNPLANNED: Final = timedelta(hours=4)
"""How long somebody who came without a shift is taken to stay, where nobody knows when the desk closes."""

_OPEN: Final = "select number, member, desk, shift, came, ends, until from presences"


@dataclass(frozen=True, slots=True)
class Open:
    """A presence that has not ended; `ends` is when they were to go, `until` when it is taken that they went then."""

    number: int
    member: str
    desk: str
    shift: str | None
    came: datetime
    ends: datetime
    until: datetime


def of(db: sqlite3.Connection, member: str, now: datetime) -> Open | None:
    """Where a member is."""
    return next(iter(_open(db, "where member = ? and went is null and until > ?", member, moment(now))), None)


def at_desk(db: sqlite3.Connection, desk: str, now: datetime) -> tuple[str, ...]:
    """The members (ids) at a desk, who came first before the others."""
    return tuple(one.member for one in _open(db, "where desk = ? and went is null and until > ?", desk, moment(now)))


def come(db: sqlite3.Connection, member: str, desk: str, now: datetime, until: datetime | None) -> None:
    """Check a member in. Where they are at the desk already nothing changes, unless their next shift begins."""
    lapse(db, now)
    shift = shift_for(db, member, desk, now)
    here = of(db, member, now)
    if here is not None and here.desk == desk and (shift is None or here.shift == shift[0]):
        return
    go(db, member, now)
    id, planned, begins, ends = shift or (None, desk, now, max(until or now + UNPLANNED, now))
    made = db.execute(
        "insert into presences (member, desk, shift, came, ends, until) values (?, ?, ?, ?, ?, ?)",
        (member, desk, id, moment(now), moment(ends), moment(ends + GRACE)),
    )
    call(db, member, f"presence-{made.lastrowid}", Called("went_unsaid", desk), ends + GRACE)
    late = max(0, int((now - begins).total_seconds() // 60))
    _keep(db, member, now, CheckedIn(member, desk, id or "", late, planned if planned != desk else ""))


def go(db: sqlite3.Connection, member: str, now: datetime) -> None:
    """Check a member out of wherever they are."""
    for here in _open(db, "where member = ? and went is null", member):
        _close(db, here, now)


def lapse(db: sqlite3.Connection, now: datetime) -> int:
    """Check out whoever is taken to have gone; how many they were."""
    lapsed = _open(db, "where went is null and until <= ?", moment(now))
    for here in lapsed:
        _close(db, here, now)
    return len(lapsed)


def let_lapse(db: sqlite3.Connection, now: datetime) -> int:
    """As `lapse`, in a transaction of its own; 0, since there is never more to do."""
    with writing(db):
        lapse(db, now)
    return 0


def _close(db: sqlite3.Connection, here: Open, now: datetime) -> None:
    forgotten = here.until <= now
    went = max(here.came, here.ends) if forgotten else now
    db.execute("update presences set went = ?, forgotten = ? where number = ?", (moment(went), forgotten, here.number))
    if not forgotten:
        call_off(db, f"presence-{here.number}")
    early = 0 if here.shift is None else max(0, int((here.ends - went).total_seconds() // 60))
    stayed = int((went - here.came).total_seconds() // 60)
    _keep(db, here.member, now, CheckedOut(here.member, here.desk, here.shift or "", early, stayed, forgotten))


def shift_for(
    db: sqlite3.Connection, member: str, desk: str, now: datetime
) -> tuple[str, str, datetime, datetime] | None:
    """The shift for which a member comes now, one at that desk before others, the nearest before those to come."""
    row = db.execute(
        "select id, desk, begins, ends from shifts where member = ? and begins <= ? and ends > ?"
        " order by desk <> ?, begins limit 1",
        (member, moment(now + EARLY), moment(now), desk),
    ).fetchone()
    return None if row is None else (row[0], row[1], datetime.fromisoformat(row[2]), datetime.fromisoformat(row[3]))


def _keep(db: sqlite3.Connection, member: str, now: datetime, fact: CheckedIn | CheckedOut) -> None:
    """A fact of a member; here and not with the turn, because others end somebody's presence too."""
    row = db.execute("select person from members where id = ?", (member,)).fetchone()
    if row is not None:
        keep(db, now, row[0], (facts.dump(fact),), trial=False)


def _open(db: sqlite3.Connection, where: str, *values: str) -> tuple[Open, ...]:
    rows = db.execute(f"{_OPEN} {where} order by came, number", values).fetchall()
    return tuple(
        Open(number, member, desk, shift, *(datetime.fromisoformat(at) for at in (came, ends, until)))
        for number, member, desk, shift, came, ends, until in rows
    )
