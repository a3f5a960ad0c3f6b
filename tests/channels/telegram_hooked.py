"""The channel as Telegram calls it: on the page's own server, which someone else may call too."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx

from bot.channels.telegram.bot import TelegramBot, Way
from bot.channels.telegram.webhook import PATH, SECRET
from bot.channels.web.app import app
from bot.messaging.calls import Doors, Hook, hook
from tests.channels.telegram_place import TEXTS, Place
from tests.fake_http import serving


@dataclass
class Called:
    """A place where Telegram calls us, and someone else may."""

    here: Place
    hook: Hook
    page: str

    async def post(self, content: Any, secret: str | None = None) -> int:
        headers = {SECRET.encode(): (self.hook.secret if secret is None else secret).encode()}
        async with httpx.AsyncClient() as client:
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            return (await client.post(self.hook.url, content=body, headers=headers)).status_code


@asynccontextmanager
async def called(here: Place) -> AsyncIterator[Called]:
    """The page's server with the channel on it, until the end of the block."""

    async def answers() -> bool:
        return True

    doors = Doors(app(here.desk, TEXTS, public_url=None, secret=b"k" * 32, health=answers))
    async with serving(doors) as url:
        arranged = replace(hook(f"{url}{PATH}", b"k" * 32, "telegram", here.api.state.token), look_every=0.05)
        bot = TelegramBot(here.desk, TEXTS, Way(here.api.state.token, here.api.url, arranged, rate=0), str)
        doors.open(PATH, bot.called)
        task = asyncio.create_task(bot.serve())
        try:
            await here.api.until(lambda: here.api.mailbox.webhook is not None)
            yield Called(here, arranged, url)
            assert not task.done(), "the channel ended by itself"
        finally:
            task.cancel()
            await asyncio.wait([task], timeout=5)
            assert task.cancelled(), task
