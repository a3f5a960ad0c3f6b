"""What the store says to SQLite: one function a call of the protocol, each a whole transaction."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.store import (
    Address,
    ChannelName,
    DueReminder,
    Kept,
    Outgoing,
    RemindersSet,
    SharedList,
    StoreBusy,
    Taken,
    facts,
    pictures,
)
from bot.store import office as offices
from bot.store.office import invitations, presence, queue
from bot.store.office.people import OPERATOR
from bot.store.transaction import day, moment, writing
from flows.office import Deed, Office

T = TypeVar("T")

ARRIVALS_KEPT = timedelta(days=7)
"""Telegram delivers an update again for 24 hours at most; the rest is for a machine that was switched off."""
ENDED_KEPT = timedelta(days=1)
IDLE_KEPT = timedelta(days=30)
SLICE = 500
"""Rows let go in one transaction, so that nobody's turn waits long behind a pruning."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What came of a turn, and whether something was erased on the way."""

    taken: Taken
    forgot: bool = False


@dataclass(frozen=True, slots=True)
class TakeRaised:
    """The turn was undone because `take` raised this. A value, so that nobody mistakes it for SQLite's own trouble."""

    error: BaseException


def turn(
    db: sqlite3.Connection, address: Address, arrival: str, now: datetime, take: Callable[[str | None, Office], Kept]
) -> Turned | TakeRaised:
    """Store.turn."""
    with writing(db):
        row: tuple[str, str, bool, bool] | None = db.execute(
            "select a.person, t.talk, exists (select 1 from arrivals r where r.person = a.person and r.id = ?),"
            " exists (select 1 from outgoing o indexed by outgoing_open where o.person = a.person and o.ended is null)"
            " from addresses a join talks t on t.person = a.person where a.channel = ? and a.id = ?",
            (arrival, address.channel, address.id),
        ).fetchone()
        person, talk = (None, None) if row is None else row[:2]
        if row is not None and row[2]:
            return Turned(Taken(True, row[1], _open_of(db, row[0], address)))
        try:
            kept = take(talk, offices.Reading(db, person, now))
        except BaseException as error:  # noqa: BLE001 -- handed on as it is, whatever it is
            return TakeRaised(error)  # nothing was written yet
        if person is None or kept.forget:
            if person is not None:
                offices.erased(db, person, now)
            person = _newcomer(db, person, address, now)
        made = _keep(db, person, address, arrival, now, kept)
        outgoing = _open_of(db, person, address) if row is not None and row[3] else made
        return Turned(Taken(False, kept.talk, outgoing), kept.forget or bool(kept.erased))


def _newcomer(db: sqlite3.Connection, before: str | None, address: Address, now: datetime) -> str:
    """A new random key for the address; all that hung on the key before is erased with it."""
    db.execute("delete from people where id = ?", (before,))
    person = secrets.token_hex(16)
    db.execute("insert into people (id, day) values (?, ?)", (person, day(now)))
    db.execute("insert into addresses (channel, id, person) values (?, ?, ?)", (address.channel, address.id, person))
    return person


def _keep(
    db: sqlite3.Connection, person: str, address: Address, arrival: str, now: datetime, kept: Kept
) -> tuple[Outgoing, ...]:
    """What came of a turn; the messages among it."""
    today, at, trial = day(now), moment(now), address.channel == "terminal"
    db.execute("insert into arrivals (person, id, day) values (?, ?, ?)", (person, arrival, today))
    db.execute(
        "insert into talks (person, day, talk) values (?, ?, ?)"
        " on conflict (person) do update set day = excluded.day, talk = excluded.talk",
        (person, today, kept.talk),
    )
    if kept.reminded is not None:
        db.execute("delete from reminders where number = ?", (kept.reminded,))
    if kept.left:
        _let_be(db, person, at, kept.left_until)
    if kept.reminders is not None:
        _set_clock(db, person, kept.reminders)
    if kept.shared is not None:
        _share(db, person, kept.shared)
    if kept.erased:
        pictures.erase(db, person, kept.erased)
    if kept.picture is not None:
        pictures.hang(db, person, kept.picture)
    if kept.facts:
        facts.keep(db, now, person, kept.facts, trial=trial)
    if kept.apart:
        facts.keep(db, now, _nobody(db, now), kept.apart, trial=trial)
    for deed in kept.deeds:
        offices.do(db, person, now, deed)
    bodies = kept.outgoing if kept.after is None else kept.after(offices.Reading(db, person, now))
    return tuple(_to_send(db, person, address, body, kept.about, at) for body in bodies)


