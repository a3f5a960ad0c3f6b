"""Python-telegram-bot's client, and a short way through it for what is said most often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.channels.telegram.pace import Pace
from bot.channels.telegram.transport import Transport


class Client(ExtBot[int]):
    """One bot at one Bot API; limits, errors and transport are the client's own, whichever way a call takes."""

    def __init__(self, token: str, api: str, rate: int, connections: int) -> None:
        super().__init__(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=Transport(api, connections),
            get_updates_request=Transport(api, connections=1),
            rate_limiter=Pace(rate),
        )

    async def call(self, method: str, sent: Mapping[str, Any], *, read_timeout: float | None = None) -> Any:
        """Call a method with JSON and give its result as JSON. Raises TelegramError.

        Making objects of what goes out and comes back takes longer than all the rest of a call, and here they would be
        thrown away.
        """
        patience = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        return await self._post(method, dict(sent), read_timeout=patience)
