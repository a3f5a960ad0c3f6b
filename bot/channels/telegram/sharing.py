"""Inline mode: someone types @our_name and a question in any chat, and puts a guide's first page into it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram.hearing import FROM_INLINE, Query
from bot.channels.telegram.showing import QUIET, show
from bot.desk import Desk
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)

OFFERED: Final = 5
KEPT: Final = 300
"""Seconds that Telegram may give the same answer to the same words."""


class Sharing:
    """Answers inline queries. Nothing about them is kept: no talk begins before someone opens the guide here."""

    def __init__(self, bot: Bot, desk: Desk, texts: Mapping[Language, Say]) -> None:
        self._bot = bot
        self._desk = desk
        self._texts = texts
        self._newest: dict[int, Query] = {}
        self._asking: set[int] = set()

    async def answer(self, query: Query) -> None:
        """Offer the guides that the words find; one answer at a time for each person, to what they typed last."""
        self._newest[query.person] = query
        if query.person in self._asking:
            return
        self._asking.add(query.person)
        try:
            while (newest := self._newest.pop(query.person, None)) is not None:
                await self._offer(newest)
        finally:
            self._asking.discard(query.person)

    async def _offer(self, query: Query) -> None:
        """Trouble with Telegram is no harm, since typing on asks again."""
        say = self._texts[query.language]
        offers = await self._desk.offers(query.words, query.language, OFFERED)
        results = [
            InlineQueryResultArticle(
                offer.id,
                offer.title,
                InputTextMessageContent(
                    show(offer.page).texts[0],
                    parse_mode=ParseMode.HTML,
                    link_preview_options=LinkPreviewOptions(**QUIET),
                ),
                reply_markup=self._way_in(say, offer.payload),
                description=offer.summary,
            )
            for offer in offers
        ]
        button = InlineQueryResultsButton(say("telegram.ask"), start_parameter=FROM_INLINE)
        try:
            await self._bot.answer_inline_query(query.id, results, cache_time=KEPT, is_personal=True, button=button)
        except TelegramError as error:
            log.debug("an inline query could not be answered: %s", error.message)

    def _way_in(self, say: Say, payload: str) -> InlineKeyboardMarkup:
        link = f"https://t.me/{self._bot.username}?start={payload}"
        return InlineKeyboardMarkup([[InlineKeyboardButton(say("telegram.open"), url=link)]])
