"""The phone is turned round: what whoever was helped thinks of it. Whatever they press, the next page is the same.

What was pressed is kept nowhere but in the fact: not in the talk, not on the way back, not on the next page.
"""

from __future__ import annotations

from typing import get_args

from flows.events import Pressed, Said
from flows.facts import HelpRated, Level
from flows.office.assist import Ticket
from flows.office.stages import HandedBack, OnTheirPhone, TurnedRound
from flows.replies import Choice, Heading, Line, Notice
from flows.state import Talk
from flows.turn import Move, Page, Shared, World

LEVELS: tuple[Level, ...] = get_args(Level)


def hear(at: TurnedRound, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A level, or none, or a code to do it on one's own phone."""
    if event == Pressed("skip", talk.turn):
        return Move(HandedBack(at.desk), back=False)
    if event == Pressed("own_phone", talk.turn):
        shared = Shared(world.code, world.today, Ticket(world.code, at.code, at.desk))
        return Move(OnTheirPhone(at.desk, world.code), shared=shared, back=False)
    for level in LEVELS:
        if event == Pressed(level, talk.turn):
            rated = HelpRated(at.code, at.desk, level)
            return Move(HandedBack(at.desk), apart=(rated,), back=False)
    return None


def show(at: TurnedRound, talk: Talk, world: World) -> Page:
    """The three words, large and plain."""
    say = world.texts[talk.language]
    levels = tuple(Choice(level, say(f"rating.{level}")) for level in LEVELS)
    own = (Choice("own_phone", say("assist.own_phone"), "more"),) if world.code else ()
    return Page(
        (Heading(say("assist.rate_title")), Line(say("assist.rate")), Notice(say("assist.hand_over"))),
        (*levels, Choice("skip", say("assist.skip"), "more"), *own),
        quiet=True,
    )
