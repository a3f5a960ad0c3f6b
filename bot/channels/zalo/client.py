"""Zalo's Bot API over HTTP: a method called with JSON, a picture fetched, and what each refusal comes to."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from bot.messaging.delivery import AT_ONCE
from bot.messaging.network import CONNECT, READ, file_of, proxy

OFFICIAL: Final = "https://bot-api.zaloplatforms.com"

KEEPERS: Final = ("zdn.vn", "zadn.vn")
"""Where Zalo keeps what people send. An address elsewhere is not asked for: a call may name any."""

NO_ANSWER: Final = 0


class ZaloError(Exception):
    """Zalo's error code with its words (NO_ANSWER where none came), and how many seconds to wait where it says so.

    Never holds the address: the token is in it.
    """

    def __init__(self, code: int, words: str, pause: float | None = None) -> None:
        super().__init__(f"{code} {words}" if code else words)
        self.code = code
        self.pause = pause


class Client:
    """One bot at one Bot API."""

    def __init__(self, token: str, api: str | None) -> None:
        """`api` in place of Zalo's own server is then also where pictures may lie."""
        self._base = f"{api or OFFICIAL}/bot{token}"
        self._own = None if api is None else urlsplit(api).netloc
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Open the connections; nothing is asked yet."""
        connector = aiohttp.TCPConnector(limit=2 * AT_ONCE)
        self._session = aiohttp.ClientSession(connector=connector, proxy=proxy(self._base))

    async def close(self) -> None:
        """Close them; a second call changes nothing."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def call(self, method: str, sent: Mapping[str, Any], patience: float = READ) -> Any:
        """Call a method and give its result; `patience` in seconds. Raises ZaloError."""
        timeout = aiohttp.ClientTimeout(total=CONNECT + patience, sock_connect=CONNECT)
        try:
            async with self._opened().post(f"{self._base}/{method}", json=sent, timeout=timeout) as answer:
                status, pause = answer.status, _seconds(answer.headers.get("Retry-After", ""))
                content = await answer.json(content_type=None)
        except TimeoutError as error:
            raise ZaloError(NO_ANSWER, "hết giờ chờ") from error
        except ValueError as error:  # a page of some proxy
            raise ZaloError(status if status >= HTTPStatus.BAD_REQUEST else NO_ANSWER, "câu trả lời lạ") from error
        except (aiohttp.ClientError, OSError) as error:
            raise ZaloError(NO_ANSWER, type(error).__name__) from error
        match content:
            case {"ok": True}:
                return content.get("result")
            case {"error_code": int(code)}:
                raise ZaloError(code, str(content.get("description", "")), pause)
            case _:
                raise ZaloError(status if status >= HTTPStatus.BAD_REQUEST else NO_ANSWER, "câu trả lời lạ", pause)

    async def fetch(self, url: str, most: int) -> bytes | None:
        """A picture, read piece by piece; None as soon as it turns out larger than `most` bytes. Raises ZaloError."""
        try:
            content = await file_of(self._opened(), url, most, redirects=False)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise ZaloError(NO_ANSWER, type(error).__name__) from error
        if isinstance(content, int):
            raise ZaloError(content, "không lấy được ảnh")
        return content

    def keeps(self, url: str) -> bool:
        """Whether what lies there was put there by Zalo."""
        try:
            address = urlsplit(url)
            host = address.hostname or ""
        except ValueError:
            return False
        if self._own is not None and address.netloc == self._own:
            return True
        return address.scheme == "https" and any(f".{host}".endswith(f".{keeper}") for keeper in KEEPERS)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise ZaloError(NO_ANSWER, "the client is not open")
        return self._session


def _seconds(text: str) -> float | None:
    return float(text) if text.isdecimal() else None
