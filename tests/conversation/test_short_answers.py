"""Short answers as people type them at a real ask: understood where they are clear, never guessed where they are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flows import answering
from flows.state import Language
from flows.texts import Say
from knowledge.library import Library
from knowledge.tailor import UNSURE
from knowledge.yaml_lines import read

TABLE = Path(__file__).parent / "short_answers.yaml"
TODAY = date(2026, 11, 22)
NONE = "none"


def rows(part: str) -> Iterator[tuple[str, str, str]]:
    """Place (guide/ask), words and expected choice of one part of the table."""
    table: Any = read(TABLE.read_bytes(), TABLE.name).value
    for place, said in table[part].items():
        for words in said:
            yield place, str(words), said[words] if isinstance(said, Mapping) else NONE


def meant(place: str, words: str, library: Library, say: Say) -> str:
    guide, _, id = place.partition("/")
    ask = library.guides[guide].ask(id)
    assert ask is not None, place
    found = answering.in_words(ask, words, library.words, TODAY, say)
    return NONE if found is None or found.choice == UNSURE else found.choice


def wrong(part: str, library: Library, sentences: Mapping[Language, Say]) -> list[tuple[str, str, str, str]]:
    told = [
        (place, words, choice, meant(place, words, library, sentences["vi"])) for place, words, choice in rows(part)
    ]
    return [one for one in told if one[2] != one[3]]


def test_the_table_is_of_real_asks_and_choices(library: Library) -> None:
    for place, words, choice in (*rows("understood"), *rows("not_yet")):
        guide, _, id = place.partition("/")
        ask = library.guides[guide].ask(id)
        assert ask is not None, place
        assert choice == NONE or choice in ask.choices, (place, words)


def test_clear_answers_are_understood(library: Library, sentences: Mapping[Language, Say]) -> None:
    clear, missed = list(rows("understood")), list(rows("not_yet"))
    print(f"hiểu đúng {len(clear)}/{len(clear) + len(missed)} câu trả lời ngắn")
    assert len(clear) >= 300
    assert wrong("understood", library, sentences) == []


def test_what_is_no_answer_is_not_guessed(library: Library, sentences: Mapping[Language, Say]) -> None:
    assert wrong("not_guessed", library, sentences) == []


def test_what_is_not_understood_yet_is_not_misunderstood(library: Library, sentences: Mapping[Language, Say]) -> None:
    assert [one for one in wrong("not_yet", library, sentences) if one[3] != NONE] == []
