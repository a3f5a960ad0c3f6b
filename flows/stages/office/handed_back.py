"""The phone comes back, and the next one is called."""

from __future__ import annotations

from flows import helping
from flows.codes import PAYLOAD
from flows.events import Pressed, Said
from flows.office.letter_stages import LettersAtDesk
from flows.office.stages import AtOffice, HandedBack, OnTheirPhone
from flows.replies import Block, Choice, Heading, Line, Sheet
from flows.state import Talk
from flows.turn import Move, Page, World


def hear(at: HandedBack | OnTheirPhone, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The next one, or the office."""
    if event == Pressed("next", talk.turn):
        return helping.next_person(talk, world)
    if event == Pressed("letters", talk.turn):
        return Move(LettersAtDesk(at.desk), back=False)
    return Move(AtOffice(), back=False) if event == Pressed("office", talk.turn) else None


def show(at: HandedBack | OnTheirPhone, talk: Talk, world: World) -> Page:
    """Thanks to the person, or the code for their own phone; then what the volunteer does next."""
    say = world.texts[talk.language]
    blocks: tuple[Block, ...] = (Heading(say("assist.thanks")), Line(say("assist.hand_back")))
    if isinstance(at, OnTheirPhone):
        text = say("assist.own_phone_how", code=at.ticket)
        title = say("assist.own_phone_title")
        blocks = (Heading(title), Sheet(title, at.ticket, PAYLOAD + at.ticket, text, ""))
    desk = world.desks.get(at.desk)
    choices = [Choice("next", say("assist.go_on"), "main"), Choice("office", say("assist.office"), "more")]
    if desk is not None and desk.letters is not None:
        choices.append(Choice("letters", say("letters.for_them"), "more"))
    return Page(blocks, tuple(choices), quiet=True)
