"""A person's words beside the words that are waited for: which stand there, marks respected, and what is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.everyday import Words
from knowledge.remembering import remembered
from knowledge.vietnamese import Word, level_key, words

_MARKED_SHARE = 0.55
"""From this share of words with marks on, a word without marks is read as meant so."""

_GAP = 2
"""Silent words that may stand between two words of a phrase: "bệnh viện" in "bệnh ở viện"."""

NO = frozenset(("khong", "chua", "chang", "hong", "khoi"))
"""What turns the words behind it round, written without marks."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of a message, short forms written out, and of each whether it only binds others."""

    words: tuple[Word, ...]
    silent: tuple[bool, ...]
    plain: frozenset[str]
    """The words without their marks, to look one up: nearly all that is looked for does not stand there."""

    def content(self) -> list[int]:
        """Places of the words that carry something."""
        return [at for at, silent in enumerate(self.silent) if not silent]


@remembered
def hear(text: str, known: Words) -> Heard:
    """A message taken apart."""
    said = known.spelt_out(text)
    letters = [word for word in said if word.plain.isalpha()]
    if letters and sum(1 for word in letters if word.marked) >= _MARKED_SHARE * len(letters):
        said = tuple(word if word.marked else word._replace(marked=level_key(word)) for word in said)
    silent = tuple(word.plain not in NO and (known.is_silent(word) or known.may_be_silent(word)) for word in said)
    return Heard(said, silent, frozenset(word.plain for word in said))


@lru_cache(maxsize=20_000)
def phrase(text: str) -> tuple[Word, ...]:
    """The words of a phrase that is waited for, as officials wrote it with all marks."""
    return words(text)


@lru_cache(maxsize=20_000)
def spelt(text: str, known: Words) -> tuple[Word, ...]:
    """The words of a phrase, short forms written out as in a message."""
    plain = phrase(text)
    return plain if known.short.keys().isdisjoint([word.plain for word in plain]) else known.spelt_out(text)


def agree(said: Sequence[Word], wanted: Sequence[Word]) -> bool:
    """Whether words with the same letters may be the same: fewer than half of those typed with marks differ."""
    seen = [(one.marked, level_key(other)) for one, other in zip(said, wanted, strict=True) if one.marked]
    return not seen or 2 * sum(one != other for one, other in seen) < len(seen)


def find(heard: Heard, wanted: Sequence[Word]) -> frozenset[int]:
    """The places where a phrase stands first, silent words between its words allowed; empty when it does not."""
    if not wanted or wanted[0].plain not in heard.plain:
        return frozenset()
    for start, word in enumerate(heard.words):
        if word.plain == wanted[0].plain:
            places = _from(heard, wanted, start)
            if places and agree([heard.words[at] for at in places], wanted):
                return frozenset(places)
    return frozenset()


def stretch(heard: Heard, wanted: Sequence[Word]) -> frozenset[int]:
    """The places where words stand one behind the other, over any signs between; empty when they do not."""
    for start in range(len(heard.words) - len(wanted) + 1):
        if wanted and same(heard.words[start : start + len(wanted)], wanted):
            return frozenset(range(start, start + len(wanted)))
    return frozenset()


def _from(heard: Heard, wanted: Sequence[Word], start: int) -> list[int]:
    places = [start]
    at = start + 1
    for word in wanted[1:]:
        gap = 0
        while at < len(heard.words) and heard.words[at].plain != word.plain:
            if not heard.silent[at] or gap >= _GAP:
                return []
            gap += 1
            at += 1
        parted = word.clause - wanted[0].clause
        if at >= len(heard.words) or heard.words[at].clause - heard.words[start].clause > parted:
            return []
        places.append(at)
        at += 1
    return places


def is_one_of(text: str, listed: str, polite: str, known: Words) -> bool:
    """Whether a message is nothing but one of the phrases of a list ("a | b | c"), polite words aside.

    "dạ em hông biết ạ" is "hông biết".
    """
    wanted = _bare_list(listed, polite, known)
    for plain, said in _readings(text, polite, known):
        if plain in wanted and any(agree(said, bare) for bare in wanted[plain]):
            return True
    return False


@lru_cache(maxsize=256)
def _bare_list(listed: str, polite: str, known: Words) -> Mapping[tuple[str, ...], Sequence[Sequence[Word]]]:
    """The phrases of a list, the polite words left out of them, by their plain words."""
    found: dict[tuple[str, ...], list[Sequence[Word]]] = {}
    for one in listed.split("|"):
        bare = without_polite(one, polite, known)
        found.setdefault(plainly(bare), []).append(bare)
    return found


@remembered
def _readings(text: str, polite: str, known: Words) -> tuple[tuple[tuple[str, ...], tuple[Word, ...]], ...]:
    """The readings that `without` gives, each behind its words without marks."""
    return tuple((plainly(one), one) for one in without(text, polite, known))


def plainly(said: Sequence[Word]) -> tuple[str, ...]:
    """The words without their marks."""
    return tuple(word.plain for word in said)


@remembered
def without(text: str, polite: str, known: Words) -> tuple[tuple[Word, ...], ...]:
    """What a message says beside polite words, short forms written out and as they stand ("ca" may be "cả")."""
    return tuple(_without(said, polite) for said in dict.fromkeys((hear(text, known).words, words(text))))


@lru_cache(maxsize=20_000)
def without_polite(wanted: str, polite: str, known: Words) -> tuple[Word, ...]:
    """The words of a phrase that is waited for, the polite ones left out as out of a message."""
    return _without(spelt(wanted, known), polite)


def _without(said: Sequence[Word], polite: str) -> tuple[Word, ...]:
    others = _by_plain(polite)
    kept = tuple(word for word in said if not among(word, others.get(word.plain, ())))
    return kept or tuple(said)


@lru_cache(maxsize=256)
def _by_plain(text: str) -> Mapping[str, Sequence[Word]]:
    """The words of a text by their letters without marks."""
    found: dict[str, list[Word]] = {}
    for word in phrase(text):
        found.setdefault(word.plain, []).append(word)
    return found


def among(word: Word, others: Sequence[Word]) -> bool:
    """Whether a word is one of the others: "nha" is not "nhà"."""
    return any(word.plain == one.plain and agree([word], [one]) for one in others)


def same(said: Sequence[Word], wanted: Sequence[Word]) -> bool:
    """Whether the words are the same, one by one."""
    return (
        len(said) == len(wanted)
        and all(one.plain == other.plain for one, other in zip(said, wanted, strict=True))
        and agree(said, wanted)
    )


def is_common(word: Word, known: Words) -> bool:
    """Whether a word stands in any sentence, so that it tells no choice by itself."""
    return word.plain in known.weak or word.plain in NO or known.is_silent(word) or known.may_be_silent(word)
