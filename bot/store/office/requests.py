"""Asking for a person, in SQLite: what a turn reads of it."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Final

from bot.store.office import queue
from bot.store.office.people import member_of
from bot.store.transaction import moment
from flows.office.people import Member, may, may_somewhere
from flows.office.requests import Request, Side, Spoken

_COLUMNS: Final = (
    "id, coalesce(nullif(served, ''), desk), language, guide, shown, story, question, asked, until, first, member,"
    " ended,"
    " (select count(*) from request_lines l where l.request = r.id and l.new and l.side <> ?)"
)


class Reading:
    """Requests, as one person sees them."""

    taken_here = True

    def __init__(self, db: sqlite3.Connection, person: str | None, now: datetime) -> None:
        self._db = db
        self._person = person
        self._now = now

    def mine(self) -> Request | None:
        """As Requests.mine."""
        return next(iter(self._found("citizen", "r.person = ?", self._person or "")), None)

    def serving(self) -> Request | None:
        """As Requests.serving."""
        me = self._me()
        return (
            None if me is None else next(iter(self._found("member", "r.ended is null and r.member = ?", me.id)), None)
        )

    def waiting(self) -> tuple[Request, ...]:
        """As Requests.waiting."""
        me = self._me()
        found = self._found("member", "r.ended is null and r.member is null and r.person <> ?", self._person or "")
        return tuple(one for one in found if may_help(me, one.desk))

    def place(self, id: str, desk: str) -> int:
        """As Requests.place."""
        waiting = [one.id for one in queue.rows(self._db, "member is null") if desk in {"", one.desk} or not one.desk]
        return 1 + (waiting.index(id) if id in waiting else len(waiting))

    def on_duty(self, desk: str) -> int:
        """As Requests.on_duty."""
        (count,) = self._db.execute(
            "select count(*) from presences where went is null and until > ? and ? in ('', desk)",
            (moment(self._now), desk),
        ).fetchone()
        return int(count)

    def lines(self, id: str) -> tuple[Spoken, ...]:
        """As Requests.lines."""
        rows = self._db.execute("select side, body, new from request_lines where request = ? order by number", (id,))
        return tuple(Spoken(side, body, bool(new)) for side, body, new in rows)

    def colleagues(self, id: str) -> tuple[Member, ...]:
        """As Requests.colleagues."""
        row, me = queue.one(self._db, id), self._me()
        if row is None or me is None:
            return ()
        free = (member_by_id(self._db, member) for member, _, _ in queue.free_on_duty(self._db, self._now))
        others = (one for one in free if one is not None and one.id != me.id and may_help(one, row.desk))
        return tuple(one for one in others if not queue.is_person(self._db, one.id, row.person))

    def last_question(self) -> str:
        """As Requests.last_question."""
        return last_question(self._db, self._person or "")

    def _me(self) -> Member | None:
        return None if self._person is None else member_of(self._db, self._person)

    def _found(self, to: Side, where: str, value: str) -> tuple[Request, ...]:
        rows = self._db.execute(
            f"select {_COLUMNS} from requests r where {where} order by r.asked, r.rowid",  # noqa: S608 -- ours
            (to, value),
        ).fetchall()
        return tuple(self._request(*row) for row in rows)

    def _request(
        self,
        id: str,
        desk: str,
        language: str,
        guide: str,
        shown: int,
        story: str,
        question: str,
        asked: str,
        until: str,
        first: str | None,
        member: str | None,
        ended: str | None,
        unread: int,
    ) -> Request:
        return Request(
            id=id,
            desk=desk,
            language=language,
            guide=guide,
            shown=bool(shown),
            story=story,
            question=question,
            asked=datetime.fromisoformat(asked),
            until=datetime.fromisoformat(until),
            first=None if first is None else datetime.fromisoformat(first),
            member=None if member is None else member_by_id(self._db, member),
            ended=ended is not None,
            unread=unread,
        )


def may_help(member: Member | None, desk: str) -> bool:
    """Whether somebody may help those who wait for a desk; who waits for any may be helped by all."""
    return may(member, "help", desk) if desk else may_somewhere(member, "help")


def member_by_id(db: sqlite3.Connection, id: str) -> Member | None:
    row = db.execute("select person from members where id = ?", (id,)).fetchone()
    return None if row is None else member_of(db, row[0])


def last_question(db: sqlite3.Connection, person: str) -> str:
    row = db.execute(
        "select json_extract(body, '$.text') from facts where person = ? and kind = 'asked'"
        " order by number desc limit 1",
        (person,),
    ).fetchone()
    return "" if row is None else str(row[0])
