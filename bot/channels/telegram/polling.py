"""Long polling that loses nothing: a batch of updates is confirmed only when the desk has kept every one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from telegram.error import Conflict, TelegramError

from bot.channels.telegram.client import Client
from bot.channels.telegram.hearing import Json, person
from bot.channels.telegram.reception import Updates
from bot.channels.telegram.trouble import WEBHOOK_ACTIVE, Trouble

POLL: Final = 25
"""Seconds that Telegram may hold a poll open while nothing happens."""

LATE: Final = 5.0
"""Seconds that its answer may take beyond that."""


async def poll(bot: Client, ears: Updates, wanted: Sequence[str], trouble: Trouble) -> None:
    """Hear what people do, until cancelled. Where a webhook is set it is taken away: polling would be refused."""
    offset, webhook = 0, True
    while True:
        try:
            if webhook:
                await bot.delete_webhook()
                webhook = False
            asked = {"offset": offset or None, "timeout": POLL, "allowed_updates": list(wanted)}
            updates: list[Json] = await bot.updates(asked, read_timeout=POLL + LATE)
        except TelegramError as error:
            webhook = webhook or (isinstance(error, Conflict) and WEBHOOK_ACTIVE in error.message)
            await asyncio.sleep(trouble.told(error))
            continue
        if await _heard(ears, updates):
            trouble.over()
            offset = updates[-1]["update_id"] + 1 if updates else offset
        else:
            await asyncio.sleep(trouble.longer())


async def _heard(ears: Updates, updates: Sequence[Json]) -> bool:
    """Different people side by side, each in order; True when everything was kept and may be confirmed."""
    people = [list(own) for _, own in groupby(sorted(updates, key=person), key=person)]
    return all(await asyncio.gather(*(_heard_of_one(ears, own) for own in people)))


async def _heard_of_one(ears: Updates, updates: Sequence[Json]) -> bool:
    for update in updates:
        if not await ears.hear(update):
            return False
    return True
