"""On which day the file was handed in, since the result is due so many working days after it."""

from __future__ import annotations

from datetime import timedelta

from flows.days import Handed, day_in, late_in, names_a_day
from flows.events import Pressed, Said
from flows.lists import case_of, handed
from flows.replies import Choice, Heading, Line
from flows.state import Aside, HandingIn, Talk
from flows.telling.plain import list_name
from flows.turn import Move, Page, World


def hear(at: HandingIn, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A day, by button or in words; one that cannot be is told so."""
    guide = world.guide(at.guide)
    match event:
        case Pressed(choice="today"):
            told: Handed | None = Handed(world.today, late=False)
        case Pressed(choice="today_late"):
            told = Handed(world.today, late=True)
        case Pressed(choice="yesterday"):
            told = Handed(world.today - timedelta(days=1))
        case Said(text=text):
            day = day_in(text, world.today)
            if day is None and names_a_day(text):
                return Move(at, asides=(Aside("aside.no_such_day"),), back=False)
            told = None if day is None else Handed(day, late_in(text))
        case _:
            told = None
    return None if told is None else handed(talk, guide, at.nth, told)


def show(at: HandingIn, talk: Talk, world: World) -> Page:
    """The question, the usual days as buttons, any other typed."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    return Page(
        (
            Heading(say("handing_in.title")),
            Line(list_name(guide, case_of(talk, guide, at.nth), say)),
            Line(say("handing_in.late")),
        ),
        tuple(Choice(id, say(f"handing_in.{id}")) for id in ("today", "today_late", "yesterday")),
        say("handing_in.prompt"),
    )
