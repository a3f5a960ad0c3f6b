"""The bot on Zalo: connects, is called or polls, delivers, and stops; nothing that Zalo does ends it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.zalo.carrying import ZaloCarrier
from bot.channels.zalo.client import Client, ZaloError
from bot.channels.zalo.hearing import Json, update_of
from bot.channels.zalo.reception import Updates
from bot.channels.zalo.trouble import Trouble
from bot.desk import Desk
from bot.messaging.calls import Hook, NoCall, call_of
from bot.messaging.delivery import Delivery
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)

PATH: Final = "/zalo"
"""Where on the page's server Zalo calls."""

SECRET: Final = "x-bot-api-secret-token"  # noqa: S105 - the name of the header

POLL: Final = 30
"""Seconds that Zalo may hold a poll open while nothing happens; its own default."""

LATE: Final = 5.0
"""Seconds that its answer may take beyond that."""

NOTHING_NEW: Final = 408
"""How Zalo ends a poll in which nothing happened."""

BEING_KEPT: Final = 32
"""Polled updates that are being kept at once; no more are asked for meanwhile."""

PATIENCE: Final = 1.5
"""Seconds that deliveries under way have when we stop."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to reach Zalo: as whom, where, called by it or polling (`hook` is None), and the web page's own address."""

    token: str = field(repr=False)
    api_url: str | None = None
    hook: Hook | None = None
    page: str | None = None


class ZaloBot:
    """One bot for one token."""

    def __init__(self, desk: Desk, texts: Mapping[Language, Say], way: Way, on: Callable[[str], object]) -> None:
        """`on` is told the bot's name once Zalo knows us."""
        self._on = on
        self._hook = way.hook
        self._client = Client(way.token, way.api_url)
        self._delivery = Delivery("zalo", "Zalo", ZaloCarrier(self._client, texts, way.page), desk)
        self._updates = Updates(self._client, desk, self._delivery, texts)
        self._trouble = Trouble()
        self._room = asyncio.Semaphore(BEING_KEPT)
        self._known = False

    async def called(self, request: Request) -> Response:
        """Zalo's call: 200 when it may be forgotten there, 503 when it could not be kept; as `call_of` else."""
        if self._hook is None or not self._known:
            return Response(status_code=503)
        call = await call_of(request, SECRET, self._hook.secret)
        if isinstance(call, NoCall):
            return Response(status_code=call.status)
        update = update_of(call)
        return Response(status_code=200 if update is None or await self._updates.hear(update) else 503)

    async def serve(self) -> None:
        """Serve until cancelled. The log says what is wrong, and its cure."""
        await self._client.open()
        try:
            known = await self._insist("getMe", {})
            self._known = True
            self._on(str(known.get("account_name", "")) if isinstance(known, dict) else "")
            async with asyncio.TaskGroup() as both:
                both.create_task(self._poll() if self._hook is None else self._be_called(self._hook))
                both.create_task(self._delivery.keep_sweeping())
        finally:
            self._known = False
            await self._delivery.close(PATIENCE)
            await self._client.close()

    async def _insist(self, method: str, sent: Json) -> Any:
        """Call until it is answered well."""
        while True:
            try:
                result = await self._client.call(method, sent)
            except ZaloError as error:
                await asyncio.sleep(self._trouble.told(error))
            else:
                self._trouble.over()
                return result

    async def _poll(self) -> None:
        """Zalo forgets what it has handed over, so an update is kept before long, whatever the store says meanwhile.

        Between its answer and our transaction lie milliseconds in which a kill loses an update; a webhook has no such
        gap, and is what Zalo asks for in earnest use.
        """
        await self._insist("deleteWebhook", {})
        while True:
            await self._room.acquire()
            update = await self._polled()
            if update is None:
                self._room.release()
            else:
                self._delivery.aside(self._keep(update))  # finished before we stop

    async def _polled(self) -> Json | None:
        try:
            result = await self._client.call("getUpdates", {"timeout": str(POLL)}, POLL + LATE)
        except ZaloError as error:
            if error.code != NOTHING_NEW:
                await asyncio.sleep(self._trouble.told(error))
                await self._insist("deleteWebhook", {})  # where somebody has set one, a poll is refused
            return None
        self._trouble.over()
        return update_of(result)

    async def _keep(self, update: Json) -> None:
        try:
            while True:
                if await self._updates.hear(update):
                    return
                await asyncio.sleep(self._trouble.longer())
        finally:
            self._room.release()

    async def _be_called(self, hook: Hook) -> None:
        """Have Zalo call us until cancelled, whoever else tells it otherwise.

        The webhook stands when we stop: what Zalo does with messages that nobody asks for is not documented.
        """
        ours = False
        while True:
            now = await self._insist("getWebhookInfo", {}) if ours else None
            if not isinstance(now, dict) or now.get("url") != hook.url:
                if ours:
                    log.error(
                        "Có nơi khác vừa đổi webhook của bot Zalo này; đang đặt lại. Nếu còn lặp lại, hãy tắt chương "
                        "trình kia, hoặc đổi mã ở Zalo Bot Creator.",
                    )
                await self._insist("setWebhook", {"url": hook.url, "secret_token": hook.secret})
                ours = True
            await asyncio.sleep(hook.look_every)
