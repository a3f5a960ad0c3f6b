"""How every call of the store writes: all of it or nothing, and moments as text that sorts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

Work = Callable[[sqlite3.Connection], object]
"""One call of the store."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What one of several works raised; nothing of it is kept, everything of those beside it."""

    error: BaseException


@contextmanager
def writing(db: sqlite3.Connection) -> Iterator[None]:
    """A transaction with the write lock from its start, or a part of the one that is open.

    It is undone by whatever is raised inside; a part by itself.
    """
    begin, end, undo = _PART if db.in_transaction else _WHOLE
    db.execute(begin)
    try:
        yield
        db.execute(end)
    except BaseException:
        if db.in_transaction:  # SQLite has rolled back by itself when the disk is full
            for statement in undo:
                db.execute(statement)
        raise


_WHOLE: Final = ("begin immediate", "commit", ("rollback",))
_PART: Final = ("savepoint part", "release part", ("rollback to part", "release part"))


def together(db: sqlite3.Connection, works: Sequence[Work]) -> Sequence[object]:
    """Several works in one transaction: what each gives, or `Undone`. Raises what undid them all.

    One commit costs as much as the rest of a turn, so those who wait at the same time share one.
    """
    if len(works) == 1:
        return [works[0](db)]
    gave: list[object] = []
    with writing(db):
        for work in works:
            try:
                gave.append(work(db))
            except BaseException as error:
                if not db.in_transaction:
                    raise
                gave.append(Undone(error))
    return gave


@lru_cache(maxsize=16)
def day(moment: datetime) -> str:
    """The day of an aware moment, in UTC."""
    return moment.astimezone(UTC).date().isoformat()


@lru_cache(maxsize=16)
def moment(at: datetime) -> str:
    """An aware moment, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
