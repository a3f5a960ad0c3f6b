"""How Zalo takes a message: its texts one after the other; what its errors mean for the delivery."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from bot.channels.zalo.client import NO_ANSWER, Client, ZaloError
from bot.channels.zalo.showing import show
from bot.messaging.carrier import InHand, Later, Refused
from bot.messaging.delivery import LONGEST_PAUSE
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)

NO_TOKEN: Final = 401
AGAIN: Final = frozenset({NO_ANSWER, 408, 429})


class ZaloCarrier:
    """Speaks to Zalo for the delivery."""

    def __init__(self, client: Client, texts: Mapping[Language, Say], page: str | None) -> None:
        """`page` is the address of the web page: a list is opened there, since Zalo takes no files."""
        self._client = client
        self._texts = texts
        self._page = page

    async def carry(self, one: InHand) -> Refused | Later | None:
        """As Carrier.carry."""
        reply = one.reply()
        texts = show(reply, self._texts[reply.language], self._page)
        try:
            for at, text in enumerate(texts[one.sent :], one.sent):
                await self._send(one.message.address.id, text)
                one.sent = at + 1
        except ZaloError as error:
            return _meaning(error)
        return None

    async def show_typing(self, chat: str) -> None:
        """As Carrier.show_typing."""
        try:
            await self._client.call("sendChatAction", {"chat_id": chat, "action": "typing"})
        except ZaloError as error:
            log.debug("it could not be shown that an answer is being written: %s", error)

    async def say(self, chat: str, text: str) -> None:
        """As Carrier.say."""
        try:
            await self._send(chat, text)
        except ZaloError as error:
            log.warning("Không báo được cho một người rằng máy có lỗi: %s", error)

    async def _send(self, chat: str, text: str) -> None:
        await self._client.call("sendMessage", {"chat_id": chat, "text": text})


def _meaning(error: ZaloError) -> Refused | Later:
    """What is not known to pass is final. No code is documented for a person who is gone, so none is taken for that."""
    if error.code == NO_TOKEN:
        return Later(str(error), LONGEST_PAUSE)
    if error.code in AGAIN or error.code >= 500:
        return Later(str(error), error.pause)
    return Refused(str(error), gone=False)
