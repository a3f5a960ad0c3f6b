"""Pages that are the same for everybody: written and squeezed once a day, and not sent to who has them."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.looks import look
from flows.turn import World

KEPT: Final = 2000
"""Pages kept squeezed, the last asked for: some fifteen megabytes."""

FRESH: Final = "public, max-age=60"
"""A browser asks again after a minute, with the etag: a guide that was withdrawn must not live on in caches."""

VARY: Final = "accept-encoding, cookie"
"""The size of the letters is kept in a cookie."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it goes out; `etag` changes with any of its letters."""

    squeezed: bytes
    etag: str
    type: str
    status: int

    def answer(self, request: Request, kept: str = FRESH) -> Response:
        """The page, or 304 to a browser that has it; `kept` says whether browsers may keep it, a kiosk never may."""
        headers = {"cache-control": "no-store" if look().kiosk else kept, "etag": self.etag, "vary": VARY}
        if self.status == 200 and self.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(gzip.decompress(self.squeezed), self.status, headers, self.type)
        return Response(self.squeezed, self.status, headers | {"content-encoding": "gzip"}, self.type)


def rendered(page: str, type: str = "text/html; charset=utf-8", status: int = 200) -> Rendered:
    """A page ready to go out."""
    plain = page.encode()
    # Weak: plain and squeezed share it.
    etag = f'W/"{hashlib.sha256(plain).hexdigest()[:16]}"'
    return Rendered(gzip.compress(plain, 6, mtime=0), etag, type, status)


P = TypeVar("P")


class Shelved(Generic[P]):
    """The pages of one library on one day; another library or day begins anew."""

    def __init__(self) -> None:
        self._of: tuple[object, object] = (None, None)
        self._pages: OrderedDict[Hashable, P] = OrderedDict()

    def page(self, key: Hashable, world: World, write: Callable[[], P]) -> P:
        """The page of that key, as whoever asks wants it to look; written if it is not there yet."""
        of = (world.library, world.today)
        if self._of != of:
            self._of = of
            self._pages.clear()
        looked = (key, look())
        page = self._pages.get(looked)
        if page is None:
            page = self._pages[looked] = write()
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(looked)
        return page
