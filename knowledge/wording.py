"""What is wrong in everyday.yaml and phrases.yaml: words that lead to two things, or to another procedure first."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.everyday import spellings
from knowledge.library import Library
from knowledge.problems import Problem
from knowledge.vietnamese import level_key, words
from knowledge.yaml_lines import DATA_LIMIT, Document, read

HERE = Path(__file__).parent

_Said = tuple[tuple[str, str], ...]


def wording(library: Library, today: date, folder: Path = HERE) -> tuple[Problem, ...]:
    """Every collision in the two files of `folder`, and every phrase that finds another guide of the library first."""
    everyday, phrases = _document(folder / "everyday.yaml"), _document(folder / "phrases.yaml")
    problems = [*everyday.problems, *phrases.problems]
    if everyday.ok and isinstance(everyday.value, Mapping):
        problems += _two_meanings(everyday)
    if phrases.ok and isinstance(phrases.value, Mapping):
        problems += _two_codes(phrases, library)
        problems += _elsewhere(phrases, library, today)
    return tuple(problems)


def _document(path: Path) -> Document:
    return read(path.read_bytes(), path.as_posix(), limit=DATA_LIMIT, decimals=True)


def _two_meanings(document: Document) -> Iterator[Problem]:
    groups = document.value.get("groups") or {}
    seen: dict[_Said, str] = {}
    for row, entry in enumerate(document.value.get("means") or ()):
        means = str(entry.get("means", ""))
        for at, said in enumerate(entry.get("say") or ()):
            for spelt in spellings(str(said), groups):
                other = seen.setdefault(_said(spelt), means)
                if other != means:
                    yield _problem(
                        document,
                        ("means", row, "say", at),
                        f"“{spelt}” vừa có nghĩa “{means}” vừa có nghĩa “{other}”",
                        "máy không biết người dân muốn nói điều nào",
                        "giữ câu này ở một dòng",
                    )


def _two_codes(document: Document, library: Library) -> Iterator[Problem]:
    """A phrase under two codes, or one that a guide with another code calls its own."""
    seen: dict[_Said, str] = {}
    for card in library.cards.values():
        if card.status == "published":
            for text in (card.entry.name, *card.entry.phrases):
                seen[_said(text)] = card.code
    for code, at, phrase in _phrases(document):
        own = library.by_code(code)
        mine = own.code if own is not None else code
        other = seen.setdefault(_said(phrase), mine)
        if other != mine:
            yield _problem(
                document,
                (code, at),
                f"“{phrase}” của mã {code} cũng là lời gọi của mã {other}",
                "một lời gọi chỉ dẫn tới một thủ tục",
                "bỏ ở một bên, hoặc nói rõ hơn",
            )


def _elsewhere(document: Document, library: Library, today: date) -> Iterator[Problem]:
    for code, at, phrase in _phrases(document):
        guide = library.by_code(code)
        if guide is None or guide.status != "published":
            continue
        found = library.find(phrase, today).found
        if not found or found[0].id != guide.id:
            first = f"tìm ra “{found[0].name}” trước" if found else "không tìm ra thủ tục nào"
            yield _problem(
                document,
                (code, at),
                f"“{phrase}” của mã {code} {first}",
                "người gõ câu này sẽ được dẫn sang chỗ khác",
                "nói rõ hơn, hoặc chuyển câu này sang thủ tục kia",
            )


def _phrases(document: Document) -> Iterator[tuple[str, int, str]]:
    value: Mapping[str, Any] = document.value
    for code, said in value.items():
        for at, phrase in enumerate(said or ()):
            yield code, at, str(phrase)


def _said(text: str) -> _Said:
    """What was said, marks and all: "sổ" is not "số"."""
    return tuple((word.plain, level_key(word)) for word in words(text))


def _problem(document: Document, path: tuple[str | int, ...], what: str, why: str, cure: str) -> Problem:
    line, column = document.place(path)
    return Problem(document.name, line, column, what, why, cure)
