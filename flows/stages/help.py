"""What the bot can do, what it keeps, and how to have that erased."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.facts import HelpWanted
from flows.replies import Bullets, Choice, Heading, Line, Notice
from flows.state import Forgetting, Help, Person, Talk
from flows.turn import Move, Page, World


def hear(at: Help, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A person, or erasure."""
    if event == Pressed("person", talk.turn):
        return Move(Person(), facts=(HelpWanted(""),))
    if event == Pressed("forget", talk.turn):
        return Move(Forgetting())
    return None


def show(at: Help, talk: Talk, world: World) -> Page:
    """Everything on one page."""
    say = world.texts[talk.language]
    return Page(
        (
            Heading(say("help.title")),
            Line(say("help.what")),
            Bullets((say("help.type"), say("help.ways"))),
            Line(say("help.kept")),
            Notice(say("help.decide")),
        ),
        (Choice("person", say("help.person"), "more"), Choice("forget", say("help.forget"), "more")),
        say("help.prompt"),
    )
