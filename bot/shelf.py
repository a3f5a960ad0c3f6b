"""The shelf: the library in use, read anew when a guide file changes; a bad file leaves the last good one there."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from knowledge.library import Library
from knowledge.loading import load

log = logging.getLogger(__name__)

LOOK = 2.0
"""Seconds between two looks at the folders."""

Stamp = tuple[tuple[str, int, int], ...]


class NoGuides(Exception):
    """The folders hold not one guide that can be used; the message is for the operator."""


class Shelf:
    """Holds the library that every turn reads; `library` changes as a whole, never in the middle of a turn."""

    def __init__(self, folders: Sequence[Path], today: Callable[[], date]) -> None:
        self._folders = tuple(folders)
        self._today = today
        self._stamp = _stamp(self._folders)
        loaded = load(self._folders, today(), tolerate=True)
        for problem in loaded.errors:
            log.error("%s", problem)
        if loaded.library is None or not loaded.library.guides:
            found = "\n".join(str(problem) for problem in loaded.problems)
            raise NoGuides(found or "Không có tệp hướng dẫn nào dùng được.")
        self.library: Library = _ready(loaded.library, today())

    def look(self) -> bool:
        """Read the folders again if anything in them changed; True when another library is in use now."""
        stamp = _stamp(self._folders)
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        loaded = load(self._folders, self._today())
        for problem in loaded.errors:
            log.error("%s", problem)
        if loaded.library is None or not loaded.library.guides:
            log.error("Các hướng dẫn vừa sửa có lỗi, nên vẫn dùng bản trước. Sửa các lỗi trên rồi lưu lại.")
            return False
        self.library = _ready(loaded.library, self._today())
        log.info("Đã nạp lại %d hướng dẫn.", len(loaded.library.guides))
        return True

    async def watch(self) -> None:
        """Look again and again, aside from the talks, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            await asyncio.to_thread(self.look)


def _ready(library: Library, today: date) -> Library:
    """The library with its index built, so that the first person does not wait for it."""
    library.find("", today)
    return library


def _stamp(folders: Sequence[Path]) -> Stamp:
    return tuple(sorted(line for folder in folders for line in _lines(str(folder))))


def _lines(folder: str) -> Iterator[tuple[str, int, int]]:
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
            yield entry.path, stat.st_mtime_ns, stat.st_size
