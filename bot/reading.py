"""One reading of the guide folders, and where there are thousands of files, in a process of its own.

That process keeps the reading as any start does (`cache.py`) and ends; whoever started it opens what it kept. What it
leaves behind in memory, a third of what is kept, goes with it; it reads on all cores, and no turn waits for it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from bot.cache import Cache, Kept, Stamp, without_collecting
from knowledge.loading import Each, english_root, load, provinces_of

log = logging.getLogger(__name__)

MANY: Final = 500
"""Files from which on another process is worth its start, half a second."""

_FIRST: Final = 20
"""Files that are read before the others are shared out: what all readings need is then there before processes part."""
_AT_ONCE: Final = 4
_PORTION: Final = 32
_ROOT: Final = Path(__file__).resolve().parents[1]

One = TypeVar("One")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Looks:
    """How the files of some folders look now, and how many they are."""

    stamp: Stamp
    files: int


def looks(folders: Sequence[Path]) -> Looks:
    """Of a folder's guides and, where they lie beside it, of what provinces decide and of its English."""
    roots = {root for folder in folders for root in (folder, provinces_of(folder), english_root(folder))}
    lines = sorted({line for root in roots for line in _lines(str(root))})
    return Looks(hashlib.blake2b(repr(lines).encode(), digest_size=32).digest(), len(lines))


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


@without_collecting()
def read(folders: Sequence[Path], today: date, stamp: Stamp, before: Kept, each: Each = map) -> Kept:
    """The folders as they are now, each wrong file in its last good version, and with the index of that day."""
    loaded = load(
        folders,
        today,
        tolerate=True,
        known=before.known,
        decided=before.decided,
        english=before.english,
        each=each,
    )
    if loaded.library is not None:
        loaded.library.index(today)
    return Kept(stamp, loaded.known, loaded.library, loaded.decided, loaded.english, loaded.errors)


def read_aside(cache: Path, folders: Sequence[Path], today: date) -> None:
    """Have the folders read and kept by another process. Never raises: without it they are read here."""
    command = [sys.executable, "-P", "-m", "bot.reading", str(cache), today.isoformat(), *map(str, folders)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command,
            env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        log.info("no process to read the guides in: %s", error)
        return
    if done.returncode:
        log.info("the process that was to read the guides ended with %d: %s", done.returncode, done.stderr.strip())


def main(cache: str, today: str, *names: str) -> None:
    """Read the folders and keep the reading."""
    folders = tuple(map(Path, names))
    kept = Cache(Path(cache), folders)
    stamp = looks(folders).stamp
    kept.write(read(folders, date.fromisoformat(today), stamp, kept.read() or Kept(b"", {}, None), _shared_out))


def _shared_out(work: Callable[[One], Other], things: Iterable[One]) -> Iterator[Other]:
    """As `map`, but on all cores where a process can be forked."""
    waiting = iter(things)
    yield from map(work, islice(waiting, _FIRST))
    rest = list(waiting)
    at_once = min(_AT_ONCE, os.cpu_count() or 1)
    if not rest or at_once == 1 or sys.platform != "linux":
        yield from map(work, rest)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - for the process that reads, not who started it
    from multiprocessing import get_context  # noqa: PLC0415 - same

    with ProcessPoolExecutor(at_once, get_context("fork")) as pool:  # one that is killed ends the reading, not a wait
        yield from pool.map(work, rest, chunksize=_PORTION)


if __name__ == "__main__":
    main(*sys.argv[1:])
