"""Rules of words: polite and neutral, short, and quiet where someone has died. For guides that we wrote ourselves."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from knowledge.glossary import glossary
from knowledge.problems import Problem
from knowledge.rules.page import Page
from knowledge.yaml_lines import Path

LONGEST_SENTENCE = 30
"""Words (syllables, as Vietnamese counts them)."""

_NOT_OUR_WORDS = frozenset(
    (
        "id code phrases words asked url get replaces same when field en summary_en sources source legal_basis status"
    ).split()
)
_OFFICIAL = {"name", "title", "case", "issued_by", "from", "agency"}
_SENTENCE_END = re.compile(r"[.!?;…]+(?=\s|$)|\n")  # not the dot of 8.000 or of a code
_TOO_CLOSE = re.compile(
    r"\b(?:(?<!kết )(?<!tình )bạn(?! (?:bè|đời|đọc))|(?<!một )(?<!tự )(?<!chính )(?<!của )(?<!cho )mình)\b",
    re.IGNORECASE,
)


Texts = tuple[tuple[Path, str, bool], ...]


@lru_cache(maxsize=1)
def texts(page: Page) -> Texts:
    """Every text that a citizen reads, with its path, and whether it is an official name, as long as it is.

    People's own phrases, codes, titles of laws and English are left out.
    """
    return tuple(_texts((), page.yaml.value, official=False))


def _texts(path: Path, value: Any, *, official: bool) -> Iterator[tuple[Path, str, bool]]:
    if isinstance(value, str):
        yield path, value, official
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key not in _NOT_OUR_WORDS:
                yield from _texts((*path, key), part, official=official or key in _OFFICIAL)
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from _texts((*path, at), part, official=official)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text."""
    return tuple(sentence for sentence in _SENTENCE_END.split(text) if sentence.strip())


def polite_and_neutral(page: Page, today: date | None) -> Iterator[Problem]:
    """Officials do not call citizens "bạn" or themselves "mình"."""
    if page.guide.status == "imported":
        return
    for path, text, _ in texts(page):
        if found := _TOO_CLOSE.search(text):
            yield page.warning(
                path,
                f"có chữ “{found[0]}”",
                "lời của cơ quan phải lịch sự và trung tính",
                "dùng “quý vị”, “anh/chị”, hoặc viết lại không cần xưng hô",
            )


def sentences_are_short(page: Page, today: date | None) -> Iterator[Problem]:
    """A long sentence is not understood at the first reading; official names are as long as they are."""
    if page.guide.status == "imported":
        return
    for path, text, official in texts(page):
        if official:
            continue
        for sentence in sentences(text):
            count = len(sentence.split())
            if count > LONGEST_SENTENCE:
                start = " ".join(sentence.split()[:6])
                yield page.warning(
                    path, f"câu dài {count} chữ: “{start}…”", f"nên dưới {LONGEST_SENTENCE} chữ", "tách thành hai câu"
                )


def jargon_is_explained(page: Page, today: date | None) -> Iterator[Problem]:
    """A word that only offices use is replaced by a plain one, or explained right behind it in brackets."""
    if page.guide.status == "imported":
        return
    words = glossary()
    for path, text, official in texts(page):
        for found in () if official else words.unexplained.finditer(text):
            yield page.warning(
                path,
                f"chữ khó “{found[0]}”",
                "nhiều người không hiểu",
                f"viết “{words.instead(found[0])}”, hoặc giải thích ngay sau đó trong ngoặc",
            )


def quiet_at_a_death(page: Page, today: date | None) -> Iterator[Problem]:
    """No exclamation mark for someone who has lost a relative."""
    if page.guide.event != "death":
        return
    for path, text, _ in texts(page):
        if "!" in text:
            yield page.error(path, "có dấu chấm than", "người đọc vừa mất người thân", "thay bằng dấu chấm")
