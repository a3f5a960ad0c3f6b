"""The moves of one list: begun, gone on with, answered, handed in, taken along and received, named, deleted."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from flows.days import Handed
from flows.facts import Answered, HandedIn
from flows.facts import Carried as CarriedFact
from flows.office.assist import Ticket
from flows.state import (
    Aside,
    Asking,
    Awaiting,
    ByTicket,
    Carried,
    Case,
    Collecting,
    Elsewhere,
    HandingIn,
    MyLists,
    Naming,
    Stage,
    TakingAlong,
    Talk,
)
from flows.telling.due import latest
from flows.telling.plain import list_name, title
from flows.texts import Say
from flows.turn import Move, Reminders, Shared, Stay, World
from knowledge.guide import Guide
from knowledge.tailor import PROVINCE_ASK, by_province, diverted, next_ask

LIST = "l:"
"""A choice whose id begins so goes on with the list named behind it."""

CODE_LASTS: Final = timedelta(days=30)


def new_list(guide: Guide, nth: int, called: str = "") -> Case:
    """A list with nothing in it."""
    return Case(guide.id, guide.edition, guide.title, nth=nth, called=called)


def unused(talk: Talk, guide: Guide) -> int:
    """A number that no list of that guide has."""
    return 1 + max((case.nth for case in talk.lists_of(guide.id)), default=0)


def case_of(talk: Talk, guide: Guide, nth: int) -> Case:
    """What the person answered and ticked on that list, or a new list; the province is not asked a second time."""
    return _in_province(talk.case(guide.id, nth) or new_list(guide, nth), guide, talk)


def _in_province(case: Case, guide: Guide, talk: Talk) -> Case:
    choice = by_province(guide, talk.province)
    if choice is None or PROVINCE_ASK in case.answers:
        return case
    return dataclasses.replace(case, answers={PROVINCE_ASK: choice, **case.answers})


def begun(talk: Talk, guide: Guide, nth: int, taken: Sequence[tuple[str, str]]) -> Move:
    """Begin the list or go on with it, the answers that the question told already taken as given."""
    case = case_of(talk, guide, nth)
    given = {ask: choice for ask, choice in taken if (known := guide.ask(ask)) is not None and choice in known.choices}
    case = dataclasses.replace(case, answers={**case.answers, **given})
    to = onward(case, guide) if diverted(guide, given) is None else Elsewhere(guide.id, nth)
    return Move(to, facts=tuple(Answered(guide.id, ask, choice) for ask, choice in given.items()), case=case)


def another(talk: Talk, guide: Guide, say: Say, called: str = "") -> Move:
    """Begin one more list of a guide, for somebody else."""
    case = _in_province(new_list(guide, unused(talk, guide), called), guide, talk)
    return Move(onward(case, guide), case=case, asides=(Aside("aside.another_list", called or title(guide, say)),))


def onward(case: Case, guide: Guide) -> Asking | Collecting:
    """The next ask, or the list of papers when nothing is left to ask."""
    ask = next_ask(guide, case.answers)
    return Collecting(guide.id, case.nth) if ask is None else Asking(guide.id, ask.id, case.nth)


def resumed(case: Case, guide: Guide) -> Stage:
    """Where a list goes on: waiting for its result, or preparing."""
    return Awaiting(guide.id, nth=case.nth) if case.handed_in and not case.received else onward(case, guide)


def with_answer(case: Case, guide: Guide, ask: str, choice: str) -> tuple[Case, Asking | Collecting | Elsewhere]:
    """The list with one more or another answer, and where that leads."""
    answered = dataclasses.replace(case, answers={**case.answers, ask: choice})
    if diverted(guide, {ask: choice}) is not None:
        return answered, Elsewhere(guide.id, case.nth)
    return answered, onward(answered, guide)


def handed(talk: Talk, guide: Guide, nth: int, told: Handed) -> Move:
    """Remember when the file of the list was handed in, and show by when the result is due."""
    case = dataclasses.replace(
        case_of(talk, guide, nth), handed_in=told.day, late=bool(told.late), received=False, remind=False
    )
    facts = (HandedIn(guide.id, told.day, latest(guide, case), nth),)
    back = not isinstance(talk.stage, HandingIn)
    return Move(Awaiting(guide.id, nth=nth), facts, case, back=back, reminders=Reminders(case.id))


def share(talk: Talk, guide: Guide, nth: int, world: World) -> Move:
    """Take the list along under a fresh code, which opens it elsewhere for a month."""
    carried = Carried(case_of(talk, guide, nth), talk.province)
    until = world.today + CODE_LASTS
    shared = Shared(world.code, until, carried) if world.code else None
    facts = (CarriedFact(guide.id, "out"),) if shared else ()
    return Move(TakingAlong(guide.id, world.code, until, nth), facts, carried.case, shared=shared)


def received(talk: Talk, carried: Carried, world: World) -> Move | None:
    """Go on with the list that a code brought; None when its guide is gone meanwhile.

    A list of that name with those answers is the same one, and papers ticked on either are there; any other list of
    the guide stays beside it.
    """
    guide = world.library.local(carried.case.guide, carried.province)
    if guide is None or not guide.visible(world.today):
        return None
    same = next((case for case in talk.lists_of(guide.id) if _same(case, carried.case)), None)
    nth = same.nth if same is not None else unused(talk, guide)
    case = dataclasses.replace(carried.case, nth=nth, remind=same is not None and same.remind)
    if same is not None:
        have = tuple(dict.fromkeys((*case.have, *same.have)))
        case = dataclasses.replace(same, have=have) if same.handed_in else dataclasses.replace(case, have=have)
    return Move(
        resumed(case, guide),
        facts=(CarriedFact(guide.id, "in"),),
        case=case,
        asides=(Aside("aside.carried", title(guide, world.texts[talk.language])),),
        province=carried.province or None,
    )


def by_code(talk: Talk, world: World) -> Move | Stay:
    """A code was typed or followed: go on with its list, or say that there is none, or that none is looked up now."""
    if world.guessed_much:
        return Stay((Aside("aside.too_many_codes"),))
    if isinstance(world.carried, Ticket):
        return Move(ByTicket(world.carried.code, world.carried.help, world.carried.desk))
    move = received(talk, world.carried, world) if world.carried is not None else None
    return Stay((Aside("aside.unknown_code"),)) if move is None else move


def reminded(talk: Talk, id: str, world: World) -> Move | None:
    """A reminder is due: show the day, unless the result has come meanwhile or the list or its guide is gone."""
    case = talk.list(id)
    guide = world.library.local(case.guide, talk.province) if case is not None else None
    if case is None or not case.remind or guide is None or not guide.visible(world.today):
        return None
    due = latest(guide, case)
    text = "aside.due_today" if due is not None and due <= world.today else "aside.due_tomorrow"
    name = list_name(guide, case, world.texts[talk.language])
    return Move(Awaiting(guide.id, nth=case.nth), asides=(Aside(text, name),))


def _same(mine: Case, other: Case) -> bool:
    return (mine.called, dict(mine.answers)) == (other.called, dict(other.answers))


def named(talk: Talk, case: Case, called: str, guide: Guide) -> Move:
    """The list by another name, or none; the talk goes on where it was."""
    aside = Aside("aside.named", called) if called else Aside("aside.unnamed")
    case = dataclasses.replace(case, called=called)
    to, returns = _before(talk, case, guide) if isinstance(talk.stage, Naming) else (talk.stage, False)
    return Move(to, case=case, asides=(aside,), back=False, returns=returns)


def kept(talk: Talk, case: Case, guide: Guide) -> Move:
    """The list is neither named nor deleted after all: back to where the talk was."""
    to, returns = _before(talk, case, guide)
    return Move(to, back=False, returns=returns)


def deleted(case: Case, guide: Guide, say: Say) -> Move:
    """The list is gone, and with it what would have reminded of it."""
    asides = (Aside("aside.list_deleted", list_name(guide, case, say)),)
    return Move(MyLists(), asides=asides, back=False, reminders=Reminders(case.id), deleted=case.id)


def _before(talk: Talk, case: Case, guide: Guide) -> tuple[Stage, bool]:
    """The page before this one, and whether the way back has it."""
    return (talk.past[-1], True) if talk.past else (resumed(case, guide), False)
