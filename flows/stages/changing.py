"""The answers given so far, to change one and keep the others."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.lists import case_of
from flows.replies import Choice, Heading, Line
from flows.state import Asking, Changing, Collecting, Talk
from flows.telling.plain import label, named
from flows.turn import Move, Page, World
from knowledge.guide import Ask
from knowledge.tailor import UNSURE

CHANGE = "c:"


def hear(at: Changing, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The ask to answer again, or back to the list."""
    if event == Pressed("list", talk.turn):
        return Move(Collecting(at.guide, at.nth), back=False)
    if isinstance(event, Pressed) and event.choice.startswith(CHANGE):
        return Move(Asking(at.guide, event.choice.removeprefix(CHANGE), at.nth), back=False)
    return None


def show(at: Changing, talk: Talk, world: World) -> Page:
    """Each ask with its answer."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    answers = case_of(talk, guide, at.nth).answers

    def given(ask: Ask) -> str:
        answer = answers[ask.id]
        return say("asking.unsure") if answer == UNSURE else label(ask.choices[answer], say)

    choices = tuple(
        Choice(
            CHANGE + ask.id,
            say("changing.item", ask=named(ask.text, ask.en, say), label=given(ask)),
        )
        for ask in guide.asks
        if ask.id in answers
    )
    back = Choice("list", say("changing.back"), "main")
    return Page((Heading(say("changing.title")), Line(say("changing.body"))), (*choices, back))
