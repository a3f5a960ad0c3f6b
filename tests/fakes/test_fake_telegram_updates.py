"""Updates reach a bot from the fake Bot API as from Telegram: polled or called, until confirmed, in order."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update
from telegram.error import Conflict

from tests.fake_telegram import FakeTelegram
from tests.fakes.calling import TOKEN


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
