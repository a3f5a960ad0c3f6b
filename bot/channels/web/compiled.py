"""The page's templates as they were compiled at an earlier start: compiling them takes an eighth of a start."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class _Kept(FileSystemBytecodeCache):
    """Jinja's own, which knows a template by its text; but a full disk is no reason not to serve."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled(folder: Path | None) -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept; None where there is no place, or others may write: what lies there is run."""
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        now = folder.lstat()
    except OSError:
        return None
    ours = now.st_uid == os.geteuid() and not now.st_mode & 0o022
    return _Kept(str(folder)) if ours and folder.is_dir() and not folder.is_symlink() else None
