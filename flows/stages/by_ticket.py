"""What somebody who was helped at a desk thinks of it, on their own phone: asked once for each ticket."""

from __future__ import annotations

from typing import get_args

from flows.events import Pressed, Said
from flows.facts import HelpRated, Level
from flows.office.assist import Rate
from flows.replies import Choice, Heading, Line
from flows.state import Aside, ByTicket, Home, Talk
from flows.turn import Move, Page, World

LEVELS: tuple[Level, ...] = get_args(Level)


def hear(at: ByTicket, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A level, or no answer; a ticket that is used up or over changes nothing."""
    if event == Pressed("skip", talk.turn):
        return Move(Home(), asides=(Aside("assist.not_rated"),))
    for level in LEVELS:
        if event == Pressed(level, talk.turn):
            if not world.office.assist.is_open(at.ticket):
                return Move(Home(), asides=(Aside("assist.used"),))
            rated = HelpRated(at.help, at.desk, level)
            thanks = (Aside("assist.rated"),)
            return Move(Home(), apart=(rated,), deeds=(Rate(at.ticket),), asides=thanks)
    return None


def show(at: ByTicket, talk: Talk, world: World) -> Page:
    """The three words."""
    say = world.texts[talk.language]
    levels = tuple(Choice(level, say(f"rating.{level}")) for level in LEVELS)
    skip = Choice("skip", say("assist.skip"), "more")
    return Page((Heading(say("assist.rate_title")), Line(say("assist.rate"))), (*levels, skip))
