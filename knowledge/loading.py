"""Folders of guide files -> a Library, or every problem of every file at once."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from knowledge.cards import Folded, FoldedGuides, fold_up
from knowledge.deciding import Decision, misplaced, provinces, read_decisions
from knowledge.english import Told
from knowledge.english_files import KnownEnglish, english_of, read_english
from knowledge.everyday import Words, read_words
from knowledge.folders import BESIDE, PROVINCES, File, files, read_file
from knowledge.guide import ID, Guide
from knowledge.holding import (
    Known,
    KnownDecided,
    Look,
    held,
    last_decisions,
    look_of,
    still_there,
    without_quarrels,
)
from knowledge.laying import laid_out
from knowledge.library import Field, Library
from knowledge.life_event import life_events
from knowledge.misfits import misfits, problem_at
from knowledge.problems import Problem, perhaps
from knowledge.province import Decided
from knowledge.rules import of_all, of_one
from knowledge.rules.page import Page, Shelved
from knowledge.yaml_lines import DATA_LIMIT, Document, read

_Read = tuple[Shelved | None, tuple[Problem, ...]]

Each = Callable[[Callable[[File], _Read], Iterable[File]], Iterable[_Read]]
"""How many files are read, in order: by `map`, or by one that shares them out."""

HERE: Final = Path(__file__).parent
GUIDES: Final = HERE / "guides"
"""The product's own guides."""


@dataclass(frozen=True)
class Loaded:
    """A reading of the guides: a library when there is nothing wrong (or when asked to bear it), and what is wrong.

    `known` spares the next reading the files that did not change, and holds the last good version of the others.
    """

    library: Library | None
    problems: tuple[Problem, ...]
    known: Known = field(default_factory=dict, repr=False)
    decided: KnownDecided = field(default_factory=dict, repr=False)
    english: KnownEnglish = field(default_factory=dict, repr=False)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that keep a guide from being used."""
        return _errors(self.problems)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Problems that somebody should look at some day."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def load(
    folders: Sequence[Path],
    today: date | None = None,
    *,
    tolerate: bool = False,
    known: Known | None = None,
    decided: KnownDecided | None = None,
    english: KnownEnglish | None = None,
    drafts: bool = False,
    each: Each = map,
) -> Loaded:
    """Read the folders, the later ones lying over the earlier: a guide takes the place of one of the same id or code.

    Only an imported record never takes the place of a guide that officials wrote, wherever it lies; and a draft never
    that of one which citizens see, unless `drafts` asks for the view of its author.

    With errors there is no library, unless `tolerate` asks for one of the good guides (a running bot never goes down
    for one bad file); then a file that went wrong since it became `known` (`decided`, `english`) lends its last good
    version.
    Without a day nothing is told that depends on it. A guide file that looks as it did when it became `known` is not
    read again; its warnings are not told again either. Never raises for what the folders hold.
    """
    known = known or {}
    problems: list[Problem] = []
    shelves: list[list[Shelved]] = []
    decisions: list[Decision] = []
    good: dict[str, tuple[Look, Folded]] = {}
    for folder in folders:
        pages, found = _read_folder(folder, today, known, good, each)
        problems.extend(found)
        shelves.append(_with_last_good(pages, folder, known, good) if tolerate else pages)
        own, wrong = read_decisions(provinces_of(folder))
        problems.extend(wrong)
        decisions.extend(own)
        if tolerate:
            decisions.extend(last_decisions(provinces_of(folder), decided or {}, own))
    translated = read_english(map(english_root, folders), english or {}, tolerate=tolerate)
    problems.extend(translated.problems)
    laid = laid_out(shelves, drafts=drafts)
    between = of_all(tuple(laid.values()))
    problems.extend(between)
    if tolerate and known and _errors(between):
        shelves, back = without_quarrels(
            shelves, known, lambda some: _errors(of_all(tuple(laid_out(some, drafts=drafts).values())))
        )
        good = {name: known[name] if name in back else own for name, own in good.items() if name not in back - {*known}}
        laid = laid_out(shelves, drafts=drafts)
        between = of_all(tuple(laid.values()))
    problems.extend(misplaced(decisions, FoldedGuides({page.guide.code: page.folded for page in laid.values()})))
    bad = {problem.file for problem in _errors(between)}
    usable = {own: page.folded for own, page in laid.items() if page.yaml.name not in bad}
    known_decided = {one.yaml.name: one.decided for one in decisions}
    if not usable or not (tolerate or not _errors(problems)):
        return Loaded(None, tuple(problems), good, known_decided, translated.known)
    library = _library(FoldedGuides(usable), decisions, translated.english)
    return Loaded(library, tuple(problems), good, known_decided, translated.known)


def library_of(guides: Iterable[Guide], decisions: Iterable[Decision] = ()) -> Library:
    """A library of these guides, with the product's fields, everyday words and names, and what provinces decide."""
    return _library({guide.id: guide for guide in guides}, decisions)


