"""Every stage of the office is come to and held to the same: shown whole, numbers typed as pressed, left, kept, led out.

A stage that nothing here leads to fails the test: give it a way in WAYS, or what has to have happened in BEFORE.
"""

from __future__ import annotations

import re
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from random import Random
from typing import Any, get_args

import pytest

from flows import codes, state
from flows.events import Called, Event, Left, Matter, Pressed, Reminded, Said, Sent, Sort, Started
from flows.office.people import EVERYWHERE, Role
from flows.office.request_stages import RELAYED
from flows.office.stages import CLOSED, FOR_ALL, OFFICE
from flows.replies import Reply, words
from flows.state import Stage
from flows.turn import World
from knowledge.desks import Letterhead
from tests.conversation.test_any_talk import sound
from tests.office.rig import Office, Person


def kinds(stages: tuple[Any, ...]) -> set[str]:
    """What they are called in a kept talk."""
    return {one.__dataclass_fields__["kind"].default for one in stages}


PAGE = 4096
"""Characters of a message of the narrowest channel; longer pages are sent as several, each text whole."""

DEEP = 3
"""Presses from where a way leads that are followed, where they come to a new stage."""

WIDE = 14
"""Choices of a page that are followed."""

STAFF: tuple[tuple[str, Role, str], ...] = (
    ("Lan", "volunteer", "vinh-hai"),
    ("Hà", "volunteer", "vinh-hai"),
    ("Chị Mai", "lead", "vinh-hai"),
    ("Ông Tư", "official", "vinh-hai"),
    ("Chị Hoa", "administrator", EVERYWHERE),
)

BEFORE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Chị Mai", ("mời người", "Hùng")),
    ("Chị Mai", ("lịch: thứ tư 2/12 7:30-11:30 Lan", "lịch: thứ tư 2/12 13:30-17:00", "/ban")),
    ("Lan", ("viết thư", "Cảm ơn", "Gửi trưởng nhóm", "/ban")),
    ("Chị Mai", ("luyện tập", "Mở hội thi", "5 câu", "60 phút", "/ban")),
    ("Hà", ("Có mặt",)),
    ("bác Sáu", ("gặp người", "Nhắn cho")),
    ("Hà", ("người đang chờ", "Nhận")),
    ("cô Ba", ("gặp người", "Nhắn cho")),
)
"""What has happened in the office before: who, and what they typed; what begins a button's label presses it."""

WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Lan", ("/ban",)),
    ("Lan", ("Có mặt", "người đang chờ", "Nhận")),
    ("Lan", ("thôi vai trò",)),
    ("Lan", ("ca của tôi", "thứ Tư")),
    ("Lan", ("nhận ca",)),
    ("Lan", ("viết thư", "Cảm ơn")),
    ("Lan", ("luyện tập", "Vào hội thi")),
    ("Chị Mai", ("/ban",)),
    ("Chị Mai", ("người trong nhóm",)),
    ("Chị Mai", ("người trong nhóm", "Lan", "Kết thúc")),
    ("Chị Mai", ("người trong nhóm", "Lan", "Đổi tên gọi")),
    ("Chị Mai", ("mời người",)),
    ("Chị Mai", ("mời người", "Bình")),
    ("Chị Mai", ("lịch trực", "Tuần sau")),
    ("Chị Mai", ("thư chờ duyệt", "Cảm ơn")),
    ("Chị Mai", ("luyện tập",)),
    ("Ông Tư", ("/ban",)),
    ("Chị Hoa", ("/ban",)),
    ("Chị Hoa", ("người trong nhóm",)),
    ("Chị Hoa", ("mời người",)),
    ("Chị Hoa", ("viết thư", "Một cửa phường Lộc Thọ", "Cảm ơn")),
    ("chú Năm", ("INVITATION",)),
    ("chú Năm", ("làm giấy khai sinh", "Chuẩn bị", "Chưa rõ", "gặp người", "Nhắn cho")),
    ("cô Ba", ()),
    ("bác Sáu", ("gặp người",)),
)
"""Where the pressing begins: who, and what they type before. A stage that no press comes to needs a way of its own."""

LETTERHEADS = {
    id: Letterhead(place="Nha Trang", signed_by="Nguyễn Thị Hoa", title="Chủ tịch", go=go)
    for id, go in (("vinh-hai", "approved"), ("loc-tho", "free"))
}

DRAWN = re.compile(r"[0-9a-f]{8,32}")
"""What the store draws, and so differs between two of the same."""


@dataclass(frozen=True)
class Place:
    """Where somebody stands, and all that is kept at that moment."""

    who: Person
    page: Reply
    kept: sqlite3.Connection
    drawn: int
    deep: int
    way: tuple[str, ...]


@dataclass
class Drawing(Office):
    """An office whose codes come in a known order, so that the same press leads to the same page twice."""

    drawn: int = 0

    def world(self) -> World:
        self.drawn += 1
        numbers = Random(self.drawn)  # noqa: S311 - what is drawn has to be known
        below = numbers.randrange
        return replace(super().world(), code=codes.draw(below), invitation=codes.draw_invitation(below))


