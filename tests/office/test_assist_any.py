"""Whatever a volunteer presses, types or scans in whatever order: no page breaks, and nothing of a person stays behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from flows import engine, facts, state
from flows.events import Called, Event, Pressed, Reminded, Said, Sent, Started
from flows.facts import Helped, HelpRated
from flows.office import NOBODY, Office
from flows.office.people import Member, Post
from flows.office.stages import CLOSED, AtOffice, Helping, TurnedRound
from flows.state import Carried, Case, Language, Talk
from flows.texts import Say
from flows.turn import World
from knowledge.library import Library
from tests.conversation.test_any_talk import CALM, sound

LAN = Member("m1", "Lan", (Post("volunteer", "vinh-hai"),))
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)
WORDS = (
    "người tiếp theo",
    "khai sinh",
    "đăng ký tạm trú ở trọ",
    "ba em mất",
    "có đủ hết rồi",
    "1, 2 có rồi",
    "chưa rõ",
    "ghi chú: máy hỏng",
    "K7M3PQ",
    "quay lại",
    "bắt đầu lại",
    "english",
    "/ban",
    "bị lừa chuyển tiền",
    "không phải",
    "thiếu giấy 2",
)
ACTS = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 30)),
    st.tuples(st.just("press"), st.integers(0, 30)),
    st.tuples(st.just("old"), st.integers(0, 30)),
    st.tuples(st.just("say"), st.integers(0, len(WORDS) - 1)),
    st.tuples(st.just("other"), st.integers(0, 5)),
)
BROUGHT = Carried(Case("dang-ky-tam-tru", "x", "Tạm trú", {"nguoi": "nguoi-lon"}, ("to-khai",)))


@dataclass
class Desk:
    """Lan at her desk, one turn after the other, each with a code of its own."""

    library: Library
    texts: Mapping[Language, Say]
    talk: Talk
    turns: int = 0

    def world(self) -> World:
        people = SimpleNamespace(me=lambda: LAN, invitation=lambda _: None)
        roster = SimpleNamespace(my_desk=lambda: "vinh-hai", presence=lambda: None, mine=lambda: (), due=lambda _: None)
        parts = {name: getattr(NOBODY, name) for name in dir(NOBODY) if not name.startswith("_")}
        office = cast("Office", SimpleNamespace(**{**parts, "people": people, "roster": roster}))
        now = NOON + timedelta(minutes=self.turns)
        code = f"K{self.turns % 8 + 2}{self.turns // 8 % 8 + 2}{self.turns // 64 % 8 + 2}PQ"
        return World(self.library, self.texts, now, office=office, code=code, carried=BROUGHT)

    def event(self, act: tuple[str, int]) -> Event:
        kind, number = act
        choices = engine.show(self.talk, self.world()).choices
        match kind:
            case "press" if isinstance(self.talk.stage, AtOffice):
                return Pressed("next", self.talk.turn)
            case "press":
                return Pressed(choices[number % len(choices)].id, self.talk.turn)
            case "old":
                return Pressed(choices[number % len(choices)].id, self.talk.turn - 1)
            case "say":
                return Said(WORDS[number])
            case _:
                others = (
                    Started("c_K7M3PQ"),
                    Started("g_chung-thuc-ban-sao"),
                    Sent("photo"),
                    Reminded("dang-ky-tam-tru"),
                    Called("unknown", ""),
                    Started(""),
                )
                return others[number]


@CALM
@given(acts=st.lists(ACTS, max_size=20))
def test_no_order_of_taps_breaks_the_help(
    acts: list[tuple[str, int]], library: Library, sentences: Mapping[Language, Say]
) -> None:
    lan = Desk(library, sentences, Talk(stage=Helping("vinh-hai", "B4XZ29", NOON)))
    counted: list[str] = []
    rated: list[str] = []
    for act in acts:
        before = lan.talk
        turn = engine.step(lan.talk, lan.event(act), lan.world())
        lan.talk, lan.turns = turn.talk, lan.turns + 1
        assert state.load(state.dump(turn.talk)) == turn.talk
        assert not any(isinstance(stage, CLOSED) for stage in turn.talk.past)
        if turn.reply is not None:
            sound(turn.reply)
            assert engine.show(turn.talk, lan.world()).choices == turn.reply.choices
        for fact in turn.apart:
            assert facts.load(facts.dump(fact)) == fact
            if isinstance(fact, Helped):
                assert isinstance(before.stage, Helping)
                assert fact.code == before.stage.code
                assert turn.deeds
                counted.append(fact.code)
            if isinstance(fact, HelpRated):
                rated.append(fact.code)
        if isinstance(before.stage, CLOSED) and type(turn.talk.stage) is not type(before.stage):
            assert turn.talk.last == engine.UNTOLD
        if isinstance(before.stage, Helping) and isinstance(turn.talk.stage, Helping):
            same = turn.talk.stage.code == before.stage.code
            assert same or turn.talk.stage.new, "a new person comes with nothing of the one before"
        if isinstance(before.stage, TurnedRound) and isinstance(turn.talk.stage, Helping):
            assert before.stage.code != turn.talk.stage.code
    assert len(counted) == len(set(counted)), "nobody is counted twice"
    assert len(rated) == len(set(rated)), "nobody is asked twice"
    assert set(rated) <= set(counted)
