"""How a case to practise is made from a guide. Chance comes in as a text drawn elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from typing import Final, TypeVar

from flows import spans
from flows.answering import longest, matches
from flows.judging import is_sure
from flows.office.practice import Drill
from flows.phrases import hear
from flows.told import in_opening
from flows.turn import World
from knowledge.guide import Ask, Document, Guide
from knowledge.tailor import Fit, next_ask, papers
from knowledge.vietnamese import fold

CHOICES: Final = 4
"""Guides to choose from."""
PAPERS: Final = 7
"""Papers to choose from, at most."""
PHRASES: Final = 5
"""Phrases of a guide that are tried."""

BARE: Final = frozenset(("co", "khong", "chua", "roi", "phai", "duoc"))
"""Words that answer only right after their question: within a phrase they tell no choice."""

T = TypeVar("T")


class Chance:
    """Draws that the same seed repeats."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._draws = 0

    def one_of(self, among: Sequence[T]) -> T:
        """One of them, each as likely; ZeroDivisionError when there is none."""
        self._draws += 1
        drawn = sha256(f"{self._seed}:{self._draws}".encode()).digest()
        return among[int.from_bytes(drawn[:8], "big") % len(among)]

    def shuffled(self, these: Sequence[T]) -> tuple[T, ...]:
        """All of them in another order."""
        left, drawn = list(these), []
        while left:
            drawn.append(left.pop(self.one_of(range(len(left)))))
        return tuple(drawn)


def drills(number: int, seed: str, world: World, last: Sequence[str] = ()) -> tuple[Drill, ...]:
    """So many cases of different guides; fewer where there are not so many guides that one can be made of.

    `last` are guides that were asked about lately: they come only when there is no other.
    """
    chance, made = Chance(seed), list[Drill]()
    cards = world.library.cards.values()
    ids = sorted(card.id for card in cards if card.status == "published" and card.visible(world.today))
    for id in sorted(chance.shuffled(ids), key=lambda one: one in last):
        one = _of(id, chance, world)
        if one is not None:
            made.append(one)
        if len(made) == number:
            break
    return tuple(made)


def _of(id: str, chance: Chance, world: World) -> Drill | None:
    """A case of that guide; None where it has no sure papers, or nothing that it could be taken for."""
    guide = world.library.local(id, world.province)
    phrase = None if guide is None else _phrase(guide, chance, world)
    answers = None if guide is None or phrase is None else _answers(guide, guide.phrases[phrase], chance, world)
    if guide is None or phrase is None or answers is None:
        return None
    listed = [document for document, fit in papers(guide, answers, world.today) if fit is Fit.YES]
    sure = [document for document in listed if not document.if_any and is_sure(guide, document)]
    others = _taken_for(guide, guide.phrases[phrase], world)
    if not 1 <= len(sure) < PAPERS or len(others) < CHOICES - 1:
        return None
    refs = [f"{id}/{document.id}" for document in sure]
    refs += _not_needed(guide, listed, others, world)[: PAPERS - len(refs)]
    guides = chance.shuffled((id, *(other.id for other in others)))
    return Drill(id, phrase, tuple(answers.items()), guides, chance.shuffled(refs))


def _phrase(guide: Guide, chance: Chance, world: World) -> int | None:
    """A phrase that leads to this guide first, so that it can be known; written with its marks if any is."""
    spoken = sorted(chance.shuffled(range(len(guide.phrases))), key=lambda at: guide.phrases[at].isascii())
    for at in spoken[:PHRASES]:
        found = world.library.find(guide.phrases[at], world.today).found
        if found and found[0].id == guide.id:
            return at
    return None


def _answers(guide: Guide, phrase: str, chance: Chance, world: World) -> dict[str, str] | None:
    """Answers that whoever says the phrase could give, none of which leads to another procedure.

    What the phrase tells is their answer; None where it tells two, or one that leads to another procedure.
    """
    answers: dict[str, str] = {}
    told = in_opening(guide, phrase, world.library.words, world.today, {})
    while (ask := next_ask(guide, answers)) is not None:
        stays = [id for id, choice in ask.choices.items() if choice.instead is None]
        if not stays:
            break
        meant = {told[ask.id]} if ask.id in told else _meant(ask, phrase, world)
        if len(meant) > 1 or not meant <= set(stays):
            return None
        # Who speaks of no child speaks of a grown-up.
        grown = [id for id in stays if not spans.under_age(ask, id)]
        answers[ask.id] = chance.one_of([*meant] or grown or stays)
    return answers


def _meant(ask: Ask, phrase: str, world: World) -> set[str]:
    """The choices that a phrase names, be it in one word: "con ốm nghỉ làm" tells who is ill."""
    counted = spans.chosen(ask, phrase, world.today.year, told="aside")
    if counted:
        return {counted}
    known = world.library.words
    found = longest(matches(ask, hear(phrase, known), known))
    return {match.choice for match in found if any(word.plain not in BARE for word in match.wanted)}


def _taken_for(guide: Guide, phrase: str, world: World) -> list[Guide]:
    """What the guide may be taken for: what it says it is confused with, what the words find too, its field."""

    def near() -> Iterator[Guide | None]:
        for pointer in guide.not_this:
            yield world.library.by_code(pointer.code)
        for found in world.library.find(phrase, world.today).found:
            yield world.library.get(found.id)
        yield from world.library.in_field(guide.field, world.today)
        yield from world.library.most_asked(world.today)

    others: dict[str, Guide] = {}
    for other in near():
        if other is None or other.id == guide.id or not other.visible(world.today):
            continue
        if fold(phrase) not in {fold(one) for one in other.phrases}:
            others.setdefault(other.id, other)
        if len(others) == CHOICES - 1:
            break
    return list(others.values())


def _not_needed(guide: Guide, listed: Collection[Document], others: Sequence[Guide], world: World) -> list[str]:
    """Papers that are not needed: of other cases of the guide, then forms of what it may be taken for."""
    names = {fold(document.name) for document in listed}
    here = {document.id for document in listed}
    own = [one for one in guide.documents if one.id not in here and not one.if_any and is_sure(guide, one)]
    refs = []
    for of, documents in ((guide, own), *((other, [d for d in other.documents if d.form]) for other in others)):
        for document in documents:
            if fold(document.name) not in names:
                names.add(fold(document.name))
                refs.append(f"{of.id}/{document.id}")
    return refs
