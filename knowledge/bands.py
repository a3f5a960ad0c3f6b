"""How sure a search may be: answer, choose or unknown, by two calibrated sums of evidence.

The weights are a logistic regression on the tuned half of the labelled questions (`./run bench search` prints both
halves): one sum for "the first guide is the right one", one for "the right guide is among the first three"; the second
with each question twice, with the phrases of its procedure and without, as most procedures have few.
"""

import math
from collections.abc import Sequence
from typing import Final

from knowledge.entries import Decision
from knowledge.question import Question
from knowledge.ranking import Ranked

FEATURES: Final = (
    "one",
    "score",
    "cover",
    "held",
    "gap",
    "law",
    "wants",
    "elsewhere",
    "asks",
    "meant",
    "named",
    "unmarked",
    "unsaid",
    "aloud",
)
_RIGHT: Final = (-4.23, 1.57, 0.87, 0.81, 2.14, -1.1, 1.54, 0.01, 0.25, 0.47, 1.04, 0.89, -1.1, -0.53)
_KNOWN: Final = (-3.99, 1.6, 0.9, 1.61, 1.72, -1.45, 1.96, -0.38, 0.18, 1.34, 1.11, 0.77, 0.23, -1.04)
_SURE: Final = 0.79
_NEAR: Final = 0.23
_WHOLE: Final = 0.97
_AHEAD: Final = 0.3
"""How far the first must be ahead, in the measure of "gap", to be opened because it was said word for word."""
_FAR_AHEAD: Final = 0.9
"""The same where the words are those of a whole group of procedures."""


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
        min(q.cues.get("wants", 0), 3) / 3.0,
        min(q.cues.get("elsewhere", 0), 1),
        1.0 if q.asks - {"steps", "legal", "deadline"} else 0.0,
        min(len(q.meant), 2) / 2.0,
        first.named,
        1.0 if _bare(q) else 0.0,
        1.0 if first.unsaid else 0.0,
        1.0 if q.aloud else 0.0,
    )


def _bare(q: Question) -> bool:
    """Whether it was typed without marks: who writes so wants a thing done and seldom asks about the law."""
    with_marks = sum(1 for word in q.words if word.marked and not word.marked.endswith("0"))
    return with_marks < 0.15 * max(1, len(q.words))


def decide(q: Question, ranked: Sequence[Ranked]) -> Decision:
    """The band of a ranked list: sure enough to open the first, near enough to offer some, or not known."""
    if not ranked:
        return "unknown"
    if ranked[0].text < 0:
        return "answer"
    if _word_for_word(q, ranked):
        return "answer"
    right, known = chances(q, ranked)
    if known < _NEAR:
        return "unknown"
    if q.vague or _of_one_name(ranked):
        return "choose"
    return "answer" if right >= _SURE else "choose"


def _of_one_name(ranked: Sequence[Ranked]) -> bool:
    """Whether the first two have one name and the first is not ours: two codes, which only people tell apart."""
    first, *others = ranked[:2]
    return any(other.at in first.kin and first.at in other.kin and not first.ours for other in others)


def _word_for_word(q: Question, ranked: Sequence[Ranked]) -> bool:
    """Whether all that was said is what one of our own guides is called, and it is well ahead of the next.

    Not where something is asked about it: "bao nhiêu ngày có giấy chứng nhận kết hôn" may be asked of its brothers.
    """
    first = ranked[0]
    if q.asks:
        return False
    gap = evidence(q, ranked)[FEATURES.index("gap")]
    return first.ours and first.held >= _WHOLE and first.cover >= _WHOLE and gap >= (_FAR_AHEAD if q.vague else _AHEAD)


def chances(q: Question, ranked: Sequence[Ranked]) -> tuple[float, float]:
    """How likely the first guide is the right one, and how likely the right one is among the first three; 0..1."""
    seen = evidence(q, ranked)
    return chance(_RIGHT, seen), chance(_KNOWN, seen)


def chance(weights: Sequence[float], seen: Sequence[float]) -> float:
    """0..1, how likely the evidence makes it."""
    return 1.0 / (1.0 + math.exp(-sum(w * x for w, x in zip(weights, seen, strict=True))))
