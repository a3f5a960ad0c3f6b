"""How sure a search may be: answer, choose or unknown, by two calibrated sums of evidence.

The weights are a logistic regression on the tuned half of the labelled questions (`./run bench search` prints both
halves): one sum for "the first guide is the right one", one for "the right guide is among the first three".
"""

import math
from collections.abc import Sequence
from typing import Final

from knowledge.entries import Decision
from knowledge.question import Question
from knowledge.ranking import Ranked

FEATURES: Final = ("one", "score", "cover", "held", "gap", "law", "law_maybe", "wants", "elsewhere", "asks", "meant")
_RIGHT: Final = (-5.75, 1.36, 1.43, 2.64, 2.58, -1.65, 0.14, 1.64, -1.51, 0.39, -0.3)
_KNOWN: Final = (-5.85, 1.07, 2.47, 2.83, 1.56, -1.5, -0.02, 2.05, -2.13, 0.27, 0.91)
_SURE: Final = 0.8
_NEAR: Final = 0.3


def evidence(q: Question, ranked: Sequence[Ranked]) -> tuple[float, ...]:
    """The values of `FEATURES` for a question and its ranked guides, each about 0..1."""
    first = ranked[0]
    second = ranked[1].score if len(ranked) > 1 else 0.0
    return (
        1.0,
        min(first.score, 1.6),
        first.cover,
        first.held,
        2.0 * min((first.score - second) / max(first.score, 0.2), 0.5),
        min(q.cues.get("law", 0), 2),
        min(q.cues.get("law_maybe", 0), 2),
        min(q.cues.get("wants", 0), 3) / 3.0,
        min(q.cues.get("elsewhere", 0), 1),
        1.0 if q.asks - {"steps", "legal"} else 0.0,
        min(len(q.meant), 2) / 2.0,
    )


def decide(q: Question, ranked: Sequence[Ranked]) -> Decision:
    """The band of a ranked list: sure enough to open the first, near enough to offer some, or not known."""
    if not ranked:
        return "unknown"
    if ranked[0].text < 0:
        return "answer"
    seen = evidence(q, ranked)
    if chance(_KNOWN, seen) < _NEAR:
        return "unknown"
    if q.vague:
        return "choose"
    return "answer" if chance(_RIGHT, seen) >= _SURE else "choose"


def chance(weights: Sequence[float], seen: Sequence[float]) -> float:
    """0..1, how likely the evidence makes it."""
    return 1.0 / (1.0 + math.exp(-sum(w * x for w, x in zip(weights, seen, strict=True))))
