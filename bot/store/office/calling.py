"""How a deed lets something happen to members: now or later, and how it is called off."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.store.transaction import moment
from flows import events
from flows.events import Called


def call(db: sqlite3.Connection, member: str, about: str, event: Called, at: datetime, *, once: bool = False) -> None:
    """Let an event happen to a member at a moment; `once`: in place of what waits to happen to them of the same."""
    row = db.execute("select person from members where id = ?", (member,)).fetchone()
    if row is not None:
        call_person(db, row[0], about, event, at, once=once)


def call_person(
    db: sqlite3.Connection, person: str, about: str, event: Called, at: datetime, *, once: bool = False
) -> None:
    """As `call`, for anybody."""
    if once:
        db.execute("delete from reminders where person = ? and about = ?", (person, about))
    db.execute(
        "insert into reminders (person, about, event, at) values (?, ?, ?, ?)",
        (person, about, events.dump(event), moment(at)),
    )


def call_off(db: sqlite3.Connection, about: str) -> None:
    """Let nothing happen any more that is about this."""
    db.execute("delete from reminders where about = ?", (about,))
