"""What older releases kept still loads: each talk shows its page and goes on, each list opens, each reply is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows import engine, facts, replies, state
from flows.events import Pressed, Said, Started
from flows.state import Home, Language, Talk
from flows.texts import Say
from flows.turn import World
from knowledge.library import Library
from tests.conversation.test_any_talk import sound

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
KEPT = sorted((Path(__file__).parent / "old_states").glob("*.json"))
"""Made by the release of that minute, named in each: `talks`, `replies`, `facts`, `carried` as its store held them."""


def kept(name: str) -> list[tuple[str, dict[str, Any]]]:
    """File and content of everything of one sort."""
    return [(path.stem, one) for path in KEPT for one in json.loads(path.read_text(encoding="utf-8"))[name]]


def is_within(old: object, new: object) -> bool:
    """Whether everything that was kept is still there, whatever came to it since."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(key in new and is_within(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(is_within(one, other) for one, other in zip(old, new, strict=True))
    return old == new


@pytest.fixture
def world(library: Library, sentences: Mapping[Language, Say]) -> World:
    return World(library, sentences, NOW, code="H4WRT9", reminds=True)


def test_there_are_old_states() -> None:
    talks = kept("talks")
    stages = {talk["stage"]["kind"] for _, talk in talks}
    print(f"{len(talks)} cuộc trò chuyện, {len(stages)} chặng, {len(kept('replies'))} trang, {len(kept('facts'))} việc")
    assert len(KEPT) >= 4
    assert len(stages) >= 25
    assert kept("carried")


@pytest.mark.parametrize(("file", "talk"), kept("talks"), ids=lambda one: one if isinstance(one, str) else "")
def test_an_old_talk_loads_shows_its_page_and_goes_on(file: str, talk: dict[str, Any], world: World) -> None:
    loaded = state.load(json.dumps(talk))
    assert is_within(talk, json.loads(state.dump(loaded)))
    page = engine.show(loaded, world)
    sound(page)
    for choice in page.choices:
        turn = engine.step(loaded, Pressed(choice.id, loaded.turn), world)
        assert turn.reply is not None
        sound(turn.reply)
        assert state.load(state.dump(turn.talk)) == turn.talk
    for said in ("1", "quay lại", "việc của tôi", "phí bao nhiêu", "lập danh sách khác", "đặt tên: của mẹ"):
        turn = engine.step(loaded, Said(said), world)
        assert turn.reply is not None
        sound(turn.reply)
    assert isinstance(engine.step(loaded, Started(), world).talk.stage, Home)


@pytest.mark.parametrize(("file", "talk"), kept("talks"), ids=lambda one: one if isinstance(one, str) else "")
def test_the_lists_of_an_old_talk_are_still_there(file: str, talk: dict[str, Any], world: World) -> None:
    loaded = state.load(json.dumps(talk))
    home = engine.step(loaded, Started(), world).talk
    mine = engine.step(home, Said("việc của tôi"), world).talk
    assert len(mine.cases) == len(talk["cases"])
    for case in mine.cases:
        page = engine.show(mine, world)
        opened = engine.step(mine, Pressed(f"l:{case.id}", page.turn), world).talk
        assert state.guide_of(opened.stage) == case.guide
        again = opened.case(case.guide, case.nth)
        assert again is not None
        assert {*again.have} == {*case.have}


@pytest.mark.parametrize(("file", "carried"), kept("carried"), ids=lambda one: one if isinstance(one, str) else "")
def test_a_list_carried_by_an_older_release_opens(file: str, carried: dict[str, Any], world: World) -> None:
    known = replace(world, carried=state.load_carried(json.dumps(carried)))
    talk = engine.step(Talk(), Started("c_K7M3PQ"), known).talk
    (case,) = talk.cases
    assert case.guide == carried["case"]["guide"]
    assert {*carried["case"]["have"]} <= {*case.have}


@pytest.mark.parametrize(("file", "reply"), kept("replies"), ids=lambda one: one if isinstance(one, str) else "")
def test_a_reply_that_waits_to_be_delivered_is_still_read(file: str, reply: dict[str, Any]) -> None:
    loaded = replies.load(json.dumps(reply))
    assert is_within(reply, json.loads(replies.dump(loaded)))
    assert list(replies.words(loaded))


@pytest.mark.parametrize(("file", "fact"), kept("facts"), ids=lambda one: one if isinstance(one, str) else "")
def test_a_fact_of_an_older_release_is_still_read(file: str, fact: dict[str, Any]) -> None:
    read = json.loads(facts.dump(facts.load(json.dumps(fact))))
    assert read | fact == read, "what is new has a default, and nothing old has changed"
