"""Words below a picture that nobody asked for, on Telegram and Zalo: they are the question, and the picture stays closed."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from flows.facts import Asked
from tests.channels import telegram_place, zalo_place
from tests.channels.telegram_driver import TelegramDriver
from tests.channels.telegram_place import SAY, TEXTS
from tests.fake_telegram import Person

US = "@thu_nghiem_bot"
WORDS = "làm giấy khai sinh cho con"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[telegram_place.Place]:
    async with telegram_place.place(tmp_path) as here, here.serving():
        yield here


async def photo(lan: TelegramDriver, caption: str) -> str:
    """What the page says after a photo with those words below it."""
    mark = lan._mark()
    await lan.person.sends_photo(b"a picture", caption)
    return (await lan._answered(mark)).words[0]


async def test_the_words_are_the_question_and_the_picture_is_not_opened(here: telegram_place.Place) -> None:
    lan = here.person()
    said = await photo(lan, WORDS)
    assert said.startswith(SAY("aside.beside_photo"))
    assert "Đăng ký khai sinh cho bé" in said
    assert [fact.text for fact in await here.facts() if isinstance(fact, Asked)] == [WORDS]
    await lan.say("1")
    assert SAY("aside.beside_photo") not in lan.screen.words[0], "said once"
    assert here.api.called("getFile") == []
    assert here.log.lines == []


@pytest.mark.parametrize(("kind", "told"), [("document", "beside_file"), ("video", "beside_other")])
async def test_the_same_below_a_file_or_a_video(here: telegram_place.Place, kind: str, told: str) -> None:
    lan = here.person()
    await lan.start()
    mark = lan._mark()
    if kind == "document":
        await lan.person.sends_document(b"%PDF-1.7", "giấy.pdf", caption=WORDS)
    else:
        lan.person._send({kind: {"file_id": "v", "file_unique_id": "v", "duration": 3}, "caption": WORDS})
    assert SAY(f"aside.{told}") in (await lan._answered(mark)).words[0]
    assert "Đăng ký khai sinh cho bé" in lan.screen.words[0]


@pytest.mark.parametrize("caption", ["", " \n", "👇👇", "..."])
async def test_without_words_it_is_a_picture_as_ever(here: telegram_place.Place, caption: str) -> None:
    lan = here.person()
    await lan.start()
    assert (await photo(lan, caption)).startswith(SAY("aside.photo"))


async def test_a_number_to_press_and_a_command_stand_below_a_picture_too(here: telegram_place.Place) -> None:
    lan = here.person()
    await lan.start("g_dang-ky-khai-sinh")
    said = await photo(lan, "1")
    assert SAY("aside.beside_photo") in said
    assert "Câu 1/" in said
    assert SAY("help.title") in await photo(lan, "/help")


async def test_numbers_among_them_are_hidden_before_anything_is_kept(here: telegram_place.Place) -> None:
    lan = here.person()
    said = await photo(lan, f"{WORDS}, số của em 0912345678")
    assert SAY("aside.masked") in said
    await here.all_delivered()
    with sqlite3.connect(here.file) as db:
        assert "0912345678" not in "\n".join(db.iterdump())


async def test_an_update_that_comes_twice_is_answered_once(here: telegram_place.Place) -> None:
    lan = here.person()
    here.api.faults.duplicate()
    await photo(lan, WORDS)
    await here.api.drained()
    await here.all_delivered()
    assert len(lan.person.answers) == 1


async def test_a_phone_in_english_reads_it_in_english(here: telegram_place.Place) -> None:
    john = TelegramDriver(here.api, here.api.user(8, "John", "en"))
    assert TEXTS["en"]("aside.beside_photo") in await photo(john, "birth certificate for my baby")


def in_a_group(here: telegram_place.Place) -> Person:
    return here.person().person.inside(here.api.group())


async def test_a_group_is_answered_only_where_the_words_speak_to_us(here: telegram_place.Place) -> None:
    inside = in_a_group(here)
    await inside.sends_photo(b"a picture", WORDS)
    await inside.sends_photo(b"a picture", f"@other_bot {WORDS}")
    await inside.sends_photo(b"a picture")
    await here.api.drained()
    assert inside.answers == []
    number = await inside.sends_photo(b"a picture", f"{US} {WORDS}")
    seen = await inside.sees(SAY("aside.beside_photo"))
    assert "Đăng ký khai sinh cho bé" in seen.text
    assert seen.answers == number


async def test_our_name_alone_below_a_picture_asks_us_to_look(here: telegram_place.Place) -> None:
    inside = in_a_group(here)
    await inside.sends_photo(b"a picture", US)
    await inside.sees(SAY("aside.photo"))


async def test_on_zalo_the_same(tmp_path: Path) -> None:
    async with zalo_place.place(tmp_path) as here, here.polling():
        lan = here.person()
        await lan.start()
        mark = len(lan.person.texts)
        lan.person.sends_photo(here.api.picture(b"a picture"), WORDS)
        said = (await lan._answered(mark)).words[0]
        assert SAY("aside.beside_photo") in said
        assert "Đăng ký khai sinh cho bé" in said
        assert here.api.called("picture") == []
