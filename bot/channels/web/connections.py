"""A connection that must say what it wants in good time, so that none is held open by saying it letter by letter."""

from __future__ import annotations

import asyncio
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS: Final = 10.0
"""Seconds from the first letter of a request, or from the connection, to the end of its headers."""


class Prompt(H11Protocol):
    """uvicorn's protocol with a limit on the time for headers; a body has its own (`forms`)."""

    headers_within = HEADERS
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """The first request is awaited from now on."""
        super().connection_made(transport)
        self._await_headers()

    def data_received(self, data: bytes) -> None:
        """Headers are whole once it is for us to answer."""
        super().data_received(data)
        if self.conn.our_state is h11.SEND_RESPONSE:
            self._enough()
        elif self._late is None:
            self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._enough()
        super().connection_lost(exc)

    def _await_headers(self) -> None:
        self._late = self.loop.call_later(self.headers_within, self.transport.close)

    def _enough(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
