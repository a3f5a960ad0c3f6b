"""Every figure of a report is counted once more from the raw facts by another way, and every breakdown sums to the whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from bot.counts import counted
from bot.store import facts as store
from bot.store.migrations import migrate
from flows.office.reports import Figures, Middle, Period, Report, Scope
from flows.tally import Tally
from flows.turn import World
from knowledge.calendar import calendar
from knowledge.library import Library
from tests.office.made_facts import made, written

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)

SAME_DAY = "date(at, '+7 hours') between '2026-11-01' and '2026-11-30'"
COUNTS = f"whose <> 'trial' and coalesce(json_extract(body, '$.desk'), '') <> 'ban-thu' and {SAME_DAY}"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven weeks of an office with two desks and one for practice, written as turns of those days."""
    path = tmp_path_factory.mktemp("office") / "kept.db"
    with sqlite3.connect(path, isolation_level=None) as db:
        migrate(db)
    db.close()
    assert written(path, made(6000, date(2026, 10, 20), 49)) >= 6000
    return path


@pytest.fixture(scope="module")
def db(file: Path) -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(file) as db:
        yield db
    db.close()


def report(file: Path, library: Library, **scope: str) -> Report:
    """As the desk counts it."""
    world, wanted = World(library, {}, NOW), Scope(NOVEMBER, **scope)
    tally = Tally(wanted, calendar(), frozenset({"ban-thu"}))
    return store.counted(file, 1.0, NOVEMBER, lambda facts: counted(facts, tally, world, {}))


@pytest.fixture(scope="module")
def whole(file: Path, library: Library) -> Report:
    return report(file, library)


def number(db: sqlite3.Connection, what: str, where: str) -> Any:
    return db.execute(f"select {what} from facts where {COUNTS} and {where}").fetchone()[0]  # noqa: S608


def middle(db: sqlite3.Connection, what: str, where: str) -> Middle:
    rows = db.execute(f"select {what} from facts where {COUNTS} and {where} and {what} is not null")  # noqa: S608
    seconds = [row[0] for row in rows]
    return Middle(median(seconds) if seconds else None, len(seconds))


def groups(db: sqlite3.Connection, by: str, where: str, of: str = "facts") -> dict[Any, int]:
    rows = db.execute(f"select {by}, count(*) from {of} where {COUNTS} and {where} group by {by}")  # noqa: S608
    return {row[:-1] if len(row) > 2 else row[0]: row[-1] for row in rows}


def test_help_is_what_sql_counts(db: sqlite3.Connection, whole: Report) -> None:
    figures, helped = whole.whole, "kind = 'helped'"
    assert figures.helped == number(db, "count(*)", helped) > 300
    assert figures.online == number(db, "sum(json_extract(body, '$.online'))", helped)
    assert figures.waited == middle(db, "json_extract(body, '$.waited')", helped)
    assert figures.took == middle(db, "json_extract(body, '$.took')", helped)
    outcomes = "facts, json_each(body, '$.outcomes') as o"
    assert dict(figures.outcomes) == groups(db, "o.value", helped, outcomes)
    papers = "facts, json_each(body, '$.missing') as o"
    assert dict(figures.missing) == groups(db, "guide, o.value", helped, papers)


def test_letters_requests_and_ratings_are_what_sql_counts(db: sqlite3.Connection, whole: Report) -> None:
    figures = whole.whole
    assert figures.letters == number(db, "count(*)", "kind = 'letter_sent'") > 0
    assert figures.requests == number(db, "count(*)", "kind = 'request_closed'") > 0
    taken = "kind = 'request_closed' and json_extract(body, '$.member') <> ''"
    assert figures.answered == number(db, "count(*)", taken)
    assert figures.request_waited == middle(db, "json_extract(body, '$.waited')", taken)
    assert dict(figures.levels) == groups(db, "json_extract(body, '$.level')", "kind = 'help_rated'")
    own = "kind = 'rated' and whose = 'citizen'"
    assert dict(figures.own_levels) == groups(db, "json_extract(body, '$.level')", own)