def _to_send(db: sqlite3.Connection, person: str, address: Address, body: str, about: str, at: str) -> Outgoing:
    row = db.execute("insert into outgoing (person, body, about, made) values (?, ?, ?, ?)", (person, body, about, at))
    if row.lastrowid is None:
        raise LookupError("SQLite gave a new message no number")
    return Outgoing(row.lastrowid, address, body, about, 0)


def _nobody(db: sqlite3.Connection, now: datetime) -> str:
    """A key for somebody whom nobody can reach."""
    person = secrets.token_hex(16)
    db.execute("insert into people (id, day) values (?, ?)", (person, day(now)))
    return person


def _let_be(db: sqlite3.Connection, person: str, at: str, until: int | None) -> None:
    """Nobody is there to be written to."""
    queue.parted(db, person, datetime.fromisoformat(at))
    db.execute("delete from reminders where person = ?", (person,))
    db.execute(
        "update outgoing set ended = ?, refusal = 'left', body = '', about = ''"
        " where person = ? and +ended is null and number <= coalesce(?, number)",
        (at, person, until),
    )


def _share(db: sqlite3.Connection, person: str, shared: SharedList) -> None:
    row = (shared.code, person, shared.until.isoformat(), shared.body)
    taken = db.execute("insert or ignore into carried (code, person, until, body) values (?, ?, ?, ?)", row)
    if taken.rowcount == 0:
        raise StoreBusy("Mã vừa rút đã có người dùng; xin thử lại.")


def _set_clock(db: sqlite3.Connection, person: str, reminders: RemindersSet) -> None:
    db.execute("delete from reminders where person = ? and about = ?", (person, reminders.about))
    for at in reminders.at:
        remind(db, person, reminders.about, reminders.event, at)


def remind(db: sqlite3.Connection, person: str, about: str, event: str, at: datetime) -> None:
    """Let an event (JSON) happen to a person at a moment, now or later, in a transaction that is open."""
    row = (person, about, event, moment(at))
    db.execute("insert into reminders (person, about, event, at) values (?, ?, ?, ?)", row)


def due(db: sqlite3.Connection, channel: ChannelName, now: datetime, limit: int) -> tuple[DueReminder, ...]:
    """Store.due."""
    rows = db.execute(
        "select r.number, a.id, r.event from reminders r join addresses a on a.person = r.person"
        " where r.at <= ? and a.channel = ? order by r.at, r.number limit ?",
        (moment(now), channel, limit),
    )
    return tuple(DueReminder(number, Address(channel, to), event) for number, to, event in rows)


def carried(db: sqlite3.Connection, code: str, today: date) -> str | None:
    """Store.carried."""
    row = db.execute("select body from carried where code = ? and until >= ?", (code, today.isoformat())).fetchone()
    return None if row is None else row[0]


def _open_of(db: sqlite3.Connection, person: str, address: Address) -> tuple[Outgoing, ...]:
    rows = db.execute(
        "select number, body, about, tries from outgoing indexed by outgoing_open"
        " where person = ? and ended is null order by number",
        (person,),
    )
    return tuple(Outgoing(number, address, body, about, tries) for number, body, about, tries in rows)


def talk_of(db: sqlite3.Connection, address: Address) -> str | None:
    """Store.talk_of."""
    row = db.execute(
        "select t.talk from addresses a join talks t on t.person = a.person where a.channel = ? and a.id = ?",
        (address.channel, address.id),
    ).fetchone()
    return None if row is None else row[0]


def view(
    db: sqlite3.Connection, address: Address, now: datetime, look: Callable[[str | None, Office], T]
) -> T | TakeRaised:
    """Store.view."""
    row = db.execute(
        "select t.talk, a.person from addresses a join talks t on t.person = a.person where a.channel = ? and a.id = ?",
        (address.channel, address.id),
    ).fetchone()
    talk, person = (None, None) if row is None else row
    try:
        return look(talk, offices.Reading(db, person, now))
    except BaseException as error:  # noqa: BLE001 -- handed on as it is, whatever it is
        return TakeRaised(error)


def office(db: sqlite3.Connection, now: datetime, look: Callable[[Office], T]) -> T:
    """Store.office."""
    return look(offices.Reading(db, OPERATOR, now))


def operate(db: sqlite3.Connection, now: datetime, deeds: tuple[Deed, ...]) -> None:
    """Store.operate."""
    with writing(db):
        for deed in deeds:
            offices.do(db, OPERATOR, now, deed)


