"""`./run check`: the guides of some folders, with their mirrors, in one line of counts or all that is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.desks import read_desks
from knowledge.english_files import outdated
from knowledge.journeys import journeys
from knowledge.library import Library
from knowledge.loading import english_root, load
from knowledge.mirrors import mirrors
from knowledge.problems import Problem
from knowledge.wording import wording


@dataclass(frozen=True)
class Checked:
    """What to print: `said` on standard output, `warned` on standard error; `status` is the exit status."""

    said: tuple[str, ...]
    warned: tuple[str, ...]
    status: int


def check(folders: Sequence[Path], today: date | None, tests: Path | None = None) -> Checked:
    """Read the folders as the bot would. `tests` is where the mirrors of the first folder lie, if they are at hand.

    With the mirrors the everyday words and the life events of the product are checked too.
    """
    loaded = load(folders, today)
    desks = read_desks(tuple(folders))
    problems = [*loaded.problems, *desks.problems]
    if tests is not None and folders:
        problems += mirrors(folders[0], tests)
    if tests is not None and today is not None and loaded.library is not None and not loaded.errors:
        problems += (*wording(loaded.library, today), *journeys(loaded.library))
    if loaded.library is not None and not loaded.errors:
        problems += outdated(loaded.library, [english_root(folder) for folder in folders])
    errors = tuple(str(_near(problem)) for problem in problems if problem.severity == "error")
    warnings = tuple(str(_near(problem)) for problem in problems if problem.severity == "warning")
    if desks.desks and loaded.library is None and not errors:
        return Checked((f"{len(desks.desks)} nơi tiếp nhận: không có lỗi, {len(warnings)} cảnh báo",), warnings, 0)
    if errors or loaded.library is None:
        return Checked(errors or ("không có thủ tục nào để kiểm tra",), warnings, 1)
    return Checked((_counts(loaded.library, len(warnings)),), warnings, 0)


def _counts(library: Library, warnings: int) -> str:
    guides = library.guides.values()
    published = sum(guide.status == "published" for guide in guides)
    counts = (
        f"{len(guides)} thủ tục ({published} đang dùng)",
        f"{sum(len(guide.asks) for guide in guides)} câu hỏi",
        f"{sum(len(guide.documents) for guide in guides)} giấy tờ",
        f"{sum(len(guide.sources) for guide in guides)} nguồn",
    )
    return f"{', '.join(counts)}: không có lỗi, {warnings} cảnh báo"


def _near(problem: Problem) -> Problem:
    """The same problem with its file as seen from here, so that a terminal or an editor opens it at a click."""
    path = Path(problem.file)
    if not path.is_relative_to(Path.cwd()):
        return problem
    file = path.relative_to(Path.cwd()).as_posix()
    return Problem(file, problem.line, problem.column, problem.what, problem.why, problem.cure, problem.severity)
