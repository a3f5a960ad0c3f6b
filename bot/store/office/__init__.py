"""The office in SQLite: what a turn reads of it, and the deeds that are done in the turn's own transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Final, assert_never

from bot.store.office import assist, letters, people, practice, queue, relay, requests, roster
from flows.office import Deed
from flows.office import assist as _assist
from flows.office import letters as _letters
from flows.office import people as _people
from flows.office import practice as _practice
from flows.office import requests as _requests
from flows.office import roster as _roster
from flows.office.people import Member

ENDED: Final[tuple[Callable[[sqlite3.Connection, Member, datetime], None], ...]] = (roster.ended, queue.ended)
"""What each part of the office does once a member has a post less: `member.posts` are those that are left, none when
the member is gone. It lets go of what the member held and may hold no longer, in the transaction that is open."""


class Reading:
    """An Office as it is at this moment of a transaction, for one person; None is somebody who has not come before."""

    def __init__(self, db: sqlite3.Connection, person: str | None, now: datetime) -> None:
        self.people = people.Reading(db, person, now)
        self.roster = roster.Reading(db, person, now)
        self.requests = requests.Reading(db, person, now)
        self.assist = assist.Reading(db, now)
        self.letters = letters.Reading(db, person, now)
        self.practice = practice.Reading(db, person, now)


def do(db: sqlite3.Connection, person: str, now: datetime, deed: Deed) -> None:
    """Do what a person's turn asks for; NotAllowed, and the whole turn undone, when they may not."""
    if isinstance(deed, _people.Deed):
        _let_go_of(db, people.do(db, person, now, deed), now)
    elif isinstance(deed, _roster.Deed):
        roster.do(db, person, now, deed)
    elif isinstance(deed, _assist.Deed):
        assist.do(db, person, now, deed)
    elif isinstance(deed, _requests.Deed):
        relay.do(db, person, now, deed)
    elif isinstance(deed, _letters.Deed):
        letters.do(db, person, now, deed)
    elif isinstance(deed, _practice.Deed):
        practice.do(db, person, now, deed)
    else:
        assert_never(deed)


def erased(db: sqlite3.Connection, person: str, now: datetime) -> None:
    """A person is about to be erased, with all that hangs on them; where they work here, the others go on."""
    queue.parted(db, person, now)
    _let_go_of(db, people.erased(db, person, now), now)


def _let_go_of(db: sqlite3.Connection, member: Member | None, now: datetime) -> None:
    if member is not None:
        for ended in ENDED:
            ended(db, member, now)
