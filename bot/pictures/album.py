"""What the desk needs to take a picture: open it, and seal what can be read."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from bot.pictures import NotYet
from bot.pictures.looking import Glass
from bot.pictures.sealing import Seal
from flows.events import Look

log = logging.getLogger(__name__)

ROOM: Final = 1 << 30
"""Bytes that all pictures together may take: about two thousand."""


class Album:
    """Opens and seals; keeps nothing itself. `room` is how many bytes may be kept in all."""

    def __init__(self, key: bytes, room: int = ROOM) -> None:
        self._glass = Glass()
        self._seal = Seal(key)
        self._room = room

    async def taken(self, content: bytes, number: str, kept: int) -> tuple[Look, bytes]:
        """What a file is, and its pages sealed under that number when it is good.

        `kept` is how many bytes there are already; with no number, nothing is good enough to be kept.
        """
        try:
            seen = await self._glass.look(content)
            if seen.verdict != "good":
                return Look(seen.verdict, len(content)), b""
            sealed = await asyncio.to_thread(self._seal.closed, seen.pages, number)
        except NotYet as error:
            log.warning("Thư viện đọc ảnh chưa cài xong (%s); ảnh này chưa nhận.", error)
            return Look("no_room", len(content)), b""
        if not number or kept + len(sealed) > self._room:
            log.warning("Không giữ thêm ảnh: đã giữ %d MB.", kept >> 20)
            return Look("no_room", len(content)), b""
        return Look("good", len(content), len(seen.pages), number), sealed

    def opened(self, sealed: bytes, number: str) -> tuple[bytes, ...]:
        """The pages as JPEG; Altered when it is not what was sealed."""
        return self._seal.opened(sealed, number)
