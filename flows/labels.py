"""A choice told by a part of its label or of its phrases: "ở nhà", "lần đầu"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.phrases import NO, Heard, among, hear, is_common, phrase, same, spelt
from knowledge.everyday import Words
from knowledge.guide import Ask, Choice
from knowledge.remembering import remembered
from knowledge.vietnamese import Word

_PART = re.compile(r"[,;()]| hoặc ")


def by_label(ask: Ask, heard: Heard, known: Words, polite: Sequence[Word]) -> tuple[str, frozenset[str]] | None:
    """The one choice that holds everything that was said, best in a part of its label: "ở nhà", "lần đầu"."""
    asked = (*phrase(ask.text), *polite)
    said = [
        word
        for at in heard.content()
        if (word := heard.words[at]).plain in NO or not among(word, asked) or not is_common(word, known)
    ]
    if not said or any(word.plain.isdecimal() for word in said):
        return None
    by = frozenset(word.plain for word in said)
    if len(said) == 1 and is_common(said[0], known):
        exact = _word_for_word(ask, heard, known, polite)
        return (exact, by) if exact else None
    whole = [id for id, choice in ask.choices.items() if any(_is(part, said, known) for part in parts(choice))]
    if not whole and all(among(word, asked) and _in_several(ask, word) for word in said):
        return None  # "mất rồi" at "mất đã bao lâu" tells nothing new
    fitting = whole or [
        id for id, choice in ask.choices.items() if any(_holds(part, said, known) for part in parts(choice))
    ]
    return (fitting[0], by) if len(fitting) == 1 else None


def _in_several(ask: Ask, word: Word) -> bool:
    """Whether a word stands in more than one choice, so that it tells none of them."""
    return sum(any(among(word, phrase(part)) for part in parts(choice)) for choice in ask.choices.values()) > 1


def _word_for_word(ask: Ask, heard: Heard, known: Words, polite: Sequence[Word]) -> str:
    """The choice one of whose parts is all that was said, small words too: "ở nhà" is, a bare "nhà" is not."""
    said = [word for word in heard.words if not among(word, polite)]
    fitting = [
        id
        for id, choice in ask.choices.items()
        if len(said) > 1 and any(same(said, spelt(part.strip(), known)) for part in parts(choice))
    ]
    return fitting[0] if len(fitting) == 1 else ""


def parts(choice: Choice) -> tuple[str, ...]:
    """The parts of a label and the phrases of a choice."""
    return (*_PART.split(choice.label), *choice.words)


@remembered
def _content(part: str, known: Words) -> tuple[Word, ...]:
    """The words of a part of a label that carry something."""
    heard = hear(part, known)
    return tuple(heard.words[at] for at in heard.content())


def _is(part: str, said: list[Word], known: Words) -> bool:
    return bool(said) and same(said, _content(part, known))


def _holds(part: str, said: list[Word], known: Words) -> bool:
    """Whether everything said stands in a part of a label or in a phrase, and is at least half of it."""
    wanted = _content(part, known)
    if 2 * len(said) < len(wanted) or not all(among(one, wanted) for one in said):
        return False
    return not any(word.plain in NO for word in (*said, *wanted))
