"""The list of life events."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.replies import Choice, Heading, Line
from flows.state import InLifeEvent, LifeEvents, Talk
from flows.telling.plain import named
from flows.turn import Move, Page, World

EVENT = "e:"


def hear(at: LifeEvents, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A life event."""
    if isinstance(event, Pressed) and event.choice.startswith(EVENT):
        return Move(InLifeEvent(event.choice.removeprefix(EVENT)))
    return None


def show(at: LifeEvents, talk: Talk, world: World) -> Page:
    """The life events, as the library orders them."""
    say = world.texts[talk.language]
    choices = tuple(Choice(EVENT + event.id, named(event.name, event.en, say)) for event in world.library.events)
    return Page((Heading(say("life_events.title")), Line(say("life_events.ask"))), choices, say("fields.prompt"))
