"""The fake Bot API, driven by the real client over HTTP: what it takes, what it refuses, and every fault it injects."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import struct
import sys
import time
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from tests.fake_telegram import BadMarkupError, FakeTelegram, Seen, read_html

TOKEN = "123:abc"
SERVE = Path(__file__).resolve().parents[1] / "fake_telegram" / "serve.py"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * ((width + 7) // 8)) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
async def api() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(TOKEN) as running:
        yield running


@pytest.fixture
async def bot(api: FakeTelegram) -> AsyncIterator[Bot]:
    # Loading certificates takes a client longer than a test takes; here all is plain HTTP.
    quick: dict[str, Any] = {"verify": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)}
    async with Bot(
        TOKEN,
        base_url=api.base_url,
        base_file_url=api.base_file_url,
        request=HTTPXRequest(httpx_kwargs=quick),
        get_updates_request=HTTPXRequest(httpx_kwargs=quick),
    ) as client:
        yield client


def calling(api: FakeTelegram) -> httpx.AsyncClient:
    """A client that sends what it is told; it needs no certificates, which are slow to load."""
    return httpx.AsyncClient(base_url=f"{api.base_url}{TOKEN}", verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=f"c:{n}")] for n, label in enumerate(labels)]
    )


# -- what it takes -----------------------------------------------------------------------------------------


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


# -- what it refuses ---------------------------------------------------------------------------------------

HTML = {"parse_mode": "HTML"}


def buttons(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"text": "x", "reply_markup": {"inline_keyboard": list(rows)}}


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {}, "message text is empty"),
    ("sendMessage", {"text": " \n "}, "message text is empty"),
    ("sendMessage", {"text": "<b> </b>", **HTML}, "message text is empty"),
    ("sendMessage", {"text": "á" * 4097}, "message is too long"),
    ("sendMessage", {"text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"text": f"<b>{'a' * 4097}</b>", **HTML}, "message is too long"),
    (
        "sendMessage",
        {"text": "<b>a", **HTML},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ("sendMessage", {"text": "a <br> b", **HTML}, 'can\'t parse entities: Unsupported start tag "br" at byte offset 2'),
    ("sendMessage", {"text": "a", "parse_mode": "html5"}, "unsupported parse_mode"),
    ("sendMessage", {"text": "a", "chat_id": 8}, "chat not found"),
    ("sendMessage", {"text": "a", "txet": "b"}, "unknown parameter txet"),
    ("sendMessage", {"text": "a", "disable_notification": "maybe"}, "can't parse disable_notification"),
    ("sendMessage", {"text": 5}, "can't parse text"),
    ("sendMessage", {"text": "a", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ("sendMessage", {"text": "a", "reply_parameters": "{"}, "can't parse reply_parameters"),
    (
        "sendMessage",
        {"text": "a", "reply_parameters": {"message_id": 1, "quotee": "x"}},
        "unknown field reply_parameters.quotee",
    ),
    ("sendMessage", buttons([{"text": "a", "callback_data": "ạ" * 22}]), "BUTTON_DATA_INVALID"),
    ("sendMessage", buttons([{"text": "a"}]), "Text buttons are unallowed in the inline keyboard"),
    ("sendMessage", buttons([{"text": "a", "callback_data": ""}]), "Text buttons are unallowed in the inline keyboard"),
    ("sendMessage", buttons([{"text": " ", "callback_data": "a"}]), 'Field "text" must be of type String'),
    ("sendMessage", buttons([{"text": "a", "url": "ftp://a.vn"}]), "Unsupported URL protocol"),
    (
        "sendMessage",
        buttons([{"text": "a", "url": "https://a.vn", "callback_data": "a"}]),
        "exactly one optional field",
    ),
    ("sendMessage", buttons([{"text": "a", "calback_data": "a"}]), "unknown field"),
    (
        "sendMessage",
        buttons(*[[{"text": "a", "callback_data": str(n)}] for n in range(101)]),
        "reply markup is too long",
    ),
    ("editMessageText", {"text": "a", "message_id": 99}, "message to edit not found"),
    ("editMessageText", {"text": "của Lan", "message_id": 1}, "message can't be edited"),
    ("editMessageText", {"text": "của  máy ", "message_id": 2}, ""),
    ("editMessageText", {"text": "của máy", "message_id": 2}, "message is not modified"),
    ("editMessageReplyMarkup", {"message_id": 2}, "message is not modified"),
    ("editMessageCaption", {"message_id": 2, "caption": "a"}, "there is no caption in the message to edit"),
    ("deleteMessage", {"message_id": 99}, "message to delete not found"),
    (
        "answerCallbackQuery",
        {"chat_id": None, "callback_query_id": "1"},
        "query is too old and response timeout expired",
    ),
    ("answerCallbackQuery", {"chat_id": None, "callback_query_id": "1", "text": "a" * 201}, "MESSAGE_TOO_LONG"),
    ("sendChatAction", {"action": "thinking"}, "wrong parameter action in request"),
    (
        "setMyCommands",
        {"chat_id": None, "commands": [{"command": "Bắt_đầu", "description": "a"}]},
        "BOT_COMMAND_INVALID",
    ),
    (
        "setMyCommands",
        {"chat_id": None, "commands": [{"command": "a", "description": ""}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    ("setMyName", {"chat_id": None, "name": "a" * 65}, "name is too long"),
    ("setWebhook", {"chat_id": None, "url": "http://example.org/x"}, "An HTTPS URL must be provided"),
    (
        "setWebhook",
        {"chat_id": None, "url": "https://example.org/x", "secret_token": "a b"},
        "secret token contains unallowed",
    ),
    ("getFile", {"chat_id": None, "file_id": "x"}, "invalid file_id"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendPhoto", {"photo": "nowhere"}, "wrong file identifier"),
    ("sendPhoto", {"photo": "attach://gone"}, "wrong file identifier"),
    ("sendPhoto", {"photo": "x", "caption": "a" * 1025}, "message caption is too long"),
    ("getChatAdministrators", {}, "the fake Bot API does not do getChatAdministrators"),
]


@pytest.mark.parametrize(("method", "values", "words"), REFUSALS, ids=[f"{n}-{r[0]}" for n, r in enumerate(REFUSALS)])
async def test_refuses_what_telegram_refuses(
    api: FakeTelegram, method: str, values: dict[str, Any], words: str
) -> None:
    lan = api.user()
    assert await lan.says("của Lan") == 1
    sent = {k: v for k, v in {"chat_id": 7, **values}.items() if v is not None}
    async with calling(api) as client:
        assert (await client.post("/sendMessage", json={"chat_id": 7, "text": "của máy"})).json()["result"][
            "message_id"
        ] == 2
        before = lan.mark
        answer = await client.post(f"/{method}", json=sent)
    if not words:
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    body = answer.json()
    assert (body["ok"], body["error_code"]) == (False, 400)
    assert body["description"].startswith("Bad Request: ")
    assert words in body["description"]
    assert lan.mark == before, "a refused request changes nothing"
    assert not api.calls[-1].ok


async def test_what_is_just_inside_the_limits_passes(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user(met=True)
    await bot.send_message(7, "á" * 4096)
    await bot.send_message(7, "<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")
    data = "ạ" * 21
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data=data)] for _ in range(100)])
    await bot.send_message(7, "a", reply_markup=markup)
    assert (await lan.presses(100)).data == data
    await bot.send_photo(7, png(1, 1), caption="a" * 1024)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"not a picture", "Image_process_failed"),
        (png(6000, 4001), "Photo_invalid_dimensions"),
        (png(1, 21), "Photo_invalid_dimensions"),
        (b"", "File must be non-empty"),
    ],
)
async def test_refuses_photos_that_are_none(api: FakeTelegram, bot: Bot, data: bytes, words: str) -> None:
    lan = api.user(met=True)
    with pytest.raises(BadRequest, match=words):
        await bot.send_photo(7, data)
    assert lan.messages == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba>", 'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        ("🏟 🏟&lt;<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("&#57311;", "Text contains invalid Unicode characters"),
    ],
)
def test_broken_html_is_named_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(BadMarkupError) as refused:
        read_html(source)
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("&lt;&gt;&amp;&quot;&laquo;&#12345678;", '<>&"&laquo;&#12345678;', []),
        ("➡️ ➡️<i>➡️ ➡️</i><b>➡️ ➡️</b>", "➡️ ➡️➡️ ➡️➡️ ➡️", [("italic", 5, 5), ("bold", 10, 5)]),
        ("🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>", "🏟 🏟🏟 ><🏟", [("italic", 5, 7), ("bold", 9, 3)]),
        ("🏟 🏟&lt;<i>🏟 🏟&lt;</>", "🏟 🏟<🏟 🏟<", [("italic", 6, 6)]),
        ("🏟 🏟&lt;<b></b>", "🏟 🏟<", []),
        ('<a href="https://dichvucong.gov.vn?a=1&amp;b=2">Cổng</a>', "Cổng", [("text_link", 0, 4)]),
        ("<blockquote expandable>ẩn</blockquote>", "ẩn", [("expandable_blockquote", 0, 2)]),
    ],
)
def test_good_html_is_read_with_offsets_in_utf16(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    marked = read_html(source)
    assert marked.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in marked.entities] == entities


async def test_presses_grow_old_and_can_be_forged(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user(met=True)
    sent = await bot.send_message(7, "Chọn", reply_markup=keyboard("a"))
    press = await lan.presses("a")
    api.expire_presses()
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(press.id)
    await bot.delete_message(7, sent.message_id)
    await lan.presses_data(sent.message_id, "invented")
    update = (await bot.get_updates())[-1]
    assert update.callback_query is not None
    assert update.callback_query.data == "invented"
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


async def test_blocked_bot_gets_403_until_unblocked(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user(met=True)
    await lan.blocks_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(7, "a")
    await lan.unblocks_bot()
    await bot.send_message(7, "b")
    changes = [u.my_chat_member for u in await bot.get_updates() if u.my_chat_member]
    assert [c.new_chat_member.status for c in changes] == ["kicked", "member"]
    assert [m.text for m in lan.messages] == ["b"]


async def test_wrong_and_revoked_tokens(api: FakeTelegram, bot: Bot) -> None:
    api.user(met=True)
    for wrong in ("123:wrong", "nonsense"):
        stranger = Bot(wrong, base_url=api.base_url)
        with pytest.raises(InvalidToken):
            await stranger.initialize()
        await stranger.shutdown()
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await api.until(lambda: api.mailbox.polled)
    api.revoke_token()
    with pytest.raises(InvalidToken):
        await waiting
    with pytest.raises(InvalidToken):
        await bot.send_message(7, "a")


# -- updates -----------------------------------------------------------------------------------------------


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user()
    for text in ("một", "hai", "ba"):
        await lan.says(text)
    first = await bot.get_updates()
    assert await bot.get_updates() == first
    assert await bot.get_updates(limit=1) == first[:1]
    assert await bot.get_updates(offset=first[1].update_id) == first[1:]
    assert await bot.get_updates() == first[1:]
    await lan.says("bốn")
    [last] = await bot.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "bốn"
    assert await bot.get_updates(offset=last.update_id + 1) == ()
    await api.drained()


async def test_long_polls_wake_at_once_and_a_second_poller_ends_the_first(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user()
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await api.until(lambda: api.mailbox.polled)
    async with Bot(TOKEN, base_url=api.base_url) as other:
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        began = time.monotonic()
        await lan.says("dậy")
        assert len(await second) == 1
    assert time.monotonic() - began < 2


async def test_only_the_kinds_asked_for_are_kept(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user()
    await bot.get_updates(allowed_updates=["callback_query"])
    await lan.says("không ai nghe")
    await lan.presses_data(1, "a")
    api.push("message_reaction", {})
    assert [u.callback_query is not None for u in await bot.get_updates()] == [True]


async def test_an_update_of_a_kind_nobody_knows(api: FakeTelegram, bot: Bot) -> None:
    number = api.push("thought_read", {"about": "lunch"})
    [update] = await bot.get_updates()
    assert (update.update_id, update.effective_user) == (number, None)
    assert update.api_kwargs == {"thought_read": {"about": "lunch"}}


async def test_a_set_webhook_forbids_polling(api: FakeTelegram, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await api.until(lambda: api.mailbox.polled)
    await bot.set_webhook("https://example.invalid/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await waiting
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.get_updates() == ()


async def test_stopping_does_not_wait_for_a_long_poll_or_a_slow_answer() -> None:
    async with FakeTelegram(TOKEN) as api:
        bot = Bot(TOKEN, base_url=api.base_url)
        await bot.initialize()
        api.faults.next("getMyCommands", slow=30)
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        slow = asyncio.create_task(bot.get_my_commands(read_timeout=60))
        await api.until(lambda: api.mailbox.polled and len(api.called("getMyCommands")) == 1)
        began = time.monotonic()
    assert (await poll, await slow) == ((), ())
    assert time.monotonic() - began < 5
    await bot.shutdown()


async def test_a_method_that_does_not_exist(api: FakeTelegram) -> None:
    async with calling(api) as client:
        answer = await client.post("/readThoughts", json={})
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


# -- a whole bot, polling ----------------------------------------------------------------------------------


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"nghe: {update.effective_message.text}", reply_markup=keyboard("Rõ"))


async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer()
    await update.callback_query.edit_message_text(f"chọn: {update.callback_query.data}")


def application(api: FakeTelegram) -> Application[Any, Any, Any, Any, Any, Any]:
    built = ApplicationBuilder().token(TOKEN).base_url(api.base_url).base_file_url(api.base_file_url).build()
    built.add_handler(MessageHandler(filters.TEXT, echo))
    built.add_handler(CallbackQueryHandler(pressed))
    return built


@contextlib.asynccontextmanager
async def polling(api: FakeTelegram) -> AsyncIterator[None]:
    app = application(api)
    async with app:
        assert app.updater is not None
        await app.start()
        await app.updater.start_polling(timeout=10)
        yield
        await app.updater.stop()
        await app.stop()


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


# -- faults ------------------------------------------------------------------------------------------------


async def test_refusals_on_demand(api: FakeTelegram, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without it the client warns, at every 429, of a type that will change; it reads the setting each time.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    lan = api.user(met=True)
    api.faults.next("sendMessage", status=429, retry_after=3)
    api.faults.next("sendMessage", status=502)
    api.faults.next("sendMessage", status=502, page="<html>Bad Gateway</html>")
    api.faults.next("*", status=403, description="Forbidden: user is deactivated")
    with pytest.raises(RetryAfter) as later:
        await bot.send_message(7, "a")
    assert str(later.value) == "Flood control exceeded. Retry in 0:00:03"
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(7, "a")
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(7, "a")
    assert lan.messages == []
    await bot.send_message(7, "b")
    assert [m.text for m in lan.messages] == ["b"]
    assert dict(api.faults.injected) == {"sendmessage 429": 1, "sendmessage 502": 2, "sendmessage 403": 1}
    assert [c.status for c in api.called("sendMessage")] == [429, 502, 502, 403, 200]


async def test_a_fault_for_one_chat_leaves_the_others_alone(api: FakeTelegram, bot: Bot) -> None:
    api.user(7, met=True)
    api.user(8, met=True)
    api.faults.next("sendMessage", status=500, chat=8, times=None)
    await bot.send_message(7, "a")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(8, "a")
    api.faults.clear()
    await bot.send_message(8, "a")


@pytest.mark.parametrize(("cut", "recorded"), [("before", 0), ("after", 1)])
async def test_a_cut_reply_may_or_may_not_have_been_recorded(
    api: FakeTelegram, bot: Bot, cut: Any, recorded: int
) -> None:
    lan = api.user(met=True)
    api.faults.next("sendMessage", cut=cut)
    with pytest.raises(NetworkError):
        await bot.send_message(7, "a")
    assert len(lan.messages) == recorded
    await bot.send_message(7, "b")
    assert lan.messages[-1].text == "b"


async def test_a_slow_answer_times_out_although_the_message_was_taken(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user(met=True)
    api.faults.next("sendMessage", slow=30)
    with pytest.raises(TimedOut):
        await bot.send_message(7, "a", read_timeout=0.05)
    assert (await lan.sees("a")).from_bot


def test_a_fault_that_does_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="one of status, slow, cut"):
        FakeTelegram(TOKEN).faults.next("sendMessage")


async def test_duplicate_and_late_updates_by_polling(api: FakeTelegram) -> None:
    lan = api.user()
    api.faults.duplicate()
    async with polling(api):
        await lan.says("một")
        await api.until(lambda: len([m for m in lan.answers if m.text == "nghe: một"]) == 2)
        api.faults.out_of_order()
        await lan.says("hai")
        await lan.says("ba")
        await api.drained()
        await lan.sees("nghe: hai")
    assert [m.text for m in lan.answers] == ["nghe: một", "nghe: một", "nghe: ba", "nghe: hai"]


# -- webhook -----------------------------------------------------------------------------------------------


class Hook:
    """A webhook of the test: what came, and what it answers next (then 200)."""

    def __init__(self, answers: list[int]) -> None:
        self.answers, self.texts, self.secrets = answers, list[str](), set[str | None]()

    async def take(self, request: Request) -> Response:
        self.secrets.add(request.headers.get("x-telegram-bot-api-secret-token"))
        update = Update.de_json(await request.json(), None)
        assert update.message is not None
        status = self.answers.pop(0) if self.answers else 200
        self.texts.append(f"{status} {update.message.text}")
        return Response(status_code=status)

    @contextlib.asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        config = uvicorn.Config(
            Starlette(routes=[Route("/hook", self.take, methods=["POST"])]), port=0, log_config=None, ws="none"
        )
        listening = config.bind_socket()
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hook"
        server.should_exit = True
        await task


async def test_webhook_gets_the_secret_and_each_persons_updates_in_order_through_failures(
    api: FakeTelegram, bot: Bot
) -> None:
    lan = api.user()
    hook = Hook([200, 500, 403, 200])
    async with hook.served() as url:
        await bot.set_webhook(url, secret_token="bi-mat_1", allowed_updates=["message"])
        for text in ("một", "hai", "ba"):
            await lan.says(text)
        await lan.presses_data(1, "not asked for")
        await api.drained()
        info = await bot.get_webhook_info()
        await bot.delete_webhook()
    assert hook.texts == ["200 một", "500 hai", "403 hai", "200 hai", "200 ba"]
    assert hook.secrets == {"bi-mat_1"}
    assert info.pending_update_count == 0
    assert info.last_error_message == "Wrong response from the webhook: 403 Forbidden"


async def test_duplicate_and_late_updates_by_webhook(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user()
    hook = Hook([])
    async with hook.served() as url:
        await bot.set_webhook(url)
        api.faults.duplicate()
        await lan.says("một")
        await api.drained()
        api.faults.out_of_order()
        await lan.says("hai")
        await lan.says("ba")
        await api.drained()
        await bot.delete_webhook()
    assert hook.texts == ["200 một", "200 một", "200 ba", "200 hai"]
    assert hook.secrets == {None}


async def test_an_unreachable_webhook_keeps_the_update_for_later(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user()
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await lan.says("chờ")
    await api.until(lambda: next(iter(api.mailbox.waiting.values())).failures > 1)
    await bot.delete_webhook(drop_pending_updates=False)
    assert [u.message is not None for u in await bot.get_updates()] == [True]


# -- as a process ------------------------------------------------------------------------------------------


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
