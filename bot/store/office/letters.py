"""Letters in SQLite: those that wait for the desk lead, and what was decided; none leads to the name of a citizen."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, assert_never

from bot.privacy import masked
from bot.store import NotAllowed
from bot.store.office.calling import call, call_person
from bot.store.office.people import allowed, member_of
from bot.store.transaction import moment
from flows.events import Called
from flows.office.letters import LONGEST_REASON, Approve, Deed, Draft, Letter, Propose, Refuse, Take
from flows.office.people import EVERYWHERE, may

_COLUMNS: Final = (
    "select l.id, l.letter, l.desk, l.guide, l.new_day, l.handed_in, l.late_since, l.state, l.asked,"
    " case when l.at_desk then m.called end, l.day, l.reason, l.person, l.at_desk"
    " from letters l left join members m on m.person = l.person "
)
AGAIN: Final = timedelta(days=30)
"""So long no second letter of the same kind about the same guide is written to one person."""

PRESSED_TWICE: Final = timedelta(minutes=3)
"""So long the same letter from the same hand at the desk is one: nobody is helped to the end so soon."""


class Reading:
    """Letters, as one person sees them."""

    def __init__(self, db: sqlite3.Connection, person: str | None, now: datetime) -> None:
        self._db = db
        self._person = person

    def waiting(self) -> tuple[Letter, ...]:
        """As Letters.waiting."""
        me = None if self._person is None else member_of(self._db, self._person)
        rows = self._db.execute(_COLUMNS + "where l.state = 'waiting' order by l.asked, l.id")
        return tuple(_letter(row) for row in rows if may(me, "lead", row[2]))

    def letter(self, id: str) -> Letter | None:
        """As Letters.letter."""
        row = _row(self._db, id)
        if row is None or self._person is None:
            return None
        mine = row[12] == self._person
        return _letter(row) if mine or may(member_of(self._db, self._person), "lead", row[2]) else None

    def ready(self) -> tuple[Letter, ...]:
        """As Letters.ready."""
        where = "where l.person = ? and l.state = 'approved' and l.at_desk order by l.asked, l.id"
        return tuple(map(_letter, self._db.execute(_COLUMNS + where, (self._person,))))

    def came(self) -> Letter | None:
        """As Letters.came."""
        where = "where l.person = ? and l.state = 'approved' and not l.at_desk order by l.asked desc, l.id limit 1"
        row = self._db.execute(_COLUMNS + where, (self._person,)).fetchone()
        return None if row is None else _letter(row)


def do(db: sqlite3.Connection, person: str, now: datetime, deed: Deed) -> None:
    """Do a deed of this part of the office, in a transaction that is open."""
    match deed:
        case Propose():
            _propose(db, person, now, deed)
        case Approve():
            _approve(db, person, now, deed)
        case Refuse(id, reason):
            _decided(db, person, id, "refused")
            db.execute("update letters set reason = ? where id = ?", (masked(reason)[:LONGEST_REASON], id))
            _tell(db, id, "letter_refused", now)
        case Take(id):
            _take(db, person, id)
        case _:
            assert_never(deed)


def _propose(db: sqlite3.Connection, person: str, now: datetime, deed: Propose) -> None:
    draft = deed.draft
    if deed.at_desk:
        allowed(db, person, "help", draft.desk)
        if _twice(db, person, draft, now):
            return
    elif db.execute(
        "select 1 from letters where person = ? and letter = ? and guide = ? and not at_desk and asked > ?"
        " and state != 'refused'",
        (person, draft.letter, draft.guide, moment(now - AGAIN)),
    ).fetchone():
        return
    days = (_text(draft.new_day), _text(draft.handed_in), _text(draft.late_since))
    db.execute(
        "insert into letters (id, person, at_desk, letter, desk, guide, new_day, handed_in, late_since, state, asked)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)",
        (secrets.token_hex(4), person, deed.at_desk, draft.letter, draft.desk, draft.guide, *days, moment(now)),
    )
    for (lead,) in db.execute(
        "select member from posts where role = 'lead' and desk in (?, ?)", (draft.desk, EVERYWHERE)
    ).fetchall():
        call(db, lead, f"letters {draft.desk}", Called("letters_wait", draft.desk), now, once=True)


def _twice(db: sqlite3.Connection, person: str, draft: Draft, now: datetime) -> bool:
    """Whether the same letter of theirs was asked for a moment ago and waits: it was pressed once more."""
    days = (_text(draft.new_day), _text(draft.handed_in), _text(draft.late_since))
    found = db.execute(
        "select 1 from letters where person = ? and desk = ? and letter = ? and guide = ? and at_desk and asked > ?"
        " and state = 'waiting' and new_day is ? and handed_in is ? and late_since is ?",
        (person, draft.desk, draft.letter, draft.guide, moment(now - PRESSED_TWICE), *days),
    )
    return found.fetchone() is not None


def _approve(db: sqlite3.Connection, person: str, now: datetime, deed: Approve) -> None:
    row = _decided(db, person, deed.id, "approved")
    new_day = deed.new_day or row.draft.new_day
    if row.draft.late_since is not None and new_day is None:
        raise NotAllowed("approve: the letter promises no day")
    db.execute("update letters set day = ?, new_day = ? where id = ?", (deed.day.isoformat(), _text(new_day), deed.id))
    _tell(db, deed.id, "letter_came", now)


def _decided(db: sqlite3.Connection, person: str, id: str, state: str) -> Letter:
    """A waiting letter, decided by somebody who may; NotAllowed for another's, or one that waits no more."""
    row = _row(db, id)
    if row is None:
        raise NotAllowed("there is no such letter")
    allowed(db, person, "lead", row[2])
    changed = db.execute("update letters set state = ? where id = ? and state = 'waiting'", (state, id))
    if changed.rowcount == 0:
        raise NotAllowed("the letter is decided already")
    return _letter(row)


def _take(db: sqlite3.Connection, person: str, id: str) -> None:
    row = _row(db, id)
    if row is None or row[12] != person:
        raise NotAllowed("take: not a letter of theirs")
    allowed(db, person, "help", row[2])
    taken = db.execute("update letters set state = 'taken' where id = ? and state = 'approved' and at_desk", (id,))
    if taken.rowcount == 0:
        raise NotAllowed("take: the letter is not approved, or printed already")


def _tell(db: sqlite3.Connection, id: str, matter: Literal["letter_came", "letter_refused"], now: datetime) -> None:
    (person,) = db.execute("select person from letters where id = ?", (id,)).fetchone()
    call_person(db, person, f"letter {id}", Called(matter, id), now)


def _row(db: sqlite3.Connection, id: str) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = db.execute(_COLUMNS + "where l.id = ?", (id,)).fetchone()
    return row


def _letter(row: tuple[Any, ...]) -> Letter:
    id, letter, desk, guide, new_day, handed_in, late_since, state, asked, called, day, reason, _, _ = row
    draft = Draft(letter, desk, guide, _day(new_day), _day(handed_in), _day(late_since))
    return Letter(id, draft, state, datetime.fromisoformat(asked), called or "", _day(day), reason)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
