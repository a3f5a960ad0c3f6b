"""The office in SQLite: what a turn reads of it, and the deeds that are done in the turn's own transaction."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import assert_never

from bot.store.office import people, roster
from flows.office import Deed
from flows.office import people as _people
from flows.office import roster as _roster


class Reading:
    """An Office as it is at this moment of a transaction, for one person; None is somebody who has not come before."""

    def __init__(self, db: sqlite3.Connection, person: str | None, now: datetime) -> None:
        self.people = people.Reading(db, person, now)
        self.roster = roster.Reading(db, person, now)


def do(db: sqlite3.Connection, person: str, now: datetime, deed: Deed) -> None:
    """Do what a person's turn asks for; NotAllowed, and the whole turn undone, when they may not."""
    if isinstance(deed, _people.Deed):
        people.do(db, person, now, deed)
    elif isinstance(deed, _roster.Deed):
        roster.do(db, person, now, deed)
    else:
        assert_never(deed)
