"""Whatever people do in whatever order: no talk breaks, every stage can be left, no page is more than can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import engine, facts, replies, state
from flows.events import Event, Look, Pressed, Said, Sent, Started, Verdict
from flows.replies import Reply
from flows.state import Consenting, Home, Language, Talk
from flows.texts import Say
from flows.turn import World
from knowledge.library import Library

QUESTIONS = (
    "đăng ký kết hôn",
    "lam giay ks cho con",
    "ba em mới mất",
    "sao y bằng đại học",
    "mất bằng lái",
    "chuyển nhà",
    "thời tiết",
    "help",
    "quay lại",
    "bắt đầu lại",
    "english",
    "tiếng việt",
    "gặp người",
    "xóa dữ liệu",
    "xóa ảnh",
    "gửi ảnh hợp đồng",
    "gửi ảnh căn cước",
    "chưa rõ",
    "<script>alert(1)</script>",
    "/start",
    "{0} {name} %s",
)
VERDICTS: tuple[Verdict | None, ...] = (None, "good", *get_args(Verdict))
Act = tuple[str, int, str]
ACTS = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 30), st.just("")),
    st.tuples(st.just("press"), st.integers(0, 3), st.just("")),
    st.tuples(st.just("old"), st.integers(0, 3), st.sampled_from(("prepare", "home", "back", "x"))),
    st.tuples(st.just("say"), st.just(0), st.sampled_from(QUESTIONS)),
    st.tuples(st.just("say"), st.just(0), st.text(max_size=60)),
    st.tuples(st.just("send"), st.integers(0, 20), st.just("")),
    st.tuples(st.just("start"), st.just(0), st.sampled_from(("", "g_dang-ky-khai-sinh", "g_dang-ky-tam-tru", "zzz"))),
)
PICTURED = st.one_of(
    ACTS,
    st.tuples(st.just("press"), st.integers(0, 1), st.just("")),
    st.tuples(st.just("send"), st.just(1), st.just("")),
)
"""With more of what happens where a picture can be sent."""
CALM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def event_of(act: Act, reply: Reply) -> Event:
    kind, number, text = act
    match kind:
        case "press":
            return Pressed(reply.choices[number % len(reply.choices)].id, reply.turn)
        case "old":
            return Pressed(text, reply.turn - number)
        case "say":
            return Said(text)
        case "send":
            verdict = VERDICTS[number % len(VERDICTS)]
            return Sent("photo", None if verdict is None else Look(verdict, number=f"A{reply.turn:05d}"))
        case _:
            return Started(text)


def sound(reply: Reply) -> None:
    """What every channel can show: Telegram's limits are the tightest."""
    ids = [choice.id for choice in reply.choices]
    assert len(set(ids)) == len(ids)
    assert len(ids) <= 99
    assert all(id.isascii() and 0 < len(id) <= 53 for id in ids)
    assert all(choice.label.strip() for choice in reply.choices)
    assert "language" in ids
    assert reply.blocks
    assert all(text.strip() for text in replies.words(reply))
    assert all(len(text) <= 4000 for text in replies.words(reply))
    assert replies.load(replies.dump(reply)) == reply


@CALM
@given(acts=st.lists(ACTS, max_size=25))
def test_no_sequence_breaks_a_talk(acts: list[Act], library: Library, sentences: Mapping[Language, Say]) -> None:
    world = World(library, sentences, datetime(2026, 11, 22, 3, tzinfo=UTC), keeps_pictures=3)
    talk = Talk()
    reply = engine.show(talk, world)
    for act in acts:
        turn = engine.step(talk, event_of(act, reply), world)
        assert turn.reply is not None
        assert state.load(state.dump(turn.talk)) == turn.talk
        assert all(facts.load(facts.dump(fact)) == fact for fact in turn.facts)
        talk, reply = turn.talk, turn.reply
        sound(reply)
        assert engine.show(talk, world) == reply
    left = engine.step(talk, Said("bắt đầu lại"), world).talk
    assert isinstance(left.stage, Home) or talk.stage.kind == "why"  # there, words are the comment; a button leaves
    assert isinstance(engine.step(talk, Started(), world).talk.stage, Home)


@CALM
@given(acts=st.lists(ACTS, max_size=12), again=st.integers(0, 11))
def test_the_same_talk_always_goes_the_same_way(
    acts: list[Act], again: int, library: Library, sentences: Mapping[Language, Say]
) -> None:
    world = World(library, sentences, datetime(2026, 11, 22, 3, tzinfo=UTC), keeps_pictures=3)

    def play() -> tuple[Talk, Reply]:
        talk = Talk()
        reply = engine.show(talk, world)
        for act in acts:
            turn = engine.step(talk, event_of(act, reply), world)
            talk, reply = turn.talk, turn.reply or reply
        return talk, reply

    assert play() == play()


@CALM
@given(acts=st.lists(PICTURED, max_size=25))
def test_no_picture_is_kept_without_a_yes(acts: list[Act], library: Library, sentences: Mapping[Language, Say]) -> None:
    """From the page that asks on: what is kept was agreed to, is on a list that is there, and is told apart by number."""
    world = World(library, sentences, datetime(2026, 11, 22, 3, tzinfo=UTC), keeps_pictures=3)
    talk = Talk(stage=Consenting("dang-ky-tam-tru", "hop-dong-thue"))
    reply = engine.show(talk, world)
    for act in acts:
        before = talk
        turn = engine.step(talk, event_of(act, reply), world)
        talk, reply = turn.talk, turn.reply or reply
        kept, held = {one.number for one in talk.pictures}, {one.number for one in before.pictures}
        assert (kept - held) == ({turn.attached.number} if turn.attached else set())
        assert turn.forget or held - kept == set(turn.detached)
        assert not turn.attached or any(one.document == turn.attached.document for one in before.consents)
        assert {one.list for one in talk.pictures} <= {case.id for case in talk.cases}
        assert all(
            len([one for one in talk.pictures if one.document == id]) <= 4 for id in ("hop-dong-thue", "giay-o-nho")
        )
        sound(reply)
        assert engine.show(talk, world) == reply
