"""Words typed without the spaces between them, parted into the syllables that are likeliest."""

import unicodedata
from functools import lru_cache
from math import log

from knowledge.spoken import RANK
from knowledge.syllables import STOPS, SYLLABLES, TONES, one_i


@lru_cache(maxsize=20_000)
def cut(bare: str, typed: str) -> tuple[str, ...] | None:
    """Glued letters as the likeliest syllables that are really said; None when they are no glued Vietnamese.

    `typed` are the same letters with their marks, as far as they can be told apart: marks say where a syllable ends.
    """
    if not 5 <= len(bare) <= 40:
        return None
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(bare)
    for end in range(1, len(bare) + 1):
        for start in range(max(0, end - 7), end):
            before, part = best[start], bare[start:end]
            rank = RANK.get(one_i(part)) if part in SYLLABLES else None
            if before is None or rank is None or not _may_be_typed(part, typed[start:end], typed):
                continue
            cost = before[0] + log(10.0 + rank)
            found = best[end]
            if found is None or cost < found[0]:
                best[end] = (cost, (*before[1], part))
    likeliest = best[len(bare)]
    parts = likeliest[1] if likeliest is not None else ()
    return parts if len(parts) > 1 and len(bare) / len(parts) >= 2.5 else None


def _may_be_typed(part: str, typed: str, whole: str) -> bool:
    """Whether a part of a glued word can be one syllable: one tone at most, and where marks stand, the right ones."""
    if whole.isascii():
        return True
    tones = [sign for sign in unicodedata.normalize("NFD", typed) if sign in TONES]
    return len(tones) < 2 and (not part.endswith(STOPS) or (tones != [] and TONES[tones[0]] in "15"))
