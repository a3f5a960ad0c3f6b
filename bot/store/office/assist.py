"""Help at a desk, in SQLite: who may give it, and the tickets by which those who were helped rate it once.

A ticket lies among the lists that are kept under a code: it is looked up, guarded against guessing and let go like one.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.store import NotAllowed
from bot.store.office.people import allowed
from flows.office.assist import Deed, Help, Rate
from flows.turn import VIETNAM


class Reading:
    """Assist, at this moment."""

    def __init__(self, db: sqlite3.Connection, now: datetime) -> None:
        self._db = db
        self._today = now.astimezone(VIETNAM).date().isoformat()

    def is_open(self, code: str) -> bool:
        """As Assist.is_open."""
        row = self._db.execute("select 1 from carried where code = ? and until >= ?", (code, self._today)).fetchone()
        return row is not None


def do(db: sqlite3.Connection, person: str, now: datetime, deed: Deed) -> None:
    """Do a deed of this part of the office, in a transaction that is open."""
    match deed:
        case Help(desk):
            allowed(db, person, "help", desk)
        case Rate(code):
            if not Reading(db, now).is_open(code):
                raise NotAllowed("rate: the ticket is used or over")
            db.execute("delete from carried where code = ?", (code,))
