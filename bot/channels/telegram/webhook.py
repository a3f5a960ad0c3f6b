"""Telegram calls us: an address on the page's own server, a secret in each call, an answer once the update is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.reception import Updates
from bot.channels.telegram.trouble import Trouble
from bot.messaging.calls import Hook, NoCall, call_of

log = logging.getLogger(__name__)

PATH: Final = "/telegram"
"""Where on the page's server Telegram calls."""

SECRET: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of the header

CALLS: Final = 100
"""Calls that Telegram may have open at once; the most that it allows."""


TAKEN: Final = Response(status_code=200)


class Webhook:
    """The calls, and the arrangement with Telegram that it makes them."""

    def __init__(self, bot: Bot, updates: Updates, hook: Hook, wanted: Sequence[str]) -> None:
        self._bot = bot
        self._updates = updates
        self._hook = hook
        self._wanted = wanted

    async def called(self, request: Request) -> Response:
        """200 when the update may be forgotten there; anything else lets Telegram bring it again.

        The answer to a press goes back in the body, which saves it a request of its own; nobody can say whether
        Telegram took it, as nobody asks elsewhere.
        403 without our secret (nothing of the body is read), 413 when too large, 400 when it is no update, 503 when
        it could not be kept.
        """
        update = await call_of(request, SECRET, self._hook.secret)
        if isinstance(update, NoCall):
            return Response(status_code=update.status)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return Response(status_code=400)
        answers: list[JSONResponse] = []
        if not await self._updates.hear(update, lambda press, notice: answers.append(_answering(press, notice))):
            return Response(status_code=503)
        return answers[0] if answers else TAKEN

    async def keep(self, trouble: Trouble) -> None:
        """Have Telegram call us until cancelled, whoever else tells it otherwise; say what it complains of."""
        ours, complaint = False, None
        while True:
            try:
                info = await self._bot.get_webhook_info() if ours else None
                if info is None or info.url != self._hook.url:
                    if info is not None:
                        log.error(
                            "Có nơi khác vừa đổi webhook của bot này (nay là “%s”); đang đặt lại. Nếu còn lặp lại, "
                            "hãy tắt chương trình kia, hoặc đổi mã ở BotFather (/revoke).",
                            info.url,
                        )
                    await self._set()
                    ours = True
                elif info.last_error_date not in {None, complaint}:
                    complaint = info.last_error_date
                    log.error(
                        "Telegram gọi %s không được (%s); hãy xem địa chỉ ấy có mở được từ bên ngoài bằng https không.",
                        self._hook.url,
                        info.last_error_message,
                    )
            except TelegramError as error:
                await asyncio.sleep(trouble.told(error))
                continue
            trouble.over()
            await asyncio.sleep(self._hook.look_every)

    async def end(self) -> None:
        """Ask Telegram to call no more; what people do meanwhile waits there for a day."""
        try:
            await self._bot.delete_webhook()
        except TelegramError as error:
            log.warning("Chưa gỡ được webhook ở Telegram (%s); lần chạy sau sẽ đặt lại.", error.message)

    async def _set(self) -> None:
        await self._bot.set_webhook(
            self._hook.url,
            max_connections=CALLS,
            allowed_updates=self._wanted,
            secret_token=self._hook.secret,
        )


def _answering(press: str, notice: str | None) -> JSONResponse:
    method = {"method": "answerCallbackQuery", "callback_query_id": press}
    return JSONResponse(method if notice is None else {**method, "text": notice})
