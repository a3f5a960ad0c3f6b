"""What sets brothers apart: the features a name shows ("có yếu tố nước ngoài", "cấp lại", "cấp tỉnh")."""

from collections.abc import Sequence
from functools import lru_cache

from knowledge.everyday import Words
from knowledge.vietnamese import Word, level_key


def turns_of(name: Sequence[Word], words: Words) -> frozenset[str]:
    """The features that a guide's name shows, given the words of the name; marks count ("cơ yếu" is no "có yếu tố")."""
    said = " " + " ".join(level_key(w) for w in name) + " "
    return frozenset(turn for turn, shown in _shown(words) if any(one in said for one in shown))


@lru_cache(maxsize=4)
def _shown(words: Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each feature by name, with the words in names that show it."""
    return tuple((turn.name, tuple(f" {' '.join(one)} " for one in turn.shown)) for turn in words.turns)
