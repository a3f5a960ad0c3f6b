"""Asking for a person, in SQLite: the deeds of citizens and volunteers."""

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
from bot.store.office.requests import Reading, last_question, may_help, member_by_id
from bot.store.transaction import moment
from flows.events import Called
from flows.office.requests import (
    Ask,
    CloseRequest,
    Deed,
    ForgetRequest,
    HandBack,
    HandOn,
    ReadLines,
    SayLine,
    Side,
    TakeRequest,
)

LINES: Final = 12
"""Lines of one talk that are kept at most, and only until it is over."""


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
    question = last_question(db, person) if ask.shown else ""
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
    if member is None or row is None or not may_help(member, row.desk):
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
    member = member_by_id(db, to)
    if member is None or not may_help(member, row.desk) or queue.rows(db, "member = ?", to):
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
    if row is None or member is None or row.member != member.id or not may_help(member, row.desk):
        raise NotAllowed("a request that somebody else has")
    return row
