"""Which words of a message in English only bind the others: "how do I register a birth" is about registering one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from knowledge.syllables import SYLLABLES
from knowledge.vietnamese import Word

_BINDING: Final = frozenset(
    """
    a an the this that these those my your our his her its their i we you he she it they me us them who which what where
    when how why much many of for from with without by at on in to into and or but as if so not no is am are was were
    be been do does did have has had can could will would should must may need want get getting got already also just
    someone somebody another here there now next last know tell there
    """.split()
) - {"will"}
_ENGLISH_ONLY: Final = frozenset(word for word in _BINDING if len(word) > 1 and word not in SYLLABLES)


def binding(said: Sequence[Word]) -> frozenset[int]:
    """The places of the words that bind others in a message in English; none in any other.

    English is a message without marks in which at least one word can be nothing else, and most words are no
    Vietnamese ones ("an", "do", "me" are both).
    """
    typed = [word.typed.casefold() for word in said]
    if any(word.marked for word in said) or _ENGLISH_ONLY.isdisjoint(typed):
        return frozenset()
    bound = frozenset(at for at, word in enumerate(typed) if word in _BINDING)
    told = [word for at, word in enumerate(typed) if at not in bound]
    foreign = sum(word not in SYLLABLES for word in told)
    return bound if 2 * foreign >= len(told) else frozenset()


def is_foreign(plain: Sequence[str]) -> bool:
    """Whether a phrase holds a word that no Vietnamese syllable is spelt like."""
    return any(word not in SYLLABLES for word in plain)
