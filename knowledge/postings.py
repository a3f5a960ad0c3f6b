"""Which texts hold which words and pairs, and how much each word tells; plain arrays that restore in no time."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.entries import Entry
from knowledge.everyday import Words
from knowledge.kin import kin, matter_of
from knowledge.turns import turns_of
from knowledge.vietnamese import Word, level_key

NAME, PHRASE, ENGLISH, PAPER = 0, 1, 2, 3

_PAIR: Final = 0.7
"""A pair tells this much of what its rarity says: its two words already spoke."""
_WEAK: Final = 0.3
_BRACKETS: Final = 0.25
"""A word that stands in a name only between brackets lengthens it this much."""
_LEAST: Final = 0.04
_DESCRIBED: Final = 0.3
"""A word that this share of all descriptions holds, or more, loses the most that a shared word loses."""
_SHARED: Final = 0.7
"""The most that it loses, as a share."""
_PAPERS: Final = 6
_PAPER_WORDS: Final = 16


@dataclass(frozen=True, slots=True)
class Postings:
    """The index both ways.

    `posts[starts[k]:starts[k+1]]` are the texts that hold the key numbered k, `keys[ends[t]:ends[t+1]]` the keys that
    the text numbered t holds; `whole` finds the texts that are exactly some words, `kin` the guides of the same matter.
    """

    numbers: dict[str, int]
    starts: array[int]
    posts: array[int]
    keys: array[int]
    ends: array[int]
    tells: array[float]
    owners: array[int]
    firsts: array[int]
    kinds: bytes
    lengths: array[float]
    said: tuple[str, ...]
    texts: tuple[str, ...]
    turns: tuple[frozenset[str], ...]
    kin: dict[int, tuple[int, ...]]
    whole: dict[str, tuple[int, ...]]


def keys_of(said: Sequence[Word], words: Words) -> list[tuple[str, str]]:
    """(plain, marked) keys of the words and pairs of a text, silent words left out."""
    keys: list[tuple[str, str]] = []
    last: tuple[str, str, int] | None = None
    for word in said:
        marked = level_key(word)
        if marked in words.silent:
            continue
        keys.append((word.plain, marked))
        if last is not None and last[2] == word.clause:
            keys.append((f"{last[0]} {word.plain}", f"{last[1]} {marked}" if last[1] and marked else ""))
        last = (word.plain, marked, word.clause)
    return keys


def build(entries: Sequence[Entry], words: Words) -> Postings:
    """Index the names, people's phrases and English names of all entries."""
    owners, kinds, texts = array("H"), bytearray(), list[str]()
    numbers: dict[str, int] = {}
    held: list[list[int]] = []
    keys_held, ends = array("I"), array("I", [0])
    turns: list[frozenset[str]] = []
    alike: dict[frozenset[str], frozenset[str]] = {}
    matters: list[str] = []
    own_keys: list[array[int]] = []
    side_keys: list[frozenset[int]] = []
    spoken: list[str] = []
    firsts = array("I")
    for at, entry in enumerate(entries):
        firsts.append(len(texts))
        for kind, text in _texts_of(entry, words):
            number = len(texts)
            spelt = words.spelt_out(text)
            if kind == NAME:
                shown = turns_of(spelt, words)
                turns.append(alike.setdefault(shown, shown))
                matters.append(matter_of(spelt, words))
            keys = keys_of(spelt, words)
            plain = list(dict.fromkeys(p for p, _ in keys))
            every = {*plain, *(m for _, m in keys if m)} if kind != PAPER else set(plain)
            here: list[int] = []
            for key in sorted(every):
                at_key = numbers.setdefault(key, len(held))
                if at_key == len(held):
                    held.append([])
                held[at_key].append(number)
                here.append(at_key)
            keys_held.extend(sorted(here))
            ends.append(len(keys_held))
            main = _outside_brackets(text) if kind == NAME and "(" in text else text
            if main != text:
                outside = {p for p, _ in keys_of(words.spelt_out(main), words)}
                inside = frozenset(numbers[key] for key in plain if key not in outside)
            else:
                inside = frozenset()
            texts.append(text)
            owners.append(at)
            kinds.append(kind)
            own_keys.append(array("I", [numbers[key] for key in plain]))
            side_keys.append(inside)
            spoken.append(_as_said(keys, kind))
    firsts.append(len(texts))
    starts, posts = array("I", [0]), array("I")
    for texts_with in held:
        posts.extend(texts_with)
        starts.append(len(posts))
    tells = _tells(numbers, held, owners, len(entries), words)
    lengths = array("f")
    for own, inside in zip(own_keys, side_keys, strict=True):
        lengths.append(sum(tells[key] * (_BRACKETS if key in inside else 1.0) for key in own))
    return Postings(
        numbers, starts, posts, keys_held, ends, tells, owners, firsts, bytes(kinds), lengths,
        tuple(spoken), tuple(texts), tuple(turns), kin(matters, turns), _whole(spoken, kinds),
    )  # fmt: skip


