"""Which guide an official means: an id, a national code, an old code or a file, out of the folders in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot.cache import Kept
from knowledge.folders import File, files, read_file
from knowledge.guide import Guide, is_code
from knowledge.library import Library
from knowledge.loading import GUIDES, Loaded, library_of, load
from knowledge.problems import Problem, nearest

MIRRORS: Final = Path(__file__).parents[2] / "tests" / "guides"
"""Where the mirrors of our own guides lie in a checkout; an installed package has none."""


NEVER: Final = Kept(b"", {}, None)
"""No reading before this one."""


class CannotOpen(Exception):
    """There is no such guide, or its file has errors; the message is for the official, one line for each thing."""


@dataclass(frozen=True, slots=True)
class Book:
    """A guide with the library around it and the file it was read from; `remark` says what the official should know."""

    guide: Guide
    library: Library
    path: Path
    remark: str = ""


def mirrors_of(folder: Path) -> Path:
    """Where the mirrors of a folder of guides lie: our own under tests/guides, an office's in a folder beside it."""
    return MIRRORS if folder.resolve() == GUIDES.resolve() else folder.parent / f"{folder.name}-kiem-thu"


def mirror_path(path: Path) -> Path:
    """Where the mirror of a guide's file lies."""
    return mirrors_of(path.parent.parent) / path.parent.name / path.name


def seen_from_here(path: Path) -> str:
    """A file as a terminal or an editor opens it."""
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()


def said(problem: Problem) -> str:
    """A problem as one line, its file as seen from here."""
    return str(problem).replace(problem.file, seen_from_here(Path(problem.file)), 1)


def shelf(folders: Sequence[Path], today: date, kept: Kept = NEVER) -> Library:
    """The library of those folders, files with errors left out; CannotOpen when nothing is left.

    What looks as in the reading `kept` is taken from there.
    """
    loaded = _read(folders, today, kept)
    if loaded.library is None:
        raise CannotOpen("\n".join(said(problem) for problem in loaded.problems))
    return loaded.library


def listed(folders: Sequence[Path]) -> dict[str, Path]:
    """Where the file of each id lies; a later folder lies over an earlier one."""
    return {item.stem: item.path for folder in folders for item in files(folder) if isinstance(item, File)}


def opened(name: str, folders: Sequence[Path], today: date, kept: Kept = NEVER) -> Book:
    """The guide of an id, a code (a replaced one too) or a file; CannotOpen otherwise, or when its file has errors.

    What looks as in the reading `kept` is taken from there.
    """
    path = Path(name)
    if path.suffix == ".yaml" and path.is_file():
        name = path.stem
        path = path.resolve()
        folders = [folder for folder in folders if path.parent.parent != folder] + [path.parent.parent]
    loaded = _read(folders, today, kept, drafts=True)
    where = listed(folders)
    wrong = [problem for problem in loaded.errors if name in where and Path(problem.file) == where[name]]
    if wrong:
        raise CannotOpen("\n".join(said(problem) for problem in wrong))
    library = loaded.library or library_of([])
    guide = library.get(name) or library.by_code(name)
    if guide is None and is_code(name):
        broken = {path.as_posix() for path in where.values() if _holds(path, name)}
        wrong = [problem for problem in loaded.errors if problem.file in broken]
        if wrong:
            raise CannotOpen("\n".join(said(problem) for problem in wrong))
    if guide is None:
        raise CannotOpen(_unknown(name, library, where))
    remark = ""
    national = ".".join(name.split(".")[:2])  # without a province's suffix
    if is_code(name) and not {name, national} & {guide.code, *guide.same}:
        remark = f"Mã {name} đã được thay: nay là {guide.code}, {guide.name}."
    return Book(guide, library, where[guide.id], remark)


def _read(folders: Sequence[Path], today: date, kept: Kept, *, drafts: bool = False) -> Loaded:
    return load(
        folders,
        today,
        tolerate=True,
        known=kept.known,
        decided=kept.decided,
        english=kept.english,
        drafts=drafts,
    )


def _holds(path: Path, code: str) -> bool:
    """Whether a file that cannot be read as a guide says that it is the one of that code."""
    value = read_file(path).value
    return isinstance(value, Mapping) and value.get("code") == code


def _unknown(name: str, library: Library, where: dict[str, Path]) -> str:
    if is_code(name):
        known = library.name_only(name)
        what = f"{name}: chưa có hướng dẫn" + (f" cho “{known}”" if known else ", không có thủ tục nào mang mã này")
        return f"{what}, gõ ./run guide new {name} để bắt đầu, hoặc xem lại mã"
    near = nearest(name, (*library.guides, *where))
    cure = f"có phải là “{near}”?" if near else 'tìm bằng ./run find "tên thủ tục", rồi dùng tên ngắn hoặc mã'
    return f"{name}: không có thủ tục nào tên ngắn hoặc mã như vậy, {cure}"
