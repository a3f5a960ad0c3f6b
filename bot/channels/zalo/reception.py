"""Takes in what comes from Zalo, polled or called: whose it is, what it means, and the picture that was awaited."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Mapping
from functools import partial
from typing import Final

from bot.channels.zalo.client import Client, ZaloError
from bot.channels.zalo.hearing import Json, arrival, person, picture
from bot.desk import Arrival, Desk
from bot.messaging.captions import without_words
from bot.messaging.delivery import Delivery
from bot.messaging.reception import Reception
from bot.pictures import BYTES
from flows.events import Look, Sent
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)

PAUSES: Final = (0.3, 1.0, 3.0)
"""Seconds before each further try for a picture; after the last the person is asked to send it again."""


class Updates:
    """The one way from Zalo to the desk. Whatever an update holds, hearing it raises nothing."""

    def __init__(self, client: Client, desk: Desk, delivery: Delivery, texts: Mapping[Language, Say]) -> None:
        self._client = client
        self._desk = desk
        self._delivery = delivery
        self._texts = texts
        self._reception = Reception(desk, delivery, texts)

    async def hear(self, update: Json) -> bool:
        """Hear it after all that came from the same person; False only where nothing was kept."""
        came = arrival(update)
        if came is None:
            return True
        who = person(update)
        if self._reception.floods(who):
            self._reception.slow_down(who, self._texts[came.language]("zalo.flood"))
            return True
        return await self._reception.in_turn(who, partial(self._one, update, came))

    async def _one(self, update: Json, came: Arrival) -> None:
        self._delivery.expect(came.address.id)
        await self._reception.heard(await self._with_picture(came, picture(update)))

    async def _with_picture(self, came: Arrival, url: str) -> Arrival:
        """The arrival with the picture, or with why it was not fetched; as it is where none was awaited."""
        event = without_words(came.event)
        if event is None or not url or not await self._desk.awaits_picture(came.address):
            return came
        content = await self._fetched(url)
        if isinstance(content, bytes):
            return dataclasses.replace(came, event=event, content=content)
        return dataclasses.replace(came, event=Sent(event.sort, content))

    async def _fetched(self, url: str) -> bytes | Look:
        if not self._client.keeps(url):
            log.warning("Một ảnh nằm ngoài máy chủ của Zalo nên không được tải.")
            return Look("broken")
        for pause in (*PAUSES, None):
            try:
                content = await self._client.fetch(url, BYTES)
                return Look("too_large") if content is None else content
            except ZaloError as error:
                log.warning("Chưa tải được một ảnh (%s).", error)
                if pause is None or 400 <= error.code < 500:
                    break
                await asyncio.sleep(pause)
        return Look("broken")
