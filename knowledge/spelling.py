"""Slips of finger and ear, mended where the words beside them show what was meant; the one rapidfuzz import."""

import sys
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from knowledge.everyday import Words
from knowledge.spoken import RANK
from knowledge.vietnamese import Word, is_syllable

_SOUNDS: Final = (
    ("ngh", "ng"), ("gh", "g"), ("tr", "ch"), ("x", "s"), ("gi", "d"),
    ("r", "d"), ("v", "d"), ("l", "n"), ("k", "c"), ("f", "ph"),
)  # fmt: skip
_ENDS: Final = (
    ("nh", "n"),
    ("ng", "n"),
    ("ch", "t"),
    ("c", "t"),
    ("ieu", "iu"),
    ("uou", "uu"),
    ("uoi", "ui"),
    ("y", "i"),
)
_MOST: Final = 12
"""Words of one message that are looked up, so that a long story costs no more than a short one."""


class Speller:
    """The words and pairs that guides and everyday words use, and what sounds alike."""

    def __init__(self, keys: Mapping[str, int], words: Words) -> None:
        pairs = {key for key in keys if " " in key and key.replace(" ", "").isascii() and not _marked(key)}
        everyday: set[str] = set()
        for after in words.patterns.values():
            for patterns in after.values():
                for pattern in patterns:
                    own = {f"{a} {b}" for a, b in pairwise(pattern.plain)}
                    pairs |= own
                    if pattern.kind == "means":
                        everyday |= own
        for meaning in words.meanings.values():
            everyday.update(f"{a.plain} {b.plain}" for a, b in pairwise(meaning))
        self._everyday = frozenset(everyday)
        split = [tuple(map(sys.intern, pair.split(" "))) for pair in pairs]  # each word is in many, and kept once
        self.after: dict[str, tuple[str, ...]] = _gathered(split, 0)
        self.before: dict[str, tuple[str, ...]] = _gathered(split, 1)
        self.vocabulary = tuple(sorted({w for pair in split for w in pair} | words.silent_unmarked))
        self._known = frozenset(self.vocabulary)
        alike: dict[str, list[str]] = {}
        for word in self.vocabulary:
            alike.setdefault(sound(word), []).append(word)
        self._alike = {key: tuple(these) for key, these in alike.items() if len(these) > 1 or these[0] != key}

    def mend(self, said: Sequence[Word], words: Words) -> list[Word]:
        """The words with slips put right; a word stays as it is unless its neighbours speak for another."""
        out = list(said)
        tries = 0
        strange = [at for at, word in enumerate(said) if word.plain not in self._known]
        for at in (*strange, *(at for at, word in enumerate(said) if word.plain in self._known)):
            word = said[at]
            if tries >= _MOST:
                break
            if len(word.plain) < 2 or not word.plain.isalpha() or words.is_silent(word) or words.may_be_silent(word):
                continue
            left, right = _beside(out, at, words)
            if word.plain in self._known:  # any word stands beside a number: "2 tháng" is no slip for "2 tầng"
                left, right = ("" if side.isdecimal() else side for side in (left, right))
            if self._side_by_side(left, word.plain) or self._side_by_side(word.plain, right):
                continue
            if any(self._side_by_side(a.plain, b.plain) for a, b in pairwise(out[max(0, at - 1) : at + 2])):
                continue  # "mất mấy ngày": a silent word beside it speaks for it, too
            tries += 1
            if better := self._better(word.plain, left, right):
                out[at] = Word(word.typed, better, "", word.clause)
        return out

    def _side_by_side(self, left: str, right: str) -> bool:
        """Whether guides or everyday words set these beside each other."""
        these = self.after.get(left, ())
        at = bisect_left(these, right)
        return at < len(these) and these[at] == right

    def _better(self, word: str, left: str, right: str) -> str:
        """Another word that sounds or looks like this one and stands beside its neighbours, or ""."""
        for other in self._alike.get(sound(word), ()):
            if other != word and (self._side_by_side(left, other) or self._side_by_side(other, right)):
                return other
        if len(word) < 3:
            return ""
        near = (*self.after.get(left, ()), *self.before.get(right, ()))
        far = 2 if len(word) >= 6 else 1
        found = _likeliest(word, near, far if word not in self._known else 1)
        if found and (word not in self._known or self._plainly_meant(word, found, left, right)):
            return found
        if word in self._known or is_syllable(word):
            return ""
        found = _likeliest(word, self.vocabulary, far)
        return found if len(found) > 2 else ""

    def _plainly_meant(self, word: str, other: str, left: str, right: str) -> bool:
        """Whether a word that exists is still a slip for one that everyday words set beside these neighbours."""
        if word[0] != other[0]:
            return False
        return len(word) > 3 or f"{left} {other}" in self._everyday or f"{other} {right}" in self._everyday


def _likeliest(word: str, among: Sequence[str], far: int) -> str:
    """The nearest word within `far` slips, letters in the wrong order before letters lost, then the most frequent."""
    from rapidfuzz import process  # noqa: PLC0415 - only words that nobody knows need it, and the first page none
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - same

    found = process.extract(word, among, scorer=OSA.distance, score_cutoff=far, limit=8)
    letters = sorted(word)

    def order(one: tuple[str, float, int]) -> tuple[float, bool, int]:
        return one[1], sorted(one[0]) != letters, RANK.get(one[0], len(RANK))

    return min(found, key=order, default=("", 0, 0))[0]


def sound(word: str) -> str:
    """What a syllable sounds like to someone who does not tell ch from tr, s from x, -n from -ng."""
    for start, heard in _SOUNDS:
        if word.startswith(start) and len(word) > len(start):
            word = heard + word[len(start) :]
            break
    for end, heard in _ENDS:
        if word.endswith(end) and len(word) > len(end):
            return word[: -len(end)] + heard
    return word


def _beside(said: Sequence[Word], at: int, words: Words) -> tuple[str, str]:
    """The nearest words that matter on either side within the clause."""
    left = right = ""
    for step in range(at - 1, max(-1, at - 3), -1):
        if said[step].clause != said[at].clause:
            break
        if not words.is_silent(said[step]):
            left = said[step].plain
            break
    for step in range(at + 1, min(len(said), at + 3)):
        if said[step].clause != said[at].clause:
            break
        if not words.is_silent(said[step]):
            right = said[step].plain
            break
    return left, right


def _gathered(pairs: Iterable[Sequence[str]], by: int) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, list[str]] = {}
    for pair in pairs:
        gathered.setdefault(pair[by], []).append(pair[1 - by])
    return {key: tuple(sorted(these)) for key, these in gathered.items()}


def _marked(key: str) -> bool:
    return any(part[-1].isdigit() and not part.isdigit() for part in key.split(" "))
