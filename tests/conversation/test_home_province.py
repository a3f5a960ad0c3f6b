"""A desk says once in which province it stands: nobody there is asked, and anybody may still choose another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import settings
from flows import engine
from flows.events import Said, Started
from flows.replies import Reply, words
from flows.state import Language, Talk
from flows.texts import Say
from flows.turn import World
from knowledge.library import Library

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
LAND = "g_chuyen-muc-dich-su-dung-dat"


def said(world: World, *texts: str) -> tuple[Talk, Reply]:
    talk = Talk()
    reply = engine.show(talk, world)
    for text in texts:
        event = Started(text) if text.startswith(engine.DEEP_LINK) else Said(text)
        turn = engine.step(talk, event, world)
        assert turn.reply is not None
        talk, reply = turn.talk, turn.reply
        assert engine.show(talk, world) == reply
    return talk, reply


@pytest.fixture
def desk(library: Library, sentences: Mapping[Language, Say]) -> World:
    return World(library, sentences, NOON, home=settings.read({"PROVINCE": "can tho"}).province)


def test_the_first_page_of_a_land_guide_tells_what_the_desks_province_decides(desk: World) -> None:
    _, reply = said(desk, LAND)
    assert "bắt đầu bằng 1.1165" in " ".join(words(reply))
    _, elsewhere = said(replace(desk, home=""), LAND)
    assert "1.1165" not in " ".join(words(elsewhere))


def test_another_province_is_chosen_by_name_and_kept(desk: World) -> None:
    talk, reply = said(desk, LAND, "Hà Nội")
    assert talk.province == "ha-noi"
    assert "bắt đầu bằng 1.1164" in " ".join(words(reply))


def test_after_everything_is_erased_the_desk_still_stands_where_it_stands(desk: World) -> None:
    talk, _ = said(desk, "Hà Nội", "xóa dữ liệu", "Xóa hẳn", LAND)
    assert talk.province == "can-tho"
