"""What guides say in English: sentences beside the Vietnamese ones that they render, laid over a guide to be read.

A sentence is known by its Vietnamese text and by nothing else. So nothing has to be counted or dated: once an official
edits the Vietnamese, its English is no longer shown, and `./run check` says which sentence is older.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pydantic import Field

from knowledge.guide import (
    Ask,
    Channel,
    Document,
    Duration,
    Fee,
    Form,
    Guide,
    Notice,
    Part,
    Pointer,
    Result,
    Step,
    Text,
)
from knowledge.life_event import LifeEvent, LifeStep
from knowledge.province import Local, LocalCode, LocalForm

SHARED: Final = "chung"
"""The folder of sentences that several guides have."""

OPENS, CLOSES = "\ue000", "\ue001"
"""Around what an English page has to show in Vietnamese; the engine takes them out again and says that it is so."""

Sentences = Mapping[str, str]
"""Vietnamese -> English."""

_SAID: Final[Mapping[type[Part], tuple[str, ...]]] = {
    Ask: ("hint",),
    Pointer: ("why",),
    Document: ("case", "issued_by", "instead", "proven_by", "looks_like", "mistake", "note"),
    Form: ("name",),
    Fee: ("what", "per", "condition", "exempt", "note"),
    Duration: ("what", "note"),
    Channel: ("where", "hours", "note"),
    Step: ("text", "note"),
    Notice: ("text", "note"),
    Result: ("name", "note"),
    LifeStep: ("why",),
    LocalCode: ("note",),
    LocalForm: ("note",),
}
"""What people read of each part of a guide; names, asks and answers have their English in the guide itself."""

_NUMBER: Final = re.compile(r"\d+")


class Rendered(Part):
    """One sentence in both languages."""

    vi: Text = Field(description="Câu tiếng Việt, chép đúng từng chữ như trong hướng dẫn.")
    en: Text = Field(description="Câu ấy bằng tiếng Anh: câu ngắn, lời thường; số nào có trong câu Việt thì giữ đủ.")


class English(Part):
    """The English of a guide, or of what several guides say: a file of english/."""

    phrases: tuple[Text, ...] = Field((), description="Người nói tiếng Anh hỏi việc này thế nào: mỗi cách một dòng.")
    texts: tuple[Rendered, ...] = Field(min_length=1, description="Từng câu của hướng dẫn, kèm câu tiếng Anh.")


@dataclass(frozen=True, slots=True)
class Told:
    """What is said in English of one guide, or of several, and how people ask for it.

    The sentences stay packed as JSON until somebody reads English: every start restores them.
    """

    packed: str
    phrases: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Sentences, phrases: tuple[str, ...] = ()) -> Told:
        """These sentences, Vietnamese -> English, and phrases."""
        return cls(json.dumps(dict(texts), ensure_ascii=False), phrases)

    @property
    def texts(self) -> Sentences:
        """Vietnamese -> English."""
        found: dict[str, str] = json.loads(self.packed)
        return found

    def under(self, later: Told) -> Told:
        """With what a later folder says, which goes before."""
        return Told.of({**self.texts, **later.texts}, tuple(dict.fromkeys((*self.phrases, *later.phrases))))


P = TypeVar("P", bound=Part)


def rendered(part: P, say: Callable[[str], str]) -> P:
    """The part with every sentence that people read said by `say`; itself where that changes nothing."""
    own = _SAID.get(type(part), ())
    changes = {name: new for name, value in part if (new := _of(value, say, said=name in own)) is not value}
    return part.model_copy(update=changes) if changes else part


def _of(value: Any, say: Callable[[str], str], *, said: bool) -> Any:
    match value:
        case str():
            return say(value) if said and value else value
        case Part():
            return rendered(value, say)
        case tuple():
            items = tuple(_of(one, say, said=said) for one in value)
            return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        case Mapping():
            return {key: _of(one, say, said=said) for key, one in value.items()}
        case _:
            return value


def sentences(part: Guide | LifeEvent | Local) -> tuple[str, ...]:
    """Every sentence of a part that people read and that its file gives no English name for, each once, in order."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found[text] = None
        return text

    rendered(part, note)
    return tuple(found)


def in_english(guide: Guide, known: Sentences) -> Guide:
    """The guide in English as far as it is known; what is not stands there in Vietnamese, marked.

    It keeps the guide's edition: to read it in another language is no edit.
    """
    shown = rendered(guide, lambda text: known.get(text) or marked(text))
    shown.__dict__["edition"] = guide.edition
    return shown


def marked(text: str) -> str:
    """A Vietnamese text as an English page holds it; its full stop stays outside, for sentences to be joined."""
    bare = text.rstrip(".")
    return f"{OPENS}{bare}{CLOSES}{'.' if bare != text else ''}"


def numbers(text: str) -> frozenset[int]:
    """The numbers of a text: what must not be lost or won between two languages ("15 giờ" is "15:00")."""
    return frozenset(int(digits) for digits in _NUMBER.findall(text.replace(":00", "")))


def wrong_numbers(one: Rendered) -> Iterator[int]:
    """The numbers that only one of the two languages has."""
    yield from sorted(numbers(one.vi) ^ numbers(one.en))
