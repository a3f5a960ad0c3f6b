"""The shelf: the library in use, read anew when a guide file changes; a bad file leaves the last good one there."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.cache import Cache, Kept, Stamp
from knowledge.library import Library
from knowledge.loading import Known, Loaded, load

log = logging.getLogger(__name__)

LOOK = 2.0
"""Seconds between two looks at the folders."""


class NoGuides(Exception):
    """The folders hold not one guide that can be used; the message is for the operator."""


class Shelf:
    """Holds the library that every turn reads; `library` changes as a whole, never in the middle of a turn."""

    def __init__(self, folders: Sequence[Path], today: Callable[[], date], cache: Path | None = None) -> None:
        """Read the folders, or take the reading of the last start from the folder `cache` if no file has changed."""
        self._folders = tuple(folders)
        self._today = today
        self._cache = Cache(cache, self._folders) if cache is not None else None
        self._stamp = _stamp(self._folders)
        kept = self._cache.read() if self._cache is not None else None
        if kept is not None and kept.stamp == self._stamp and kept.library is not None:
            self._known: Known = kept.known
            self.library: Library = _ready(kept.library, today())
            return
        loaded = load(self._folders, today(), tolerate=True, known=kept.known if kept is not None else None)
        for problem in loaded.errors:
            log.error("%s", problem)
        if loaded.library is None or not loaded.library.guides:
            found = "\n".join(str(problem) for problem in loaded.problems)
            raise NoGuides(found or "Không có tệp hướng dẫn nào dùng được.")
        self._known = loaded.known
        self.library = _ready(loaded.library, today())
        self._keep(loaded)

    def look(self) -> bool:
        """Read the files that changed, if any did; True when another library is in use now."""
        stamp = _stamp(self._folders)
        if stamp == self._stamp:
            self.library.index(self._today())  # another one on the day after a guide expired
            return False
        self._stamp = stamp
        loaded = load(self._folders, self._today(), known=self._known)
        self._known = loaded.known
        for problem in loaded.errors:
            log.error("%s", problem)
        if loaded.library is None or not loaded.library.guides:
            log.error("Các hướng dẫn vừa sửa có lỗi, nên vẫn dùng bản trước. Sửa các lỗi trên rồi lưu lại.")
            return False
        self.library = _ready(loaded.library, self._today())
        log.info("Đã nạp lại %d hướng dẫn.", len(loaded.library.guides))
        self._keep(loaded)
        return True

    def _keep(self, loaded: Loaded) -> None:
        """For the next start; with errors without the library, so that they are told again."""
        if self._cache is not None:
            library = loaded.library if not loaded.errors else None
            self._cache.write_aside(Kept(self._stamp, loaded.known, library))

    async def watch(self) -> None:
        """Look again and again, aside from the talks, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            await asyncio.to_thread(self.look)


def _ready(library: Library, today: date) -> Library:
    """The library with the index of that day built, so that no person waits for it.

    What stays until the end is taken out of the collector's rounds: each would stop everyone for a tenth of a second.
    """
    library.index(today)
    gc.freeze()
    return library


def _stamp(folders: Sequence[Path]) -> Stamp:
    return tuple(sorted(line for folder in folders for line in _lines(str(folder))))


def _lines(folder: str) -> Iterator[tuple[str, int, int, int]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _lines(entry.path)
        elif entry.name.endswith((".yaml", ".yml")):
            try:
                stat = entry.stat()
            except OSError:
                continue
            yield entry.path, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size