def test_questions_are_what_sql_counts(db: sqlite3.Connection, whole: Report) -> None:
    asked = "kind = 'asked' and whose = 'citizen'"
    unknown = f"{asked} and json_extract(body, '$.band') = 'unknown'"
    assert whole.asked == number(db, "count(*)", asked)
    assert whole.without_guide == number(db, "count(*)", unknown) == sum(one.times for one in whole.unanswered)
    written_two_ways = groups(db, "json_extract(body, '$.text')", unknown)
    yen = written_two_ways["Xin phép nuôi yến ở đâu?"] + written_two_ways["xin phep nuoi yen o dau"]
    assert next(one.times for one in whole.unanswered if "yến" in one.text or "yen" in one.text) == yen


def test_papers_of_own_lists_are_those_seen_last(db: sqlite3.Connection, whole: Report) -> None:
    last: dict[tuple[str, str], int] = {}
    rows = db.execute(
        f"select number, person, guide from facts where {COUNTS} and kind = 'listed' and whose = 'citizen' order by at, number"  # noqa: S608
    )
    for number_of, person, guide in rows:
        last[person, guide] = number_of
    expected: dict[tuple[str, str], int] = {}
    for (_, guide), number_of in last.items():
        for (paper,) in db.execute(
            "select o.value from facts, json_each(body, '$.missing') o where number = ?", (number_of,)
        ):
            expected[guide, paper] = expected.get((guide, paper), 0) + 1
    assert dict(whole.whole.not_had) == expected


def test_dossiers_are_those_of_each_person_one_by_one(db: sqlite3.Connection, whole: Report) -> None:
    """Person by person, each a short story, instead of all facts in one stream."""
    filed, results, saved, saved_of = 0, {"on_time": 0, "early": 0, "late": 0}, 0, 0
    works = calendar().works
    people = db.execute(
        "select distinct person from facts where whose = 'citizen' and kind in ('handed_in', 'received')"
    )
    for (person,) in people.fetchall():
        open: dict[str, str | None] = {}
        story = db.execute(
            "select kind, guide, date(at, '+7 hours'), json_extract(body, '$.due'), json_extract(body, '$.outcome') from facts"
            " where person = ? and kind in ('handed_in', 'received') order by at, number",
            (person,),
        )
        for kind, guide, on, due, outcome in story:
            within = "2026-11-01" <= on <= "2026-11-30"
            if kind == "handed_in":
                filed += within and guide not in open
                open[guide] = due
            elif outcome != "more_papers":
                was_due = open.pop(guide, None)
                results[outcome] += within
                if within and outcome == "early" and was_due is not None and was_due > on:
                    day, until = date.fromisoformat(on), date.fromisoformat(was_due)
                    saved += sum(works(day + timedelta(n)) for n in range(1, (until - day).days + 1))
                    saved_of += 1
    assert (whole.whole.filed, dict(whole.whole.results)) == (filed, results)
    assert (whole.whole.saved, whole.whole.saved_of) == (saved, saved_of)
    assert saved_of > 5


def summed(slices: list[Figures]) -> dict[str, object]:
    """The figures that can be summed, of all slices together."""
    sums: dict[str, object] = {}
    for one in fields(Figures):
        values = [getattr(figures, one.name) for figures in slices]
        if isinstance(values[0], int):
            sums[one.name] = sum(values)
        elif isinstance(values[0], Middle):
            sums[one.name] = sum(value.of for value in values)
        else:
            keys = {key for value in values for key in value}
            sums[one.name] = {key: sum(value.get(key, 0) for value in values) for key in keys}
    return sums


@pytest.mark.parametrize("breakdown", ["by_day", "by_desk", "by_member", "by_guide"])
def test_a_breakdown_sums_to_the_whole(whole: Report, breakdown: str) -> None:
    slices = list(getattr(whole, breakdown).values())
    assert len(slices) > 2
    assert summed(slices) == summed([whole.whole])


def test_a_desk_or_a_member_by_itself_is_its_part_of_the_whole(file: Path, library: Library, whole: Report) -> None:
    desk = report(file, library, desk="vinh-hai")
    assert desk.whole == whole.by_desk["vinh-hai"]
    member = report(file, library, member="m3")
    assert member.whole == whole.by_member["m3"]
    assert desk.asked == member.asked == 0


def test_a_trial_and_a_practice_desk_count_for_nothing(db: sqlite3.Connection, whole: Report) -> None:
    assert "ban-thu" not in whole.by_desk
    assert number(db, "count(*)", "1") < db.execute(f"select count(*) from facts where {SAME_DAY}").fetchone()[0]  # noqa: S608
