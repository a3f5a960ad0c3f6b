"""A line of answers, "sinh ở nhà, không ai làm chứng, mới sinh": each part goes to the ask of the guide it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from flows import answering
from flows.phrases import NO, Heard, hear, is_common, phrase
from flows.plain_words import all_of_them
from flows.texts import Say
from knowledge.everyday import Words
from knowledge.guide import Ask, Guide
from knowledge.library import Library
from knowledge.tailor import UNSURE, Fit, fits

_SIGNS = re.compile(r"(?:,(?!\d)|(?<!\d),|[;\n]|\.(?=\s|$))+")
"""What stands between answers; "1,5" is one number."""

_BARE: Final = frozenset(("co", "roi", "da", "dung", "phai", *NO))
"""Words that answer the ask they stand behind, and no other."""


_MANY: Final = 6
"""Words from which on a text without signs may be more than one answer."""

_NOWHERE: Final = -2
"""In place of the part behind which a bare answer stands, where the ask before was not answered."""


@dataclass(frozen=True, slots=True)
class Several:
    """Ask -> choice in the guide's order, the parts that answered nothing, and whether contrary things were said.

    It is `clear` when one answer at least rests on words of a choice, not on a part of its label.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    rest: tuple[str, ...] = ()
    contrary: bool = False
    clear: bool = True

    @property
    def most(self) -> bool:
        """Whether two asks at least are answered, by no less than half of what was said."""
        return self.clear and len(self.answers) > 1 and len(self.rest) <= len(self.answers)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one part says to one ask, and the words it rests on; with `label` they are but a part of a label."""

    part: int
    ask: str
    choice: str
    by: frozenset[str]
    label: bool = False

    @property
    def bare(self) -> bool:
        return self.by <= _BARE

    @property
    def takes(self) -> set[tuple[int, str]]:
        """The words that answer nothing else then; a part of a label needs its part of the line for itself."""
        return {(self.part, word) for word in (self.by | {""} if self.label else self.by)}


def like_a_line(text: str) -> bool:
    """Whether a text may hold several answers: signs part it, or it has many words."""
    return len(text.split()) >= _MANY or len(_SIGNS.split(text.strip(" ,;."))) > 1


def in_words(
    guide: Guide, text: str, before: Mapping[str, str], library: Library, today: date, say: Say
) -> Several | None:
    """What a line answers beside `before`; None when it asks something, or a part of it names another procedure.

    A line without signs is cut where the words of a choice begin. A bare yes or no answers only what is asked behind
    the answer before it.
    """
    asks = [ask for ask in guide.asks if ask.id not in before]
    text = all_of_them(text)
    heard = hear(text, library.words)
    told = frozenset(
        at for ask in asks for match in answering.matches(ask, heard, library.words) for at in match.places
    )
    asked = " ".join(ask.text for ask in asks)
    if _asks_where(heard) or answering.is_question(heard, text, library.words, told, asked):
        return None
    parts = [part for one in _SIGNS.split(text) if (part := one.strip())]
    if len(parts) == 1:
        parts = _cut(asks, text, library.words)
    if any(_names_another(guide, part, library, today) for part in parts):
        return None
    own = frozenset(word.plain for name in (guide.name, guide.title) for word in phrase(name))
    read = [one for at, part in enumerate(parts) for one in _readings(asks, at, part, own, library.words, today, say)]
    return _put_together(asks, parts, read, before)


def _asks_where(heard: Heard) -> bool:
    """Whether it ends in "o dau" without marks, which may be a way to lodge ("ở đậu") only where it stands alone."""
    return tuple(word.typed.casefold() for word in heard.words[-2:]) == ("o", "dau")


def _put_together(
    asks: Sequence[Ask], parts: Sequence[str], read: Sequence[_Reading], before: Mapping[str, str]
) -> Several:
    """What the readings answer in the guide's order; no word counts for two asks."""
    answers: dict[str, str] = {}
    used: set[tuple[int, str]] = set()
    contrary, clear, last = False, False, -1
    for ask in asks:
        if fits(ask.when, {**before, **answers}) is not Fit.YES:
            continue
        said = [
            one
            for one in read
            if one.ask == ask.id and (not one.bare or one.part == last + 1) and used.isdisjoint(one.takes)
        ]
        used.update(*(one.takes | {(one.part, "")} for one in said))
        if len({one.choice for one in said}) == 1:
            answers[ask.id], last = said[0].choice, max(one.part for one in said)
            clear = clear or not all(one.label for one in said)
        else:
            contrary, last = contrary or bool(said), _NOWHERE
    heeded = {part for part, _ in used}
    return Several(answers, tuple(part for at, part in enumerate(parts) if at not in heeded), contrary, clear)


def _readings(
    asks: Sequence[Ask], at: int, part: str, own: frozenset[str], known: Words, today: date, say: Say
) -> list[_Reading]:
    """What a part says to each ask; where it holds the words of a choice, what it has of other labels is no answer.

    `own` are the words of the guide's name, which are a part of many labels.
    """
    said = {word.plain for word in hear(part, known).words}
    read = []
    for ask in asks:
        meant = answering.in_words(ask, part, known, today, say)
        if meant is None or meant.choice == UNSURE:
            continue
        denied = not NO.isdisjoint(meant.by) and meant.by != said  # a "không" beside words that were passed over
        if meant.label and (meant.by <= own or denied):
            continue
        by: frozenset[str] = meant.by
        if by <= _BARE and not said <= _BARE:
            by = frozenset(said) & (_BARE | {word.plain for word in phrase(ask.text)})
            if by != said:  # "không có chứng chỉ" is no "không" to whatever is asked
                continue
        read.append(_Reading(at, ask.id, meant.choice, by, meant.label))
    clear = [one for one in read if not one.label and not one.bare]
    return clear or read


def _cut(asks: Sequence[Ask], text: str, known: Words) -> list[str]:
    """A line without signs, cut where phrases of choices begin."""
    heard = hear(text, known)
    starts = {
        min(match.places)
        for ask in asks
        for match in answering.longest(answering.matches(ask, heard, known))
        if not _BARE.issuperset(word.plain for word in match.wanted)
        and (len(match.wanted) > 1 or not is_common(match.wanted[0], known))
    }
    cuts = sorted({0, len(heard.words), *starts})
    return [" ".join(word.typed for word in heard.words[start:end]) for start, end in pairwise(cuts)]


def _names_another(guide: Guide, part: str, library: Library, today: date) -> bool:
    """Whether a part asks for another procedure: a word that the open guide's asks do not know, and a sure finding."""
    said = hear(part, library.words)
    if any(word.plain in NO for word in said.words[:2]):
        return False
    own = {word.plain for text in _texts(guide) for word in phrase(text)}
    if all(word.plain in own or is_common(word, library.words) for word in said.words):
        return False
    finding = library.find(part, today, (guide.id,))
    return finding.decision == "answer" and finding.found[0].id != guide.id


def _texts(guide: Guide) -> Iterator[str]:
    yield from (guide.name, guide.title)
    for ask in guide.asks:
        yield ask.text
        for choice in ask.choices.values():
            yield from (choice.label, *choice.words)
