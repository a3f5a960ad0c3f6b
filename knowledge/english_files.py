"""Folders of English, `english/<field>/<guide>.yaml` -> what each guide says in English, or what is wrong there."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from knowledge.english import SHARED, English, Told, sentences, wrong_numbers
from knowledge.folders import ENGLISH, File, files, read_file
from knowledge.holding import Look, look_of
from knowledge.library import Library
from knowledge.misfits import misfits, problem_at
from knowledge.problems import Problem, perhaps
from knowledge.yaml_lines import Document

KnownEnglish = Mapping[str, tuple[Look, str, Told]]
"""Good files by path: how each looked, whose English it holds (a guide's id, or SHARED), and that English."""

_NEAR: Final = 0.6
"""How alike two sentences are when one is thought to be the other, edited."""


@dataclass(frozen=True)
class EnglishRead:
    """One reading: the English by guide (or SHARED), every problem, and what spares the next reading the files."""

    english: Mapping[str, Told]
    problems: tuple[Problem, ...]
    known: KnownEnglish = field(repr=False)


def read_english(roots: Iterable[Path], before: KnownEnglish, *, tolerate: bool) -> EnglishRead:
    """The English of some folders, that of a later one before that of an earlier; a missing folder holds none.

    A file that looks as it did `before` is not read again. One that went wrong since lends its last good version if
    `tolerate` asks for that; without, and if there is none, its sentences are shown in Vietnamese.
    """
    known: dict[str, tuple[Look, str, Told]] = {}
    problems: list[Problem] = []
    for item in _files(roots):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        name, look = item.path.as_posix(), look_of(item.path)
        was = before.get(name)
        if was is not None and was[0] == look:
            known[name] = was
            continue
        own, found = _read(item)
        problems.extend(found)
        if own is not None and look is not None:
            known[name] = (look, _whose(item), own)
        elif was is not None and tolerate:
            known[name] = was
    english: dict[str, Told] = {}
    for _, whose, told in known.values():
        english[whose] = english[whose].under(told) if whose in english else told
    return EnglishRead(english, tuple(problems), known)


def _files(roots: Iterable[Path]) -> Iterator[File | Problem]:
    for root in roots:
        if os.path.isdir(root):  # noqa: PTH112  # Path.is_dir raises on EACCES
            yield from files(root)


def _whose(file: File) -> str:
    return SHARED if file.field == SHARED else file.stem


def _read(file: File) -> tuple[Told | None, tuple[Problem, ...]]:
    yaml = read_file(file.path)
    if not yaml.ok:
        return None, yaml.problems
    try:
        english = English.model_validate(yaml.value, strict=True)
    except ValidationError as error:
        return None, (*yaml.problems, *misfits(error, yaml, English))
    found = (*yaml.problems, *_wrong(english, yaml))
    bad = any(problem.severity == "error" for problem in found)
    return (None if bad else Told.of({one.vi: one.en for one in english.texts}, english.phrases)), found


def _wrong(english: English, yaml: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, one in enumerate(english.texts):
        for number in wrong_numbers(one):
            why = "hai thứ tiếng phải nêu cùng những con số"
            yield problem_at(yaml, ("texts", at, "en"), f"số {number} chỉ có ở một bên", why, "sửa en theo vi")
        if one.vi in seen:
            yield problem_at(yaml, ("texts", at, "vi"), "câu này đã có ở trên", "mỗi câu chỉ dịch một lần", "xóa bớt")
        seen.add(one.vi)


def outdated(library: Library, roots: Sequence[Path]) -> Iterator[Problem]:
    """Warnings: English of no guide, English older than its Vietnamese, and guides whose English is not whole yet."""
    shared = frozenset(library.shared_english)
    everywhere = frozenset(_everything(library))
    for item in _files(roots):
        if isinstance(item, Problem):
            continue
        yaml = read_file(item.path)
        whose = _whose(item)
        guide = library.get(whose)
        if whose != SHARED and guide is None:
            cure = perhaps(whose, library.guides, "đổi tên tệp theo thủ tục, hoặc xóa")
            yield _warning(yaml, (), f"không có thủ tục “{whose}”", "tên tệp là tên ngắn của thủ tục", cure)
            continue
        now = everywhere if guide is None else frozenset(sentences(guide))
        held = library.english[whose].texts if whose in library.english else {}
        missing = [text for text in now if text not in held and text not in shared] if guide is not None else []
        for at, one in enumerate(English.model_validate(yaml.value).texts):
            if one.vi not in now:
                near = difflib.get_close_matches(one.vi, missing, n=1, cutoff=_NEAR)
                what = "bản tiếng Anh cũ hơn: câu tiếng Việt này không còn"
                cure = f"nay là “{near[0]}”: sửa vi, xem lại en" if near else "xóa cả hai dòng vi, en"
                yield _warning(yaml, ("texts", at, "vi"), what, "chỉ hiện câu nào khớp từng chữ", cure)
        if missing and guide is not None:
            first = next(text for text in sentences(guide) if text in missing)
            what = f"còn {len(missing)} câu chưa có tiếng Anh, câu đầu: “{first}”"
            cure = f"./run guide english {guide.code} in ra các câu ấy"
            yield _warning(yaml, (), what, "người đọc tiếng Anh sẽ thấy tiếng Việt", cure)


def _everything(library: Library) -> Iterator[str]:
    """Every sentence that a shared one may render: of the guides, of what provinces decide, of life events."""
    for guide in library.guides.values():
        yield from sentences(guide)
    for decided in library.decided.values():
        yield from (text for local in decided.guides.values() for text in sentences(local))
    for event in library.events:
        yield from sentences(event)


def _warning(yaml: Document, path: tuple[str | int, ...], what: str, why: str, cure: str) -> Problem:
    return problem_at(yaml, path, what, why, cure, severity="warning")


def english_of(folder: Path, product: Path) -> Path:
    """Where a folder of guides keeps its English: the product's own guides beside them, an office's within."""
    return (product.parent if folder == product else folder) / ENGLISH
