"""Takes in updates, however they come: hears each in its person's order, and hands what is answered to the delivery."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from bot.channels.telegram.client import Client
from bot.channels.telegram.delivery import Delivery
from bot.channels.telegram.files import with_file
from bot.channels.telegram.hearing import Json, Me, arrival, person, press, query
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.sharing import Sharing
from bot.desk import Arrival, Desk, StoreError
from flows.events import Left
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)

MOST: Final = 20
"""Updates of one person that wait to be heard or answered. Who sends more meanwhile is told once, and not heard."""


class Reception:
    """The one way from Telegram to the desk. Whatever an update holds, hearing it raises nothing."""

    def __init__(
        self, bot: Client, desk: Desk, delivery: Delivery, texts: Mapping[Language, Say], sharing: Sharing | None
    ) -> None:
        """`sharing` answers inline queries; None where that is switched off."""
        self._bot = bot
        self._desk = desk
        self._delivery = delivery
        self._texts = texts
        self._sharing = sharing
        self._lanes = Lanes()
        self._flooding: set[int] = set()

    async def hear(self, update: Json) -> bool:
        """Hear it after all that came from the same person; True when it may be confirmed to Telegram.

        False only where nothing was kept: then it must come again.
        """
        asked = query(update)
        if asked is not None:
            if self._sharing is not None:
                self._delivery.aside(self._sharing.answer(asked))
            return True
        who = person(update)
        if self._floods(who):
            self._slow_down(update, who)
            return True
        async with self._lanes.turn(who):
            try:
                await self._one(update)
            except StoreError as error:
                log.error("Một tin đến chưa ghi được (%s); Telegram sẽ đưa lại.", error)
                return False
            except Exception:
                log.exception("Lỗi của chương trình ở một tin đến; tin này bỏ qua để người khác vẫn được trả lời.")
        return True

    async def _one(self, update: Json) -> None:
        came = arrival(update, self._me())
        if came is not None:
            if not isinstance(came.event, Left):
                self._delivery.expect(came.address.id)
            if "message" in update:
                came = await with_file(self._bot, self._desk, update["message"], came)
            await self._heard(came)
        if (pressed := press(update)) is not None:
            self._delivery.answer(pressed)

    async def _heard(self, came: Arrival) -> None:
        try:
            heard = await self._desk.hear(came)
        except StoreError:
            raise
        except Exception:
            self._delivery.say(came.address.id, self._texts[came.language]("web.broken_body"))
            raise
        self._delivery.take(heard.outgoing)
        if not heard.outgoing:
            self._delivery.no_more(came.address.id)

    def _me(self) -> Me:
        return Me(self._bot.id, self._bot.username)

    def _floods(self, who: int) -> bool:
        if self._lanes.inside(who) + self._delivery.waiting(str(who)) >= MOST:
            return True
        self._flooding.discard(who)
        return False

    def _slow_down(self, update: Json, who: int) -> None:
        came = arrival(update, self._me())
        if came is None:
            return
        notice = self._texts[came.language]("telegram.flood")
        if (pressed := press(update)) is not None:
            self._delivery.answer(pressed, notice)
        elif who not in self._flooding:
            self._flooding.add(who)
            self._delivery.say(str(who), notice)
