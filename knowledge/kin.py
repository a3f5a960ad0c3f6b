"""Which guides do the same thing for other people or elsewhere, by their names: what one is called, all are."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from knowledge.everyday import Words
from knowledge.vietnamese import Word, level_key

_MANY: Final = 8
"""More guides of one name than this are a name that tells nothing."""
_LENT: Final = 0.85
"""A text counts that much for whom it was not written: more than what a level or being common adds."""
_WORTH: Final = 0.4
"""A text that scores less was hardly meant, so that it calls nobody else either."""


def kin(matters: Sequence[str], turns: Sequence[frozenset[str]]) -> dict[int, tuple[int, ...]]:
    """For a guide, by its place, those whose names say the same matter with all of its features and perhaps more.

    "Đăng ký kết hôn" leads to "Đăng ký kết hôn lưu động"; two codes of one name lead to each other. `turns` are the
    features that each name shows, `matters` what else it says.
    """
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for at, matter in enumerate(matters):
        alike[matter].append(at)
    found: dict[int, tuple[int, ...]] = {}
    for group in alike.values():
        if 1 < len(group) <= _MANY:
            for at in group:
                if to := tuple(other for other in group if other != at and turns[at] <= turns[other]):
                    found[at] = to
    return found


def matter_of(name: Sequence[Word], words: Words) -> str:
    """The words of a name that bind nothing, as one line, without the features that leave the matter the same."""
    said = f" {' '.join(level_key(word) for word in name)} ".removeprefix(" thu3 tuc5")
    for one in _left_aside(words):
        said = said.replace(one, " ")
    return " ".join(word for word in said.split() if word not in words.silent)


@lru_cache(maxsize=4)
def _left_aside(words: Words) -> tuple[str, ...]:
    """The features that leave a matter the same, as names show them, the longest first."""
    shown = (f" {' '.join(one)} " for turn in words.turns if turn.same for one in turn.shown)
    return tuple(sorted(shown, key=len, reverse=True))


def lend(best: dict[int, tuple[float, int]], leads_to: Mapping[int, tuple[int, ...]], most: int) -> None:
    """Give to the kin of the `most` best guides what those are called, where they have no better text of their own."""
    for at in heapq.nlargest(most, best, key=lambda at: best[at][0]):
        for other in leads_to.get(at, ()):
            score, text = best[at]
            if score > _WORTH and (other not in best or best[other][0] < _LENT * score):
                best[other] = (_LENT * score, text)
