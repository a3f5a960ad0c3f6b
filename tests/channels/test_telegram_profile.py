"""What Telegram shows of us before anybody writes, and guides shown to others from any chat."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram.bot import Way
from bot.channels.telegram.profile import COMMANDS, introduce
from tests.channels.telegram_driver import serving
from tests.channels.telegram_place import SAY, TEXTS, Place, place
from tests.fake_telegram import read_html

ROOT = Path(__file__).parents[2]
GUIDE = "dang-ky-khai-sinh"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    async with place(tmp_path) as here:
        yield here


async def test_everything_is_set_once_and_nothing_a_second_time(here: Place) -> None:
    async with Way(here.api.state.token, here.api.url).client() as bot:
        first = await introduce(bot, TEXTS, name=True)
        assert len(first) == 7, "a name that is the same in both languages is set once"
        assert await introduce(bot, TEXTS, name=True) == []
        await bot.set_my_description("của người khác", "en")
        assert await introduce(bot, TEXTS, name=False) == ["description (en)"]
        assert (await bot.get_my_name()).name == "Thứ Tư"
        assert [command.command for command in await bot.get_my_commands(language_code="en")] == list(COMMANDS)
    assert not [call for call in here.api.calls if not call.ok]


async def setup(**environ: str) -> tuple[int, str]:
    """`./run telegram setup`, as a person starts it: its exit status and what it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot", "telegram", "setup"),
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environ},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def test_the_command_says_what_it_set(here: Place, read_once: Path, tmp_path: Path) -> None:
    data = shutil.copytree(read_once, tmp_path / "data")
    environ = {"DATA": str(data), "TELEGRAM_TOKEN": here.api.state.token, "TELEGRAM_API_URL": here.api.url}
    status, said = await setup(**environ)
    assert (status, said.count("đã đặt: ")) == (0, 6)
    assert await setup(**environ) == (0, "không có gì phải đổi\n")
    status, said = await setup(**{**environ, "TELEGRAM_TOKEN": "123:sai"})
    assert status == 1
    assert "không nhận TELEGRAM_TOKEN" in said
    assert "123:sai" not in said
    status, said = await setup(**{**environ, "TELEGRAM_TOKEN": ""})
    assert status == 1
    assert "Chưa có TELEGRAM_TOKEN" in said


async def test_a_guide_is_shown_to_others_with_a_way_in(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        number = await lan.person.asks_inline("lam giay khai sinh cho con")
        await here.api.until(lambda: bool(here.api.called("answerInlineQuery", ok=True)))
    (answer,) = here.api.called("answerInlineQuery")
    assert answer.values["inline_query_id"] == number
    first = answer.values["results"][0]
    assert first["id"] == GUIDE
    shown = read_html(first["input_message_content"]["message_text"])
    assert shown.text.startswith("Đăng ký khai sinh cho bé")
    (button,) = first["reply_markup"]["inline_keyboard"][0]
    assert button["url"] == f"https://t.me/thu_nghiem_bot?start=g_{GUIDE}"
    assert button["text"] == SAY("telegram.open")
    assert await here.facts() == [], "who looks around is not counted as one who asked"


@pytest.mark.parametrize("words", ["", "   ", "xyz qwe", "chồng đang đánh tôi", "x" * 256])
async def test_where_nothing_fits_nothing_is_offered(here: Place, words: str) -> None:
    lan = here.person(met=True)
    async with here.serving():
        await here.api.until(lambda: here.api.mailbox.polled)
        await lan.person.asks_inline(words)
        await here.api.until(lambda: bool(here.api.called("answerInlineQuery", ok=True)))
    (answer,) = here.api.called("answerInlineQuery")
    assert answer.values["results"] == []
    assert answer.values["button"] == {"text": SAY("telegram.ask"), "start_parameter": "inline"}


async def test_who_types_on_is_answered_to_what_was_typed_last(here: Place) -> None:
    lan, hoa = here.person(met=True), here.person(8, "Hoa", met=True)
    words = "làm giấy khai sinh cho con"

    def answered() -> list[str]:
        return [call.values["inline_query_id"] for call in here.api.called("answerInlineQuery", ok=True)]

    async with here.serving():
        await here.api.until(lambda: here.api.mailbox.polled)
        here.api.faults.next("answerInlineQuery", slow=1.0, times=1)
        typed = [await lan.person.asks_inline(words[: at + 1]) for at in range(len(words))]
        other = await hoa.person.asks_inline(words)
        await here.api.until(lambda: {typed[-1], other} <= set(answered()), within=10)
    assert len(answered()) <= 4, "what was typed on the way is let go"


async def test_inline_mode_can_be_switched_off(here: Place) -> None:
    lan = here.person()
    async with serving(here.api, here.desk, TEXTS, inline=False):
        await lan.start()
        await lan.person.asks_inline("khai sinh")
        await lan.say("/help")
    assert not here.api.called("answerInlineQuery")
    assert "inline_query" not in here.api.called("getUpdates")[0].values["allowed_updates"]


async def test_a_guide_shared_into_the_chat_with_ourselves_is_no_question(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        await lan.person.says("Đăng ký khai sinh cho bé ...", via_bot=here.api.state.bot)
        await here.api.drained()
        await lan.say("/help")
    assert len(lan.person.answers) == 2


async def test_the_way_in_from_inline_mode_is_a_greeting(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start("inline")
        assert SAY("home.title") in lan.screen.words[0]
        assert SAY("aside.unknown_link") not in lan.screen.words[0]
