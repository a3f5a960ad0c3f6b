"""Asking for a person, in SQLite: what a turn reads of it, and the deeds of citizens and volunteers."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Final, assert_never

from bot import privacy
from bot.store import NotAllowed
from bot.store.office import queue
from bot.store.office.calling import call
from bot.store.office.people import member_of
from bot.store.office.queue import Row
from bot.store.transaction import moment
from flows.events import Called
from flows.office.people import Member, may, may_somewhere
from flows.office.requests import (
    Ask,
    CloseRequest,
    Deed,
    ForgetRequest,
    HandBack,
    HandOn,
    ReadLines,
    Request,
    SayLine,
    Side,
    Spoken,
    TakeRequest,
)

LINES: Final = 12
"""Lines of one talk that are kept at most, and only until it is over."""

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
        return tuple(one for one in found if _may_help(me, one.desk))

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
        free = (_member(self._db, member) for member, _, _ in queue.free_on_duty(self._db, self._now))
        others = (one for one in free if one is not None and one.id != me.id and _may_help(one, row.desk))
        return tuple(one for one in others if not queue.is_person(self._db, one.id, row.person))

    def last_question(self) -> str:
        """As Requests.last_question."""
        return _last_question(self._db, self._person or "")

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
            member=None if member is None else _member(self._db, member),
            ended=ended is not None,
            unread=unread,
        )


def do(db: sqlite3.Connection, person: str, now: datetime, deed: Deed) -> None:
    """Do a deed of this part of the office, in a transaction that is open."""
    match deed:
        case Ask():
            _ask(db, person, now, deed)
        case TakeRequest(id):
            _take(db, person, now, id)
        case SayLine(id, text):
            _say(db, person, now, id, text)
        case ReadLines(id):
            _, side = _of(db, person, id)
            db.execute("update request_lines set new = 0 where request = ? and side <> ?", (id, side))
        case HandBack(id):
            queue.to_queue(db, _served(db, person, id), now)
        case HandOn(id, member):
            _hand_on(db, _served(db, person, id), member, now)
        case CloseRequest(id, how):
            row, side = _of(db, person, id)
            if (side == "member") != (how == "member"):
                raise NotAllowed(f"end a request as {how}: it is another's to say")
            queue.close(db, row, how, now)
        case ForgetRequest(id):
            db.execute("delete from requests where id = ? and person = ? and ended is not null", (id, person))
        case _:
            assert_never(deed)


def _ask(db: sqlite3.Connection, person: str, now: datetime, ask: Ask) -> None:
    """Wait in the queue; whoever waits already does not wait twice."""
    if queue.rows(db, "person = ?", person):
        return
    db.execute("delete from requests where person = ?", (person,))
    question = _last_question(db, person) if ask.shown else ""
    story = ask.story if ask.shown else ""
    alone = Reading(db, person, now).on_duty(ask.desk) == 0
    db.execute(
        "insert into requests (id, person, desk, language, guide, shown, story, question, asked, until, alone)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(ask.id, person, ask.desk, ask.language, ask.guide if ask.shown else "", ask.shown, story, question),
            *(moment(now), moment(ask.until), alone),
        ),
    )
    (row,) = queue.rows(db, "id = ?", ask.id)
    queue.wait(db, row, now)


def _take(db: sqlite3.Connection, person: str, now: datetime, id: str) -> None:
    member, row = member_of(db, person), queue.one(db, id)
    if member is None or row is None or not _may_help(member, row.desk):
        raise NotAllowed("help somebody who waits: not at this desk")
    if row.member is not None or row.person == person:
        raise NotAllowed("help somebody who waits: they wait no more")
    if queue.rows(db, "member = ?", member.id):
        raise NotAllowed("help somebody who waits: one at a time")
    queue.give(db, row, member.id, now)
    queue.told(db, row, Called("request_taken", id), now)


def _say(db: sqlite3.Connection, person: str, now: datetime, id: str, text: str) -> None:
    row, side = _of(db, person, id)
    db.execute(
        "insert into request_lines (request, side, body, new) values (?, ?, ?, 1)", (id, side, privacy.masked(text))
    )
    db.execute(
        "delete from request_lines where request = ?1 and number not in"
        " (select number from request_lines where request = ?1 order by number desc limit ?2)",
        (id, LINES),
    )
    if side == "member":
        queue.awaits_citizen(db, row, now)
    elif row.member is not None:
        queue.awaits_member(db, id, row.member, now)
    queue.said(db, row, side, now)


def _hand_on(db: sqlite3.Connection, row: Row, to: str, now: datetime) -> None:
    member = _member(db, to)
    if member is None or not _may_help(member, row.desk) or queue.rows(db, "member = ?", to):
        raise NotAllowed("hand somebody on: the colleague may not help here, or helps somebody else")
    queue.hidden(db, row)
    queue.give(db, row, to, now)
    call(db, to, f"request-{row.id}-call", Called("request_given", row.id), now)
    queue.told(db, row, Called("request_moved", row.id), now)


def _of(db: sqlite3.Connection, person: str, id: str) -> tuple[Row, Side]:
    """The request and on which side of it somebody is; NotAllowed for everybody else."""
    row = queue.one(db, id)
    if row is not None and row.person == person:
        return row, "citizen"
    return _served(db, person, id), "member"


def _served(db: sqlite3.Connection, person: str, id: str) -> Row:
    """The request that a volunteer has, and may help with; NotAllowed when it is not theirs."""
    row, member = queue.one(db, id), member_of(db, person)
    if row is None or member is None or row.member != member.id or not _may_help(member, row.desk):
        raise NotAllowed("a request that somebody else has")
    return row


def _may_help(member: Member | None, desk: str) -> bool:
    """Whether somebody may help those who wait for a desk; who waits for any may be helped by all."""
    return may(member, "help", desk) if desk else may_somewhere(member, "help")


def _member(db: sqlite3.Connection, id: str) -> Member | None:
    row = db.execute("select person from members where id = ?", (id,)).fetchone()
    return None if row is None else member_of(db, row[0])


def _last_question(db: sqlite3.Connection, person: str) -> str:
    row = db.execute(
        "select json_extract(body, '$.text') from facts where person = ? and kind = 'asked'"
        " order by number desc limit 1",
        (person,),
    ).fetchone()
    return "" if row is None else str(row[0])
