"""Whether the result came on time; what was late or sent back is answered in words that fit."""

from __future__ import annotations

import dataclasses
from typing import get_args

from flows.events import Pressed, Said
from flows.facts import Outcome, Received
from flows.lists import case_of
from flows.replies import Choice, Heading
from flows.state import Aside, Collecting, Receiving, Talk, Thanks, WasSolved
from flows.turn import Move, Page, Reminders, World

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
        facts = (Received(guide.id, outcome, at.nth),)
        if outcome == "more_papers":
            aside = Aside("aside.more_papers")
            return Move(Collecting(guide.id, at.nth), facts, case, (aside,), back=False)
        case = dataclasses.replace(case, received=True, remind=False)
        asides = (Aside("aside.was_late"),) if outcome == "late" else ()
        to = Thanks(guide.id, at.nth) if case.rated else WasSolved(guide.id, at.nth)
        return Move(to, facts, case, asides, back=False, reminders=Reminders(case.id))
    return None


def show(at: Receiving, talk: Talk, world: World) -> Page:
    """The question, four answers."""
    say = world.texts[talk.language]
    choices = tuple(Choice(outcome, say(f"receiving.{outcome}")) for outcome in OUTCOMES)
    return Page((Heading(say("receiving.title")),), choices)
