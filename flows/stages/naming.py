"""What a list is called: a word for whom it is, of one's own or by button."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.lists import case_of, kept, named
from flows.replies import Choice, Heading, Line
from flows.state import Aside, Naming, Talk
from flows.telling.plain import list_name
from flows.tidying import cleaned
from flows.turn import Move, Page, World

USUAL = ("own", "mother", "father", "child")
"""Names offered as buttons."""


def hear(at: Naming, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A name; numbers of papers and telephones do not become part of one."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    case = case_of(talk, guide, at.nth)
    match event:
        case Pressed(choice="none"):
            return named(talk, case, "", guide)
        case Pressed(choice="keep"):
            return kept(talk, case, guide)
        case Pressed(choice=id) if id in USUAL:
            return named(talk, case, say(f"naming.{id}").lower(), guide)
        case Said(text=text):
            called = cleaned(text)
            if not called:
                return Move(at, asides=(Aside("aside.no_name"),), back=False)
            return named(talk, case, called, guide)
        case _:
            return None


def show(at: Naming, talk: Talk, world: World) -> Page:
    """Which list, how it is called now, and the usual names."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    case = case_of(talk, guide, at.nth)
    last = Choice("none", say("naming.none"), "more") if case.called else Choice("keep", say("naming.keep"), "more")
    return Page(
        (Heading(say("naming.title")), Line(list_name(guide, case, say)), Line(say("naming.body"))),
        (*(Choice(id, say(f"naming.{id}")) for id in USUAL), last),
        say("naming.prompt"),
    )
