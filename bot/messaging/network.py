"""What both services need of aiohttp: the environment's proxy, and a file read piece by piece up to a size."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

CONNECT: Final = 5.0
READ: Final = 5.0
"""Seconds for a connection, and for an answer that is no long poll."""

FILE: Final = 60.0
"""Seconds that a file of ten megabytes may take."""


def proxy(api: str) -> Any:
    """The proxy that the environment names for an address, as HTTPX would use it; None for none."""
    address = urlsplit(api)
    return None if proxy_bypass(address.hostname or "") else getproxies().get(address.scheme)


async def file_of(session: aiohttp.ClientSession, url: str, most: int, *, redirects: bool = True) -> bytes | int | None:
    """A file; the status where it is not there; None as soon as it turns out larger than `most` bytes.

    Raises TimeoutError, aiohttp.ClientError or OSError when there is no whole answer.
    """
    timeout = aiohttp.ClientTimeout(total=FILE, sock_connect=CONNECT, sock_read=READ)
    content = bytearray()
    async with session.get(url, timeout=timeout, allow_redirects=redirects) as answer:
        if answer.status != 200:
            return answer.status
        async for piece in answer.content.iter_any():
            content += piece
            if len(content) > most:
                return None
    return bytes(content)
