"""Invitations in SQLite: made, found by their code or id, answered once. Of a code only its print is kept."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.store import StoreBusy
from bot.store.transaction import moment, writing
from flows.office.people import Invitation, Invite, Post, State

KEPT: Final = timedelta(days=30)
"""After its last day an invitation still says what became of it, to whoever tries it again; then it is forgotten."""

_INVITATIONS: Final = "select id, role, desk, called, until, outcome, inviter, taker from invitations"


@dataclass(frozen=True, slots=True)
class Row:
    """An invitation with the members (ids) who made it and took it up; no inviter is whoever runs the machine."""

    invitation: Invitation
    inviter: str | None
    taker: str | None


def make(db: sqlite3.Connection, inviter: str, now: datetime, invite: Invite) -> None:
    """Keep a new invitation; StoreBusy, and the turn undone, when that code is taken."""
    post = invite.post
    made = db.execute(
        "insert or ignore into invitations (id, print, role, desk, called, inviter, until)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        (
            secrets.token_hex(4),
            _print(invite.code),
            post.role,
            post.desk,
            invite.called,
            inviter or None,
            moment(now + invite.lasts),
        ),
    )
    if made.rowcount == 0:
        raise StoreBusy("Mã mời vừa rút đã có người dùng; xin thử lại.")


def by_code(db: sqlite3.Connection, code: str, now: datetime) -> Row | None:
    """The invitation of that code."""
    return next(_rows(db, now, "where print = ?", _print(code)), None)


def by_id(db: sqlite3.Connection, id: str, now: datetime) -> Row | None:
    """The invitation of that id."""
    return next(_rows(db, now, "where id = ?", id), None)


def unanswered(db: sqlite3.Connection, now: datetime) -> tuple[Row, ...]:
    """Those that can be taken up, the one that ends first before the others."""
    return tuple(_rows(db, now, "where outcome is null and until > ? order by until, id", moment(now)))


def answer(db: sqlite3.Connection, id: str, outcome: State, taker: str | None) -> None:
    """It was taken up or taken back, and nothing can come of it any more."""
    db.execute("update invitations set outcome = ?, taker = ? where id = ?", (outcome, taker, id))


def first_knock(db: sqlite3.Connection, id: str, now: datetime) -> bool:
    """Whether it is now that one which is no longer good was tried for the first time."""
    row = (moment(now), id)
    return db.execute("update invitations set knocked = ? where id = ? and knocked is null", row).rowcount > 0


def let_go(db: sqlite3.Connection, now: datetime) -> int:
    """Delete those whose last day has long passed; how many there were."""
    with writing(db):
        return db.execute("delete from invitations where until < ?", (moment(now - KEPT),)).rowcount


def _print(code: str) -> str:
    """Of 5e16 codes, each good for a few days, none is found from this in time."""
    return hashlib.sha256(code.encode()).hexdigest()


def _rows(db: sqlite3.Connection, now: datetime, rest: str, *values: str) -> Iterator[Row]:
    for id, role, desk, called, until, outcome, inviter, taker in db.execute(f"{_INVITATIONS} {rest}", values):
        ends = datetime.fromisoformat(until)
        state: State = outcome or ("open" if ends > now else "over")
        yield Row(Invitation(id, Post(role, desk), called, ends, state), inviter, taker)
