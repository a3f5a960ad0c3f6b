"""Lets people in: each heard in their own order, who floods told once, and nothing raised whatever came."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.desk import Arrival, Desk, StoreError
from bot.messaging.delivery import Delivery
from bot.messaging.lanes import Lanes
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)

MOST: Final = 20
"""Messages of one person that wait to be heard or answered. Who sends more meanwhile is told once, and not heard."""


class Reception:
    """The one way from a messaging service to the desk."""

    def __init__(self, desk: Desk, delivery: Delivery, texts: Mapping[Language, Say]) -> None:
        self._desk = desk
        self._delivery = delivery
        self._texts = texts
        self._lanes = Lanes()
        self._told: set[str] = set()

    def floods(self, who: str) -> bool:
        """Whether so much of that person waits already that no more is heard now."""
        waiting = self._lanes.inside(who) + self._delivery.waiting(who)
        if not waiting:
            self._told.discard(who)  # not before: at the edge of a flood every other message would be one more notice
        return waiting >= MOST

    def slow_down(self, who: str, notice: str) -> None:
        """Say so, once for each flood."""
        if who not in self._told:
            self._told.add(who)
            self._delivery.say(who, notice)

    async def in_turn(self, who: str, work: Callable[[], Awaitable[None]]) -> bool:
        """Do it after all that came from the same person; False only where nothing was kept: then it must come again.

        Whatever else goes wrong is told in the log, so that others are still answered.
        """
        async with self._lanes.turn(who):
            try:
                await work()
            except StoreError as error:
                log.error("Một tin đến chưa ghi được (%s); sẽ nhận lại tin này.", error)
                return False
            except Exception:
                log.exception("Lỗi của chương trình ở một tin đến; tin này bỏ qua để người khác vẫn được trả lời.")
        return True

    async def heard(self, came: Arrival) -> None:
        """Bring it to the desk, and what is answered on its way. Raises what the desk raises."""
        try:
            heard = await self._desk.hear(came)
        except StoreError:
            raise
        except Exception:
            self._delivery.say(came.address.id, self._texts[came.language]("web.broken_body"))
            raise
        self._delivery.take(heard)
        if not heard.outgoing:
            self._delivery.no_more(came.address.id)
