"""How the database came to its present shape: every step ever taken, in order. A released step is never edited."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number (PRAGMA user_version after it), a sentence that says it, and its statements."""

    number: int
    says: str
    statements: tuple[str, ...]


APPLICATION = 0x74687475
"""PRAGMA application_id, "thtu": tells our file from another program's."""

MIGRATIONS = (
    Migration(
        1,
        "Keep people, how to reach them, their talks, what arrived, facts, and messages to deliver",
        (
            f"pragma application_id = {APPLICATION}",
            # A person is a random key. Everything else hangs on it, so that erasing is deleting one row.
            """create table people (
                id text primary key,
                day text not null
            ) without rowid""",
            """create table addresses (
                channel text not null,
                id text not null,
                person text not null references people on delete cascade,
                primary key (channel, id)
            ) without rowid""",
            "create index addresses_person on addresses (person)",
            # Days, not moments: enough for pruning, an index that changes once a day, and less known about a person.
            """create table talks (
                person text primary key references people on delete cascade,
                day text not null,
                talk text not null
            )""",
            "create index talks_day on talks (day)",
            """create table arrivals (
                person text not null references people on delete cascade,
                id text not null,
                day text not null,
                primary key (person, id)
            ) without rowid""",
            "create index arrivals_day on arrivals (day)",
            # autoincrement: a number is never given twice, so a report that reads on from a number misses nothing.
            """create table facts (
                number integer primary key autoincrement,
                at text not null,
                person text not null references people on delete cascade,
                body text not null,
                kind text generated always as (json_extract(body, '$.kind')) virtual,
                guide text generated always as (json_extract(body, '$.guide')) virtual
            )""",
            "create index facts_person on facts (person)",
            # autoincrement again: a late "delivered" must never meet another message of the same number.
            """create table outgoing (
                number integer primary key autoincrement,
                person text not null references people on delete cascade,
                body text not null,
                about text not null,
                made text not null,
                tries integer not null default 0,
                tried text,
                ended text,
                refusal text
            )""",
            # `ended` is null until delivered or refused: one index for what is open, oldest first, and for pruning.
            "create index outgoing_ended on outgoing (ended)",
            "create index outgoing_person on outgoing (person)",
        ),
    ),
    Migration(
        2,
        "Keep lists that are taken along, each under its code",
        (
            """create table carried (
                code text primary key,
                person text not null references people on delete cascade,
                until text not null,
                body text not null
            ) without rowid""",
            "create index carried_person on carried (person)",
            "create index carried_until on carried (until)",
        ),
    ),
    Migration(
        3,
        "Keep when to remind whom of a result",
        (
            """create table reminders (
                number integer primary key autoincrement,
                person text not null references people on delete cascade,
                guide text not null,
                at text not null
            )""",
            "create index reminders_at on reminders (at)",
            "create index reminders_person on reminders (person)",
        ),
    ),
    Migration(
        4,
        "Keep sealed pictures of papers, each for a few days",
        (
            # In the database and not beside it, so that no kill leaves a row without its picture or a picture
            # without its row, and erasing a person erases both.
            """create table pictures (
                number text primary key,
                person text not null references people on delete cascade,
                guide text not null,
                document text not null,
                until text not null,
                body blob not null
            )""",
            "create index pictures_person on pictures (person)",
            "create index pictures_until on pictures (until)",
        ),
    ),
    Migration(
        5,
        "Keep who works at which desk, and let any event happen to somebody at its time",
        (
            # The name by which a member is known at work hangs on the person like all the rest, and goes with them.
            """create table members (
                id text primary key,
                person text not null unique references people on delete cascade,
                called text not null,
                since text not null
            ) without rowid""",
            """create table posts (
                member text not null references members on delete cascade,
                role text not null,
                desk text not null,
                since text not null,
                primary key (member, role, desk)
            ) without rowid""",
            # Of the code only its print: whoever reads this file can take up no invitation.
            """create table invitations (
                id text primary key,
                print text not null unique,
                role text not null,
                desk text not null,
                called text not null,
                inviter text references members on delete set null,
                until text not null,
                outcome text,
                taker text references members on delete set null,
                knocked text
            ) without rowid""",
            # Names by which people are known at work, and nothing that leads to them: it outlives their membership.
            """create table audit (
                number integer primary key autoincrement,
                at text not null,
                act text not null,
                actor text not null,
                about text not null,
                role text not null,
                desk text not null,
                why text not null
            )""",
            "alter table reminders rename column guide to about",
            "alter table reminders add column event text not null default ''",
            "update reminders set event = json_object('list', about, 'kind', 'reminded')",
        ),
    ),
    Migration(
        6,
        "Keep the roster, and who is at which desk",
        (
            # A shift outlives whose it was: then somebody else is wanted for it.
            """create table shifts (
                id text primary key,
                desk text not null,
                begins text not null,
                ends text not null,
                member text references members on delete set null,
                offered integer not null default 0,
                before text references members on delete set null
            ) without rowid""",
            "create index shifts_desk on shifts (desk, begins)",
            "create index shifts_member on shifts (member, begins)",
            "create index shifts_before on shifts (before)",
            """create table presences (
                number integer primary key autoincrement,
                member text not null references members on delete cascade,
                desk text not null,
                shift text,
                came text not null,
                ends text not null,
                until text not null,
                went text,
                forgotten integer not null default 0
            )""",
            "create unique index presences_open on presences (member) where went is null",
            "create index presences_member on presences (member)",
        ),
    ),
    Migration(
        7,
        "Keep in what capacity a fact was told, and find facts by time and kind",
        (
            # At the terminal only who looks after the product talks: a trial. Addresses go in time, so it is kept here.
            "alter table facts add column whose text not null default 'citizen'",
            """update facts set whose = 'trial'
                where person in (select person from addresses where channel = 'terminal')""",
            "create index facts_at on facts (at, kind)",
        ),
    ),
    Migration(
        8,
        "Keep who asks for a person and waits, who helps them, and what is said until it is over",
        (
            # One request of a person at a time. It goes with the person, and once the person knows that it is over.
            """create table requests (
                id text primary key,
                person text not null unique references people on delete cascade,
                desk text not null,
                served text not null default '',
                language text not null,
                guide text not null,
                shown integer not null,
                story text not null,
                question text not null,
                asked text not null,
                until text not null,
                alone integer not null,
                member text references members on delete set null,
                first text,
                ended text
            )""",
            "create index requests_member on requests (member)",
            """create table request_lines (
                number integer primary key autoincrement,
                request text not null references requests on delete cascade,
                side text not null,
                body text not null,
                new integer not null
            )""",
            "create index request_lines_request on request_lines (request)",
            "create index reminders_about on reminders (about)",
        ),
    ),
    Migration(
        9,
        "Keep letters that wait to be approved, and find quickly what somebody has practised",
        (
            """create table letters (
                id text primary key,
                person text not null references people on delete cascade,
                at_desk integer not null,
                letter text not null,
                desk text not null,
                guide text not null,
                new_day text,
                handed_in text,
                late_since text,
                state text not null,
                asked text not null,
                day text,
                reason text not null default ''
            ) without rowid""",
            "create index letters_state on letters (state, asked)",
            "create index letters_person on letters (person)",
            "create index facts_practised on facts (person, number) where kind = 'practised'",
        ),
    ),
    Migration(
        10,
        "Keep contests of those who practise, and what each answered",
        (
            """create table quizzes (
                id text primary key,
                desk text not null,
                begins text not null,
                until text not null,
                drills text not null,
                closed integer not null default 0
            ) without rowid""",
            "create index quizzes_until on quizzes (until)",
            """create table quiz_players (
                quiz text not null references quizzes on delete cascade,
                member text not null references members on delete cascade,
                since text not null,
                primary key (quiz, member)
            ) without rowid""",
            "create index quiz_players_member on quiz_players (member)",
            """create table quiz_answers (
                quiz text not null references quizzes on delete cascade,
                member text not null references members on delete cascade,
                nth integer not null,
                points integer not null,
                at text not null,
                primary key (quiz, member, nth)
            ) without rowid""",
            "create index quiz_answers_member on quiz_answers (member)",
        ),
    ),
    Migration(
        11,
        "Find what is open for a person without reading all that they were ever told",
        ("create index outgoing_open on outgoing (person) where ended is null",),
    ),
)

NEWEST = MIGRATIONS[-1].number


def version(db: sqlite3.Connection) -> int:
    """The number of the last step that was taken; 0 for a new database."""
    number: int = db.execute("pragma user_version").fetchone()[0]
    return number


def migrate(db: sqlite3.Connection) -> None:
    """Take the steps still to take, each in a transaction of its own.

    The version is read again inside the transaction: another process may have taken the step while we waited.
    """
    for step in MIGRATIONS:
        if version(db) >= step.number:
            continue
        db.execute("begin immediate")
        try:
            if version(db) < step.number:
                for statement in step.statements:
                    db.execute(statement)
                db.execute(f"pragma user_version = {step.number}")
            db.execute("commit")
        except BaseException:
            if db.in_transaction:
                db.execute("rollback")
            raise
