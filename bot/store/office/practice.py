"""Practice in SQLite: what came of cases, read from the facts, and quizzes with the answers to them."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, assert_never

from pydantic import TypeAdapter

from bot.store import NotAllowed
from bot.store.office.calling import call
from bot.store.office.people import allowed, member_of
from bot.store.transaction import moment
from flows import facts
from flows.events import Called
from flows.office.people import EVERYWHERE, RIGHTS, Member, may, may_somewhere
from flows.office.practice import POINTS, AnswerQuiz, CloseQuiz, Deed, Drill, JoinQuiz, OpenQuiz, Player, Quiz, Tried

SHOWN: Final = timedelta(days=7)
"""So long after its end a quiz is still shown."""
_QUIZ: Final = "select id, desk, begins, until, drills, closed from quizzes "
_HELPERS: Final = tuple(role for role, acts in RIGHTS.items() if "help" in acts)


@cache
def _drills() -> TypeAdapter[tuple[Drill, ...]]:
    """Built when first used: a start has nothing to read yet."""
    return TypeAdapter(tuple[Drill, ...])


class Reading:
    """Practice, as one person sees it."""

    def __init__(self, db: sqlite3.Connection, person: str | None, now: datetime) -> None:
        self._db = db
        self._person = person
        self._now = now

    def mine(self, limit: int) -> tuple[Tried, ...]:
        """As Practice.mine."""
        where = "person = ? and kind = 'practised' order by number desc limit ?"
        rows = self._db.execute(f"select body from facts where {where}", (self._person, limit))  # noqa: S608 -- fixed
        return tuple(one for (body,) in rows for one in _tried(body))

    def team(self, since: datetime) -> tuple[Tried, ...]:
        """As Practice.team."""
        me = None if self._person is None else member_of(self._db, self._person)
        rows = self._db.execute(
            "select f.number, f.body, p.desk from facts f"
            " join members m on m.person = f.person join posts p on p.member = m.id"
            " where f.kind = 'practised' and f.at >= ? order by f.number",
            (moment(since),),
        )
        theirs = {number: body for number, body, desk in rows if _leads(me, desk)}
        return tuple(one for body in theirs.values() for one in _tried(body))

    def quizzes(self) -> tuple[Quiz, ...]:
        """As Practice.quizzes."""
        me = None if self._person is None else member_of(self._db, self._person)
        where = "where until > ? order by begins desc, id"
        rows = self._db.execute(_QUIZ + where, (moment(self._now - SHOWN),))
        return tuple(_quiz(row) for row in rows if may(me, "help", row[1]))

    def quiz(self, id: str) -> Quiz | None:
        """As Practice.quiz."""
        me = None if self._person is None else member_of(self._db, self._person)
        found = quiz_of(self._db, id)
        return found if found is not None and may(me, "help", found.desk) else None

    def players(self, id: str) -> tuple[Player, ...]:
        """As Practice.players."""
        return _players(self._db, id)


def do(db: sqlite3.Connection, person: str, now: datetime, deed: Deed) -> None:
    """Do a deed of this part of the office, in a transaction that is open."""
    match deed:
        case OpenQuiz(desk, drills, until):
            me = allowed(db, person, "lead", desk)
            id = secrets.token_hex(4)
            row = (id, desk, moment(now), moment(until), _drills().dump_json(drills).decode())
            db.execute("insert into quizzes (id, desk, begins, until, drills) values (?, ?, ?, ?, ?)", row)
            _tell(db, (other for other in _team(db, desk) if other != me.id), Called("quiz_opened", id), now)
        case CloseQuiz(id):
            quiz = _running(db, id, now)
            allowed(db, person, "lead", quiz.desk)
            db.execute("update quizzes set closed = 1, until = ? where id = ?", (moment(now), id))
            _tell(db, (player.member for player in _players(db, id)), Called("quiz_closed", id), now)
        case JoinQuiz(id):
            me = allowed(db, person, "help", _running(db, id, now).desk)
            joined = (id, me.id, moment(now))
            db.execute("insert into quiz_players (quiz, member, since) values (?, ?, ?) on conflict do nothing", joined)
        case AnswerQuiz(id, nth, points):
            quiz = _running(db, id, now)
            _answer(db, allowed(db, person, "help", quiz.desk).id, quiz, nth, points, now)
        case _:
            assert_never(deed)


def _answer(db: sqlite3.Connection, member: str, quiz: Quiz, nth: int, points: int, now: datetime) -> None:
    if not db.execute("select 1 from quiz_players where quiz = ? and member = ?", (quiz.id, member)).fetchone():
        raise NotAllowed("answer: not in this quiz")
    if not (0 <= nth < len(quiz.drills) and 0 <= points <= POINTS):
        raise NotAllowed("answer: no such case")
    row = (quiz.id, member, nth, points, moment(now))
    # The first answer stands: a second talk of the same member may have been at the same case.
    db.execute(
        "insert into quiz_answers (quiz, member, nth, points, at) values (?, ?, ?, ?, ?) on conflict do nothing", row
    )


def _running(db: sqlite3.Connection, id: str, now: datetime) -> Quiz:
    quiz = quiz_of(db, id)
    if quiz is None or not quiz.open(now):
        raise NotAllowed("the quiz is over")
    return quiz


def quiz_of(db: sqlite3.Connection, id: str) -> Quiz | None:
    """The quiz of that id."""
    row = db.execute(_QUIZ + "where id = ?", (id,)).fetchone()
    return None if row is None else _quiz(row)


def _quiz(row: tuple[Any, ...]) -> Quiz:
    id, desk, begins, until, drills, closed = row
    return Quiz(
        id,
        desk,
        datetime.fromisoformat(begins),
        datetime.fromisoformat(until),
        _drills().validate_json(drills),
        bool(closed),
    )


def _players(db: sqlite3.Connection, id: str) -> tuple[Player, ...]:
    answers: dict[str, list[tuple[int, int]]] = {}
    last: dict[str, str] = {}
    for member, nth, points, at in db.execute(
        "select member, nth, points, at from quiz_answers where quiz = ? order by nth", (id,)
    ):
        answers.setdefault(member, []).append((nth, points))
        last[member] = max(at, last.get(member, at))
    rows = db.execute(
        "select m.id, m.called, p.since from quiz_players p join members m on m.id = p.member where p.quiz = ?"
        " order by p.since, m.id",
        (id,),
    )
    return tuple(
        Player(member, called, tuple(answers.get(member, ())), _seconds(since, last.get(member, since)))
        for member, called, since in rows
    )


def _seconds(since: str, until: str) -> int:
    return int((datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds())


def _team(db: sqlite3.Connection, desk: str) -> tuple[str, ...]:
    """The members who help at a desk."""
    rows = db.execute("select distinct member, role from posts where desk in (?, ?)", (desk, EVERYWHERE))
    return tuple(dict.fromkeys(member for member, role in rows if role in _HELPERS))


def _tell(db: sqlite3.Connection, members: Iterable[str], event: Called, now: datetime) -> None:
    for member in tuple(members):
        call(db, member, f"quiz {event.id}", event, now)


def _leads(me: Member | None, desk: str) -> bool:
    """Whether somebody leads where that post is; a post everywhere is at each desk that they lead."""
    return may(me, "lead", desk) or (desk == EVERYWHERE and may_somewhere(me, "lead"))


def _tried(body: str) -> tuple[Tried, ...]:
    fact = facts.load(body)
    return (Tried(fact.guide, fact.chosen, fact.right, fact.wrong),) if isinstance(fact, facts.Practised) else ()
