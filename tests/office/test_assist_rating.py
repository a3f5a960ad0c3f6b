"""What somebody who was helped thinks of it: on the volunteer's phone turned round, or on their own, once; unseen."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from typing import get_args

import pytest

from bot.channels.telegram.showing import show
from bot.desk import Address, Arrival
from flows import facts, replies, state
from flows.events import Pressed, Said, Started
from flows.facts import Helped, HelpRated, Level
from flows.office.stages import OnTheirPhone, TurnedRound
from flows.replies import Sheet
from flows.state import ByTicket, Home
from tests.office.rig import Office, Person

LEVELS: tuple[Level, ...] = get_args(Level)
LABELS = ("Rất hài lòng", "Hài lòng", "Không hài lòng")


async def turned_round(office: Office, called: str = "Lan") -> Person:
    """A volunteer's phone, handed to whoever was helped."""
    lan = await office.member(called, "volunteer", "vinh-hai")
    await lan.presses("Người tiếp theo")
    await lan.presses("Ghi luôn: đã hướng dẫn miệng")
    return lan


async def ratings(office: Office) -> list[HelpRated]:
    kept = [facts.load(fact.body) for fact in await office.store.facts()]
    return [fact for fact in kept if isinstance(fact, HelpRated)]


async def test_the_page_for_the_citizen_is_plain_and_leads_nowhere_else(office: Office) -> None:
    lan = await turned_round(office)
    assert lan.text.startswith("Xin mời quý vị chấm")
    labels = [choice.label for choice in lan.page.choices]
    assert labels == [*LABELS, "Không chấm", "Chấm trên máy của quý vị", "English"]
    for words in ("quay lại", "cảm ơn em", "em này nhiệt tình lắm", "/ban", "/tiep", "người tiếp theo", "bắt đầu lại"):
        await lan.says(words)
        assert lan.text.startswith("Xin bấm một trong các nút.")
        assert [choice.label for choice in lan.page.choices] == labels
    assert lan.page.wordless
    await lan.says("hài lòng")
    assert [rated.level for rated in await ratings(office)] == ["satisfied"]


async def test_the_rating_is_joined_to_the_help_by_its_code_and_hangs_on_nobody(office: Office) -> None:
    lan = await turned_round(office)
    await lan.presses("Không hài lòng")
    kept = await office.store.facts()
    helps = [(fact.person, told) for fact in kept if isinstance(told := facts.load(fact.body), Helped)]
    rates = [(fact.person, told) for fact in kept if isinstance(told := facts.load(fact.body), HelpRated)]
    assert [told.level for _, told in rates] == ["not_satisfied"]
    assert rates[0][1].code == helps[0][1].code
    with sqlite3.connect(office.path) as db:
        (member,) = db.execute("select person from members").fetchone()
    db.close()
    assert len({rates[0][0], helps[0][0], member}) == 3


@pytest.mark.parametrize("label", [*LABELS, "Không chấm"])
async def test_nothing_tells_the_volunteer_what_was_pressed(office: Office, label: str) -> None:
    """Page, kept talk and the message as Telegram shows it are the same for every answer."""
    lan = await turned_round(office)
    pressed = lan.choice(label)
    turn = lan.page.turn
    await lan.presses(label)
    assert lan.text.startswith("Cảm ơn quý vị\nXin đưa máy lại")
    shown = show(lan.page, tapped=pressed.label)
    assert LABELS[0] not in "".join(shown.texts)
    assert pressed.label not in "".join(shown.texts)
    talk = json.loads(await office.store.talk_of(lan.address) or "")
    assert (talk["last"], talk["stage"]) == ("*", {"desk": "vinh-hai", "kind": "handed_back"})
    assert pressed.id not in json.dumps(talk)
    page = lan.page
    await lan.does(Pressed(pressed.id, turn))
    assert lan.page.blocks == page.blocks, "a second tap is no second answer, and is not spoken of"
    assert len(await ratings(office)) == (label != "Không chấm")
    await lan.says("quay lại")
    assert not isinstance(state.load(await office.store.talk_of(lan.address) or "").stage, TurnedRound)


async def test_the_page_that_hands_the_phone_back_has_one_large_button(office: Office) -> None:
    """Whoever was helped still holds it: their words lead nowhere. The volunteer's do, where words can be typed."""
    lan = await turned_round(office)
    await lan.presses("Không chấm")
    for words in ("quay lại", "cảm ơn", "xin chào", "trợ giúp"):
        await lan.says(words)
        assert "Xin bấm một trong các nút" in lan.text
    assert [choice.label for choice in lan.page.choices if choice.group == "main"] == [
        "Người tiếp theo (dành cho tình nguyện viên)"
    ]
    assert lan.page.wordless
    assert {choice.group for choice in lan.page.choices} == {"main", "more", "way"}
    assert [choice.id for choice in lan.page.choices if choice.group == "way"] == ["language"]
    await lan.presses("Người tiếp theo")
    assert "Người dân cần làm việc gì?" in lan.text
    assert await ratings(office) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [("/ban", "Bàn làm việc"), ("người đang chờ", "Không có ai đang chờ"), ("ra về", "Đã ghi anh/chị ra về lúc 8:00")],
)
async def test_the_volunteer_goes_on_in_words_from_there(office: Office, words: str, told: str) -> None:
    lan = await turned_round(office)
    await lan.presses("Không chấm")
    await lan.says(words)
    assert "Xin bấm một trong các nút" not in lan.text
    assert told in lan.text


