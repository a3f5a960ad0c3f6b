"""A quiz is made: at which desk, of how many cases, how long. All who take part get the same cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from flows.drilling import drills
from flows.events import Pressed, Said
from flows.office.people import may
from flows.office.practice import OpenQuiz
from flows.office.practice_stages import OpeningQuiz, Training
from flows.replies import Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.plain import short
from flows.telling.posts import desk_name
from flows.turn import Move, Page, World

CASES: Final = (5, 10, 20)
MINUTES: Final = (10, 15, 30, 60)


def hear(at: OpeningQuiz, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One answer after the other; with the last one the quiz begins."""
    if not isinstance(event, Pressed):
        return None
    asked, _, answer = event.choice.partition(":")
    desk = _desk(at, world)
    if asked == "desk" and answer in _desks(world):
        return Move(replace(at, desk=answer), back=False)
    if asked == "cases" and desk:
        return Move(replace(at, cases=int(answer)), back=False)
    if asked == "minutes" and desk and at.cases:
        made = drills(at.cases, f"{world.code}.{talk.turn}", world)
        if len(made) < at.cases:
            return Move(Training(), asides=(Aside("training.no_case"),), back=False)
        deed = OpenQuiz(desk, made, world.now + timedelta(minutes=int(answer)))
        return Move(Training(), deeds=(deed,), asides=(Aside("training.quiz_began"),), returns=True)
    return None


def _desks(world: World) -> tuple[str, ...]:
    return tuple(id for id in world.desks if may(world.me, "lead", id))


def _desk(at: OpeningQuiz, world: World) -> str:
    """The desk that was chosen, or the only one that I lead; else empty."""
    desks = _desks(world)
    return at.desk or (desks[0] if len(desks) == 1 else "")


def show(at: OpeningQuiz, talk: Talk, world: World) -> Page:
    """The question that is open."""
    say = world.texts[talk.language]
    heading = Heading(say("training.quiz_new"))
    if not _desk(at, world):
        choices = tuple(Choice(f"desk:{id}", short(desk_name(id, world))) for id in _desks(world))
        return Page((heading, Line(say("training.quiz_desk"))), choices)
    if not at.cases:
        choices = tuple(Choice(f"cases:{n}", say("training.quiz_n", n=n)) for n in CASES)
        return Page((heading, Line(say("training.quiz_cases"))), choices)
    choices = tuple(Choice(f"minutes:{n}", say("training.quiz_m", n=n)) for n in MINUTES)
    return Page((heading, Line(say("training.quiz_minutes"))), choices)
