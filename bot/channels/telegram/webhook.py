"""Telegram calls us: an address on the page's own server, a secret in each call, an answer once the update is kept."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.reception import Reception
from bot.channels.telegram.trouble import Trouble

log = logging.getLogger(__name__)

PATH: Final = "/telegram"
"""Where on the page's server Telegram calls."""

SECRET: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of the header

LARGEST: Final = 1024 * 1024
"""Bytes of one update. Telegram's own are a few thousand: a message has at most 4,096 characters."""

CALLS: Final = 100
"""Calls that Telegram may have open at once; the most that it allows."""

LOOK_EVERY: Final = 60.0
"""Seconds between two looks at whether Telegram still calls us, and not somebody else."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram is to call, the secret by which we know it, and how often we look that it still does (seconds)."""

    url: str
    secret: str = field(repr=False)
    look_every: float = LOOK_EVERY


def hook(base: str, key: bytes, token: str) -> Hook:
    """The webhook below `base`; its secret is derived from our own key, so nobody types it and a restart keeps it."""
    secret = hmac.new(key, b"telegram webhook " + token.encode(), hashlib.sha256).hexdigest()
    return Hook(f"{base}{PATH}", secret)


class Webhook:
    """The calls, and the arrangement with Telegram that it makes them."""

    def __init__(self, bot: Bot, reception: Reception, hook: Hook, wanted: Sequence[str]) -> None:
        self._bot = bot
        self._reception = reception
        self._hook = hook
        self._wanted = wanted

    async def called(self, request: Request) -> Response:
        """200 when the update may be forgotten there; anything else lets Telegram bring it again.

        403 without our secret (nothing of the body is read), 413 when too large, 400 when it is no update, 503 when
        it could not be kept.
        """
        given = request.headers.get(SECRET, "")
        if not hmac.compare_digest(given.encode(), self._hook.secret.encode()):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        content = _json(body)
        if not isinstance(content, dict) or not isinstance(content.get("update_id"), int):
            return Response(status_code=400)
        return Response(status_code=200 if await self._reception.hear(content) else 503)

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


async def _body(request: Request) -> bytes | None:
    """The whole of it, or None as soon as it is too large."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > LARGEST:
        return None
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
