"""What sets brothers apart: the features a name shows ("có yếu tố nước ngoài", "cấp lại", "cấp tỉnh")."""

from collections.abc import Sequence

from knowledge.everyday import Words
from knowledge.vietnamese import Word, level_key


def turns_of(name: Sequence[Word], words: Words) -> frozenset[str]:
    """The features that a guide's name shows, given the words of the name; marks count ("cơ yếu" is no "có yếu tố")."""
    said = " " + " ".join(level_key(w) for w in name) + " "
    return frozenset(turn.name for turn in words.turns if any(f" {' '.join(s)} " in said for s in turn.shown))
