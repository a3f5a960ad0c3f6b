"""How sure a search may be: answer, choose or unknown, by a rule calibrated on questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.entries import Decision
from knowledge.question import Question
from knowledge.ranking import Ranked

if TYPE_CHECKING:
    from knowledge.search import Index


def decide(q: Question, ranked: Sequence[Ranked], index: Index) -> Decision:
    """The band of a ranked list."""
    if not ranked or ranked[0].score < 0.3:
        return "unknown"
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < 0.05:
        return "choose"
    return "answer" if ranked[0].score > 0.45 else "choose"
