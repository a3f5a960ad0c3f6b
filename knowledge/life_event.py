"""A life event: the journey of procedures that belong to a birth, a wedding, a death, a move, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ConfigDict, Field

from knowledge.everyday import Words
from knowledge.guide import Code, Event, Id, Part, Text
from knowledge.vietnamese import Word, level_key, words
from knowledge.yaml_lines import DATA_LIMIT, read

FILE: Final = Path(__file__).parent / "life_events.yaml"


class LifeStep(Part):
    """One procedure of the journey: what it is for here, and which ones have to be done before."""

    code: Code = Field(description="Mã quốc gia của thủ tục.")
    why: Text = Field(description="Làm để được gì, hoặc khi nào cần.")
    after: tuple[Code, ...] = Field((), description="Mã các thủ tục phải xong trước.")
    answers: Mapping[Id, Id] = Field(
        default_factory=dict, description="Câu trả lời đã rõ vì việc này, ví dụ {nguoi: chua-du-18}: để nêu đúng hạn."
    )
    deadline: bool = Field(True, description="false: hạn ghi trong thủ tục không phải hạn của việc này, không nêu.")


class LifeEvent(Part):
    """A life event and its procedures, in the order in which a family goes through them."""

    id: Id = Field(description="Tên ngắn, không dấu.")
    name: Text = Field(description="Tên việc, như người dân nói.")
    en: str = Field("", description="Tên bằng tiếng Anh.")
    event: Event = Field("none", description="birth, marriage, death hoặc none: để chọn lời lẽ cho phù hợp.")
    intro: Text = Field(description="Một hai câu: cần làm những gì, cái gì làm chung được.")
    intro_en: str = Field("", description="Lời giới thiệu bằng tiếng Anh.")
    elsewhere: str = Field("", description="Việc này nơi khác giải quyết, không phải xã, phường: nơi nào.")
    elsewhere_en: str = Field("", description="Như trên, bằng tiếng Anh.")
    one_go: Code | None = Field(None, description="Mã thủ tục liên thông làm được nhiều việc một lần.")
    phrases: tuple[Text, ...] = Field(min_length=1, description="Người dân nói về việc này thế nào.")
    unless: tuple[Text, ...] = Field((), description="Có chữ này thì người hỏi đã biết cần thủ tục nào.")
    steps: tuple[LifeStep, ...] = Field(min_length=1, description="Các thủ tục, theo thứ tự.")

    model_config = ConfigDict(ignored_types=(cached_property,))

    @cached_property
    def told_by(self) -> Mapping[str, Sequence[Sequence[Word]]]:
        """The phrases taken apart, by their first word."""
        return _by_first(self.phrases)

    @cached_property
    def ruled_out_by(self) -> Mapping[str, Sequence[Sequence[Word]]]:
        """`unless` taken apart, by first word."""
        return _by_first(self.unless)

    def tells(self, text: str, known: Words) -> bool:
        """Whether a message tells of this event, even where it names a procedure: then `told_in` finds none."""
        return any(_stands(self.told_by, one) for one in _readings(known.spelt_out(text)))

    @property
    def codes(self) -> tuple[str, ...]:
        """The code of every procedure of the journey, the one that does several in one go first."""
        return tuple(dict.fromkeys((*((self.one_go,) if self.one_go else ()), *(step.code for step in self.steps))))


def told_in(text: str, events: Sequence[LifeEvent], known: Words | None = None) -> LifeEvent | None:
    """The life event that a message tells of without naming a procedure; None when it tells of none, or of several.

    With `known`, short forms are written out first ("ck e" is "chồng em").
    """
    said = known.spelt_out(text) if known is not None else words(text)
    readings = _readings(said)
    told = [
        event
        for event in events
        if any(_stands(event.told_by, one) for one in readings)
        and not any(_stands(event.ruled_out_by, one) for one in readings)
    ]
    return told[0] if len(told) == 1 else None


class _Reading(NamedTuple):
    """A message read one way, and which words are in it."""

    said: Sequence[Word]
    plain: frozenset[str]


def _readings(said: Sequence[Word]) -> tuple[_Reading, ...]:
    """A message as said, and without the words that say whose."""
    bare = tuple(word for word in said if word.plain not in _WHOSE)
    return tuple(_Reading(one, frozenset(word.plain for word in one)) for one in (said, bare))


def _stands(phrases: Mapping[str, Sequence[Sequence[Word]]], reading: _Reading) -> bool:
    """Whether one of the phrases stands in a message; marks typed are evidence: "mất vì" is not "mất ví"."""
    if reading.plain.isdisjoint(phrases):
        return False
    said = reading.said
    return any(
        _same(said[at : at + len(wanted)], wanted)
        for at, word in enumerate(said)
        for wanted in phrases.get(word.plain, ())
    )


def _same(these: Sequence[Word], wanted: Sequence[Word]) -> bool:
    if [word.plain for word in these] != [word.plain for word in wanted]:
        return False
    typed = [(one.marked, level_key(other)) for one, other in zip(these, wanted, strict=True) if one.marked]
    return not typed or 2 * sum(one != other for one, other in typed) < len(typed)


def _by_first(phrases: Sequence[str]) -> Mapping[str, Sequence[Sequence[Word]]]:
    by_first: dict[str, list[Sequence[Word]]] = {}
    for wanted in map(words, phrases):
        by_first.setdefault(wanted[0].plain, []).append(wanted)
    return by_first


_WHOSE: Final = frozenset(("toi", "em", "minh", "tui", "cua"))
"""Words that say whose: "mẹ (của em) mất"."""


@cache
def life_events() -> tuple[LifeEvent, ...]:
    """The life events, in the order of life_events.yaml."""
    document = read(FILE.read_bytes(), FILE.name, limit=DATA_LIMIT)
    return tuple(LifeEvent.model_validate(row) for row in document.value["life_events"])
