"""What of a guide holds for one person: these answers, this day.

`when` is equality on answers. An ask that the person could not answer ("chưa rõ") leaves its facts possible,
so the list can show both cases, marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from itertools import product
from typing import TypeVar

from knowledge.guide import Ask, Document, Fact, Guide, Pointer, When
from knowledge.remembering import remembered_of

UNSURE = "chua-ro"
"""The answer of a person who does not know; every ask accepts it, no guide may use it as a choice of its own."""

PROVINCE_ASK = "tinh"
"""The ask about the province: a guide that has it takes the province that was chosen before as its answer."""

ELSEWHERE = "noi-khac"
"""Its answer for every province that the guide does not name."""

Answers = Mapping[str, str]


class Fit(Enum):
    """Whether something holds for a person's answers."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


F = TypeVar("F", bound=Fact)


def fits(when: When, answers: Answers) -> Fit:
    """Equality on answers: NO as soon as one differs, MAYBE while one is missing or unsure, else YES."""
    fit = Fit.YES
    for ask, accepted in when.items():
        answer = answers.get(ask, UNSURE)
        if answer == UNSURE:
            fit = Fit.MAYBE
        elif answer not in accepted:
            return Fit.NO
    return fit


def in_force(fact: Fact, today: date) -> bool:
    """Whether the day lies within the dates of the fact, both ends included."""
    return (fact.since is None or fact.since <= today) and (fact.until is None or today <= fact.until)


def holding(facts: Iterable[F], answers: Answers, today: date) -> tuple[tuple[F, Fit], ...]:
    """The facts that hold or may hold, in the guide's order, each with how sure that is."""
    found: list[tuple[F, Fit]] = []
    for fact in facts:
        if in_force(fact, today):
            fit = fits(fact.when, answers)
            if fit is not Fit.NO:
                found.append((fact, fit))
    return tuple(found)


def papers(guide: Guide, answers: Answers, today: date) -> tuple[tuple[Document, Fit], ...]:
    """The person's own list of papers."""
    return _papers(guide, tuple(answers.items()), today)


@remembered_of
def _papers(guide: Guide, answers: tuple[tuple[str, str], ...], today: date) -> tuple[tuple[Document, Fit], ...]:
    """One step looks at the same list from several sides."""
    return holding(guide.documents, dict(answers), today)


def next_ask(guide: Guide, answers: Answers) -> Ask | None:
    """The first ask that is not answered yet and is not ruled out by an earlier answer."""
    return next(_open_asks(guide, answers), None)


def next_for_the_list(guide: Guide, answers: Answers, today: date) -> Ask | None:
    """The first of them on which a paper, a fee, a time, a place or another procedure depends, after these answers."""
    return next((ask for ask in _open_asks(guide, answers) if _matters(guide, ask, answers, today)), None)


def _open_asks(guide: Guide, answers: Answers) -> Iterator[Ask]:
    return (ask for ask in guide.asks if ask.id not in answers and _still_open(guide, ask, answers))


def _matters(guide: Guide, ask: Ask, answers: Answers, today: date) -> bool:
    """Whether its answer may change the list, by itself or by an ask behind it."""
    facts = (*guide.documents, *guide.fees, *guide.times, *guide.channels)
    behind = [one for one in may_be_asked(guide, answers) if ask.id in one.when and one.id not in answers]
    return (
        any(choice.instead is not None for choice in ask.choices.values())
        or any(ask.id in one.when and in_force(one, today) and fits(one.when, answers) is not Fit.NO for one in facts)
        or any(_matters(guide, one, answers, today) for one in behind)
    )


def _still_open(guide: Guide, ask: Ask, answers: Answers) -> bool:
    """Whether the answers that the ask goes by were given and leave it open."""
    return all(id in answers and _leaves_open(guide, id, answers[id], leads) for id, leads in ask.when.items())


def _leaves_open(guide: Guide, id: str, answer: str, leads: tuple[str, ...]) -> bool:
    """Whether an answer leads to an ask behind it; where it is not known, most of its choices must."""
    ask = guide.ask(id)
    return answer in leads or (answer == UNSURE and ask is not None and 2 * len(leads) > len(ask.choices))


def may_be_asked(guide: Guide, answers: Answers) -> tuple[Ask, ...]:
    """The asks that have been or may still be put to this person: those that no answer so far rules out."""
    open_asks: dict[str, Ask] = {}
    for ask in guide.asks:
        if all(
            id in open_asks and (id not in answers or _leaves_open(guide, id, answers[id], leads))
            for id, leads in ask.when.items()
        ):
            open_asks[ask.id] = ask
    return tuple(open_asks.values())


def by_province(guide: Guide, province: str) -> str | None:
    """What the guide's ask about the province is answered with; None if it has no such ask or answer."""
    ask = guide.ask(PROVINCE_ASK)
    if ask is None or not province:
        return None
    return province if province in ask.choices else ELSEWHERE if ELSEWHERE in ask.choices else None


def still_fitting(guide: Guide, answers: Answers) -> dict[str, str]:
    """The answers that the guide, as it is now, still asks for; the others are dropped."""
    kept: dict[str, str] = {}
    for ask in guide.asks:
        answer = answers.get(ask.id)
        if answer is not None and (answer == UNSURE or answer in ask.choices) and _still_open(guide, ask, kept):
            kept[ask.id] = answer
    return kept


def diverted(guide: Guide, answers: Answers) -> Pointer | None:
    """The other procedure that an answer leads to, if one does."""
    for ask in guide.asks:
        choice = ask.choices.get(answers.get(ask.id, UNSURE))
        if choice is not None and choice.instead is not None:
            return choice.instead
    return None


def combinations(guide: Guide) -> Iterable[dict[str, str]]:
    """Every set of answers that a person can reach, unsure answers left out; one that leads elsewhere ends there."""
    seen: set[tuple[tuple[str, str], ...]] = set()
    for choice in product(*(tuple(ask.choices) for ask in guide.asks)):
        kept = _until_diverted(guide, dict(zip((ask.id for ask in guide.asks), choice, strict=True)))
        key = tuple(kept.items())
        if key not in seen:
            seen.add(key)
            yield kept


def _until_diverted(guide: Guide, answers: Answers) -> dict[str, str]:
    kept: dict[str, str] = {}
    for id, choice in still_fitting(guide, answers).items():
        kept[id] = choice
        if diverted(guide, {id: choice}) is not None:
            break
    return kept
