"""Which guides do the same thing for other people or elsewhere, by their names: what one is called, all are."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from knowledge.everyday import Words
from knowledge.vietnamese import Word, level_key

_MANY: Final = 8
"""More guides of one name than this are a name that tells nothing."""
_LENT: Final = 0.85
"""A text counts that much for whom it was not written: more than what a level or being common adds."""
_WORTH: Final = 0.4
"""A text that scores less was hardly meant, so that it calls nobody else either."""


def kin(names: Sequence[Sequence[Word]], turns: Sequence[frozenset[str]], words: Words) -> dict[int, tuple[int, ...]]:
    """For a guide, by its place, those whose names say the same matter with all of its features and perhaps more.

    "Đăng ký kết hôn" leads to "Đăng ký kết hôn lưu động"; two codes of one name lead to each other. `turns` are the
    features that each name shows; those that leave the matter the same are taken out of the names first.
    """
    aside = sorted((one for turn in words.turns if turn.same for one in turn.shown), key=len, reverse=True)
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        alike[_matter(name, aside, words)].append(at)
    found: dict[int, tuple[int, ...]] = {}
    for group in alike.values():
        if 1 < len(group) <= _MANY:
            for at in group:
                if to := tuple(other for other in group if other != at and turns[at] <= turns[other]):
                    found[at] = to
    return found


def _matter(name: Sequence[Word], aside: Sequence[Sequence[str]], words: Words) -> str:
    """The words of a name that bind nothing, as one line, without those in `aside`, the longest of which come first."""
    said = f" {' '.join(level_key(word) for word in name)} ".removeprefix(" thu3 tuc5")
    for one in aside:
        said = said.replace(f" {' '.join(one)} ", " ")
    return " ".join(word for word in said.split() if word not in words.silent)


def lend(best: dict[int, tuple[float, int]], leads_to: Mapping[int, tuple[int, ...]], most: int) -> None:
    """Give to the kin of the `most` best guides what those are called, where they have no better text of their own."""
    for at in heapq.nlargest(most, best, key=lambda at: best[at][0]):
        for other in leads_to.get(at, ()):
            score, text = best[at]
            if score > _WORTH and (other not in best or best[other][0] < _LENT * score):
                best[other] = (_LENT * score, text)
