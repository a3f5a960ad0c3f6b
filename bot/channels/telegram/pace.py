"""How fast we may speak: Telegram's own limits, kept on our side so that it need not refuse."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

from aiolimiter import AsyncLimiter
from telegram.ext import AIORateLimiter

OVERALL: Final = 30
"""Messages a second over all chats, where the operator says nothing else."""

BURST: Final = 5
"""Messages that one chat takes at once before it goes at one a second: a long page, or ticks in quick succession."""

FORGET_ABOVE: Final = 1000
"""Chats remembered before those that have been quiet are let go."""

Answer = bool | dict[str, Any] | list[dict[str, Any]]

# A refusal is told by the delivery in words of its own; here it would come with a traceback.
logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)


class Pace(AIORateLimiter):
    """Python-telegram-bot's limiter, which keeps the overall limit and that of groups, and the one for each chat.

    It repeats nothing: what Telegram refuses with 429 is the delivery's to try again, since only that chat must wait.
    """

    def __init__(self, overall: int) -> None:
        """`overall` messages a second; 0 keeps no limits at all, for a Bot API server of one's own."""
        super().__init__(overall_max_rate=overall, group_max_rate=20 if overall else 0, max_retries=0)
        self._limited = overall > 0
        self._chats: dict[int, AsyncLimiter] = {}

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """Wait for this request's turn, then make it."""
        if not self._limited:
            return await callback(*args, **kwargs)
        chat = data.get("chat_id")
        if isinstance(chat, int) and chat > 0 and endpoint != "sendChatAction":
            await self._chat(chat).acquire()
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)

    def _chat(self, chat: int) -> AsyncLimiter:
        if chat not in self._chats:
            if len(self._chats) > FORGET_ABOVE:
                self._chats = {id: one for id, one in self._chats.items() if not one.has_capacity(BURST)}
            self._chats[chat] = AsyncLimiter(BURST, BURST)
        return self._chats[chat]
