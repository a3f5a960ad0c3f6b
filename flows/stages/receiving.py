"""Whether the result came on time; what was late or sent back is answered in words that fit."""

from __future__ import annotations

import dataclasses
from typing import get_args

from flows.events import Pressed, Said
from flows.facts import Fact, LetterSent, Outcome, Received
from flows.lists import case_of
from flows.office.letters import Propose
from flows.replies import Choice, Heading
from flows.state import Aside, Case, Collecting, LetterRead, Receiving, Stage, Talk, Thanks, WasSolved
from flows.telling.letters import called_for, letter_desk
from flows.turn import Move, Page, Reminders, World
from knowledge.guide import Guide

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


def hear(at: Receiving, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """How it came: then the question whether all was solved, or back to the papers that are asked for."""
    if not isinstance(event, Pressed):
        return None
    guide = world.guide(at.guide)
    case = case_of(talk, guide, at.nth)
    for outcome in OUTCOMES:
        if event.choice != outcome:
            continue
        facts: tuple[Fact, ...] = (Received(guide.id, outcome, at.nth),)
        if outcome == "more_papers":
            aside = Aside("aside.more_papers")
            return Move(Collecting(guide.id, at.nth), facts, case, (aside,), back=False)
        case = dataclasses.replace(case, received=True, remind=False)
        asides = (Aside("aside.was_late"),) if outcome == "late" else ()
        to = Thanks(guide.id, at.nth) if case.rated else WasSolved(guide.id, at.nth)
        move = Move(to, facts, case, asides, back=False, reminders=Reminders(case.id))
        return _with_letter(move, guide, outcome, case, world)
    return None


def _with_letter(move: Move, guide: Guide, outcome: Outcome, case: Case, world: World) -> Move:
    """The letter that the result calls for comes first where the desk sends it at once; else somebody reads it before.

    Whoever has had it for this list, since they said so twice, gets no second one.
    """
    desk = letter_desk(world)
    draft = None if desk is None or case.lettered else called_for(guide, outcome, desk[0].id)
    if desk is None or draft is None:
        return move
    case = dataclasses.replace(case, received=True, remind=False, lettered=True)
    if desk[1].go == "approved":
        return dataclasses.replace(move, case=case, deeds=(Propose(draft),))
    to: Stage = LetterRead(draft, world.today, case.nth)
    return dataclasses.replace(
        move, to=to, case=case, facts=(*move.facts, LetterSent(draft.desk, draft.letter, draft.guide)), asides=()
    )


def show(at: Receiving, talk: Talk, world: World) -> Page:
    """The question, four answers."""
    say = world.texts[talk.language]
    choices = tuple(Choice(outcome, say(f"receiving.{outcome}")) for outcome in OUTCOMES)
    return Page((Heading(say("receiving.title")),), choices)
