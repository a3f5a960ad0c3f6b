"""A service calls us: an address on the page's own server, a secret in each call, a body of bounded size."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic_core import from_json
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

LARGEST: Final = 1024 * 1024
"""Bytes of one call. Those of Telegram and Zalo are a few thousand."""

LOOK_EVERY: Final = 60.0
"""Seconds between two looks at whether the service still calls us, and not somebody else."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a service is to call, the secret by which we know it, how often we look that it still does (seconds)."""

    url: str
    secret: str = field(repr=False)
    look_every: float = LOOK_EVERY


@dataclass(frozen=True, slots=True)
class NoCall:
    """Why a request is not taken, as a status."""

    status: int


class Doors:
    """The page, and beside it the doors at which services call: they need nothing that is made for browsers."""

    def __init__(self, page: ASGIApp) -> None:
        self._page = page
        self._doors: dict[str, Callable[[Request], Awaitable[Response]]] = {}

    def open(self, path: str, called: Callable[[Request], Awaitable[Response]]) -> None:
        """Have whoever posts there be heard by `called`."""
        self._doors[path] = called

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        called = self._doors.get(scope["path"]) if scope["type"] == "http" else None
        if called is None:
            await self._page(scope, receive, send)
            return
        post = scope["method"] == "POST"
        answer = await called(Request(scope, receive)) if post else Response(status_code=405, headers={"Allow": "POST"})
        await answer(scope, receive, send)


def hook(url: str, key: bytes, service: str, token: str) -> Hook:
    """The webhook at `url`; its secret is derived from our own key, so nobody types it and a restart keeps it."""
    return Hook(url, hmac.new(key, f"{service} webhook {token}".encode(), hashlib.sha256).hexdigest())


async def call_of(request: Request, header: str, secret: str) -> Any | NoCall:
    """The JSON of a call.

    403 without our secret (nothing of the body is read), 413 when too large, 400 when it is no JSON, or cut.
    """
    given = request.headers.get(header, "")
    if not hmac.compare_digest(given.encode(), secret.encode()):
        return NoCall(403)
    try:
        body = await _body(request)
    except ClientDisconnect:
        return NoCall(400)
    if body is None:
        return NoCall(413)
    try:
        return from_json(body)
    except ValueError:
        return NoCall(400)


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
