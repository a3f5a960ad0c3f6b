"""The fake Bot API takes what Telegram takes, serves a whole bot that polls, and runs as a process."""

from __future__ import annotations

import asyncio
import ssl
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Bot, BotCommand
from telegram.error import BadRequest

from tests.fake_telegram import FakeTelegram, Seen
from tests.fakes.calling import TOKEN, calling, keyboard, png, polling

SERVE = Path(__file__).resolve().parents[1] / "fake_telegram" / "serve.py"


async def test_a_talk_by_hand_message_press_edit_and_delete(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user(7, name="Lan", language="vi")
    await lan.says("xin chào")
    [update] = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert (update.message.text, update.message.chat.id) == ("xin chào", 7)
    assert update.effective_user is not None
    assert update.effective_user.language_code == "vi"

    sent = await bot.send_message(
        7, "<b>Sinh ở đâu?</b> &lt;1&gt;", parse_mode="HTML", reply_markup=keyboard("Ở nhà", "Bệnh viện")
    )
    assert sent.entities[0].type == "bold"
    seen = await lan.sees("Sinh ở đâu? <1>")
    assert seen.buttons == (("Ở nhà",), ("Bệnh viện",))
    assert seen.labels == ("Ở nhà", "Bệnh viện")
    assert not seen.edited

    mark = lan.mark
    press = await lan.presses("Bệnh viện")
    [update] = await bot.get_updates(offset=update.update_id + 1, timeout=1)
    assert update.callback_query is not None
    assert update.callback_query.data == "c:1"
    assert await update.callback_query.answer("Đã nhận")
    assert await lan.sees_answer(press) == "Đã nhận"
    await update.callback_query.edit_message_text("Bệnh viện ✓")
    seen = await lan.sees("Bệnh viện ✓", after=mark)
    assert seen.edited
    assert seen.buttons == (), "an edit without a keyboard takes the keyboard away"

    assert await bot.delete_message(7, sent.message_id)
    assert lan.answers == []
    assert [m.text for m in lan.messages] == ["xin chào"]


async def test_buttons_are_pressed_by_label_first_and_number_second(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user(met=True)
    await bot.send_message(7, "Chọn", reply_markup=keyboard("2", "một", "hai"))
    assert (await lan.presses("2")).data == "c:0"
    assert (await lan.presses(3)).data == "c:2"
    with pytest.raises(AssertionError, match="no button 'bốn' among"):
        await lan.presses("bốn")


async def test_reply_markup_alone_can_change(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user(met=True)
    sent = await bot.send_message(7, "Giấy tờ", reply_markup=keyboard("☐ Giấy chứng sinh"))
    await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=keyboard("☑ Giấy chứng sinh"))
    seen = await lan.sees("Giấy tờ")
    assert seen.labels == ("☑ Giấy chứng sinh",)
    assert not seen.edited, "Telegram does not call a message edited when only its buttons changed"


async def test_every_way_of_sending_parameters(api: FakeTelegram) -> None:
    api.user(met=True)
    async with calling(api) as client:
        answers = [
            await client.get("/sendMessage", params={"chat_id": "7", "text": "a"}),
            await client.post("/sendmessage", data={"chat_id": "7", "text": "a"}),
            await client.post("/SENDMESSAGE", json={"chat_id": 7, "text": "a"}),
            await client.post("/sendMessage", data={"chat_id": "7"}, files={"text": (None, b"a")}),
        ]
    assert [a.json()["result"]["text"] for a in answers] == ["a"] * 4


async def test_pictures_and_files_travel_both_ways(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user(met=True)
    sent = await bot.send_document(7, b"%PDF-1.7", filename="tờ khai.pdf", caption="<i>Mẫu</i>", parse_mode="HTML")
    assert sent.document is not None
    assert sent.document.file_name == "tờ khai.pdf"
    seen = await lan.sees("Mẫu")
    assert seen.file is not None
    assert (seen.file.name, seen.file.data) == ("tờ khai.pdf", b"%PDF-1.7")
    again = await bot.send_document(7, sent.document.file_id)
    assert again.document == sent.document

    photo = await bot.send_photo(7, png(40, 30))
    assert (photo.photo[0].width, photo.photo[0].height) == (40, 30)

    await lan.sends_photo(png(8, 9), caption="giấy này")
    await lan.sends_document(b"%PDF", "cccd.pdf")
    await lan.sends_document(b"%PDF", "to.pdf", size=21 * 1024 * 1024)
    first, second, third = await bot.get_updates()
    assert first.message is not None
    assert first.message.caption == "giấy này"
    assert first.message.photo[0].height == 9
    assert bytes(await (await first.message.photo[0].get_file()).download_as_bytearray()) == png(8, 9)
    assert second.message is not None
    assert second.message.document is not None
    assert second.message.document.mime_type == "application/pdf"
    assert third.message is not None
    assert third.message.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await third.message.document.get_file()


async def test_other_things_people_send(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user()
    number = await lan.says("sai")
    await lan.edits(number, "sửa")
    await lan.follows_link("g_khai-sinh")
    await lan.sends_sticker("🙏")
    await lan.sends_voice()
    await lan.sends_location(10.77, 106.69)
    await lan.sends_contact("+84900000000")
    await lan.asks_inline("khai sinh")
    await lan.inside(api.group(-500)).says("trong nhóm")
    updates = await bot.get_updates()
    kinds = [next(k for k in u.to_dict() if k != "update_id") for u in updates]
    assert kinds == ["message", "edited_message", *["message"] * 5, "inline_query", "message"]
    assert updates[1].edited_message is not None
    assert updates[1].edited_message.text == "sửa"
    start = updates[2].message
    assert start is not None
    assert (start.text, start.entities[0].type, start.entities[0].length) == ("/start g_khai-sinh", "bot_command", 6)
    group = updates[8].message
    assert group is not None
    assert (group.chat.type, group.chat.id) == ("group", -500)


async def test_profile_is_kept_for_each_language(api: FakeTelegram, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("batdau", "Bắt đầu lại")])
    await bot.set_my_commands([BotCommand("start", "Start again")], language_code="en")
    await bot.set_my_short_description("Hỏi thủ tục")
    assert [c.description for c in await bot.get_my_commands()] == ["Bắt đầu lại"]
    assert [c.command for c in await bot.get_my_commands(language_code="en")] == ["start"]
    assert (await bot.get_my_short_description(language_code="en")).short_description == "Hỏi thủ tục"
    assert await bot.send_chat_action(api.user(met=True).id, "typing")
    assert [c.method for c in api.called("sendChatAction")] == ["sendChatAction"]


async def test_the_real_application_polls_answers_and_edits(api: FakeTelegram) -> None:
    lan, minh = api.user(7), api.user(8, name="Minh")
    async with polling(api):
        await lan.says("chào")
        await minh.says("hỏi")
        await lan.sees("nghe: chào")
        await minh.sees("nghe: hỏi")
        await lan.sees_answer(await lan.presses("Rõ"))
        seen = await lan.sees(lambda m: m.edited)
        assert seen.text == "chọn: c:0"
        await api.drained()
    assert [m.text for m in minh.answers] == ["nghe: hỏi"]


async def test_not_seeing_shows_the_screen(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user(met=True)
    await bot.send_message(7, "có", reply_markup=keyboard("nút"))
    with pytest.raises(AssertionError, match=r"(?s)not seen in 0.01 s: 'không'.*bot 1: có.*\[nút\]"):
        await lan.sees("không", 0.01)


async def test_serves_as_a_script_for_people_to_try() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(SERVE), "--token", TOKEN, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    process.stdin.write("xin chào\n".encode())
    async with Bot(TOKEN, base_url=f"{url}/bot") as bot:
        [update] = await bot.get_updates(timeout=10)
        assert update.message is not None
        await update.message.reply_text("chào lại", reply_markup=keyboard("Rõ"))
        shown = [(await process.stdout.readline()).decode().rstrip() for _ in range(2)]
        assert shown == ["bot 2: chào lại", "    [Rõ]"]
        process.stdin.write("> Rõ\n".encode())
        [update] = await bot.get_updates(offset=update.update_id + 1, timeout=10)
        assert update.callback_query is not None
    process.stdin.close()
    assert await process.wait() == 0


class Slipping(FakeTelegram):
    """A fake with a mistake of its own."""

    async def _do(self, request: Any) -> Any:
        raise ValueError("a slip")


async def test_a_mistake_of_the_fake_ends_all_waiting_at_once() -> None:
    async with Slipping(TOKEN) as api, httpx.AsyncClient(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)) as client:
        assert (await client.post(f"{api.base_url}{TOKEN}/getMe")).status_code == 500
        lan = api.user(7, "Lan")
        async with asyncio.timeout(5):
            for waiting in (api.until(lambda: False, within=60), lan.sees("không tới", within=60)):
                with pytest.raises(AssertionError, match="the fake Bot API has failed: ValueError"):
                    await waiting


def test_what_is_seen_is_plain() -> None:
    seen = Seen(1, "a", (("x", "y"), ("z",)), (), edited=False, from_bot=True, file=None, revision=1)
    assert seen.labels == ("x", "y", "z")
