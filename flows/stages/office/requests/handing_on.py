"""To which colleague a volunteer gives somebody: those who are at a desk and have nobody."""

from __future__ import annotations

from typing import Final

from flows.events import Pressed, Said
from flows.office.request_stages import HandingOn, Queue, Serving
from flows.office.requests import HandOn
from flows.replies import Choice, Heading, Line
from flows.state import Aside, Talk
from flows.turn import Move, Page, World

TO: Final = "to-"

SHOWN: Final = 8
"""Colleagues to choose from at most."""


def hear(at: HandingOn, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The colleague, if they are still free; or back to the citizen."""
    if not isinstance(event, Pressed):
        return None
    if event.choice == "keep":
        return Move(Serving(at.request), back=False)
    id = event.choice.removeprefix(TO)
    colleague = next((one for one in world.office.requests.colleagues(at.request) if one.id == id), None)
    if colleague is None:
        return Move(at, back=False, asides=(Aside("requests.not_free"),))
    aside = Aside("requests.handed_on", colleague.called)
    return Move(Queue(), back=False, deeds=(HandOn(at.request, colleague.id),), asides=(aside,))


def show(at: HandingOn, talk: Talk, world: World) -> Page:
    """Their names; nobody free is said so."""
    say = world.texts[talk.language]
    free = world.office.requests.colleagues(at.request)[:SHOWN]
    return Page(
        (Heading(say("requests.hand_on_title")), *(() if free else (Line(say("requests.nobody_free")),))),
        (*(Choice(TO + one.id, one.called) for one in free), Choice("keep", say("requests.keep"), "more")),
    )
