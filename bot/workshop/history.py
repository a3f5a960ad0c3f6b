"""The version of a guide that citizens had before: the last published one in git, or another file or folder."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.workshop.opening import Book, CannotOpen, said, seen_from_here
from knowledge.folders import File
from knowledge.guide import Guide
from knowledge.loading import read_guide

_PUBLISHED: Final = re.compile(rb"^status: *published\b", re.MULTILINE)
_FURTHEST: Final = 50
"""How many versions back a published one is looked for."""


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier version, and in words which one it is."""

    guide: Guide
    where: str


def before(book: Book, against: str) -> Before:
    """The version to compare with; CannotOpen when there is none. `against` is a file, a folder, or empty for git."""
    return _in_files(book, Path(against)) if against else _in_git(book)


def _in_files(book: Book, place: Path) -> Before:
    if place.is_dir():
        inside = place / book.path.parent.name / book.path.name
        place = inside if inside.is_file() else place / book.path.name
    if not place.is_file():
        raise CannotOpen(
            f"--against {seen_from_here(place)}: không có tệp này, ghi đường dẫn của tệp hoặc thư mục bản cũ"
        )
    return Before(_read(File(place, book.path.parent.name), seen_from_here(place)), seen_from_here(place))


def _in_git(book: Book) -> Before:
    name = f"./{book.path.name}"
    log = _git(book.path, "log", "--diff-filter=AM", f"--max-count={_FURTHEST}", "--format=%H %cs", "--", name).decode()
    commits = [line.split() for line in log.splitlines()]
    versions = ((commit, day, _git(book.path, "show", f"{commit}:{name}")) for commit, day in commits)
    first = None
    for version in versions:
        first = first or version
        if _PUBLISHED.search(version[2]):
            return _of(book, *version)
    if first is None:
        raise CannotOpen(f"{seen_from_here(book.path)}: git chưa có bản nào của tệp này, đây là thủ tục mới")
    return _of(book, *first)


def _of(book: Book, commit: str, day: str, data: bytes) -> Before:
    where = f"bản {commit[:8]} ngày {day} trong git"
    with TemporaryDirectory() as folder:
        path = Path(folder) / book.path.name
        path.write_bytes(data)
        return Before(_read(File(path, book.path.parent.name), where), where)


def _read(file: File, where: str) -> Guide:
    guide, _, problems = read_guide(file)
    if guide is None:
        first = said(problems[0]).partition(": ")[2] if problems else "không đọc được"
        raise CannotOpen(f"{where}: {first}, chọn bản khác bằng --against TỆP")
    return guide


def _git(path: Path, *words: str) -> bytes:
    """What git says of the folder of a file; CannotOpen, with its first line, when it refuses or is not there."""
    git = shutil.which("git")
    cure = "chỉ bản cũ bằng --against TỆP hoặc --against THƯ-MỤC"
    if git is None:
        raise CannotOpen(f"máy này không có git, {cure}")
    done = subprocess.run(  # noqa: S603  # git itself, with words of our own and a path
        [git, "-C", path.parent.as_posix(), *words], capture_output=True, check=False
    )
    if done.returncode != 0:
        why = (done.stderr.decode(errors="replace").splitlines() or ["không rõ vì sao"])[0]
        raise CannotOpen(f"{seen_from_here(path)}: git không cho biết bản cũ ({why}), {cure}")
    return done.stdout
