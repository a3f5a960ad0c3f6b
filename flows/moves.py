"""The moves that several stages make: open a guide, go on with a person's list."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal

from flows.days import Handed
from flows.events import Pressed, Said
from flows.facts import Answered, HandedIn, Opened
from flows.facts import Carried as CarriedFact
from flows.replies import Choice
from flows.state import (
    Aside,
    Asking,
    Aspect,
    AtGuide,
    Awaiting,
    ByName,
    Carried,
    Case,
    Collecting,
    Elsewhere,
    HandingIn,
    Home,
    InProvince,
    Stage,
    Summary,
    TakingAlong,
    Talk,
    guide_of,
)
from flows.telling.due import latest
from flows.telling.plain import label, named, short
from flows.texts import Say
from flows.turn import Move, Reminders, Shared, World
from knowledge.guide import Ask, Guide, Pointer
from knowledge.province import Province
from knowledge.tailor import PROVINCE_ASK, UNSURE, by_province, diverted, next_ask
from knowledge.vietnamese import fold

OPEN = "g:"
"""A choice whose id begins so opens the guide named behind it."""

NAMED = "n:"
"""A choice whose id begins so tells of the procedure of that code, which has no guide."""

_BARE: Final = frozenset("co khong chua da roi duoc can phai dung".split())
"""Words of labels that say nothing without their question."""

CODE_LASTS: Final = timedelta(days=30)


def open_choice(guide: Guide) -> Choice:
    """The button that opens a guide."""
    return Choice(OPEN + guide.id, short(guide.title))


def found_choice(found: str, world: World) -> Choice | None:
    """The button for what a search found: a guide by its id, or a code known by name; None if it is gone meanwhile."""
    guide = world.library.get(found)
    if guide is not None:
        return open_choice(guide) if guide.leads_on(world.today) else None
    name = world.library.name_only(found)
    return Choice(NAMED + found, short(name)) if name is not None else None


def successor_choice(pointer: Pointer, world: World) -> Choice:
    """The button for what took the place of a procedure: its guide, or what is known of it by name."""
    guide = world.library.by_code(pointer.code)
    if guide is not None and guide.visible(world.today):
        return open_choice(guide)
    return Choice(NAMED + pointer.code, short(pointer.name))


def opened(
    guide: Guide,
    by: Literal["words", "choice", "link"],
    about: tuple[Aspect, ...] = (),
    taken: tuple[tuple[str, str], ...] = (),
    also: str = "",
) -> Move:
    """Go to the guide's page, what was asked about told first, and remember that it was opened.

    `taken` holds the answers that the question told already, `also` the second guide it asked for.
    """
    facts = (Opened(guide.id, guide.edition, by),)
    meant = tuple(f"{ask}={choice}" for ask, choice in taken)
    return Move(AtGuide(guide.id, about, taken, also), facts=facts, meant=meant)


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


def begun(talk: Talk, guide: Guide, taken: Sequence[tuple[str, str]]) -> Move:
    """Begin the list or go on with it, the answers that the question told already taken as given."""
    case = case_of(talk, guide)
    given = {ask: choice for ask, choice in taken if (known := guide.ask(ask)) is not None and choice in known.choices}
    case = dataclasses.replace(case, answers={**case.answers, **given})
    to = onward(case, guide) if diverted(guide, given) is None else Elsewhere(guide.id)
    return Move(to, facts=tuple(Answered(guide.id, ask, choice) for ask, choice in given.items()), case=case)


def pressed_guide(event: Pressed | Said, world: World) -> Move | None:
    """The move of a button that opens a guide or tells of a procedure known by name, if the event is one."""
    if isinstance(event, Pressed) and event.choice.startswith(NAMED):
        return Move(ByName(event.choice.removeprefix(NAMED)))
    if isinstance(event, Pressed) and event.choice.startswith(OPEN):
        guide = world.library.get(event.choice.removeprefix(OPEN))
        if guide is not None and guide.leads_on(world.today):
            return opened(guide, "choice")
    return None


def pressed_found(
    event: Pressed | Said, about: tuple[Aspect, ...], taken: tuple[tuple[str, str, str], ...], talk: Talk, world: World
) -> Move | None:
    """As `pressed_guide`, with what the question wanted to know and told of that guide (guide, ask, choice)."""
    move = pressed_guide(event, world)
    guide = world.library.get(move.to.guide) if move is not None and isinstance(move.to, AtGuide) else None
    if guide is None:
        return move
    answers = tuple((ask, choice) for id, ask, choice in taken if id == guide.id)
    asides = understood(guide, answers, world.texts[talk.language])
    return dataclasses.replace(opened(guide, "choice", about, answers), asides=asides)


def chose_province(talk: Talk, province: Province, world: World) -> Move:
    """Remember the province; an ask about it, open now or answered before, is answered by it."""
    aside = Aside("aside.province", province.name)
    guide = world.library.get(guide_of(talk.stage))
    choice = by_province(guide, province.id) if guide is not None else None
    case = talk.case(guide.id) if guide is not None else None
    if guide is not None and choice is not None and (case is not None or isinstance(talk.stage, Asking)):
        answered, to = with_answer(case or Case(guide.id, guide.edition, guide.title), guide, PROVINCE_ASK, choice)
        stays = not isinstance(talk.stage, Asking | Collecting | Summary)
        at = _after_province(talk.stage) if stays else to
        fact = Answered(guide.id, PROVINCE_ASK, choice)
        return Move(at, facts=(fact,), case=answered, asides=(aside,), province=province.id, back=False)
    back = not isinstance(talk.stage, InProvince)
    return Move(_after_province(talk.stage), asides=(aside,), province=province.id, back=back)


def _after_province(stage: Stage) -> Stage:
    if isinstance(stage, InProvince):
        return AtGuide(stage.guide) if stage.guide else Home()
    return stage


def case_of(talk: Talk, guide: Guide) -> Case:
    """What the person answered and ticked for that guide, or a new list; the province is not asked a second time."""
    case = talk.case(guide.id) or Case(guide.id, guide.edition, guide.title)
    choice = by_province(guide, talk.province)
    if choice is None or PROVINCE_ASK in case.answers:
        return case
    return dataclasses.replace(case, answers={PROVINCE_ASK: choice, **case.answers})


def handed(talk: Talk, guide: Guide, told: Handed) -> Move:
    """Remember when the file was handed in, and show by when the result is due."""
    case = dataclasses.replace(
        case_of(talk, guide), handed_in=told.day, late=bool(told.late), received=False, remind=False
    )
    due = latest(guide, case)
    back = not isinstance(talk.stage, HandingIn)
    facts = (HandedIn(guide.id, told.day, due),)
    return Move(Awaiting(guide.id), facts, case, back=back, reminders=Reminders(guide.id))


def share(talk: Talk, guide: Guide, world: World) -> Move:
    """Take the list along under a fresh code, which opens it elsewhere for a month."""
    carried = Carried(case_of(talk, guide), talk.province)
    until = world.today + CODE_LASTS
    shared = Shared(world.code, until, carried) if world.code else None
    facts = (CarriedFact(guide.id, "out"),) if shared else ()
    return Move(TakingAlong(guide.id, world.code, until), facts, carried.case, shared=shared)


def received(carried: Carried, world: World) -> Move | None:
    """Go on with the list that a code brought; None when its guide is gone meanwhile."""
    guide = world.library.local(carried.case.guide, carried.province)
    if guide is None or not guide.visible(world.today):
        return None
    return Move(
        Awaiting(guide.id) if carried.case.handed_in and not carried.case.received else onward(carried.case, guide),
        facts=(CarriedFact(guide.id, "in"),),
        case=carried.case,
        asides=(Aside("aside.carried", guide.title),),
        province=carried.province or None,
    )


def onward(case: Case, guide: Guide) -> Asking | Collecting:
    """The next ask, or the list of papers when nothing is left to ask."""
    ask = next_ask(guide, case.answers)
    return Collecting(guide.id) if ask is None else Asking(guide.id, ask.id)


def with_answer(case: Case, guide: Guide, ask: str, choice: str) -> tuple[Case, Asking | Collecting | Elsewhere]:
    """The list with one more or another answer, and where that leads."""
    answered = dataclasses.replace(case, answers={**case.answers, ask: choice})
    if diverted(guide, {ask: choice}) is not None:
        return answered, Elsewhere(guide.id)
    return answered, onward(answered, guide)
