"""An English talk is English: official names beside the English ones, and one line wherever something is not."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest

from flows import engine, replies
from flows.events import Pressed, Said, Started
from flows.replies import Reply
from flows.stages.at_guide import ALL
from flows.state import AtGuide, InField, InLifeEvent, Language, Talk
from flows.telling.plain import first_sentence
from flows.texts import Say
from flows.turn import World
from knowledge.english import CLOSES, OPENS, SHARED, Told, sentences
from knowledge.library import Library

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
QUOTED = re.compile(r"\"[^\"]*\"|\([^()]*\)|\S*\d\S*")
"""What an English sentence quotes, explains in brackets, or numbers: "Phường/Xã", (Phòng Kinh tế), 18/2026/NĐ-CP."""

SURELY_ONE = 15
"""A shorter text may stand in the name of something else."""

PLACES = ("Hà Nội", "Hải Phòng", "Cần Thơ", "Quảng Ninh", "Hồ Chí Minh", "Đà Nẵng", "Tiếng Việt")


def world_of(library: Library, texts: Mapping[Language, Say]) -> World:
    return World(library, texts, NOW, code="ABC234")


def pages(guide: str, world: World) -> Iterator[Reply]:
    """Every kind of page of a guide, in English: at a glance and whole, read on, each ask, the list, the way out."""
    turn = engine.step(Talk(language="en"), Pressed("home", 0), world)

    def press(choice: str) -> Reply:
        nonlocal turn
        turn = engine.step(turn.talk, Pressed(choice, turn.talk.turn), world)
        assert turn.reply is not None
        return turn.reply

    turn = engine.step(turn.talk, Started(engine.DEEP_LINK + guide), world)
    assert turn.reply is not None
    yield turn.reply
    for more in ("all", "steps", "sources"):
        yield press(more)
        press("back")
    yield press("wrong")
    press("back")
    reply = press("prepare")
    while any(choice.id.startswith("a:") for choice in reply.choices):
        yield reply
        reply = press("a:chua-ro")
    yield reply
    yield press("done")
    yield press("take")
    press("back")
    press("handed")
    yield press("today")


def left_over(reply: Reply) -> list[str]:
    """What stands in Vietnamese on a page beside the passages it owns to."""
    found = []
    for text in replies.words(reply):
        rest = text
        for passage in sorted(reply.vietnamese, key=len, reverse=True):
            rest = rest.replace(passage, "")
        for place in PLACES:
            rest = rest.replace(place, "")
        if VIETNAMESE.search(QUOTED.sub("", QUOTED.sub("", rest))):
            found.append(text)
    return found


def owns_up(reply: Reply, texts: Mapping[Language, Say]) -> int:
    """How often a page says that something on it is only in Vietnamese."""
    return [*replies.words(reply)].count(texts["en"]("guide.some_vietnamese"))


@pytest.fixture
def texts(sentences: Mapping[Language, Say]) -> Mapping[Language, Say]:
    """Every sentence of ours, by another name than those of guides."""
    return sentences


def test_no_page_of_an_english_talk_holds_vietnamese_but_names(library: Library, texts: Mapping[Language, Say]) -> None:
    world = world_of(library, texts)
    for id, guide in library.guides.items():
        for reply in pages(id, world):
            assert left_over(reply) == [], (id, reply.blocks[0])
            assert owns_up(reply, texts) == 0, (id, reply.blocks[0])
            assert not re.search("[\ue000-\ue00f]", replies.dump(reply)), id
        first = next(pages(id, world))
        assert guide.name in " ".join(first.vietnamese), "the name to ask for at the desk"


def test_what_has_no_english_is_shown_in_vietnamese_and_owned_to_once_where_it_stands(
    library: Library, texts: Mapping[Language, Say]
) -> None:
    """Sentence by sentence: without its English, the pages that show it say so, and no others."""
    guide = library.guides["dang-ky-khai-tu"]
    known = {**library.shared_english, **library.english[guide.id].texts}
    owned = 0
    for text in sentences(guide)[::3]:
        if len(text) < SURELY_ONE:
            continue
        without = {vi: en for vi, en in known.items() if vi != text}
        poorer = dataclasses.replace(library, english={SHARED: Told.of(without)})
        for reply in pages(guide.id, world_of(poorer, texts)):
            shown = " ".join(replies.words(reply)).casefold()
            there = first_sentence(text).rstrip(".").casefold() in shown
            assert owns_up(reply, texts) == (1 if there else 0), (text, reply.blocks[0])
            assert left_over(reply) == []
            owned += there
    assert owned > 20


def test_a_guide_without_english_is_all_owned_to(library: Library, texts: Mapping[Language, Say]) -> None:
    world = world_of(dataclasses.replace(library, english={}), texts)
    for reply in pages("dang-ky-ket-hon", world):
        shown = " ".join(replies.words(reply))
        assert left_over(reply) == []
        assert owns_up(reply, texts) == (1 if any(one in shown for one in _untold(world, reply)) else 0)


def _untold(world: World, reply: Reply) -> tuple[str, ...]:
    guide = world.library.translated("dang-ky-ket-hon", "")
    assert guide is not None
    marks = re.findall(f"{OPENS}([^{CLOSES}]*)", guide.model_dump_json())
    return tuple(one for one in reply.vietnamese if any(one.casefold() in mark.casefold() for mark in marks))


def test_a_procedure_known_by_its_vietnamese_name_only_is_owned_to(
    library: Library, texts: Mapping[Language, Say]
) -> None:
    code = next(iter(library.known_by_name))
    turn = engine.step(Talk(language="en"), Said(code), world_of(library, texts))
    assert turn.reply is not None
    assert owns_up(turn.reply, texts) == 1
    assert library.known_by_name[code] in turn.reply.vietnamese


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_same_page_in_both_languages_offers_the_same(
    language: Language, library: Library, texts: Mapping[Language, Say]
) -> None:
    world = world_of(library, texts)
    mine = engine.step(Talk(language=language), Said("1.001193"), world).reply
    other = engine.step(Talk(language="vi" if language == "en" else "en"), Said("1.001193"), world).reply
    assert mine is not None
    assert other is not None
    assert [choice.id for choice in mine.choices] == [choice.id for choice in other.choices]
    assert (mine.vietnamese == ()) == (language == "vi")


def test_life_events_fields_and_provinces_are_english_too(library: Library, texts: Mapping[Language, Say]) -> None:
    world = world_of(library, texts)
    for event in library.events:
        reply = engine.show(Talk(stage=InLifeEvent(event.id), language="en"), world)
        assert left_over(reply) == []
        nameless = any(library.by_code(code) is None for code in event.codes)
        assert owns_up(reply, texts) == (1 if nameless else 0), event.id
    for field in library.fields:
        assert left_over(engine.show(Talk(stage=InField(field.id), language="en"), world)) == []
    laid = [
        (province, guide.id)
        for province, decided in library.decided.items()
        for guide in library.guides.values()
        if guide.code in decided.guides
    ]
    assert laid
    for province, id in laid:
        for about in ((), ALL):
            reply = engine.show(Talk(stage=AtGuide(id, about), language="en", province=province), world)
            assert left_over(reply) == [], (province, id)
            assert owns_up(reply, texts) == 0, (province, id)
