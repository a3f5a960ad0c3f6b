"""The letters that wait for this desk lead, the oldest first."""

from __future__ import annotations

from typing import Final

from flows.events import Pressed, Said
from flows.office.letter_stages import WaitingLetter, WaitingLetters
from flows.office.letters import Letter
from flows.replies import Block, Choice, Heading, Line
from flows.state import Talk
from flows.telling.letters import occasion
from flows.telling.plain import short
from flows.texts import Say
from flows.turn import VIETNAM, Move, Page, World

LETTER: Final = "w:"
SHOWN: Final = 8
WIDE: Final = 60
"""Characters of a button."""


def hear(at: WaitingLetters, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One of them."""
    if isinstance(event, Pressed) and event.choice.startswith(LETTER):
        return Move(WaitingLetter(event.choice.removeprefix(LETTER)))
    return None


def show(at: WaitingLetters, talk: Talk, world: World) -> Page:
    """A button for each, as many as a phone shows."""
    say = world.texts[talk.language]
    waiting = world.office.letters.waiting()
    blocks: list[Block] = [Heading(say("letters.waiting"))]
    if not waiting:
        blocks.append(Line(say("letters.waiting_none")))
    if len(waiting) > SHOWN:
        blocks.append(Line(say("letters.waiting_more", n=len(waiting) - SHOWN)))
    choices = (Choice(LETTER + one.id, _line(one, world, say)) for one in waiting[:SHOWN])
    return Page(tuple(blocks), tuple(choices))


def _line(letter: Letter, world: World, say: Say) -> str:
    when = letter.asked.astimezone(VIETNAM)
    by = letter.by or say("letters.waiting_by_citizen")
    room = WIDE - len(by) - len(f", {when:%H:%M}, ")
    return say(
        "letters.waiting_one", when=f"{when:%H:%M}", letter=short(occasion(letter.draft, world, say), room), by=by
    )
