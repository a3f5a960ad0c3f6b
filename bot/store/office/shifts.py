"""Shifts as rows, and the members of a desk: what the roster reads before it changes anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from bot.store.office.people import member_of
from flows.office.people import Member, may
from flows.office.roster import Shift

_SHIFTS: Final = "select id, desk, begins, ends, member, offered, before from shifts"


def shift(db: sqlite3.Connection, id: str) -> Shift | None:
    """The shift of that id."""
    found = shifts(db, "where id = ?", id)
    return found[0] if found else None


def team(db: sqlite3.Connection, desk: str) -> tuple[Member, ...]:
    """Who may help at a desk, by name."""
    keys = db.execute(
        "select distinct m.id from members m join posts p on p.member = m.id where p.desk in ('', ?) order by m.called",
        (desk,),
    ).fetchall()
    return tuple(member for member in members(db, [id for (id,) in keys]) if may(member, "help", desk))


def members(db: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Member]:
    for id in ids:
        row = db.execute("select person from members where id = ?", (id,)).fetchone()
        member = None if row is None else member_of(db, row[0])
        if member is not None:
            yield member


def shifts(db: sqlite3.Connection, where: str, *values: str) -> tuple[Shift, ...]:
    rows = db.execute(f"{_SHIFTS} {where} order by id", values).fetchall()
    found = (_shift(db, *row) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.begins, one.ends, one.member is None, _called(one))))


def _called(one: Shift) -> str:
    return "" if one.member is None else one.member.called


def _shift(
    db: sqlite3.Connection, id: str, desk: str, begins: str, ends: str, member: str | None, offered: int, before: str
) -> Shift:
    whose, was = (next(members(db, (one,)), None) if one else None for one in (member, before))
    return Shift(
        id,
        desk,
        datetime.fromisoformat(begins),
        datetime.fromisoformat(ends),
        whose,
        "free" if whose is None else "offered" if offered else "held",
        was,
    )
