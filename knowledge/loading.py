"""Folders of guide files -> a Library, or every problem of every file at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from knowledge.deciding import Decision, misplaced, provinces, read_decisions
from knowledge.everyday import Words, read_words
from knowledge.folders import PROVINCES, File, files, read_file
from knowledge.guide import Guide
from knowledge.library import Field, Library
from knowledge.life_event import life_events
from knowledge.misfits import misfits, problem_at
from knowledge.problems import Problem, perhaps
from knowledge.province import Decided
from knowledge.rules import of_all, of_one
from knowledge.rules.page import Page
from knowledge.yaml_lines import DATA_LIMIT, Document, read

HERE: Final = Path(__file__).parent
GUIDES: Final = HERE / "guides"
"""The product's own guides."""


@dataclass(frozen=True)
class Loaded:
    """A reading of the guides: a library when there is nothing wrong (or when asked to bear it), and what is wrong."""

    library: Library | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that keep a guide from being used."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Problems that somebody should look at some day."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def load(folders: Sequence[Path], today: date | None = None, *, tolerate: bool = False) -> Loaded:
    """Read the folders, the later ones lying over the earlier: a guide takes the place of one of the same id or code.

    With errors there is no library, unless `tolerate` asks for one of the good guides (a running bot never goes down
    for one bad file). Without a day nothing is told that depends on it. Never raises for what the folders hold.
    """
    problems: list[Problem] = []
    laid: dict[str, Page] = {}
    decided: list[Decision] = []
    for folder in folders:
        pages, found = _read_folder(folder, today)
        problems.extend(found)
        laid = _lie_over(laid, pages)
        decisions, wrong = read_decisions(_provinces_of(folder))
        problems.extend(wrong)
        decided.extend(decisions)
    between = of_all(tuple(laid.values()))
    problems.extend(between)
    problems.extend(misplaced(decided, {page.guide.code: page.guide for page in laid.values()}))
    bad = {problem.file for problem in between if problem.severity == "error"}
    good = [page.guide for page in laid.values() if page.yaml.name not in bad]
    usable = bool(good) and (tolerate or not any(problem.severity == "error" for problem in problems))
    return Loaded(library_of(good, decided) if usable else None, tuple(problems))


def library_of(guides: Iterable[Guide], decisions: Iterable[Decision] = ()) -> Library:
    """A library of these guides, with the product's fields, everyday words and names, and what provinces decide."""
    decided: dict[str, Decided] = {}
    for one in decisions:
        earlier = decided.get(one.province)
        decided[one.province] = one.decided if earlier is None else one.decided.over(earlier)
    return Library(
        {guide.id: guide for guide in guides},
        fields(),
        everyday_words(),
        _fields_file().first,
        names(),
        provinces(),
        decided,
        life_events(),
    )


def _provinces_of(folder: Path) -> Path:
    """Where a folder of guides keeps what provinces decide: the product's own beside it, an office's within."""
    return (HERE if folder == GUIDES else folder) / PROVINCES


def _lie_over(laid: dict[str, Page], pages: Sequence[Page]) -> dict[str, Page]:
    codes = {page.guide.code for page in pages}
    kept = {own: page for own, page in laid.items() if page.guide.code not in codes}
    return kept | {page.guide.id: page for page in pages}


def _read_folder(folder: Path, today: date | None) -> tuple[list[Page], list[Problem]]:
    """The good pages of a folder in order of name, and its problems."""
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
    empty = True
    for item in files(folder):
        empty = False
        if isinstance(item, Problem):
            problems.append(item)
            continue
        guide, yaml, found = read_guide(item)
        problems.extend(found)
        if guide is None:
            continue
        page = Page(guide, yaml)
        own = of_one(page, today)
        problems.extend(own)
        if (first := pages.get(guide.id)) is not None:
            why = f"tệp {first.yaml.name} đã dùng"
            problems.append(page.error(("id",), f"id “{guide.id}” dùng hai lần", why, "đổi tên một tệp và id của nó"))
        elif not any(problem.severity == "error" for problem in (*found, *own)):
            pages[guide.id] = page
    if empty:
        cure = "thêm tệp vào thư mục lĩnh vực, ví dụ ho-tich/dang-ky-khai-sinh.yaml"
        problems.append(Problem(folder.as_posix(), 1, 1, "thư mục trống", "không có thủ tục nào để hướng dẫn", cure))
    return list(pages.values()), problems


def read_guide(file: File) -> tuple[Guide | None, Document, tuple[Problem, ...]]:
    """The guide of a file, its YAML with places, and what is wrong with its YAML and its shape (no rules yet)."""
    yaml = read_file(file.path)
    if not yaml.ok:
        return None, yaml, yaml.problems
    if not isinstance(yaml.value, Mapping):
        empty = yaml.value is None
        what = "tệp trống" if empty else "tệp không gồm các dòng “khóa: nội dung”"
        return (
            None,
            yaml,
            (problem_at(yaml, (), what, "cần ít nhất id, code, name, status, sources", "xem một tệp mẫu"),),
        )
    problems = [*yaml.problems, *_misplaced(file, yaml, yaml.value)]
    content = {key: part for key, part in yaml.value.items() if key != "field"}
    try:
        guide = Guide.model_validate({**content, "field": file.field}, strict=True)
    except ValidationError as error:
        return None, yaml, (*problems, *misfits(error, yaml, Guide))
    return (None if any(p.severity == "error" for p in problems) else guide), yaml, tuple(problems)


def _misplaced(file: File, yaml: Document, value: Mapping[str, Any]) -> Iterable[Problem]:
    known = [field.id for field in fields()]
    if file.field not in known:
        yield problem_at(yaml, (), f"lĩnh vực lạ “{file.field}” (tên thư mục)", "không có trong fields.yaml",
                         perhaps(file.field, known, "các lĩnh vực"))  # fmt: skip
    if "field" in value:
        yield problem_at(yaml, ("field",), "khóa “field”", "tên thư mục đã là lĩnh vực", "xóa dòng này", key=True)
    if isinstance(value.get("id"), str) and value["id"] != file.stem:
        yield problem_at(yaml, ("id",), f"id “{value['id']}” khác tên tệp", f"tệp tên là “{file.stem}”",
                         f"đổi tên tệp thành {value['id']}.yaml hoặc sửa id")  # fmt: skip


@dataclass(frozen=True)
class _FieldsFile:
    fields: tuple[Field, ...]
    first: tuple[str, ...]


def fields() -> tuple[Field, ...]:
    """The fields of fields.yaml, in its order."""
    return _fields_file().fields


@cache
def _fields_file() -> _FieldsFile:
    data = _own("fields.yaml")
    rows = tuple(Field(order=at, **row) for at, row in enumerate(data["fields"]))
    return _FieldsFile(rows, tuple(data["most_asked"]))


@cache
def names() -> Mapping[str, str]:
    """Procedures known by name, from names.yaml: code -> name."""
    return _own("names.yaml")


@cache
def everyday_words() -> Words:
    """How people speak, from everyday.yaml, abbreviations.yaml and phrases.yaml."""
    return read_words(_own("everyday.yaml"), _own("abbreviations.yaml"), _own("phrases.yaml"))


def _own(name: str) -> dict[str, Any]:
    """A data file of the product. Raises ValueError with every problem: without it nothing can be done."""
    document = read((HERE / name).read_bytes(), name, limit=DATA_LIMIT, decimals=True)
    if not document.ok or not isinstance(document.value, Mapping):
        raise ValueError("\n".join(str(problem) for problem in document.problems) or f"{name}: tệp trống")
    return dict(document.value)
