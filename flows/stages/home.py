"""The greeting: says that it is a machine, what it can do, and offers the most asked guides."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.moves import open_choice, pressed_guide
from flows.replies import Choice, Heading, Line, Notice
from flows.state import Fields, Home, LifeEvents, MyLists, Talk
from flows.turn import Move, Page, World

OFFERED = 6


def hear(at: Home, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A guide or the fields."""
    if event == Pressed("fields", talk.turn):
        return Move(Fields())
    if event == Pressed("mine", talk.turn):
        return Move(MyLists())
    if event == Pressed("events", talk.turn):
        return Move(LifeEvents())
    return pressed_guide(event, talk, world)


def show(at: Home, talk: Talk, world: World) -> Page:
    """Who speaks, how to ask, what not to type."""
    say = world.texts[talk.language]
    asked = world.library.most_asked_cards(world.today)[:OFFERED]
    ways = (Choice("events", say("home.events"), "more"), Choice("fields", say("home.fields"), "more"))
    mine = (Choice("mine", say("home.mine"), "main"),) if talk.cases else ()
    return Page(
        (Heading(say("home.title")), Line(say("home.hello")), Line(say("home.how")), Notice(say("home.privacy"))),
        (*mine, *(open_choice(card, say) for card in asked), *ways),
        say("home.prompt"),
    )
