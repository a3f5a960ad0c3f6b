"""The queue of those who ask for a person, in SQLite: who is told of whom and when, and how a request ends."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.store import facts as kept
from bot.store.office.calling import call, call_off, call_person
from bot.store.transaction import day, moment, writing
from flows import facts
from flows.events import Called
from flows.facts import RequestClosed
from flows.office.people import Member, may, may_somewhere
from flows.office.requests import CITIZEN_SILENT, MEMBER_SILENT, WAVE, RequestEnd, Side

LAST: Final = 3
"""Lines of the volunteer that a citizen may not have seen when the volunteer ends it."""

FORGOTTEN: Final = timedelta(days=1)
"""So long after the end of the wait nobody waits any more."""

_COLUMNS: Final = "id, person, desk, language, shown, asked, until, member, first"


@dataclass(frozen=True, slots=True)
class Row:
    """A request that has not ended. `desk` is empty while it may be any; `member` (an id) is who has it."""

    id: str
    person: str
    desk: str
    language: str
    shown: bool
    asked: datetime
    until: datetime
    member: str | None
    first: datetime | None


def rows(db: sqlite3.Connection, where: str, *values: str) -> tuple[Row, ...]:
    """The requests that have not ended and of which that is true, who asked first before the others."""
    found = db.execute(
        f"select {_COLUMNS} from requests where ended is null and {where} order by asked, rowid",  # noqa: S608 -- ours
        values,
    ).fetchall()
    return tuple(
        Row(
            id,
            person,
            desk,
            language,
            bool(shown),
            datetime.fromisoformat(asked),
            datetime.fromisoformat(until),
            member,
            None if first is None else datetime.fromisoformat(first),
        )
        for id, person, desk, language, shown, asked, until, member, first in found
    )


def one(db: sqlite3.Connection, id: str) -> Row | None:
    """The request of that id, if it has not ended."""
    return next(iter(rows(db, "id = ?", id)), None)


def free_on_duty(db: sqlite3.Connection, now: datetime) -> tuple[tuple[str, str, str], ...]:
    """Who is at a desk and helps nobody by messages just now: member (id), desk, language; who came first first."""
    return tuple(
        db.execute(
            "select p.member, p.desk, coalesce(json_extract(t.talk, '$.language'), 'vi')"
            " from presences p join members m on m.id = p.member left join talks t on t.person = m.person"
            " where p.went is null and p.until > ?"
            " and not exists (select 1 from requests r where r.member = p.member and r.ended is null)"
            " order by p.came, p.number",
            (moment(now),),
        )
    )


def _call_team(db: sqlite3.Connection, row: Row, now: datetime) -> None:
    """Tell those on duty that somebody waits: nearest desk first, then who speaks the language, a wave at a time.

    Whoever has just given them back knows.
    """
    free = [
        (row.desk not in {"", desk}, language != row.language, member)
        for member, desk, language in free_on_duty(db, now)
        if member != row.member and not is_person(db, member, row.person)
    ]
    for nth, wave in enumerate(sorted({one[:2] for one in free})):
        for *tier, member in free:
            if tuple(tier) == wave:
                call(db, member, _about(row.id, "call"), Called("request_waits", row.id), now + nth * WAVE)


def give(db: sqlite3.Connection, row: Row, member: str, now: datetime) -> None:
    """Let a member have a request from now on."""
    for clock in ("call", "member", "citizen"):
        call_off(db, _about(row.id, clock))
    db.execute(
        "update requests set member = ?1, first = coalesce(first, ?2),"
        " served = coalesce(nullif(desk, ''), (select desk from presences where member = ?1 and went is null), '')"
        " where id = ?3",
        (member, moment(now), row.id),
    )
    awaits_member(db, row.id, member, now)


def to_queue(db: sqlite3.Connection, row: Row, now: datetime) -> None:
    """Nobody has it any more: it waits again where it was, and what the citizen does not want shown on is erased."""
    for clock in ("line", "member", "citizen"):
        call_off(db, _about(row.id, clock))
    db.execute("update requests set member = null, served = '' where id = ?", (row.id,))
    hidden(db, row)
    told(db, row, Called("request_returned", row.id), now)
    wait(db, row, now)


def wait(db: sqlite3.Connection, row: Row, now: datetime) -> None:
    """Let those on duty know that somebody waits, until the wait is over."""
    over = Called("request_day_over", row.id)
    call_person(db, row.person, _about(row.id, "day"), over, max(row.until, now), once=True)
    _call_team(db, row, now)


def hidden(db: sqlite3.Connection, row: Row) -> None:
    """Erase what was said to the one who had it, unless the citizen agreed that what was said before is shown."""
    if not row.shown:
        db.execute("delete from request_lines where request = ? and (side = 'member' or not new)", (row.id,))


def close(db: sqlite3.Connection, row: Row, how: RequestEnd, now: datetime) -> None:
    """It is over: a fact is left of it, and whoever of the two did not end it is told. Nothing said is kept.

    Only what the volunteer said last stays until the citizen, who did not end it, has seen it.
    """
    for clock in ("call", "line", "member", "citizen", "day", "told"):
        call_off(db, _about(row.id, clock))
    (served,) = db.execute("select served from requests where id = ?", (row.id,)).fetchone()
    waited = None if row.first is None else int((row.first - row.asked).total_seconds())
    took = None if row.first is None else int((now - row.first).total_seconds())
    fact = RequestClosed(served or row.desk, row.member or "", waited, took, how, row.id)
    nobody = secrets.token_hex(16)
    db.execute("insert into people (id, day) values (?, ?)", (nobody, day(now)))
    kept.keep(db, now, nobody, (facts.dump(fact),), trial=_is_trial(db, row.person))
    if how == "member":
        db.execute(
            "delete from request_lines where request = ?1 and number not in"
            " (select number from request_lines where request = ?1 and side = 'member' order by number desc limit ?2)",
            (row.id, LAST),
        )
        db.execute("update requests set ended = ?, story = '', question = '' where id = ?", (moment(now), row.id))
        told(db, row, Called("request_closed", row.id), now)
        call_person(db, row.person, _about(row.id, "told"), Called("request_past", row.id), now + CITIZEN_SILENT)
        return
    db.execute("delete from requests where id = ?", (row.id,))
    if row.member is not None:
        call(db, row.member, _about(row.id, "over"), Called("request_over", row.id), now)


def awaits_member(db: sqlite3.Connection, id: str, member: str, now: datetime) -> None:
    """The volunteer's clock runs from the first thing that is unanswered."""
    running = db.execute("select 1 from reminders where about = ?", (_about(id, "member"),)).fetchone()
    call_off(db, _about(id, "citizen"))
    if running is None:
        call(db, member, _about(id, "member"), Called("request_unanswered", id), now + MEMBER_SILENT)