async def code_for_their_phone(office: Office, lan: Person) -> str:
    await lan.presses("Chấm trên máy của quý vị")
    stage = state.load(await office.store.talk_of(lan.address) or "").stage
    assert isinstance(stage, OnTheirPhone)
    (sheet,) = (block for block in lan.page.blocks if isinstance(block, Sheet))
    assert (sheet.code, sheet.payload) == (stage.ticket, f"c_{stage.ticket}")
    assert stage.ticket in lan.text
    return stage.ticket


@pytest.mark.parametrize("by", ["typed", "scanned"])
async def test_a_citizen_rates_once_on_their_own_phone(office: Office, by: str) -> None:
    lan = await turned_round(office)
    code = await code_for_their_phone(office, lan)
    await lan.presses("Người tiếp theo")
    citizen = await office.citizen("ai đó", "web" if by == "scanned" else "telegram")
    await citizen.does(Said(f"mã {code.lower()}") if by == "typed" else Started(f"c_{code}"))
    assert "Tình nguyện viên vừa giúp quý vị thế nào?" in citizen.text
    press = Pressed(citizen.choice("Hài lòng").id, citizen.page.turn)
    await asyncio.gather(*(office.desk.hear(Arrival(citizen.address, f"x{n}", press)) for n in range(3)))
    await citizen.looks()
    assert "Cảm ơn quý vị đã chấm" in citizen.text or isinstance(
        state.load(await office.store.talk_of(citizen.address) or "").stage, Home
    )
    kept = [facts.load(fact.body) for fact in await office.store.facts()]
    (helped,) = (fact for fact in kept if isinstance(fact, Helped))
    assert await ratings(office) == [HelpRated(helped.code, "vinh-hai", "satisfied")]
    await citizen.says(code)
    assert "Không có danh sách nào mang mã này" in citizen.text
    assert not isinstance(state.load(await office.store.talk_of(citizen.address) or "").stage, ByTicket)


async def test_who_has_no_phone_rates_at_the_machine_for_everybody(office: Office) -> None:
    lan = await turned_round(office)
    code = await code_for_their_phone(office, lan)
    kiosk = Person(office, Address("web", "k-mot"))
    await kiosk.says(code)
    await kiosk.presses("Hài lòng")
    assert "Cảm ơn quý vị đã chấm" in kiosk.text
    assert [rated.level for rated in await ratings(office)] == ["satisfied"]


async def test_two_phones_with_one_code_rate_once(office: Office) -> None:
    lan = await turned_round(office)
    code = await code_for_their_phone(office, lan)
    first, second = [await office.citizen(name) for name in ("một", "hai")]
    for citizen in (first, second):
        await citizen.says(code)
    await first.presses("Rất hài lòng")
    assert "Cảm ơn quý vị đã chấm" in first.text
    await second.presses("Không hài lòng")
    assert "đã chấm rồi" in second.text
    assert [rated.level for rated in await ratings(office)] == ["very_satisfied"]


async def test_the_code_is_over_with_the_day(office: Office) -> None:
    lan = await turned_round(office)
    code = await code_for_their_phone(office, lan)
    citizen = await office.citizen("ai đó")
    await citizen.says(code)
    office.later(hours=17)
    await citizen.presses("Hài lòng")
    assert "hết hạn" in citizen.text
    await citizen.says(code)
    assert "Không có danh sách nào mang mã này" in citizen.text
    assert await ratings(office) == []


async def test_guessing_codes_is_stopped(office: Office) -> None:
    """As for lists: after five wrong ones none of that person is looked up, not even the right one."""
    lan = await turned_round(office)
    code = await code_for_their_phone(office, lan)
    guesser = await office.citizen("kẻ đoán")
    for wrong in ("K7M3PQ", "K7M3PR", "K7M3PS", "K7M3PT", "K7M3PV"):
        await guesser.says(wrong)
    await guesser.says(code)
    assert not isinstance(state.load(await office.store.talk_of(guesser.address) or "").stage, ByTicket)
    honest = await office.citizen("ai đó")
    await honest.says(code)
    assert isinstance(state.load(await office.store.talk_of(honest.address) or "").stage, ByTicket)


async def test_declining_on_ones_own_phone_keeps_the_code_for_the_day(office: Office) -> None:
    lan = await turned_round(office)
    code = await code_for_their_phone(office, lan)
    citizen = await office.citizen("ai đó")
    await citizen.says(code)
    await citizen.presses("Không chấm")
    assert await ratings(office) == []
    await citizen.says(code)
    await citizen.presses("Hài lòng")
    assert len(await ratings(office)) == 1


async def test_a_ticket_is_no_list_for_a_volunteer_who_types_it(office: Office) -> None:
    lan = await turned_round(office)
    code = await code_for_their_phone(office, lan)
    await lan.presses("Người tiếp theo")
    await lan.says(code)
    assert "Không có danh sách nào mang mã này" in lan.text
    assert replies.load(replies.dump(lan.page)) == lan.page
