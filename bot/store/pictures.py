"""What the store says to SQLite of pictures: hung beside their person, opened only with a trace, erased in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime

from bot.store import SealedPicture, StoreBusy
from bot.store.transaction import moment, writing

SLICE = 50
"""Pictures erased in one transaction: half a megabyte each is overwritten."""


def hang(db: sqlite3.Connection, person: str, picture: SealedPicture) -> None:
    """Keep a picture, in a transaction that is open."""
    row = (picture.number, person, picture.guide, picture.document, moment(picture.until), picture.body)
    taken = db.execute(
        "insert or ignore into pictures (number, person, guide, document, until, body) values (?, ?, ?, ?, ?, ?)", row
    )
    if taken.rowcount == 0:
        raise StoreBusy("Số ảnh vừa rút đã có người dùng; xin thử lại.")


def erase(db: sqlite3.Connection, person: str, numbers: tuple[str, ...]) -> None:
    """Erase a person's pictures of those numbers, in a transaction that is open."""
    rows = [(number, person) for number in numbers]
    db.executemany("delete from pictures where number = ? and person = ?", rows)


def room(db: sqlite3.Connection) -> int:
    """Store.picture_room."""
    size: int = db.execute("select coalesce(sum(length(body)), 0) from pictures").fetchone()[0]
    return size


def kept(db: sqlite3.Connection, now: datetime) -> tuple[SealedPicture, ...]:
    """Store.pictures."""
    rows = db.execute(
        "select number, guide, document, until from pictures where until > ? order by until", (moment(now),)
    )
    return tuple(
        SealedPicture(number, guide, document, datetime.fromisoformat(until), b"")
        for number, guide, document, until in rows
    )


def opened(
    db: sqlite3.Connection, number: str, now: datetime, seen: Callable[[SealedPicture], str]
) -> SealedPicture | None:
    """Store.open_picture."""
    with writing(db):
        row = db.execute(
            "select person, guide, document, until, body from pictures where number = ? and until > ?",
            (number, moment(now)),
        ).fetchone()
        if row is None:
            return None
        person, guide, document, until, body = row
        picture = SealedPicture(number, guide, document, datetime.fromisoformat(until), body)
        db.execute("insert into facts (at, person, body) values (?, ?, ?)", (moment(now), person, seen(picture)))
        return picture


def let_go(db: sqlite3.Connection, now: datetime) -> int:
    """Delete a slice of the pictures whose time is over; how many there were."""
    old = db.execute("select number from pictures where until <= ? limit ?", (moment(now), SLICE)).fetchall()
    if old:
        with writing(db):
            db.executemany("delete from pictures where number = ?", old)
    return len(old)
