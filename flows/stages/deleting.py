"""Whether a list is really to go, with all that was answered and ticked on it."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.lists import case_of, deleted, kept
from flows.replies import Choice, Heading, Line
from flows.state import Deleting, Talk
from flows.telling.plain import list_name
from flows.turn import Move, Page, World


def hear(at: Deleting, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Delete it, or leave it."""
    guide = world.guide(at.guide)
    case = case_of(talk, guide, at.nth)
    if event == Pressed("yes", talk.turn):
        return deleted(case, guide, world.texts[talk.language])
    return kept(talk, case, guide) if event == Pressed("no", talk.turn) else None


def show(at: Deleting, talk: Talk, world: World) -> Page:
    """Which list, and what goes with it."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    title = say("deleting.title", name=list_name(guide, case_of(talk, guide, at.nth), say))
    return Page(
        (Heading(title), Line(say("deleting.body"))),
        (Choice("yes", say("deleting.yes")), Choice("no", say("deleting.no"))),
    )
