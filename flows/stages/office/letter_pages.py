"""Which module speaks for which page among the letters."""

from __future__ import annotations

from typing import assert_never

from flows.events import Pressed, Said
from flows.office.letter_stages import (
    LetterDraft,
    LettersAtDesk,
    LetterStage,
    LetterToPrint,
    RefusingLetter,
    WaitingLetter,
    WaitingLetters,
)
from flows.stages.office import (
    letter_draft,
    letter_to_print,
    letters_at_desk,
    refusing_letter,
    waiting_letter,
    waiting_letters,
)
from flows.state import Talk
from flows.turn import Move, Page, World


def hear(at: LetterStage, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """What the page makes of the event; None for "not mine"."""
    match at:
        case LettersAtDesk():
            return letters_at_desk.hear(at, talk, event, world)
        case LetterDraft():
            return letter_draft.hear(at, talk, event, world)
        case LetterToPrint():
            return letter_to_print.hear(at, talk, event, world)
        case WaitingLetters():
            return waiting_letters.hear(at, talk, event, world)
        case WaitingLetter():
            return waiting_letter.hear(at, talk, event, world)
        case RefusingLetter():
            return refusing_letter.hear(at, talk, event, world)
        case _:
            assert_never(at)


def show(at: LetterStage, talk: Talk, world: World) -> Page:
    """What a person sees there."""
    match at:
        case LettersAtDesk():
            return letters_at_desk.show(at, talk, world)
        case LetterDraft():
            return letter_draft.show(at, talk, world)
        case LetterToPrint():
            return letter_to_print.show(at, talk, world)
        case WaitingLetters():
            return waiting_letters.show(at, talk, world)
        case WaitingLetter():
            return waiting_letter.show(at, talk, world)
        case RefusingLetter():
            return refusing_letter.show(at, talk, world)
        case _:
            assert_never(at)
