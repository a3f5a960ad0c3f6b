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


async def with_file(bot: Bot, desk: Desk, message: Json, came: Arrival) -> Arrival:
    """The arrival with what was sent, or with why it was not fetched; as it is where nothing was awaited."""
    event = without_words(came.event)
    if event is None:
        return came
    sent = message["photo"][-1] if message.get("photo") else message.get("document")
    if sent is None or not await desk.awaits_picture(came.address):
        return came
    size = sent.get("file_size", 0)
    content = None if size > BYTES else await _fetched(bot, sent["file_id"])
    if isinstance(content, bytes):
        return dataclasses.replace(came, event=event, content=content)
    return dataclasses.replace(came, event=Sent(event.sort, content or Look("too_large", size)))


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
