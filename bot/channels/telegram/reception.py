"""Takes in Telegram's updates, however they come: whose they are, what they mean, and that a press is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

from bot.channels.telegram.carrying import TelegramCarrier
from bot.channels.telegram.client import Client
from bot.channels.telegram.files import with_file
from bot.channels.telegram.groups import Me
from bot.channels.telegram.hearing import arrival, person, press, query
from bot.channels.telegram.places import Json
from bot.channels.telegram.sharing import Sharing
from bot.desk import Desk
from bot.messaging.delivery import Delivery
from bot.messaging.reception import Reception
from flows.events import Left
from flows.state import Language
from flows.texts import Say

Answer = Callable[[str, str | None], object]
"""Lets a pressed button stop turning, given the id of the press; with a notice there, if any."""


class Updates:
    """The one way from Telegram to the desk. Whatever an update holds, hearing it raises nothing."""

    def __init__(
        self,
        bot: Client,
        desk: Desk,
        carrier: TelegramCarrier,
        delivery: Delivery,
        texts: Mapping[Language, Say],
        sharing: Sharing | None,
    ) -> None:
        """`sharing` answers inline queries; None where that is switched off."""
        self._bot = bot
        self._desk = desk
        self._carrier = carrier
        self._delivery = delivery
        self._texts = texts
        self._sharing = sharing
        self._reception = Reception(desk, delivery, texts)

    async def hear(self, update: Json, answer: Answer | None = None, let_go: asyncio.Event | None = None) -> bool:
        """Hear it after all that came from the same person; True when it may be confirmed to Telegram.

        False only where nothing was kept: then it must come again. A press is answered by `answer`, or else by a
        request of its own. A photo is waited for until `let_go` is set.
        """
        answer = answer or self._answer
        asked = query(update)
        if asked is not None:
            if self._sharing is not None:
                self._delivery.aside(self._sharing.answer(asked))
            return True
        who = person(update)
        if self._reception.floods(who):
            self._slow_down(update, who, answer)
            return True
        return await self._reception.in_turn(who, partial(self._one, update, answer, let_go))

    async def _one(self, update: Json, answer: Answer, let_go: asyncio.Event | None) -> None:
        came = arrival(update, self._me())
        if came is not None:
            if not isinstance(came.event, Left):
                self._delivery.expect(came.address.id)
            if "message" in update:
                came = await with_file(self._bot, self._desk, update["message"], came, let_go)
            await self._reception.heard(came)
        if (pressed := press(update)) is not None:
            answer(pressed, None)

    def _me(self) -> Me:
        return Me(self._bot.id, self._bot.username)

    def _answer(self, press: str, notice: str | None) -> None:
        self._delivery.aside(self._carrier.answer(press, notice))

    def _slow_down(self, update: Json, who: str, answer: Answer) -> None:
        came = arrival(update, self._me())
        if came is None:
            return
        notice = self._texts[came.language]("telegram.flood")
        if (pressed := press(update)) is not None:
            answer(pressed, notice)
        else:
            self._reception.slow_down(who, notice)