def _library(
    guides: Mapping[str, Guide], decisions: Iterable[Decision], english: Mapping[str, Told] | None = None
) -> Library:
    decided: dict[str, Decided] = {}
    for one in decisions:
        earlier = decided.get(one.province)
        decided[one.province] = one.decided if earlier is None else one.decided.over(earlier)
    return Library(
        guides,
        fields(),
        everyday_words(),
        _fields_file().first,
        names(),
        provinces(),
        decided,
        life_events(),
        english or {},
    )


def provinces_of(folder: Path) -> Path:
    """Where a folder of guides keeps what provinces decide: the product's own beside it, an office's within."""
    return (HERE if folder == GUIDES else folder) / PROVINCES


def english_root(folder: Path) -> Path:
    """Where a folder of guides keeps its English."""
    return english_of(folder, GUIDES)


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity == "error")


def _read_folder(
    folder: Path, today: date | None, known: Known, good: dict[str, tuple[Look, Folded]], each: Each
) -> tuple[list[Shelved], list[Problem]]:
    """The good guides of a folder in order of name, and its problems; `good` is told of each good file."""
    pages: dict[str, Shelved] = {}
    problems: list[Problem] = []
    items = list(files(folder))
    looks = {item: look_of(item.path) for item in items if isinstance(item, File)}
    old = {
        item: known[str(item.path)][1] for item, look in looks.items() if known.get(str(item.path), (None,))[0] == look
    }
    fresh = iter(each(partial(_read_page, today=today), [item for item in looks if item not in old]))
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
            continue
        read, found = (Shelved(_lines_of(item.path), old[item]), ()) if item in old else next(fresh)
        problems.extend(found)
        if read is None:
            continue
        page, name, look = read, str(item.path), looks[item]
        if (first := pages.get(page.guide.id)) is not None:
            why = f"tệp {first.yaml.name} đã dùng"
            problems.append(
                page.error(("id",), f"id “{page.guide.id}” dùng hai lần", why, "đổi tên một tệp và id của nó")
            )
            continue
        pages[page.guide.id] = page
        if look is not None:
            good[name] = (look, page.folded)
    if not items and not any((folder / name).is_dir() for name in BESIDE):
        cure = "thêm tệp vào thư mục lĩnh vực, ví dụ ho-tich/dang-ky-khai-sinh.yaml"
        problems.append(Problem(folder.as_posix(), 1, 1, "thư mục trống", "không có thủ tục nào để hướng dẫn", cure))
    return list(pages.values()), problems


def _with_last_good(
    pages: list[Shelved], folder: Path, known: Known, good: dict[str, tuple[Look, Folded]]
) -> list[Shelved]:
    """The pages of a folder with the last good versions of its files that went wrong; `good` is told of these too."""
    ids = {page.guide.id for page in pages}
    lent = {name: was for name, was in still_there(folder, known, good).items() if was[1].card.id not in ids}
    good.update(lent)
    return sorted((*pages, *(held(name, was[1]) for name, was in lent.items())), key=lambda page: Path(page.yaml.name))


def _lines_of(path: Path) -> Document:
    """A file's lines, read when a problem has to point at one."""
    return Document(path.as_posix(), again=partial(read_file, path))


def _read_page(item: File, today: date | None) -> _Read:
    guide, yaml, found = read_guide(item)
    if guide is None:
        return None, found
    found = (*found, *of_one(Page(yaml, guide), today))
    if any(problem.severity == "error" for problem in found):
        return None, found
    return Shelved(_lines_of(item.path), fold_up(guide, {**yaml.value, "field": item.field})), found


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
    if isinstance(value.get("id"), str) and re.fullmatch(ID, value["id"]) and value["id"] != file.stem:
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
    """How people speak, from everyday.yaml, abbreviations.yaml and phrases.yaml, and what all descriptions say."""
    files = ("everyday.yaml", "abbreviations.yaml", "phrases.yaml", "common_words.yaml")
    return read_words(*(_own(name) for name in files))


def _own(name: str) -> dict[str, Any]:
    """A data file of the product. Raises ValueError with every problem: without it nothing can be done."""
    document = read((HERE / name).read_bytes(), name, limit=DATA_LIMIT, decimals=True)
    if not document.ok or not isinstance(document.value, Mapping):
        raise ValueError("\n".join(str(problem) for problem in document.problems) or f"{name}: tệp trống")
    return dict(document.value)
