"""Names of work in SQLite: whether two people who would meet are called the same, as somebody types it in a hurry."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.privacy import masked
from bot.store.office import invitations
from flows.office.people import EVERYWHERE, Member, Post, cleaned_name
from knowledge.vietnamese import fold


def inviting(db: sqlite3.Connection, called: str, post: Post, now: datetime) -> str:
    """How a member is called, or somebody invited, who has that name where the post is."""
    there = (row.invitation for row in invitations.unanswered(db, now))
    waiting = (one.called for one in there if _meet(one.post.desk, post.desk))
    return _same(called, (*_members(db, post), *waiting))


def joining(db: sqlite3.Connection, called: str, post: Post, me: Member | None) -> str:
    """How a member other than I is called who has that name where the post is."""
    return _same(called, _members(db, post, "" if me is None else me.id))


def renamed(db: sqlite3.Connection, one: Member, called: str, now: datetime) -> bool:
    """Let a member be called so; False where that is no name, or somebody else's where they work."""
    if cleaned_name(called) != called or not called or masked(called) != called:
        return False
    if fold(called) != fold(one.called) and any(inviting(db, called, post, now) for post in one.posts):
        return False
    return db.execute("update members set called = ? where id = ?", (called, one.id)).rowcount > 0


def _members(db: sqlite3.Connection, post: Post, but: str = "") -> Iterator[str]:
    rows = db.execute(
        "select m.called, p.desk from members m join posts p on p.member = m.id where m.id <> ? order by m.called",
        (but,),
    )
    yield from (name for name, desk in rows if _meet(desk, post.desk))


def _same(called: str, others: Iterable[str]) -> str:
    return next((other for other in others if fold(other) == fold(called)), "")


def _meet(one: str, other: str) -> bool:
    return one == other or EVERYWHERE in {one, other}
