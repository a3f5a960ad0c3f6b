"""The rankers that others use, to stand beside ours: RapidFuzz over names, SQLite's FTS5, BM25 over words and pairs."""

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from knowledge.entries import Entry
from knowledge.vietnamese import unmarked

Ranker = Callable[[str], list[str]]
"""A question in, the codes of the best ten out."""

_WORD = re.compile(r"\w+")


def baselines(entries: Sequence[Entry]) -> dict[str, Ranker]:
    """Every baseline by its name."""
    return {
        "RapidFuzz WRatio, names as they are": _wratio(entries),
        "RapidFuzz token_set_ratio, folded": _token_set(entries),
        "SQLite FTS5 bm25, name + field, folded": _fts5(entries),
        "BM25, words + word pairs, folded": _bm25(entries),
    }


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(unmarked(text).lower()))


def _wratio(entries: Sequence[Entry]) -> Ranker:
    names = [entry.name for entry in entries]
    return lambda text: [entries[at].code for _, _, at in process.extract(text, names, scorer=fuzz.WRatio, limit=10)]


def _token_set(entries: Sequence[Entry]) -> Ranker:
    names = [_folded(entry.name) for entry in entries]
    return lambda text: [
        entries[at].code for _, _, at in process.extract(_folded(text), names, scorer=fuzz.token_set_ratio, limit=10)
    ]


def _fts5(entries: Sequence[Entry]) -> Ranker:
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table names using fts5(name, field)")
    base.executemany(
        "insert into names(name, field) values (?, ?)", [(_folded(e.name), _folded(e.field)) for e in entries]
    )

    def rank(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(_folded(text).split()))
        if not words:
            return []
        rows = base.execute("select rowid from names where names match ? order by bm25(names) limit 10", (words,))
        return [entries[row[0] - 1].code for row in rows]

    return rank


def _bm25(entries: Sequence[Entry], k1: float = 1.5, b: float = 0.75) -> Ranker:
    texts = [_terms(_folded(f"{entry.name} {entry.field}")) for entry in entries]
    mean = sum(map(len, texts)) / max(1, len(texts))
    held: dict[str, list[tuple[int, float]]] = {}
    for at, terms in enumerate(texts):
        for term, count in Counter(terms).items():
            weight = count * (k1 + 1) / (count + k1 * (1 - b + b * len(terms) / mean))
            held.setdefault(term, []).append((at, weight))
    rare = {term: math.log(1 + (len(texts) - len(h) + 0.5) / (len(h) + 0.5)) for term, h in held.items()}

    def rank(text: str) -> list[str]:
        scores: dict[int, float] = {}
        for term in dict.fromkeys(_terms(_folded(text))):
            for at, weight in held.get(term, ()):
                scores[at] = scores.get(at, 0.0) + weight * rare[term]
        return [entries[at].code for at in sorted(scores, key=lambda at: -scores[at])[:10]]

    return rank


def _terms(folded: str) -> list[str]:
    words = folded.split()
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]
