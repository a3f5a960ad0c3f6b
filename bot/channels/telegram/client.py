"""Python-telegram-bot's client, and a short way through it for what is said most often."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # private, but RequestData is made of nothing else

from bot.channels.telegram.pace import Pace
from bot.channels.telegram.transport import Transport


class Client(ExtBot[int]):
    """One bot at one Bot API; limits, errors and transport are the client's own, whichever way a call takes."""

    def __init__(self, token: str, api: str, rate: int, connections: int) -> None:
        self._pace = Pace(rate)
        super().__init__(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=Transport(api, connections),
            get_updates_request=Transport(api, connections=1),
            rate_limiter=self._pace,
        )

    async def call(self, method: str, sent: Mapping[str, Any]) -> Any:
        """Call a method with JSON and give its result as JSON. Raises TelegramError.

        Making objects of what goes out and comes back takes longer than all the rest of a call, and here they would be
        thrown away.
        """
        data = {name: value for name, value in sent.items() if value is not None}
        request = RequestData([RequestParameter(name, value, None) for name, value in data.items()])
        post = partial(self.request.post, f"{self.base_url}/{method}", request)
        return await self._pace.process_request(post, (), {}, method, data, None)

    async def updates(self, sent: Mapping[str, Any], *, read_timeout: float) -> Any:
        """What people did, as JSON, waited for on a connection of its own. Raises TelegramError."""
        return await self._post("getUpdates", dict(sent), read_timeout=read_timeout)