class Walk:
    """An office that can be put back to how it was."""

    def __init__(self, office: Drawing) -> None:
        self.office = office
        self.invitation = "mã mời K7M3-T29Q-B4XZ"
        self.people: dict[str, Person] = {}

    def place(self, who: Person, deep: int, way: tuple[str, ...]) -> Place:
        kept = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(self.office.path)) as db:
            db.backup(kept)
        return Place(who, who.page, kept, self.office.drawn, deep, way)

    def back_to(self, place: Place) -> Person:
        with closing(sqlite3.connect(self.office.path)) as db:
            db.execute("pragma synchronous = off")
            place.kept.backup(db)
        self.office.drawn = place.drawn
        place.who.page = place.page
        return place.who

    async def stage(self, who: Person) -> Stage:
        kept = await self.office.store.talk_of(who.address)
        assert kept is not None
        talk = state.load(kept)
        assert state.load(state.dump(talk)) == talk
        return talk.stage

    async def person(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = await self.office.citizen(name)
        return self.people[name]

    async def types(self, who: Person, text: str) -> None:
        await self.office.calls()
        await who.looks()
        if any(choice.label.startswith(text) for choice in who.page.choices):
            await who.presses(text)
        else:
            await who.says(self.invitation if text == "INVITATION" else text)


@pytest.fixture
async def walk(office: Office) -> Walk:
    """The office on an ordinary morning."""
    desks = {id: one.model_copy(update={"letters": LETTERHEADS[id]}) for id, one in office.desks.items()}
    office = Drawing(office.path, office.store, office.library, office.texts, desks)
    walk = Walk(office)
    for called, role, desk in STAFF:
        walk.people[called] = await office.member(called, role, desk)
    for name, said in BEFORE:
        who = await walk.person(name)
        for text in said:
            await walk.types(who, text)
            code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", who.text)
            walk.invitation = walk.invitation if code is None else code[0]
    return walk


async def places(walk: Walk) -> dict[str, Place]:
    """A place at every kind of stage, found by pressing on from where the ways lead."""
    found: dict[str, Place] = {}
    await walk.person("chú Năm")
    start = walk.place(await walk.person("cô Ba"), 0, ())
    waiting: deque[Place] = deque()
    for name, said in WAYS:
        walk.back_to(start)
        who = walk.people[name]
        for text in said:
            await walk.types(who, text)
        waiting.append(walk.place(who, 0, (name, *said)))
    while waiting:
        place = waiting.popleft()
        kind = (await walk.stage(walk.back_to(place))).kind
        new = kind in kinds(OFFICE) and kind not in found
        if new:
            found[kind] = place
        if place.deep == 0 or (new and place.deep < DEEP):
            for choice in place.page.choices[:WIDE]:
                who = walk.back_to(place)
                await who.does(Pressed(choice.id, place.page.turn))
                waiting.append(walk.place(who, place.deep + 1, (*place.way, choice.label)))
    return found


async def test_every_stage_of_the_office_holds_its_promises(walk: Walk) -> None:
    """Each property at each stage, on what is really kept; what is not come to is named."""
    found = await places(walk)
    pressed = 0
    for kind, place in sorted(found.items()):
        page = await walk.back_to(place).looks()
        sound(page)
        assert all(len(text) < PAGE for text in words(page)), kind
        leads_to = set()
        for number, choice in enumerate(page.choices, 1):
            by_press = await after(walk, place, Pressed(choice.id, page.turn))
            by_number = await after(walk, place, Said(str(number)))
            assert by_number == by_press or kind in kinds(RELAYED), (kind, choice)  # there it is said to somebody
            leads_to.add(by_press[0])
            pressed += 1
        assert kind in kinds(CLOSED) or "home" in {choice.id for choice in page.choices}, kind
        assert leads_to - {kind}, (kind, "nothing leads on")
        for event in happenings():
            await after(walk, place, event)
    print(f"{len(found)} chặng, {pressed} lựa chọn bấm và gõ số như nhau")
    assert {*found} == kinds(OFFICE), f"no way leads to: {sorted(kinds(OFFICE) - {*found})}"


async def test_whoever_has_no_post_any_more_is_led_out_of_every_stage(walk: Walk) -> None:
    """By a press, by looking, by whatever else happens."""
    found = await places(walk)
    for kind, place in sorted(found.items()):
        if kind in kinds(FOR_ALL):
            continue
        for event in (
            Pressed(place.page.choices[0].id, place.page.turn),
            Said("1"),
            Said("abc"),
            Called("joined", "x"),
        ):
            who = walk.back_to(place)
            with sqlite3.connect(walk.office.path) as db:
                db.execute("delete from posts")
            db.close()
            seen = await who.looks()
            assert "đã kết thúc" in "\n".join(words(seen)), kind
            await who.does(event)
            assert not isinstance(await walk.stage(who), tuple(one for one in OFFICE if one not in FOR_ALL)), kind


def happenings() -> Iterator[Event]:
    """What can happen to somebody wherever they stand, made sense of or not."""
    yield from (Said(text) for text in ("", "99", "quay lại", "bắt đầu lại", "abc", "0912345678", "K7M3PQ", "x" * 3000))
    yield from (Said("xóa dữ liệu"), Said("gặp người"), Said("english"), Said("/ban"))
    yield from (Called(matter, id) for matter in get_args(Matter) for id in ("x vinh-hai",))
    yield from (Sent(sort) for sort in get_args(Sort))
    yield from (
        Reminded("dang-ky-tam-tru"),
        Started(),
        Started("g_dang-ky-khai-sinh"),
        Started("i_K7M3T29QB4XZ"),
        Left(),
    )
    yield from (Pressed("no-such", 0), Pressed("x:", 1))


async def after(walk: Walk, place: Place, event: Event) -> tuple[str, str]:
    """The kind of the stage that an event leads to, and the stage but for what was drawn for this turn alone."""
    who = walk.back_to(place)
    sound(await who.does(event))
    stage = await walk.stage(who)
    talk = state.Talk(stage=stage)
    return stage.kind, DRAWN.sub("*", state.dump(replace(talk, turn=0)))
