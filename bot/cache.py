"""What was read and indexed at the last start, kept on disk: the next start need not read thousands of files again.

Pickle can run what it holds, so a cache is opened only if it is a plain file of this very user that nobody else may
write, whole by its digest, made by this very code from files that look as they did; else it is as if there were none.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import pickle
import platform
import stat
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from pydantic import VERSION

from knowledge.english_files import KnownEnglish
from knowledge.folders import ENGLISH
from knowledge.holding import Known, KnownDecided
from knowledge.library import Library
from knowledge.loading import GUIDES, HERE
from knowledge.problems import Problem
from knowledge.yaml_lines import YAML_VERSION

log = logging.getLogger(__name__)

_MAGIC: Final = b"thu-tu 1\n"
_DIGEST: Final = 32
_KEPT_FILES: Final = 4
"""Caches of other sets of folders that stay beside the one in use."""
_OURS: Final = ("knowledge.", "datetime", "array", "collections", "types")
_BUILT_IN: Final = {"set", "frozenset", "dict", "list", "tuple", "bytearray", "getattr"}

Stamp = bytes
"""A digest of path, time of writing, time of change and size of every guide file."""


_writing = threading.Lock()
"""Two threads of one process would write into the same half: a start, and the first look at an edited file."""


@dataclass(frozen=True)
class Kept:
    """One reading: how the files looked, the last good version of each, the library, and what keeps files out of it.

    The library is None where no guide can be used.
    """

    stamp: Stamp
    known: Known
    library: Library | None
    decided: KnownDecided = field(default_factory=dict)
    english: KnownEnglish = field(default_factory=dict)
    errors: tuple[Problem, ...] = ()


class Cache:
    """The cache of one set of folders, a file in a folder of its own."""

    def __init__(self, folder: Path, guides: Sequence[Path]) -> None:
        names = "\n".join(str(path.resolve()) for path in guides)
        self._folder = folder
        self._path = folder / f"guides-{hashlib.sha256(names.encode()).hexdigest()[:12]}.cache"
        self._key = hashlib.sha256(_product() + names.encode()).digest()

    def read(self) -> Kept | None:
        """What was kept, or None if there is nothing that can be trusted. Never raises."""
        try:
            file = _opened(self._path)
            if file is None:
                return None
            with file:
                if file.read(len(_MAGIC) + len(self._key)) != _MAGIC + self._key:
                    log.info("%s: made by another version, read anew", self._path)
                    return None
                digest, start = file.read(_DIGEST), file.tell()
                if _digest_of(file) != digest:
                    log.warning("%s: tệp nhớ tạm bị hỏng nên được làm lại.", self._path)
                    return None
                file.seek(start)
                return _unpickled(file)
        except Exception:
            log.warning("%s: không dùng được tệp nhớ tạm nên đọc lại các hướng dẫn.", self._path, exc_info=True)
            return None

    def write(self, kept: Kept) -> None:
        """Keep this reading, the old one or the new, never half of one. Never raises: a cache is only for speed."""
        with _writing:
            self._write(kept)

    def _write(self, kept: Kept) -> None:
        half = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with open(descriptor, "wb") as file:  # noqa: PTH123 - opened so that nobody else may ever read or write it
                file.write(_MAGIC + self._key + bytes(_DIGEST))
                written = _Written(file)
                pickle.dump(kept, written, protocol=5)
                file.seek(len(_MAGIC) + len(self._key))
                file.write(written.digest.digest())
            half.replace(self._path)
            self._clear()
        except Exception as error:  # noqa: BLE001 - a full disk, a folder that is not ours, or a slip of our own
            log.info("%s: not kept (%s)", self._path, error)
        finally:
            with suppress(OSError):
                half.unlink(missing_ok=True)

    def write_aside(self, kept: Kept) -> threading.Thread:
        """Keep this reading while people are served already."""
        thread = threading.Thread(target=self.write, args=(kept,), name="cache")
        thread.start()
        return thread

    def _clear(self) -> None:
        """Let go of caches of folders that were not used for longest, and of halves that a crash left."""
        files = sorted(self._folder.glob("guides-*"), key=lambda path: -path.stat().st_mtime_ns)
        for path in files[_KEPT_FILES:]:
            path.unlink(missing_ok=True)


def _opened(path: Path) -> BinaryIO | None:
    """A file of ours; None if there is none, or others could have written it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    now = os.fstat(descriptor)
    if stat.S_ISREG(now.st_mode) and now.st_uid == os.geteuid() and not now.st_mode & 0o022:
        return open(descriptor, "rb")  # noqa: PTH123 - what was looked at is what is read; closed by the caller
    os.close(descriptor)
    log.warning("%s: người khác có thể đã ghi tệp nhớ tạm này nên không dùng.", path)
    return None


def _digest_of(file: BinaryIO) -> bytes:
    digest = hashlib.blake2b(digest_size=_DIGEST)
    while part := file.read(1 << 20):
        digest.update(part)
    return digest.digest()


class _Written:
    """Writes to a file and keeps the digest of it, so that the whole need not stand in memory a second time."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.blake2b(digest_size=_DIGEST)

    def write(self, part: bytes) -> int:
        self.digest.update(part)
        return self._file.write(part)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Only classes that a library is made of."""
        allowed = module == "bot.cache" or module.startswith(_OURS) or (module == "builtins" and name in _BUILT_IN)
        if not allowed:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


@contextmanager
def without_collecting() -> Iterator[None]:
    """While hundreds of thousands of objects are made to stay, looking for garbage among them only takes time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@without_collecting()
def _unpickled(file: BinaryIO) -> Kept | None:
    kept = _Unpickler(file).load()
    return kept if isinstance(kept, Kept) else None


@cache
def _product() -> bytes:
    """What changes with the code that reads, its data, Python, and the libraries whose work is kept."""
    digest = hashlib.sha256(platform.python_version().encode())
    digest.update(f"{VERSION} {YAML_VERSION}".encode())
    for path in _product_files():
        digest.update(path.as_posix().encode())
        digest.update(path.read_bytes())
    return digest.digest()


def _product_files() -> Iterator[Path]:
    yield Path(__file__)
    for folder, inside, names in os.walk(HERE):
        if Path(folder) == HERE:
            inside[:] = [name for name in inside if name not in {GUIDES.name, ENGLISH}]  # each is looked at by itself
        inside.sort()
        yield from (Path(folder, name) for name in sorted(names) if name.endswith((".py", ".yaml")))
