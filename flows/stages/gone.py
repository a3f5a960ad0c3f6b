"""The guide of the talk was withdrawn: said so, with ways on."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.replies import Choice, Heading, Line
from flows.state import Fields, Gone, Talk
from flows.turn import Move, Page, World


def hear(at: Gone, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The fields."""
    return Move(Fields()) if event == Pressed("fields", talk.turn) else None


def show(at: Gone, talk: Talk, world: World) -> Page:
    """Which guide it was, if known, and why nothing more is said of it."""
    say = world.texts[talk.language]
    body = say("gone.body", name=at.name) if at.name else say("gone.unnamed")
    return Page(
        (Heading(say("gone.title")), Line(body), Line(say("gone.do"))),
        (Choice("fields", say("not_known.fields"), "more"),),
        say("gone.prompt"),
    )
