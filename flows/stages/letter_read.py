"""A letter that came to a citizen: to be read, and taken along as a PDF."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.replies import Choice, Heading, Line
from flows.state import Home, LetterRead, Talk, Thanks, WasSolved
from flows.telling.letters import letter_of
from flows.turn import Move, Page, World


def hear(at: LetterRead, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """On to the question whether all was solved, where it was not answered yet; else to the beginning."""
    if event != Pressed("go_on", talk.turn):
        return None
    case = talk.case(at.draft.guide, at.nth)
    if case is None or not case.received:
        return Move(Home())
    return Move(Thanks(case.guide, case.nth) if case.rated else WasSolved(case.guide, case.nth), back=False)


def show(at: LetterRead, talk: Talk, world: World) -> Page:
    """The letter alone; that it goes out no more, where the desk is gone meanwhile."""
    say = world.texts[talk.language]
    letter = letter_of(at.draft, at.day, world, say)
    go_on = Choice("go_on", say("letters.go_on"), "main")
    if letter is None:
        return Page((Heading(say("letters.open")), Line(say("letters.none_came"))), (go_on,))
    return Page((letter,), (go_on,))