def undelivered(db: sqlite3.Connection, channel: ChannelName, limit: int) -> tuple[Outgoing, ...]:
    """Store.undelivered."""
    rows = db.execute(
        "select o.number, a.id, o.body, o.about, o.tries"
        " from outgoing o indexed by outgoing_ended cross join addresses a on a.person = o.person"
        " where o.ended is null and a.channel = ? order by o.number limit ?",
        (channel, limit),
    )
    return tuple(Outgoing(number, Address(channel, to), body, about, tries) for number, to, body, about, tries in rows)


def delivered(db: sqlite3.Connection, number: int, now: datetime) -> None:
    """Store.delivered. One statement is a transaction by itself, as are those below."""
    db.execute(
        "update outgoing set ended = ?, body = '', about = '' where number = ? and ended is null", (moment(now), number)
    )


def refused(db: sqlite3.Connection, number: int, reason: str, now: datetime) -> None:
    """Store.refused."""
    db.execute(
        "update outgoing set ended = ?, refusal = ?, body = '', about = '' where number = ? and ended is null",
        (moment(now), reason, number),
    )


def tried(db: sqlite3.Connection, number: int, now: datetime) -> None:
    """Store.tried."""
    db.execute(
        "update outgoing set tries = tries + 1, tried = ? where number = ? and ended is null", (moment(now), number)
    )


def let_arrivals_go(db: sqlite3.Connection, now: datetime) -> int:
    """Delete a slice of the old arrivals; how many there were."""
    with writing(db):
        old = db.execute(
            "select person, id from arrivals where day < ? limit ?", (day(now - ARRIVALS_KEPT), SLICE)
        ).fetchall()
        db.executemany("delete from arrivals where person = ? and id = ?", old)
    return len(old)


def let_ended_go(db: sqlite3.Connection, now: datetime) -> int:
    """Delete a slice of the messages that were delivered or refused; how many there were."""
    with writing(db):
        old = db.execute(
            "select number from outgoing where ended < ? limit ?", (moment(now - ENDED_KEPT), SLICE)
        ).fetchall()
        db.executemany("delete from outgoing where number = ?", old)
    return len(old)


def let_idle_go(db: sqlite3.Connection, now: datetime) -> int:
    """Let a slice of idle people go, but for their facts; how many there were."""
    with writing(db):
        idle = db.execute(
            "select person from talks t where day < ?"
            " and not exists (select 1 from reminders r where r.person = t.person)"
            " and not exists (select 1 from members m join posts p on p.member = m.id where m.person = t.person)"
            " limit ?",
            (day(now - IDLE_KEPT), SLICE),
        ).fetchall()
        _part_with(db, idle)
    return len(idle)


def let_go(db: sqlite3.Connection, address: Address) -> None:
    """Store.let_go."""
    with writing(db):
        people = db.execute(
            "select person from addresses where channel = ? and id = ?", (address.channel, address.id)
        ).fetchall()
        _part_with(db, people)


def _part_with(db: sqlite3.Connection, people: list[tuple[str]]) -> None:
    for table in ("addresses", "arrivals", "letters", "outgoing", "pictures", "reminders", "talks"):
        db.executemany(f"delete from {table} where person = ?", people)  # noqa: S608 -- names from the line above
    db.executemany(
        "delete from people where id = ?1 and not exists (select 1 from facts where person = ?1)"
        " and not exists (select 1 from carried where person = ?1)",
        people,
    )


def let_invitations_go(db: sqlite3.Connection, now: datetime) -> int:
    """Delete the invitations that nobody will ask about any more; how many there were."""
    return invitations.let_go(db, now)


def let_requests_go(db: sqlite3.Connection, now: datetime) -> int:
    """End the requests that nobody was there to end; how many there were."""
    return queue.let_go(db, now)


def let_presences_go(db: sqlite3.Connection, now: datetime) -> int:
    """Check out whoever is taken to have gone, and whom no message can tell of it; how many are left to do."""
    return presence.let_lapse(db, now)


def let_carried_go(db: sqlite3.Connection, now: datetime) -> int:
    """Delete a slice of the lists whose last day has passed; how many there were."""
    with writing(db):
        old = db.execute("select code from carried where until < ? limit ?", (day(now), SLICE)).fetchall()
        db.executemany("delete from carried where code = ?", old)
    return len(old)


def empty_log(db: sqlite3.Connection) -> None:
    """Move the write-ahead log into the file and cut it off, so that nothing erased survives there.

    Another process that is reading may put this off; the next pruning does it then.
    """
    db.execute("pragma wal_checkpoint(truncate)").fetchone()
