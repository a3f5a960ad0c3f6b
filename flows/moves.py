"""The moves that lead to a guide: by its button, by what was asked and told of it, by the province."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final, Literal

from flows.events import Pressed, Said
from flows.facts import Answered, Opened
from flows.lists import new_list, with_answer
from flows.replies import Choice
from flows.state import (
    Aside,
    Asking,
    Aspect,
    AtGuide,
    ByName,
    Collecting,
    Home,
    InProvince,
    Stage,
    Summary,
    Talk,
    guide_of,
    nth_of,
)
from flows.telling.plain import label, named, short
from flows.texts import Say
from flows.turn import Move, World
from knowledge.cards import Card
from knowledge.guide import Ask, Guide, Pointer
from knowledge.province import Province
from knowledge.tailor import PROVINCE_ASK, UNSURE, by_province
from knowledge.vietnamese import fold

OPEN = "g:"
"""A choice whose id begins so opens the guide named behind it."""

NAMED = "n:"
"""A choice whose id begins so tells of the procedure of that code, which has no guide."""

_BARE: Final = frozenset("co khong chua da roi duoc can phai dung".split())
"""Words of labels that say nothing without their question."""


def open_choice(guide: Guide | Card, say: Say) -> Choice:
    """The button that opens a guide."""
    return Choice(OPEN + guide.id, short(named(guide.title, guide.en, say)))


def found_choice(found: str, world: World, say: Say) -> Choice | None:
    """The button for what a search found: a guide by its id, or a code known by name; None if it is gone meanwhile."""
    guide = world.library.get(found)
    if guide is not None:
        return open_choice(guide, say) if guide.leads_on(world.today) else None
    name = world.library.name_only(found)
    return Choice(NAMED + found, short(named(name, "", say))) if name is not None else None


def successor_choice(pointer: Pointer, world: World, say: Say) -> Choice:
    """The button for what took the place of a procedure: its guide, or what is known of it by name."""
    guide = world.library.by_code(pointer.code)
    if guide is not None and guide.visible(world.today):
        return open_choice(guide, say)
    return Choice(NAMED + pointer.code, short(named(pointer.name, "", say)))


def opened(
    guide: Guide,
    by: Literal["words", "choice", "link"],
    talk: Talk,
    about: tuple[Aspect, ...] = (),
    taken: tuple[tuple[str, str], ...] = (),
    also: str = "",
) -> Move:
    """Go to the guide's page, what was asked about told first, and remember that it was opened.

    `taken` holds the answers that the question told already, `also` the second guide it asked for. The page is for the
    list that is open, else for the latest of that guide.
    """
    facts = (Opened(guide.id, guide.edition, by),)
    meant = tuple(f"{ask}={choice}" for ask, choice in taken)
    nth = nth_of(talk.stage) if guide_of(talk.stage) == guide.id else talk.latest(guide.id)
    return Move(AtGuide(guide.id, about, taken, also, nth), facts=facts, meant=meant)


def understood(guide: Guide, answers: Sequence[tuple[str, str]], say: Say) -> tuple[Aside, ...]:
    """What is said above the page when answers were understood from words; nothing where there are none."""
    told = named_answers(guide, answers, say)
    return (Aside("aside.understood", told),) if told else ()


def named_answers(guide: Guide, answers: Sequence[tuple[str, str]], say: Say) -> str:
    """What was answered, in a row."""
    asks = [(guide.ask(ask), choice) for ask, choice in answers]
    return "; ".join(
        _told(ask, choice, say)
        for ask, choice in asks
        if ask is not None and (choice == UNSURE or choice in ask.choices)
    )


def _told(ask: Ask, choice: str, say: Say) -> str:
    """The label of an answer, behind its question where it says nothing alone: "Chưa có"."""
    if choice == UNSURE:
        return say("asking.unsure")
    told = label(ask.choices[choice], say)
    if not _BARE.issuperset(fold(ask.choices[choice].label).split()):
        return told
    return f"{short(named(ask.text, ask.en, say))} – {told}"


def pressed_guide(event: Pressed | Said, talk: Talk, world: World) -> Move | None:
    """The move of a button that opens a guide or tells of a procedure known by name, if the event is one."""
    if isinstance(event, Pressed) and event.choice.startswith(NAMED):
        return Move(ByName(event.choice.removeprefix(NAMED)))
    if isinstance(event, Pressed) and event.choice.startswith(OPEN):
        guide = world.library.get(event.choice.removeprefix(OPEN))
        if guide is not None and guide.leads_on(world.today):
            return opened(guide, "choice", talk)
    return None


def pressed_found(
    event: Pressed | Said, about: tuple[Aspect, ...], taken: tuple[tuple[str, str, str], ...], talk: Talk, world: World
) -> Move | None:
    """As `pressed_guide`, with what the question wanted to know and told of that guide (guide, ask, choice)."""
    move = pressed_guide(event, talk, world)
    guide = world.library.get(move.to.guide) if move is not None and isinstance(move.to, AtGuide) else None
    if guide is None:
        return move
    answers = tuple((ask, choice) for id, ask, choice in taken if id == guide.id)
    asides = understood(guide, answers, world.texts[talk.language])
    return dataclasses.replace(opened(guide, "choice", talk, about, answers), asides=asides)


def chose_province(talk: Talk, province: Province, world: World) -> Move:
    """Remember the province; an ask about it, open now or answered before, is answered by it."""
    aside = Aside("aside.province", named(province.name, province.en, world.texts[talk.language]))
    guide = world.library.get(guide_of(talk.stage))
    choice = by_province(guide, province.id) if guide is not None else None
    nth = nth_of(talk.stage)
    begun = guide is not None and (talk.case(guide.id, nth) is not None or isinstance(talk.stage, Asking))
    if guide is not None and choice is not None and begun:
        answered, to = with_answer(talk.case(guide.id, nth) or new_list(guide, nth), guide, PROVINCE_ASK, choice)
        stays = not isinstance(talk.stage, Asking | Collecting | Summary)
        at = _after_province(talk.stage) if stays else to
        fact = Answered(guide.id, PROVINCE_ASK, choice)
        return Move(at, facts=(fact,), case=answered, asides=(aside,), province=province.id, back=False)
    back = not isinstance(talk.stage, InProvince)
    return Move(_after_province(talk.stage), asides=(aside,), province=province.id, back=back)


def _after_province(stage: Stage) -> Stage:
    if isinstance(stage, InProvince):
        return AtGuide(stage.guide, nth=stage.nth) if stage.guide else Home()
    return stage
