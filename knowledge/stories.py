"""A long message searched part by part, as one sentence of a story is the matter and the others only tell why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knowledge.question import Question
from knowledge.ranking import Ranked, Scale, Weighed, weigh
from knowledge.stress import STORY_STRESS

if TYPE_CHECKING:
    from knowledge.search import Index

_TOGETHER: Final = 9
"""Words that matter in one part: clauses beside each other are read together up to that many."""
_STEP: Final = 5
"""By so many words the parts of a clause that never ends lie apart."""
_PARTS: Final = 4
_QUIET: Final = 0.65
"""A part in which nothing is asked or wanted finds so much less."""
_PLAIN: Final = 0.7
_ELSEWHERE: Final = 0.5
"""A feature told in another part ("chồng em người Hàn") counts this much."""


def told(index: Index, q: Question, weighed: Weighed) -> dict[int, Ranked]:
    """The guides that the whole story or one of its parts means, each as well ranked as where it is ranked best."""
    whole = replace(index.scale, budget=1_500, candidates=35, unioned=4, kept=12)
    narrow = replace(index.scale, budget=900, candidates=24, unioned=3, kept=8)
    best = index.scored(q, weighed, whole)
    if any(one.cover > _PLAIN and one.held > _PLAIN for one in best.values()):
        return best  # a long name, said whole
    plainly = replace(q, stress=[1.0 if one == STORY_STRESS else one for one in q.stress])
    for places, part in _likeliest(index, plainly, index.scale):
        clauses = {q.words[at].clause for at in places}
        here = {turn for turn in q.turns if not clauses.isdisjoint(q.spoken_in.get(turn, clauses))}
        asks = 1.0 if clauses & q.asking else _QUIET
        share = min(1.0, part.length / max(weighed.length, 0.1))
        for at, one in index.scored(replace(plainly, turns=here), part, narrow).items():
            shown = index.turns[at]
            if here != q.turns:
                one.score += _ELSEWHERE * (index.turned(shown, q.turns) - index.turned(shown, here))
                one.unsaid = not one.ours and bool(shown - q.turns)
            one.score *= asks
            one.cover *= (1.0 + share) / 2.0
            if at not in best or best[at].score < one.score:
                best[at] = one
    return best


def _likeliest(index: Index, q: Question, scale: Scale) -> list[tuple[list[int], Weighed]]:
    """The parts that most likely hold the matter: something is asked in them, they mean something, they say much."""
    meant = {at for hit in q.meant for at in hit.places}
    parts = [(places, weigh(q, places, index.postings, index.words, scale)) for places in parts_of(q)]

    def hope(part: tuple[list[int], Weighed]) -> tuple[int, float]:
        places, weighed = part
        asks = any(q.words[at].clause in q.asking for at in places)
        return asks + (not meant.isdisjoint(places)), weighed.content

    return sorted(parts, key=hope, reverse=True)[:_PARTS]


def parts_of(q: Question) -> list[list[int]]:
    """The places of the words that matter, in parts that overlap: clauses read together, endless ones cut."""
    clauses: dict[int, list[int]] = {}
    for at in q.content():
        clauses.setdefault(q.words[at].clause, []).append(at)
    rows = list(clauses.values())
    parts: list[list[int]] = []
    for first, row in enumerate(rows):
        if len(row) > 1.6 * _TOGETHER:
            parts += [row[start : start + _TOGETHER] for start in range(0, len(row) - _TOGETHER + _STEP, _STEP)]
            continue
        part = _read_on(row, rows[first + 1 :])
        if not parts or not set(part) <= set(parts[-1]):
            parts.append(part)
    return parts


def _read_on(row: list[int], rows: Sequence[list[int]]) -> list[int]:
    """A clause with those behind it, as long as there are few words."""
    part = list(row)
    for after in rows:
        if len(part) + len(after) > _TOGETHER:
            break
        part += after
    return part
