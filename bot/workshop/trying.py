"""A guide's mirror, tried: what must find it, what must not, and its talks; every failure with its line and cure."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.workshop.opening import said, seen_from_here
from bot.workshop.playing import Alone, NotAsSaid, TalkFile, play, read_talks
from flows.state import Language
from flows.texts import Say
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.mirrors import Mirror, read_mirror
from knowledge.yaml_lines import Document


@dataclass(frozen=True, slots=True)
class Tried:
    """What failed, one line each, and how much was tried: phrases that find, phrases that do not, talks."""

    failed: tuple[str, ...]
    finds: int = 0
    not_finds: int = 0
    talks: int = 0


def missed(mirror: Mirror, guide: Guide, library: Library, today: date) -> Iterator[tuple[int, str, str]]:
    """Phrases that must find the guide first and do not: place in `finds`, the phrase, what they find instead."""
    for at, words in enumerate(mirror.finds):
        found = library.find(words, today).found
        if not found or found[0].id != guide.id:
            yield at, words, found[0].name if found else ""


def caught(mirror: Mirror, guide: Guide, library: Library, today: date) -> Iterator[tuple[int, str]]:
    """Phrases that mean another procedure and open this guide all the same: place in `not_finds`, the phrase."""
    for at, words in enumerate(mirror.not_finds):
        finding = library.find(words, today)
        if finding.decision == "answer" and finding.found[0].id == guide.id:
            yield at, words


def tried(guide: Guide, library: Library, texts: Mapping[Language, Say], path: Path, today: date) -> Tried:
    """Try the mirror at that path; its talks are held on their own days, the rest today."""
    file = seen_from_here(path)
    if not path.is_file():
        return Tried((f"{file}:1:1: chưa có tệp kiểm thử, chép tệp kiểm thử của một thủ tục gần giống rồi sửa",))
    mirror, yaml, problems = read_mirror(path)
    talks, wrong = read_talks(path, "talks", file) if mirror is not None else ((), ())
    failed = [said(problem) for problem in dict.fromkeys((*problems, *wrong)) if problem.severity == "error"]
    if mirror is None:
        return Tried(tuple(failed))
    if guide.visible(today):
        failed += _found_wrong(mirror, yaml, file, guide, library, today)
    failed += asyncio.run(_held_wrong(talks, library, texts))
    return Tried(tuple(failed), len(mirror.finds), len(mirror.not_finds), len(talks))


async def _held_wrong(talks: Iterable[TalkFile], library: Library, texts: Mapping[Language, Say]) -> list[str]:
    failed = []
    for talk in talks:
        try:
            await play(talk, Alone(library, texts, talk.now))
        except NotAsSaid as error:
            failed.append(str(error))
    return failed


def _found_wrong(
    mirror: Mirror, yaml: Document, file: str, guide: Guide, library: Library, today: date
) -> Iterator[str]:
    for at, words, other in missed(mirror, guide, library, today):
        line, column = yaml.place(("finds", at))
        found = f"tìm ra “{other}” trước" if other else "không tìm ra thủ tục nào"
        cure = "thêm cách gọi gần với câu này vào phrases, hoặc bỏ câu này"
        yield f"{file}:{line}:{column}: finds “{words}” {found}, {cure}"
    for at, words in caught(mirror, guide, library, today):
        line, column = yaml.place(("not_finds", at))
        cure = "nói rõ hơn trong phrases, hoặc thêm cách gọi cho thủ tục đúng"
        yield f"{file}:{line}:{column}: not_finds “{words}” vẫn mở thủ tục này, {cure}"
