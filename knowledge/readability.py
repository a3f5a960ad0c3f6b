"""How hard a guide is to read, by the one thing that its author can mend at once: the length of its sentences.

The score is the average number of words (syllables, as Vietnamese counts them) of a sentence. Formulas for Vietnamese
weigh how rare each word is, too, for which a list of word frequencies would have to be kept; hard words are told by
the glossary instead, one by one, with what to write in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.folders import File, files
from knowledge.loading import read_guide
from knowledge.rules.page import Page
from knowledge.rules.words import sentences, texts

EASY: Final = 12
FAIR: Final = 17
"""Words a sentence on average, up to which a text is easy or fair to read."""

LONG: Final = 20
"""A sentence of more words is long: the house asks for fewer."""

_FRAGMENT: Final = 4
"""Fewer words are a label, not a sentence."""

_SIGN: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Readability:
    """Sentences and words of some texts, how many sentences are long, and the longest one."""

    sentences: int
    words: int
    long: int
    longest: str

    @property
    def average(self) -> float:
        """Words of a sentence on average; 0 where there is no sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def level(self) -> str:
        """The average in a word."""
        return "dễ đọc" if self.average <= EASY else "đọc được" if self.average <= FAIR else "khó đọc"

    def __str__(self) -> str:
        share = 100 * self.long / self.sentences if self.sentences else 0.0
        average = f"{self.average:.1f}".replace(".", ",")
        return f"{self.level}: trung bình {average} chữ một câu, {share:.0f} % câu dài hơn {LONG} chữ"


def measure(said: Iterable[str]) -> Readability:
    """The readability of texts; labels and other fragments are left out."""
    counted = [(sum(_SIGN.search(word) is not None for word in one.split()), one)
               for text in said for one in sentences(text)]  # fmt: skip
    whole = [(count, one) for count, one in counted if count >= _FRAGMENT]
    longest = max(whole, key=lambda one: one[0], default=(0, ""))[1]
    return Readability(
        len(whole), sum(count for count, _ in whole), sum(count > LONG for count, _ in whole), longest.strip()
    )


def of_page(page: Page) -> Readability:
    """The readability of what citizens read of a guide; official names are as they are and do not count."""
    return measure(text for _, text, official in texts(page) if not official)


def table(folders: Sequence[Path]) -> Iterator[str]:
    """One line for each guide that we wrote, the hardest first, and a line for all of them."""
    found: list[tuple[str, Readability]] = []
    for folder in folders:
        for item in files(folder):
            guide, yaml, _ = read_guide(item) if isinstance(item, File) else (None, None, ())
            if guide is not None and yaml is not None and guide.status in {"published", "draft"}:
                found.append((guide.id, of_page(Page(yaml, guide))))
    for id, one in sorted(found, key=lambda pair: -pair[1].average):
        start = " ".join(one.longest.split()[:8])
        yield f"{id}: {one}; câu dài nhất: “{start}…”"
    if found:
        every = [one for _, one in found]
        all_of_them = Readability(
            sum(one.sentences for one in every), sum(one.words for one in every), sum(one.long for one in every), ""
        )
        yield f"{len(found)} thủ tục: {all_of_them}"
