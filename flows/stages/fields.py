"""The list of fields."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.replies import Choice, Heading, Line
from flows.state import Fields, InField, Talk
from flows.turn import Move, Page, World

FIELD = "f:"


def hear(at: Fields, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A field."""
    if isinstance(event, Pressed) and event.choice.startswith(FIELD):
        return Move(InField(event.choice.removeprefix(FIELD)))
    return None


def show(at: Fields, talk: Talk, world: World) -> Page:
    """The fields that have a guide, in the library's order."""
    say = world.texts[talk.language]
    filled = [field for field in world.library.fields if world.library.in_field(field.id, world.today)]
    return Page(
        (Heading(say("fields.title")), Line(say("fields.ask"))),
        tuple(
            Choice(FIELD + field.id, field.en if talk.language == "en" and field.en else field.name) for field in filled
        ),
        say("fields.prompt"),
    )
