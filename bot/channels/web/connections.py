"""A connection that must say what it wants in good time and few words, so that none is held open letter by letter."""

from __future__ import annotations

import asyncio
from typing import Final

from httptools import HttpParserError
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADERS: Final = 10.0
"""Seconds from the first letter of a request, or from the connection, to the end of its headers."""

HEAD_BYTES: Final = 64 * 1024
"""Of an address and headers; a browser with all cookies of ours sends a hundredth of it."""


class Prompt(HttpToolsProtocol):
    """uvicorn's protocol with a limit on the time for headers and their length; a body has its own (`forms`)."""

    headers_within = HEADERS
    _late: asyncio.TimerHandle | None = None
    _came = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """The first request is awaited from now on."""
        super().connection_made(transport)
        self._await_headers()

    def data_received(self, data: bytes) -> None:
        """A head that has no end is refused before it is whole."""
        super().data_received(data)
        if self._late is not None:
            self._came += len(data)
            if self._came > HEAD_BYTES and not self.transport.is_closing():
                self.send_400_response("The request is too long.")

    def on_message_begin(self) -> None:
        """Another request on the same connection is awaited like the first."""
        super().on_message_begin()
        if self._late is None:
            self._await_headers()

    def on_headers_complete(self) -> None:
        """It is for us to answer."""
        self._enough()
        if len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers) > HEAD_BYTES:
            raise HttpParserError
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._enough()
        super().connection_lost(exc)

    def _await_headers(self) -> None:
        self._came = 0
        self._late = self.loop.call_later(self.headers_within, self.transport.close)

    def _enough(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
