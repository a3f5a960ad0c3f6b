"""How every call of the store writes: all of it or nothing, and moments as text that sorts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


@contextmanager
def writing(db: sqlite3.Connection) -> Iterator[None]:
    """One transaction with the write lock from its start; undone by whatever is raised inside."""
    db.execute("begin immediate")
    try:
        yield
        if db.in_transaction:  # else the caller has already undone it
            db.execute("commit")
    except BaseException:
        if db.in_transaction:  # SQLite has rolled back by itself when the disk is full
            db.execute("rollback")
        raise


def day(moment: datetime) -> str:
    """The day of an aware moment, in UTC."""
    return moment.astimezone(UTC).date().isoformat()


def moment(at: datetime) -> str:
    """An aware moment, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
