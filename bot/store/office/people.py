"""Who works here, in SQLite: members and their posts, invitations, and what was done to either."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import datetime

from bot.store import NotAllowed
from bot.store.transaction import moment
from flows.office.people import Act, Deed, Invitation, Join, Member, Post, may


class Reading:
    """People, as one person sees them."""

    def __init__(self, db: sqlite3.Connection, person: str | None, now: datetime) -> None:
        self._db = db
        self._person = person
        self._now = now

    def me(self) -> Member | None:
        """As People.me."""
        return None if self._person is None else member_of(self._db, self._person)

    def invitation(self, code: str) -> Invitation | None:
        """As People.invitation."""
        return _invitation(self._db, code, self._now)


def member_of(db: sqlite3.Connection, person: str) -> Member | None:
    """The member that a person is; None when they have no post (any more)."""
    rows = db.execute(
        "select m.id, m.called, p.role, p.desk from members m join posts p on p.member = m.id where m.person = ?"
        " order by p.desk, p.role",
        (person,),
    ).fetchall()
    return Member(rows[0][0], rows[0][1], tuple(Post(role, desk) for _, _, role, desk in rows)) if rows else None


def allowed(db: sqlite3.Connection, person: str, act: Act, desk: str) -> Member:
    """The member that a person is; NotAllowed unless they may do this at that desk."""
    member = member_of(db, person)
    if member is None or not may(member, act, desk):
        raise NotAllowed(f"{act} at {desk or 'every desk'}")
    return member


def do(db: sqlite3.Connection, person: str, now: datetime, deed: Deed) -> None:
    """Do a deed of this part of the office, in a transaction that is open."""
    match deed:
        case Join(code):
            _join(db, person, now, code)


def _invitation(db: sqlite3.Connection, code: str, now: datetime) -> Invitation | None:
    row = db.execute(
        "select role, desk, called, until from invitations where code = ? and ended is null and until > ?",
        (code, moment(now)),
    ).fetchone()
    return None if row is None else Invitation(Post(row[0], row[1]), row[2], datetime.fromisoformat(row[3]))


def _join(db: sqlite3.Connection, person: str, now: datetime, code: str) -> None:
    invitation = _invitation(db, code, now)
    if invitation is None:
        raise NotAllowed("join: the invitation is used, ended or over")
    at = moment(now)
    db.execute("update invitations set ended = ? where code = ?", (at, code))
    db.execute(
        "insert into members (id, person, called, since) values (?, ?, ?, ?) on conflict (person) do nothing",
        (secrets.token_hex(4), person, invitation.called, at),
    )
    db.execute(
        "insert into posts (member, role, desk, since) select id, ?, ?, ? from members where person = ?"
        " on conflict do nothing",
        (invitation.post.role, invitation.post.desk, at, person),
    )
