"""The bot: connects to Telegram, is called or polls, delivers, and stops; nothing that Telegram does ends it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from telegram.error import TelegramError

from bot.channels.telegram import pace
from bot.channels.telegram.carrying import TelegramCarrier
from bot.channels.telegram.client import Client
from bot.channels.telegram.hearing import WANTED
from bot.channels.telegram.polling import poll
from bot.channels.telegram.profile import hang_up_commands
from bot.channels.telegram.reception import Updates
from bot.channels.telegram.sharing import Sharing
from bot.channels.telegram.trouble import Trouble
from bot.channels.telegram.webhook import Webhook
from bot.desk import Desk
from bot.messaging.calls import Hook
from bot.messaging.delivery import AT_ONCE, Delivery
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)

OFFICIAL: Final = "https://api.telegram.org"

PATIENCE: Final = 1.5
"""Seconds that deliveries under way have when we stop."""

PARTING: Final = 1.0
"""Seconds that Telegram has to take our leave."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to reach Telegram: where, as whom, called by it or polling (`hook` is None), how fast, with inline mode."""

    token: str = field(repr=False)
    api_url: str | None = None
    hook: Hook | None = None
    rate: int = pace.OVERALL
    inline: bool = True

    def client(self) -> Client:
        """The client for it; not open yet."""
        return Client(self.token, self.api_url or OFFICIAL, self.rate, connections=2 * AT_ONCE)


class TelegramBot:
    """One bot for one token."""

    def __init__(self, desk: Desk, texts: Mapping[Language, Say], way: Way, on: Callable[[str], object]) -> None:
        """`on` is told the bot's name, "@thutu_bot", once Telegram knows us."""
        self._texts = texts
        self._on = on
        self._bot = way.client()
        carrier = TelegramCarrier(self._bot, desk, texts)
        self._delivery = Delivery("telegram", "Telegram", carrier, desk)
        sharing = Sharing(self._bot, desk, texts) if way.inline else None
        self._updates = Updates(self._bot, desk, carrier, self._delivery, texts, sharing)
        self._wanted = (*WANTED, "inline_query") if way.inline else WANTED
        self._webhook = Webhook(self._bot, self._updates, way.hook, self._wanted) if way.hook is not None else None
        self._trouble = Trouble(way.api_url)
        self._known = False

    async def called(self, request: Request) -> Response:
        """Telegram's call, where there is a webhook."""
        if self._webhook is None or not self._known:
            return Response(status_code=503)
        return await self._webhook.called(request)

    async def serve(self) -> None:
        """Serve until cancelled. The log says what is wrong, and its cure."""
        try:
            await self._connect()
            self._on(self._bot.name)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._line())
                both.create_task(self._delivery.keep_sweeping())
        finally:
            self._known, known = False, self._known
            await self._delivery.close(PATIENCE)
            if self._webhook is not None and known:
                await asyncio.wait([asyncio.create_task(self._webhook.end())], timeout=PARTING)
            await self._bot.shutdown()

    async def _connect(self) -> None:
        """Try until Telegram knows us, then hang up the list of commands."""
        while True:
            try:
                await self._bot.initialize()
                break
            except TelegramError as error:
                await asyncio.sleep(self._trouble.told(error))
        self._known = True
        try:
            await hang_up_commands(self._bot, self._texts)
        except TelegramError as error:
            log.warning("Chưa đặt được danh sách lệnh ở Telegram (%s); lần chạy sau sẽ đặt.", error.message)

    async def _line(self) -> None:
        if self._webhook is not None:
            await self._webhook.keep(self._trouble)
        else:
            await poll(self._bot, self._updates, self._wanted, self._trouble)
