"""Telegram calls us: over real HTTP, at the page's own server, with everything that may come instead of Telegram."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Bot

from bot.channels.telegram.webhook import SECRET
from bot.messaging.calls import LARGEST, hook
from flows.facts import Asked, Opened
from tests.channels.telegram_hooked import called
from tests.channels.telegram_place import SAY, Place, place

TITLE = "Đăng ký khai sinh cho bé"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    async with place(tmp_path) as here:
        yield here


def said(number: int, words: str, chat: int = 7) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
    chatting = {"id": chat, "type": "private", "first_name": "Lan"}
    message = {"message_id": number, "date": 0, "chat": chatting, "from": person, "text": words}
    return {"update_id": number, "message": message}


async def test_a_whole_talk_and_the_webhook_gone_at_the_end(here: Place) -> None:
    lan = here.person()
    async with called(here) as at:
        assert (set_by_us := here.api.mailbox.webhook) is not None
        assert (set_by_us.url, set_by_us.secret) == (at.hook.url, at.hook.secret)
        await lan.start()
        await lan.say("làm giấy khai sinh cho con")
        await lan.press("1")
        assert "Câu 1/" in lan.screen.words[0]
        async with httpx.AsyncClient() as browser:
            assert "Thứ Tư" in (await browser.get(at.page)).text
    assert here.api.mailbox.webhook is None
    assert not here.api.called("getUpdates")
    assert set(here.api.called("setWebhook")[0].values["allowed_updates"]) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "inline_query",
    }
    assert here.log.lines == []


async def test_what_people_say_while_nobody_is_there_is_answered_by_the_next_start(here: Place) -> None:
    lan = here.person()
    async with called(here):
        await lan.start()
    await lan.person.says("làm giấy khai sinh cho con")
    async with called(here):
        await lan.person.sees(lambda seen: seen.text.startswith(TITLE))
        await here.api.drained()
    assert [type(fact) for fact in await here.facts()] == [Asked, Opened]


@pytest.mark.parametrize("secret", ["", "sai", "é", "x" * 5000])
async def test_without_the_secret_nothing_is_heard(here: Place, secret: str) -> None:
    here.person(met=True)
    async with called(here) as at:
        assert await at.post(said(1, "/help"), secret) == 403
        assert await at.post(b"x" * 2 * LARGEST, "sai") == 403
        async with httpx.AsyncClient() as client:
            assert (await client.post(at.hook.url, json=said(1, "/help"))).status_code == 403
            assert (await client.get(at.hook.url)).status_code == 405
    assert await here.turn_of(7) is None
    assert not here.api.called("sendMessage")


async def test_the_secret_of_another_token_or_another_machine_is_not_ours(here: Place) -> None:
    here.person(met=True)
    async with called(here) as at:
        for other in (
            hook("", b"k" * 32, "telegram", "124:abc"),
            hook("", b"j" * 32, "telegram", here.api.state.token),
        ):
            assert await at.post(said(1, "/help"), other.secret) == 403
    assert at.hook.secret not in repr(at.hook)


async def test_a_call_that_is_played_again_is_answered_once(here: Place) -> None:
    lan = here.person(met=True)
    async with called(here) as at:
        statuses = await asyncio.gather(*(at.post(said(1, "làm giấy khai sinh cho con")) for _ in range(8)))
        assert statuses == [200] * 8
        assert await at.post(said(1, "làm giấy khai sinh cho con")) == 200
        await here.all_delivered()
    assert len(lan.person.answers) == 1
    assert [type(fact) for fact in await here.facts()] == [Asked, Opened]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"[]", 400),
        (b"null", 400),
        (b'{"message": {}}', 400),
        (b'{"update_id": "1"}', 400),
        (b'{"update_id": 1}', 200),
        (b'{"update_id": 1, "something_new": {"id": 7}}', 200),
        (b'{"update_id": 1, "message": {"message_id": 1}}', 200),
        (b'{"update_id": 1, "message": 5}', 200),
        (b'{"update_id": 1, "callback_query": []}', 200),
    ],
)
async def test_what_is_no_update_does_no_harm(here: Place, body: bytes, status: int) -> None:
    lan = here.person(met=True)
    async with called(here) as at:
        assert await at.post(body) == status
        assert await at.post(said(2, "/help")) == 200
        await lan.person.sees(SAY("help.title"))


async def test_fifty_megabytes_are_refused_before_they_are_read(here: Place) -> None:
    here.person(met=True)

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b" " * 1024 * 1024

    async with called(here) as at:
        async with httpx.AsyncClient() as client:
            headers = {SECRET: at.hook.secret}
            for content in (b" " * 50 * 1024 * 1024, endless()):
                try:
                    answer = await client.post(at.hook.url, content=content, headers=headers)
                    assert answer.status_code == 413
                except httpx.WriteError:
                    pass  # the connection was closed on the way, which says the same
        assert await at.post(said(2, "/help")) == 200


async def test_while_the_store_is_held_the_call_is_refused_and_comes_again(here: Place) -> None:
    lan = here.person()
    async with called(here):
        await lan.start()
        other = sqlite3.connect(here.file, isolation_level=None)
        other.execute("begin immediate")
        await lan.person.says("làm giấy khai sinh cho con")
        await here.log.says("sẽ nhận lại tin này")
        other.execute("rollback")
        other.close()
        await lan.person.sees(lambda seen: seen.text.startswith(TITLE))
        await here.api.drained()
        await here.all_delivered()
    assert len(lan.person.answers) == 2


async def test_one_persons_calls_side_by_side_are_heard_one_by_one(here: Place) -> None:
    lan = here.person(met=True)
    async with called(here) as at:
        statuses = await asyncio.gather(*(at.post(said(n, f"số {60 + n}")) for n in range(1, 11)))
        assert statuses == [200] * 10
        await here.all_delivered()
    first = [seen.text.split("\n")[0] for seen in lan.person.answers]
    assert sorted(first) == [SAY("aside.no_such_number", about=f"số {60 + n}") for n in range(1, 11)]


async def test_updates_doubled_or_out_of_order_are_each_answered_once(here: Place) -> None:
    people = [here.person(id, f"Người {id}") for id in range(10, 20)]
    async with called(here):
        here.api.faults.duplicate(5)
        here.api.faults.out_of_order(3)
        await asyncio.gather(*(one.person.says("/help") for one in people))
        for one in people:
            await one.person.says("/start")
        await here.api.drained()
        await here.all_delivered()
    assert [len(one.person.answers) for one in people] == [2] * 10
    assert here.api.faults.injected["update duplicate"] == 5


async def test_a_webhook_that_someone_else_sets_is_set_back_and_said(here: Place) -> None:
    lan = here.person()
    async with called(here) as at:
        await lan.start()
        async with Bot(here.api.state.token, base_url=here.api.base_url) as other:
            await other.set_webhook("http://127.0.0.1:9/")
        await here.log.says("Có nơi khác vừa đổi webhook")
        await here.api.until(lambda: (hook := here.api.mailbox.webhook) is not None and hook.url == at.hook.url)
        await lan.say("/help")
    assert any("http://127.0.0.1:9/" in line for line in here.log.lines)


async def test_a_token_revoked_meanwhile_is_said_and_the_page_goes_on(here: Place) -> None:
    lan = here.person()
    async with called(here) as at:
        await lan.start()
        here.api.revoke_token()
        assert await at.post(said(500, "/help")) == 200, "heard and kept; it is delivered once the token is put right"
        await here.log.says("không nhận TELEGRAM_TOKEN")
        async with httpx.AsyncClient() as browser:
            assert (await browser.get(at.page)).status_code == 200
    assert len(await here.undelivered()) == 1
