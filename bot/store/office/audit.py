"""What was done about who works here, kept by the names of their work: written with each deed, never changed."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.store.transaction import moment
from flows.office.people import Doing, Entry, Post


def noted(
    db: sqlite3.Connection, at: datetime, doing: Doing, actor: str, about: str, post: Post, why: str = ""
) -> None:
    """Write a line, in a transaction that is open."""
    db.execute(
        "insert into audit (at, act, actor, about, role, desk, why) values (?, ?, ?, ?, ?, ?, ?)",
        (moment(at), doing, actor, about, post.role, post.desk, why),
    )


def entries(db: sqlite3.Connection, desks: tuple[str, ...] | None, skip: int, limit: int) -> tuple[Entry, ...]:
    """Lines about posts at those desks, or all of them, the latest first."""
    marks = ", ".join("?" for _ in desks or ())
    where = "" if desks is None else f"where desk in ({marks})"
    rows = db.execute(
        f"select at, act, actor, about, role, desk, why from audit {where} order by number desc limit ? offset ?",  # noqa: S608 -- only question marks
        (*(desks or ()), limit, skip),
    )
    return tuple(
        Entry(datetime.fromisoformat(at), doing, actor, about, Post(role, desk), why)
        for at, doing, actor, about, role, desk, why in rows
    )