def awaits_citizen(db: sqlite3.Connection, row: Row, now: datetime) -> None:
    """The citizen's clock runs from the last thing that the volunteer said."""
    call_off(db, _about(row.id, "member"))
    event = Called("request_forsaken", row.id)
    call_person(db, row.person, _about(row.id, "citizen"), event, now + CITIZEN_SILENT, once=True)


def said(db: sqlite3.Connection, row: Row, side: Side, now: datetime) -> None:
    """That side has said something: the other one is told."""
    if side == "member":
        call_person(db, row.person, _about(row.id, "line"), Called("request_line", row.id), now, once=True)
    elif row.member is not None:
        call(db, row.member, _about(row.id, "line"), Called("request_line", row.id), now, once=True)


def told(db: sqlite3.Connection, row: Row, event: Called, now: datetime) -> None:
    """The citizen is told what became of their request, in place of what they were still to be told."""
    call_person(db, row.person, _about(row.id, "told"), event, now, once=True)


def came(db: sqlite3.Connection, member: str, desk: str, now: datetime) -> None:
    """A member came to a desk: they are told of who waits, and those who were told that nobody is there of them."""
    near = tuple(one for one in rows(db, "member is null") if one.desk in {"", desk})
    for row in near:
        if not is_person(db, member, row.person):
            call(db, member, _about(row.id, "call"), Called("request_waits", row.id), now)
    alone = db.execute("select id, person from requests where member is null and ended is null and alone").fetchall()
    for id, person in alone:
        if any(row.id == id for row in near):
            call_person(db, person, _about(id, "told"), Called("request_somebody", id), now, once=True)
            db.execute("update requests set alone = 0 where id = ?", (id,))


def ended(db: sqlite3.Connection, member: Member, now: datetime) -> None:
    """A member has a post less: whom they help and may help no longer waits again."""
    for row in rows(db, "member = ?", member.id):
        if not (may(member, "help", row.desk) if row.desk else may_somewhere(member, "help")):
            to_queue(db, row, now)


def parted(db: sqlite3.Connection, person: str, now: datetime) -> None:
    """A person leaves, or is about to be erased: what they asked for is over, whom they help waits again."""
    for row in rows(db, "person = ?", person):
        close(db, row, "erased", now)
    for row in rows(db, "member in (select id from members where person = ?)", person):
        to_queue(db, row, now)
    db.execute("delete from requests where person = ?", (person,))


def let_go(db: sqlite3.Connection, now: datetime) -> int:
    """End what nobody was there to end: the citizen's channel is none that we write to. How many there were."""
    with writing(db):
        old = rows(db, "until < ?", moment(now - FORGOTTEN))
        for row in old:
            close(db, row, "day" if row.member is None else "silent", now)
        db.execute("delete from requests where ended < ?", (moment(now - FORGOTTEN),))
    return len(old)


def _about(id: str, clock: str) -> str:
    return f"request-{id}-{clock}"


def is_person(db: sqlite3.Connection, member: str, person: str) -> bool:
    """Whether that member is that person."""
    return db.execute("select 1 from members where id = ? and person = ?", (member, person)).fetchone() is not None


def _is_trial(db: sqlite3.Connection, person: str) -> bool:
    found = db.execute("select 1 from addresses where person = ? and channel = 'terminal'", (person,)).fetchone()
    return found is not None
