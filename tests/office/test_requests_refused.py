"""The store's own check of who may do what to a request, whatever a page had offered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from bot.store import NotAllowed
from bot.store.office import relay
from flows.office.requests import (
    Ask,
    CloseRequest,
    Deed,
    ForgetRequest,
    HandBack,
    HandOn,
    ReadLines,
    SayLine,
    TakeRequest,
)
from tests.office.requests_rig import asks, on_duty, rows, talking
from tests.office.rig import Office, Person


@contextmanager
def opened(office: Office) -> Iterator[sqlite3.Connection]:
    """The file, for a deed that no page asked for; undone where it is refused."""
    with closing(sqlite3.connect(office.path)) as db:
        db.execute("pragma foreign_keys = on")
        with db:
            yield db


def key(office: Office, person: Person) -> str:
    """The random key of somebody."""
    found = rows(office, "select person from addresses where id = ?", person.address.id)
    return str(found[0][0])


def member(office: Office, called: str) -> str:
    """The id of a member."""
    return str(rows(office, "select id from members where called = ?", called)[0][0])


def does(office: Office, person: Person, deed: Deed) -> None:
    """Do it by hand."""
    with opened(office) as db:
        relay.do(db, key(office, person), office.now, deed)


async def waiting(office: Office, desk: str = "vinh-hai") -> tuple[Person, str]:
    """A citizen who waits for a desk, and the code of their request."""
    citizen = await asks(office)
    with opened(office) as db:
        db.execute("update requests set desk = ?", (desk,))
    return citizen, str(rows(office, "select id from requests")[0][0])


async def test_taken_only_by_who_may_help_there_and_only_once(office: Office) -> None:
    lan, hoa = await on_duty(office, "Lan"), await on_duty(office, "Hoa", "loc-tho")
    official = await office.member("Ông Tư", "official")
    citizen, id = await waiting(office, "loc-tho")
    for somebody in (lan, official, citizen, await office.citizen("người lạ")):
        with pytest.raises(NotAllowed):
            does(office, somebody, TakeRequest(id))
    does(office, hoa, TakeRequest(id))
    minh = await on_duty(office, "Minh", "loc-tho")
    for somebody in (minh, hoa):
        with pytest.raises(NotAllowed):
            does(office, somebody, TakeRequest(id))
    with pytest.raises(NotAllowed):
        does(office, minh, TakeRequest("không có"))
    assert rows(office, "select member from requests") == [(member(office, "Hoa"),)]


async def test_nobody_else_says_reads_gives_away_or_ends_it(office: Office) -> None:
    citizen, lan = await talking(office)
    minh, stranger = await on_duty(office, "Minh"), await office.citizen("người lạ")
    (id,) = rows(office, "select id from requests")[0]
    to = member(office, "Minh")
    deeds = (SayLine(id, "chen vào"), ReadLines(id), HandBack(id), HandOn(id, to), CloseRequest(id, "member"))
    for somebody in (minh, stranger):
        for deed in deeds:
            with pytest.raises(NotAllowed):
                does(office, somebody, deed)
    for deed in (HandBack(id), HandOn(id, to), CloseRequest(id, "member")):
        with pytest.raises(NotAllowed):
            does(office, citizen, deed)
    with pytest.raises(NotAllowed):
        does(office, lan, CloseRequest(id, "citizen"))
    does(office, stranger, ForgetRequest(id))
    does(office, citizen, ForgetRequest(id))  # it has not ended
    assert rows(office, "select id, member from requests") == [(id, member(office, "Lan"))]


async def test_handed_on_only_to_who_may_help_there_and_has_nobody(office: Office) -> None:
    _, lan = await talking(office)
    (id,) = rows(office, "select id from requests")[0]
    with opened(office) as db:
        db.execute("update requests set desk = 'vinh-hai'")
    await on_duty(office, "Hoa", "loc-tho")
    await office.member("Ông Tư", "official", "vinh-hai")
    for called in ("Hoa", "Ông Tư", "Lan"):
        with pytest.raises(NotAllowed):
            does(office, lan, HandOn(id, member(office, called)))
    with pytest.raises(NotAllowed):
        does(office, lan, HandOn(id, "không có"))


async def test_whoever_waits_already_does_not_wait_twice(office: Office) -> None:
    citizen, id = await waiting(office)
    does(office, citizen, Ask("K7M3PQ", "", "vi", "", False, "", office.now))
    assert rows(office, "select id from requests") == [(id,)]


async def test_a_volunteer_who_asks_does_not_take_themselves(office: Office) -> None:
    lan = await on_duty(office)
    await lan.says("gặp người")
    await lan.presses("Nhắn cho tình nguyện viên")
    (id,) = rows(office, "select id from requests")[0]
    assert rows(office, "select * from reminders where event like '%request_waits%'") == []
    with pytest.raises(NotAllowed):
        does(office, lan, TakeRequest(str(id)))
