"""What sets brothers apart: the features a name shows ("có yếu tố nước ngoài", "cấp lại", "cấp tỉnh")."""

from knowledge.everyday import Words
from knowledge.vietnamese import words as words_of


def turns_of(name: str, words: Words) -> frozenset[str]:
    """The features that a guide's name shows."""
    said = " " + " ".join(w.plain for w in words_of(name)) + " "
    return frozenset(turn.name for turn in words.turns if any(f" {' '.join(s)} " in said for s in turn.shown))
