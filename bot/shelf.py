"""The shelf: the library in use, read anew when a file changes; each bad file leaves its last good version there."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from bot.cache import Cache, Kept, without_collecting
from bot.reading import MANY, Looks, looks, read, read_aside
from knowledge.desks import Desk, read_desks
from knowledge.library import Library

log = logging.getLogger(__name__)

LOOK = 2.0
"""Seconds between two looks at the folders."""


class NoGuides(Exception):
    """The folders hold not one guide that can be used; the message is for the operator."""


class Shelf:
    """Holds the library that every turn reads; `library` changes as a whole, never in the middle of a turn.

    `held_back` counts the files with errors: of each the last good version is in use, or none if there never was one.
    """

    def __init__(
        self, folders: Sequence[Path], today: Callable[[], date], cache: Path | None = None, *, many: int = MANY
    ) -> None:
        """Read the folders, or take the reading of the last start from the folder `cache` if no file has changed.

        From `many` files on, another process reads them, for which `cache` is needed.
        """
        self._folders = tuple(folders)
        self._today = today
        self._place = cache
        self._cache = Cache(cache, self._folders) if cache is not None else None
        self._many = many
        now = looks(self._folders)
        self._stamp = now.stamp
        self.held_back = 0
        self.desks: Mapping[str, Desk] = self._read_desks({})
        last = self._last_reading()
        kept = last if last.stamp == now.stamp else self._read(now, last)
        self._tell(kept)
        if kept.library is None or not kept.library.guides:
            found = "\n".join(str(problem) for problem in kept.errors)
            raise NoGuides(found or "Không có tệp hướng dẫn nào dùng được.")
        self._kept = kept
        self.library: Library = _ready(kept.library, today())

    def _last_reading(self) -> Kept:
        return (self._cache.read() if self._cache is not None else None) or Kept(b"", {}, None)

    def look(self) -> bool:
        """Read the files that changed, if any did; True when another library is in use now."""
        looked = looks(self._folders)
        if looked.stamp == self._stamp:
            self.library.index(self._today())  # another one on the day after a guide expired
            return False
        self._stamp = looked.stamp
        self.desks = self._read_desks(self.desks)
        before, now = self._kept, self._read(looked, self._kept)
        self._tell(now)
        if now.library is None or not now.library.guides:
            log.error("Không còn hướng dẫn nào dùng được, nên vẫn dùng các bản trước.")
            return False
        self._kept = now
        self.library = _ready(now.library, self._today())
        taken = {name for name, how in now.known.items() if before.known.get(name) != how}
        taken |= {name for name, how in now.decided.items() if before.decided.get(name) != how}
        taken |= {name for name, how in now.english.items() if before.english.get(name) != how}
        gone = {*before.known, *before.decided, *before.english} - {*now.known, *now.decided, *now.english}
        for what, names in (("Đã nhận", taken), ("Đã bỏ", gone)):
            if names:
                log.info("%s %d tệp: %s.", what, len(names), ", ".join(sorted(names)))
        return True

    def _read(self, now: Looks, before: Kept) -> Kept:
        """The folders as they are now, kept for the next start, by another process where they are many."""
        if self._place is not None and now.files >= self._many:
            read_aside(self._place, self._folders, self._today())
            kept = self._last_reading()
            if kept.stamp == now.stamp:
                return kept
        kept = read(self._folders, self._today(), now.stamp, before)
        if self._cache is not None and kept.library is not None and kept.library.guides:
            self._cache.write_aside(kept)
        return kept

    def _tell(self, kept: Kept) -> None:
        """All that is wrong goes to the log, at every start anew, with what is used in place of each wrong file."""
        wrong = {problem.file for problem in kept.errors}
        self.held_back = len(wrong)
        for problem in kept.errors:
            log.error("%s", problem)
        for file in sorted(wrong):
            if file in kept.known or file in kept.decided or file in kept.english:
                log.error("%s: vẫn dùng bản trước của tệp này; sửa các lỗi trên rồi lưu lại.", file)
            else:
                log.error("%s: chưa dùng tệp này; sửa các lỗi trên rồi lưu lại.", file)

    def _read_desks(self, before: Mapping[str, Desk]) -> Mapping[str, Desk]:
        """The desks as their files say, each wrong file in its last good version; what is wrong goes to the log."""
        found = read_desks(self._folders)
        for problem in found.problems:
            log.error("%s", problem)
        wrong = {Path(problem.file).stem for problem in found.problems}
        return {id: desk for id, desk in before.items() if id in wrong} | found.desks

    async def watch(self) -> None:
        """Look again and again, aside from the talks, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            if await asyncio.to_thread(self.look):
                await asyncio.to_thread(_give_back)


def _give_back() -> None:
    """Give the system back what the library before has left in the heap."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - edits are rare

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # the C library of most Linux systems alone has it
        if trim is not None:
            trim(0)


@without_collecting()
def _ready(library: Library, today: date) -> Library:
    """The library with the index of that day built, so that no person waits for it.

    What stays until the end is taken out of the collector's rounds: each would stop everyone for a tenth of a second.
    """
    library.index(today)
    gc.freeze()
    return library
