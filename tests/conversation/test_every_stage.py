"""Every stage is come to and held to the same: it is shown whole, every choice has a number, it can be left, it is kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import engine, state
from flows.events import Event, Left, Look, Pressed, Reminded, Said, Sent, Sort, Started
from flows.office.letters import Draft
from flows.office.stages import OFFICE
from flows.replies import words
from flows.state import Home, Language, Stage, Talk
from flows.texts import Say
from flows.turn import World
from knowledge.library import Library
from tests.conversation.test_any_talk import ACTS, CALM, Act, event_of, sound

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
KINDS = {one.__dataclass_fields__["kind"].default for one in get_args(get_args(Stage)[0]) if one not in OFFICE}
"""Those inside the office are come to in tests/office."""
PAGE = 4096
"""Characters of a message of the narrowest channel; longer pages are sent as several, each text whole."""

WAYS: tuple[tuple[str, ...], ...] = (
    (),
    ("đăng ký tạm trú", "chuẩn bị giấy tờ", "cho em", "thue tro", "1", "xem tóm tắt", "đã nộp", "hôm qua", "nhắc"),
    ("đăng ký tạm trú", "chuẩn bị giấy tờ", "chưa rõ", "chưa rõ", "gửi ảnh hợp đồng", "1"),
    ("đăng ký tạm trú", "chuẩn bị giấy tờ", "chưa rõ", "chưa rõ", "lập thêm danh sách cho mẹ", "việc của tôi"),
    ("đăng ký kết hôn", "chuẩn bị giấy tờ", "chưa rõ", "chưa rõ", "chưa rõ", "xem tóm tắt", "kết thúc", "chưa"),
    ("đăng ký kết hôn", "chuẩn bị giấy tờ", "người Hàn Quốc"),
    ("em muốn làm giấy xác nhận",),
    ("làm sổ đỏ", "thời tiết", "trợ giúp"),
    ("ba em mới mất", "2", "các bước"),
    ("cấp giấy phép nổ mìn", "gặp người"),
    ("xóa dữ liệu",),
    ("thứ tư này ở đâu",),
)


@pytest.fixture
def world(library: Library, sentences: Mapping[Language, Say]) -> World:
    return World(library, sentences, NOON, code="K7M3PQ", reminds=True, keeps_pictures=3)


@pytest.fixture
def places(world: World) -> dict[str, Talk]:
    """A talk at every kind of stage, found by pressing on from where a few words lead."""
    found: dict[str, Talk] = {}
    waiting: deque[tuple[Talk, int]] = deque()
    for way in WAYS:
        talk = engine.step(Talk(), Started(), world).talk
        waiting.append((talk, 0))
        for said in way:
            talk = engine.step(talk, Said(said), world).talk
            waiting.append((talk, 0))
    while waiting:
        talk, deep = waiting.popleft()
        new = talk.stage.kind not in found
        found.setdefault(talk.stage.kind, talk)
        if deep < 2 and (new or deep == 0):
            for choice in engine.show(talk, world).choices[:12]:
                waiting.append((engine.step(talk, Pressed(choice.id, talk.turn), world).talk, deep + 1))
    ended = next(guide for guide in world.library.guides.values() if guide.status == "published")
    found.setdefault("gone", Talk(stage=state.Gone(ended.title, ended.id)))
    letter = Draft("birth", "vinh-hai", "dang-ky-khai-sinh")
    found.setdefault("letter_read", Talk(stage=state.LetterRead(letter, NOON.date())))
    found.setdefault("by_ticket", Talk(stage=state.ByTicket("K7M3PQ", "B4XZ29", "vinh-hai")))
    found.setdefault("by_name", Talk(stage=state.ByName("1.009241")))
    return found


def test_every_stage_holds_its_promises(world: World, places: dict[str, Talk]) -> None:
    events: tuple[Event, ...] = (
        Left(),
        Reminded("dang-ky-tam-tru"),
        Reminded("dang-ky-tam-tru.2"),
        *(Sent(sort) for sort in get_args(Sort)),
        Sent("photo", Look("good", number="B00001")),
        *(Said(text) for text in ("", "1", "99", "quay lại", "đặt tên: x", "xóa danh sách", "thôi để sau", "K7M3PQ")),
    )
    choices = turns = 0
    for kind, talk in sorted(places.items()):
        page = engine.show(talk, world)
        sound(page)
        assert all(len(text) < PAGE for text in words(page)), kind
        assert state.load(state.dump(talk)) == talk
        for number, choice in enumerate(page.choices, 1):
            pressed = engine.step(talk, Pressed(choice.id, talk.turn), world)
            typed = engine.step(talk, Said(str(number)), world)
            assert (typed.talk.stage, typed.talk.cases) == (pressed.talk.stage, pressed.talk.cases), (kind, choice)
            choices += 1
        for event in events:
            turn = engine.step(talk, event, world)
            assert state.load(state.dump(turn.talk)) == turn.talk
            if turn.reply is not None:
                sound(turn.reply)
            turns += 1
        ways = {choice.id for choice in page.choices}
        assert "home" in ways or isinstance(talk.stage, Home), kind
        assert isinstance(engine.step(talk, Started(), world).talk.stage, Home)
    print(f"{len(places)} chặng, {choices} lựa chọn bấm và gõ số như nhau, {turns} lượt khác")
    assert {*places} == KINDS


@CALM
@given(mine=st.lists(ACTS, max_size=10), others=st.lists(ACTS, max_size=10), turns=st.lists(st.booleans(), max_size=20))
def test_two_people_never_meet(
    mine: list[Act], others: list[Act], turns: list[bool], library: Library, sentences: Mapping[Language, Say]
) -> None:
    """Whoever talks between, each page and talk is what it would be alone."""
    world = World(library, sentences, NOON)

    def after(talk: Talk, act: Act) -> Talk:
        return engine.step(talk, event_of(act, engine.show(talk, world)), world).talk

    alone = Talk()
    for act in mine:
        alone = after(alone, act)
    me, other, rest, theirs = Talk(), Talk(language="en"), deque(mine), deque(others)
    for my_turn in (*turns, *(True for _ in mine)):
        if my_turn and rest:
            me = after(me, rest.popleft())
        elif theirs:
            other = after(other, theirs.popleft())
    assert me == alone
    assert engine.show(me, world) == engine.show(alone, world)
