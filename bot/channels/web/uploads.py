"""What the form with a file may bring: a token, one photo or PDF of ten megabytes, and nothing that touches a disk."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from bot.channels.web.forms import DRAINED_BYTES, FormRefused, foreign
from bot.desk import Address, Arrival
from bot.pictures import BYTES
from flows.events import Look, Sent

SECONDS: Final = 180.0
"""A photo of four megabytes at 200 kilobits a second, the slowest mobile network, takes that long."""

AT_ONCE: Final = 8
"""Files that are read side by side: each is held in memory until it has been looked at."""

PARTS: Final = 8

_reading = asyncio.Semaphore(AT_ONCE)


class _InMemory(MultiPartParser):
    """Keeps files in memory, so that no photo is ever written to a disk; of one that is too large only the start."""

    spool_max_size = DRAINED_BYTES
    came = 0

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._current_part.file is None:
            super().on_part_data(data, start, end)
            return
        self.came += end - start
        if self.came <= BYTES:
            super().on_part_data(data, start, end)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: the token of its form, its bytes, and what is wrong with it before it is opened."""

    token: str
    content: bytes = field(repr=False)
    wrong: Look | None = None

    def arrival(self, address: Address) -> Arrival:
        """The same id for the same file sent twice from one page."""
        id = f"{self.token[:32]}-{hashlib.sha256(self.content).hexdigest()[:16]}"
        if self.wrong is not None:
            return Arrival(address, id, Sent("file", self.wrong))
        return Arrival(address, id, Sent("file"), content=self.content)


async def read(request: Request, public_url: str | None, within: float = SECONDS) -> Upload:
    """The form that was sent; FormRefused when it is foreign, not one, or not whole `within` seconds."""
    if foreign(request, public_url):
        raise FormRefused("foreign")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
        raise FormRefused("bad")
    parser = _InMemory(request.headers, _drained(request), max_files=PARTS, max_fields=PARTS)
    try:
        async with _reading, asyncio.timeout(within):
            form = await parser.parse()
    except TimeoutError:
        raise FormRefused("slow") from None
    except MultiPartException as error:
        raise FormRefused("bad") from error
    try:
        token = form.get("token")
        files = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
        contents = [await part.read() for part in files if part.filename or part.size]
    finally:
        await form.close()
    if not isinstance(token, str) or not files:
        raise FormRefused("bad")
    if parser.came > BYTES:
        return Upload(token, b"", Look("too_large", parser.came))
    if len(contents) > 1:
        return Upload(token, b"".join(contents), Look("several", parser.came))
    return Upload(token, contents[0] if contents else b"")


async def _drained(request: Request) -> AsyncGenerator[bytes, None]:
    """The body: a browser shows our answer only to what it could send to its end, up to a point."""
    came = 0
    async for chunk in request.stream():
        came += len(chunk)
        if came > DRAINED_BYTES:
            raise FormRefused("too_long")
        yield chunk
