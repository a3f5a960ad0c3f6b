"""A procedure known by name only: its official name and code, and where to ask, instead of a neighbour's guide."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.facts import HelpWanted
from flows.replies import Choice, Heading, Line, Notice
from flows.state import ByName, Fields, Person, Talk
from flows.telling.plain import named
from flows.turn import Move, Page, World


def hear(at: ByName, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The fields, or a person."""
    if event == Pressed("fields", talk.turn):
        return Move(Fields())
    if event == Pressed("person", talk.turn):
        return Move(Person(), facts=(HelpWanted(""),))
    return None


def show(at: ByName, talk: Talk, world: World) -> Page:
    """The name to ask for at the desk; a code that nobody knows any more is shown as it is."""
    say = world.texts[talk.language]
    name = world.library.name_only(at.code) or at.code
    return Page(
        (
            Heading(named(name, "", say)),
            Line(say("by_name.body", code=at.code)),
            Line(say("by_name.do")),
            Notice(say("by_name.online"), "source"),
        ),
        (
            Choice("person", say("not_known.person"), "more"),
            Choice("fields", say("not_known.fields"), "more"),
        ),
        say("not_known.prompt"),
    )
