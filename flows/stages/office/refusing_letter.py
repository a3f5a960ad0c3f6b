"""Why a letter is not sent: one of the usual reasons, or words."""

from __future__ import annotations

from typing import Final

from flows.events import Pressed, Said
from flows.office.letter_stages import RefusingLetter, WaitingLetters
from flows.office.letters import Refuse
from flows.replies import Choice, Heading, Notice
from flows.state import Aside, Talk
from flows.turn import Move, Page, World

REASONS: Final = ("twice", "wrong", "not_found")


def hear(at: RefusingLetter, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The reason; the store masks what names a person in it."""
    letter = world.office.letters.letter(at.id)
    if letter is None or letter.state != "waiting":
        return Move(WaitingLetters(), asides=(Aside("letters.decided"),), back=False)
    match event:
        case Said(text=text):
            reason = text
        case Pressed(choice=choice) if choice in REASONS:
            reason = world.texts[talk.language](f"letter_reasons.{choice}")
        case _:
            return None
    asides = (Aside("letters.refused"),)
    return Move(WaitingLetters(), deeds=(Refuse(at.id, reason),), asides=asides, back=False)


def show(at: RefusingLetter, talk: Talk, world: World) -> Page:
    """The usual reasons; any other is typed."""
    say = world.texts[talk.language]
    return Page(
        (Heading(say("letters.why")), Notice(say("letters.why_note"))),
        tuple(Choice(reason, say(f"letter_reasons.{reason}")) for reason in REASONS),
        say("letters.why_prompt"),
    )