def _whole(spoken: Sequence[str], kinds: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """The texts that are said with the same words, papers left out."""
    whole: dict[str, tuple[int, ...]] = {}
    for number, text in enumerate(spoken):
        if kinds[number] != PAPER:
            whole[text] = (*whole.get(text, ()), number)
    return whole


def _as_said(keys: Sequence[tuple[str, str]], kind: int) -> str:
    """The plain words of a text between spaces, a name without the "thủ tục" that many begin with."""
    said = " ".join(plain for plain, _ in keys if " " not in plain)
    return f" {said.removeprefix('thu tuc ') if kind == NAME else said} "


def _texts_of(entry: Entry, words: Words) -> list[tuple[int, str]]:
    phrases = dict.fromkeys((*entry.phrases, *words.phrases.get(entry.code, ())))
    english = [text.strip() for text in entry.english.split(";") if text.strip()]
    return [
        (NAME, entry.name),
        *((PHRASE, text) for text in phrases),
        *((ENGLISH, text) for text in english),
        *((PAPER, text) for text in short_papers(entry)),
    ]


def short_papers(entry: Entry) -> tuple[str, ...]:
    """The short paper names of what citizens go to the commune for; a paper's whole regulations tell nothing."""
    if not (entry.published or "commune" in entry.levels):
        return ()
    short = dict.fromkeys(text for text in entry.papers if 1 < len(text.split()) <= _PAPER_WORDS)
    return tuple(short)[:_PAPERS]


def _outside_brackets(name: str) -> str:
    depth, kept = 0, []
    for sign in name:
        depth += sign == "("
        if not depth:
            kept.append(sign)
        depth -= sign == ")" and depth > 0
    return "".join(kept)


def _tells(
    numbers: Iterable[str], held: Sequence[Sequence[int]], owners: Sequence[int], count: int, words: Words
) -> array[float]:
    """How much each key tells, 0..1, by how few entries hold it; marked keys as their plain twins by rarity.

    A word that most descriptions hold ("bắt buộc") tells little though few names do.
    Two weak words side by side may tell much ("nhận con", "di chúc"), so a pair loses only half of what its words lose.
    """
    top = math.log(count + 1.0)
    tells = array("f")
    for key, texts_with in zip(numbers, held, strict=True):
        entries_with = len({owners[t] for t in texts_with}) if len(texts_with) > 1 else 1
        rare = max(_LEAST, 1.0 - math.log(entries_with + 1.0) / top)
        parts = key.split(" ")
        share = sum(_WEAK if _plain_of(p) in words.weak else 1.0 for p in parts) / len(parts)
        if len(parts) == 1:
            told = words.described.get(_plain_of(key), 0.0)
            tells.append(rare * share * (1.0 - _SHARED * min(1.0, told / _DESCRIBED)))
        else:
            tells.append(rare * _PAIR * (1.0 + share) / 2.0)
    return tells


def _plain_of(part: str) -> str:
    return part if part.isascii() and not part[-1:].isdigit() else part[:-1]
