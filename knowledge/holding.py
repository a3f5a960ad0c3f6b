"""Which version of a guide to hold on to while its file is wrong: the last good one, for each file by itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from knowledge.cards import Folded
from knowledge.deciding import Decision
from knowledge.problems import Problem
from knowledge.province import Decided
from knowledge.rules.page import Shelved
from knowledge.yaml_lines import Document

Look = tuple[int, int, int]
"""When a file was written, when anything about it changed (nanoseconds), and its size."""

Known = Mapping[str, tuple[Look, Folded]]
"""Good guide files by path: how each looked when it was read, and its guide."""

KnownDecided = Mapping[str, Decided]
"""What provinces decide, by the path of its file."""

Shelves = Sequence[Sequence[Shelved]]
"""The good guides of each folder."""


def look_of(path: Path) -> Look | None:
    """How a file looks now; None when it cannot be looked at."""
    try:
        now = path.stat()
    except OSError:
        return None
    return now.st_mtime_ns, now.st_ctime_ns, now.st_size


def still_there(folder: Path, known: Known, good: Iterable[str]) -> dict[str, tuple[Look, Folded]]:
    """The known files of a folder that are not good now and were not taken away either."""
    own = {name: was for name, was in known.items() if Path(name).parent.parent == folder}
    for name in good:
        own.pop(name, None)
    return {name: was for name, was in own.items() if not _gone(Path(name))}


def last_decisions(folder: Path, known: KnownDecided, good: Iterable[Decision]) -> tuple[Decision, ...]:
    """The last good versions of the provincial files of a folder that are not good now and were not taken away."""
    names = {one.yaml.name for one in good}
    return tuple(
        Decision(Path(name).stem, decided, Document(name))
        for name, decided in known.items()
        if Path(name).parent == folder and name not in names and not _gone(Path(name))
    )


def held(name: str, folded: Folded) -> Shelved:
    """The last good version; a problem of it points at the file's first line, since its own lines are no more."""
    return Shelved(Document(name), folded)


def without_quarrels(
    shelves: Shelves, known: Known, errors: Callable[[Shelves], Iterable[Problem]]
) -> tuple[list[list[Shelved]], set[str]]:
    """The shelves without the changes that set guides at odds, and the files whose change is held back so.

    Changes that get on with each other and with all that was known are taken, whatever the others are like.
    """
    was = {page.yaml.name: _before(page, known) for pages in shelves for page in pages}
    now = {page.yaml.name: page for pages in shelves for page in pages}
    taken: dict[str, Shelved | None] = dict(was)

    def laid() -> list[list[Shelved]]:
        return [[one for page in pages if (one := taken[page.yaml.name]) is not None] for pages in shelves]

    def quarrels() -> set[tuple[str, str]]:
        return {(problem.file, problem.what) for problem in errors(laid())}

    old = quarrels()
    back: set[str] = set()

    def take(names: Sequence[str]) -> None:
        taken.update({name: now[name] for name in names})
        if quarrels() <= old:
            return
        taken.update({name: was[name] for name in names})
        if len(names) == 1:
            back.update(names)
        else:
            take(names[: len(names) // 2])
            take(names[len(names) // 2 :])

    take([name for name, page in now.items() if was[name] is not page])
    return laid(), back


def _before(page: Shelved, known: Known) -> Shelved | None:
    before = known.get(page.yaml.name)
    if before is None:
        return None
    return page if before[1] is page.folded else held(page.yaml.name, before[1])


def _gone(path: Path) -> bool:
    """Taken away, not merely unreadable."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
