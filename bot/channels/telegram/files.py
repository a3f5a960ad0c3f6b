"""Fetches a photo or PDF that was sent where one is awaited: never a byte otherwise, and never more than is taken."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from typing import Final

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.places import Json
from bot.channels.telegram.transport import Transport
from bot.desk import Arrival, Desk
from bot.messaging.captions import without_words
from bot.pictures import BYTES
from flows.events import Look, Sent

log = logging.getLogger(__name__)

PAUSES: Final = (0.3, 1.0, 3.0)
"""Seconds before each further try; after the last the person is asked to send it again."""


async def with_file(bot: Bot, desk: Desk, message: Json, came: Arrival, let_go: asyncio.Event | None = None) -> Arrival:
    """The arrival with what was sent, or with why it was not fetched; as it is where nothing was awaited.

    When `let_go` is set it is waited for no longer, and the person is asked to send it again.
    """
    event = without_words(came.event)
    if event is None:
        return came
    sent = message["photo"][-1] if message.get("photo") else message.get("document")
    if sent is None or not await desk.awaits_picture(came.address):
        return came
    size = sent.get("file_size", 0)
    content = None if size > BYTES else await _in_time(bot, sent["file_id"], let_go)
    if isinstance(content, bytes):
        return dataclasses.replace(came, event=event, content=content)
    return dataclasses.replace(came, event=Sent(event.sort, content or Look("too_large", size)))


async def _in_time(bot: Bot, id: str, let_go: asyncio.Event | None) -> bytes | Look:
    if let_go is None:
        return await _fetched(bot, id)
    if let_go.is_set():
        return Look("broken")
    fetched, over = asyncio.create_task(_fetched(bot, id)), asyncio.create_task(let_go.wait())
    try:
        await asyncio.wait((fetched, over), return_when=asyncio.FIRST_COMPLETED)
        return fetched.result() if fetched.done() else Look("broken")
    finally:
        over.cancel()
        fetched.cancel()


async def _fetched(bot: Bot, id: str) -> bytes | Look:
    """The bytes of a file; why not, when it is larger than it said or cannot be had now."""
    for pause in (*PAUSES, None):
        try:
            file = await bot.get_file(id)
            transport = bot.request
            if file.file_path is None or not isinstance(transport, Transport):
                return Look("broken")
            content = await transport.fetch(file.file_path, BYTES)
            return Look("too_large") if content is None else content
        except BadRequest as error:
            too_big = "too big" in error.message
            log.log(logging.INFO if too_big else logging.WARNING, "Telegram không đưa tệp: %s", error.message)
            return Look("too_large" if too_big else "broken")
        except TelegramError as error:
            log.warning("Chưa tải được một ảnh (%s).", error.message)
            if pause is not None:
                await asyncio.sleep(pause)
    return Look("broken")
