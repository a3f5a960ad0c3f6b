"""A letter that goes: on the page and as a PDF, to be printed and signed."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.letter_stages import LetterToPrint
from flows.office.stages import AtOffice
from flows.replies import Choice, Line
from flows.state import Talk
from flows.telling.letters import letter_of
from flows.turn import Move, Page, World


def hear(at: LetterToPrint, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Back to the desk."""
    return Move(AtOffice()) if event == Pressed("done", talk.turn) else None


def show(at: LetterToPrint, talk: Talk, world: World) -> Page:
    """The letter, and that it is to be signed."""
    say = world.texts[talk.language]
    letter = letter_of(at.draft, at.day, world, say)
    done = Choice("done", say("letters.done"), "main")
    if letter is None:
        return Page((Line(say("letters.desk_off")),), (done,))
    return Page((Line(say("letters.printed")), letter), (done,))
