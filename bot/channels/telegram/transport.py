"""Carries requests to Telegram by aiohttp, which under load does several times what HTTPX's pool does."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import aiohttp
from pydantic_core import from_json, to_json
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.messaging.network import CONNECT, READ, file_of, proxy

WRITE: Final = 5.0
UPLOAD: Final = 20.0
"""Seconds: what python-telegram-bot's own transport allows, so that a change of transport changes no patience."""

JSON: Final = {"Content-Type": "application/json"}

GIVEN = DefaultValue[float] | DefaultValue[None] | float | None
"""A time-out as python-telegram-bot hands it on: a number of seconds, none at all, or not said."""


class Transport(BaseRequest):
    """One pool of connections to one Bot API. A proxy that the environment names is used, as HTTPX would."""

    def __init__(self, api: str, connections: int) -> None:
        """`api` is an address there; `connections` are open at most, further requests wait for one."""
        self._api = api
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that Telegram may take to answer what is no long poll."""
        return READ

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=proxy(self._api),
            )

    async def shutdown(self) -> None:
        """Close it."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """As python-telegram-bot reads an answer, a third as long."""
        try:
            return from_json(payload)
        except ValueError:
            return BaseRequest.parse_json_payload(payload)  # tells what is wrong in its own error

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: GIVEN = BaseRequest.DEFAULT_NONE,
        write_timeout: GIVEN = BaseRequest.DEFAULT_NONE,
        connect_timeout: GIVEN = BaseRequest.DEFAULT_NONE,
        pool_timeout: GIVEN = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body; TimedOut or NetworkError when there is no whole answer."""
        if self._session is None:
            raise NetworkError("the transport is not open")
        uploads = request_data is not None and request_data.contains_files
        read = _seconds(read_timeout, READ)
        write = _seconds(write_timeout, UPLOAD if uploads else WRITE)
        connect = _seconds(connect_timeout, CONNECT)
        whole = None if read is None or write is None or connect is None else read + write + connect
        timeout = _patience(whole, connect)
        try:
            async with self._session.request(method, _address(url), **_body(request_data), timeout=timeout) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            # Never the address: it holds the token.
            raise NetworkError(f"{type(error).__name__}: {error}") from error

    async def fetch(self, url: str, most: int) -> bytes | None:
        """A file, read piece by piece; None as soon as it turns out larger than `most` bytes. Raises as do_request."""
        if self._session is None:
            raise NetworkError("the transport is not open")
        try:
            content = await file_of(self._session, url, most)
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error  # never the address: it holds the token
        if isinstance(content, int):
            raise NetworkError(f"a file was answered with {content}")
        return content


def _body(sent: RequestData | None) -> dict[str, Any]:
    """JSON, of which making takes a tenth of the time of a form; a form where there are files."""
    if sent is None:
        return {}
    if not sent.contains_files:
        return {"data": to_json(sent.parameters), "headers": JSON}
    form = aiohttp.FormData(quote_fields=False)  # else a Vietnamese file name arrives as %E1%BB%9D
    for name, value in sent.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in (sent.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}


@cache
def _address(url: str) -> URL:
    """Taken apart once: there are as many as methods."""
    return URL(url, encoded=True)


@cache
def _patience(whole: float | None, connect: float | None) -> aiohttp.ClientTimeout:
    """There are as many as kinds of calls."""
    return aiohttp.ClientTimeout(total=whole, sock_connect=connect)


def _seconds(given: GIVEN, default: float) -> float | None:
    return default if isinstance(given, DefaultValue) else given
