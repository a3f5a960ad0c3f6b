"""The shelf: the library in use, read anew when a file changes; each bad file leaves its last good version there."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from bot.cache import Cache, Kept, Stamp, without_collecting
from knowledge.desks import Desk, read_desks
from knowledge.library import Library
from knowledge.loading import Loaded, english_root, load, provinces_of

log = logging.getLogger(__name__)

LOOK = 2.0
"""Seconds between two looks at the folders."""


class NoGuides(Exception):
    """The folders hold not one guide that can be used; the message is for the operator."""


class Shelf:
    """Holds the library that every turn reads; `library` changes as a whole, never in the middle of a turn.

    `held_back` counts the files with errors: of each the last good version is in use, or none if there never was one.
    """

    def __init__(self, folders: Sequence[Path], today: Callable[[], date], cache: Path | None = None) -> None:
        """Read the folders, or take the reading of the last start from the folder `cache` if no file has changed."""
        self._folders = tuple(folders)
        self._today = today
        self._cache = Cache(cache, self._folders) if cache is not None else None
        self._stamp = _stamp(self._folders)
        self.held_back = 0
        self.desks: Mapping[str, Desk] = self._read_desks({})
        kept = self._cache.read() if self._cache is not None else None
        if kept is not None and kept.stamp == self._stamp and kept.library is not None:
            self._kept = kept
            self.library: Library = _ready(kept.library, today())
            return
        self._kept = kept if kept is not None else Kept(b"", {}, None)
        loaded = self._read()
        if loaded.library is None or not loaded.library.guides:
            found = "\n".join(str(problem) for problem in loaded.problems)
            raise NoGuides(found or "Không có tệp hướng dẫn nào dùng được.")
        self._take(loaded, loaded.library)

    def look(self) -> bool:
        """Read the files that changed, if any did; True when another library is in use now."""
        stamp = _stamp(self._folders)
        if stamp == self._stamp:
            self.library.index(self._today())  # another one on the day after a guide expired
            return False
        self._stamp = stamp
        self.desks = self._read_desks(self.desks)
        before = self._kept
        loaded = self._read()
        if loaded.library is None or not loaded.library.guides:
            log.error("Không còn hướng dẫn nào dùng được, nên vẫn dùng các bản trước.")
            return False
        self._take(loaded, loaded.library)
        taken = {name for name, now in loaded.known.items() if before.known.get(name) != now}
        taken |= {name for name, now in loaded.decided.items() if before.decided.get(name) != now}
        taken |= {name for name, now in loaded.english.items() if before.english.get(name) != now}
        gone = {*before.known, *before.decided, *before.english} - {*loaded.known, *loaded.decided, *loaded.english}
        for what, names in (("Đã nhận", taken), ("Đã bỏ", gone)):
            if names:
                log.info("%s %d tệp: %s.", what, len(names), ", ".join(sorted(names)))
        return True

    @without_collecting()
    def _read(self) -> Loaded:
        """The folders as they are now, each wrong file in its last good version; all that is wrong goes to the log."""
        kept = self._kept
        loaded = load(
            self._folders,
            self._today(),
            tolerate=True,
            known=kept.known,
            decided=kept.decided,
            english=kept.english,
        )
        wrong = {problem.file for problem in loaded.errors}
        self.held_back = len(wrong)
        for problem in loaded.errors:
            log.error("%s", problem)
        for file in sorted(wrong):
            if file in loaded.known or file in loaded.decided or file in loaded.english:
                log.error("%s: vẫn dùng bản trước của tệp này; sửa các lỗi trên rồi lưu lại.", file)
            else:
                log.error("%s: chưa dùng tệp này; sửa các lỗi trên rồi lưu lại.", file)
        return loaded

    def _read_desks(self, before: Mapping[str, Desk]) -> Mapping[str, Desk]:
        """The desks as their files say, each wrong file in its last good version; what is wrong goes to the log."""
        read = read_desks(self._folders)
        for problem in read.problems:
            log.error("%s", problem)
        wrong = {Path(problem.file).stem for problem in read.problems}
        return {id: desk for id, desk in before.items() if id in wrong} | read.desks

    def _take(self, loaded: Loaded, library: Library) -> None:
        """Use it and keep it for the next start; with errors without the library, so that they are told again."""
        self.library = _ready(library, self._today())
        whole = library if not loaded.errors else None
        self._kept = Kept(self._stamp, loaded.known, whole, loaded.decided, loaded.english)
        if self._cache is not None:
            self._cache.write_aside(self._kept)

    async def watch(self) -> None:
        """Look again and again, aside from the talks, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            await asyncio.to_thread(self.look)


@without_collecting()
def _ready(library: Library, today: date) -> Library:
    """The library with the index of that day built, so that no person waits for it.

    What stays until the end is taken out of the collector's rounds: each would stop everyone for a tenth of a second.
    """
    library.index(today)
    gc.freeze()
    return library


def _stamp(folders: Sequence[Path]) -> Stamp:
    """Of a folder's guides and, where they lie beside it, of what provinces decide and of its English."""
    roots = {root for folder in folders for root in (folder, provinces_of(folder), english_root(folder))}
    lines = sorted({line for root in roots for line in _lines(str(root))})
    return hashlib.blake2b(repr(lines).encode(), digest_size=32).digest()


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
