"""How people come in, for the tests of who works here: a lead invites, somebody opens the link and accepts."""

from __future__ import annotations

import sqlite3

from bot.desk import Address
from flows import replies
from flows.events import Started
from flows.replies import Reply
from tests.office.rig import Office, Person

VINH_HAI, LOC_THO = "vinh-hai", "loc-tho"


def link(page: Reply) -> str:
    """The payload of the Telegram link that the page shows."""
    return next(text for text in replies.words(page) if text.startswith("https://t.me/")).partition("?start=")[2]


async def invited(by: Person, called: str) -> str:
    """Whoever leads one desk invites a volunteer; the payload of the link."""
    await by.says("/ban")
    await by.presses("Người trong nhóm")
    await by.presses("Mời người")
    return link(await by.says(called))


async def joined(office: Office, name: str, payload: str) -> Person:
    """Somebody opens the link and accepts."""
    person = Person(office, Address("telegram", name))
    await person.does(Started(payload))
    await person.presses("Tôi là")
    return person


def count(office: Office, query: str) -> int:
    """The number that a query gives."""
    with sqlite3.connect(office.path) as db:
        (number,) = db.execute(query).fetchone()
    db.close()
    return int(number)


def member(office: Office, called: str) -> str:
    """The id of a member."""
    with sqlite3.connect(office.path) as db:
        (id,) = db.execute("select id from members where called = ?", (called,)).fetchone()
    db.close()
    return str(id)
