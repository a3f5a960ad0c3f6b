"""The fake Bot API refuses what Telegram refuses, in the same words, and takes what is just inside the limits."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken

from tests.fake_telegram import BadMarkupError, FakeTelegram, read_html
from tests.fake_telegram.topics import close_topic, delete_topic
from tests.fakes.calling import HTML, buttons, calling, keyboard, png

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


async def test_a_method_that_does_not_exist(api: FakeTelegram) -> None:
    async with calling(api) as client:
        answer = await client.post("/readThoughts", json={})
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_a_topic_takes_what_is_written_there_until_it_is_closed_or_deleted(api: FakeTelegram, bot: Bot) -> None:
    group = api.group()
    topic = api.topic(group)
    lan = api.user().inside(group, topic)
    question = await lan.says("hỏi")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert (update.message.is_topic_message, update.message.message_thread_id) == (True, topic)
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.forum_topic_created is not None
    await bot.send_message(-500, "đáp", message_thread_id=topic)
    await bot.send_message(-500, "đáp nữa", reply_to_message_id=question)
    await bot.send_message(-500, "ngoài")
    assert [seen.text for seen in lan.answers] == ["đáp", "đáp nữa"]
    for gone, words in ((close_topic, "Topic_closed"), (delete_topic, "Message thread not found")):
        gone(api.state, group, topic)
        with pytest.raises(BadRequest, match=words):
            await bot.send_message(-500, "đáp", message_thread_id=topic)
        with pytest.raises(BadRequest, match=words):
            await bot.send_chat_action(-500, "typing", message_thread_id=topic)
