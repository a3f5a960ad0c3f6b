"""People for tests of asking for a person: a volunteer on duty, a citizen who asks, both of them talking."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from bot.store import ChannelName
from flows.replies import words
from tests.office.rig import Office, Person

TAKE = "Nhận"
MESSAGE = "Nhắn cho tình nguyện viên"
END = "Kết thúc nói chuyện"


async def on_duty(office: Office, called: str = "Lan", desk: str = "vinh-hai") -> Person:
    """A volunteer who has checked in at their desk."""
    person = await office.member(called, desk=desk)
    await person.presses("Có mặt")
    return person


async def asks(
    office: Office,
    name: str = "cô Ba",
    *,
    show: bool = True,
    channel: ChannelName = "telegram",
    about: str = "khai sinh",
) -> Person:
    """A citizen who reads about a procedure and asks for a person."""
    citizen = await office.citizen(name, channel)
    await citizen.says(f"làm giấy {about}")
    await citizen.says("gặp người")
    await citizen.presses(MESSAGE)
    await citizen.presses("Cho xem" if show else "Không cho xem")
    return citizen


async def told(office: Office, *people: Person) -> None:
    """What is due happens, and these look at what came of it for them."""
    await office.calls()
    for person in people:
        await person.looks()


async def talking(office: Office, channel: ChannelName = "telegram", *, show: bool = True) -> tuple[Person, Person]:
    """A citizen, and the volunteer who has just taken them."""
    lan = await on_duty(office)
    citizen = await asks(office, channel=channel, show=show)
    await told(office, lan)
    await lan.presses(TAKE)
    await told(office, citizen)
    return citizen, lan


def facts(office: Office, kind: str) -> list[dict[str, Any]]:
    """The facts of a kind, oldest first."""
    return [json.loads(body) for (body,) in rows(office, "select body from facts where kind = ? order by number", kind)]


def rows(office: Office, sql: str, *values: str) -> list[tuple[Any, ...]]:
    """What the store holds."""
    with sqlite3.connect(office.path) as db:
        found = db.execute(sql, values).fetchall()
    db.close()
    return found


def last(person: Person) -> str:
    """All that stands on the last page that came to them."""
    return "\n".join(words(person.got[-1]))
