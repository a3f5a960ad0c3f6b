"""Whether whoever helps may see the talk so far: exactly what of it, and one tap."""

from __future__ import annotations

from flows.agreed import shown_of
from flows.events import Pressed, Said
from flows.office.request_stages import Agreeing
from flows.replies import Choice, Heading, Line, Notice
from flows.requesting import asks
from flows.state import Talk
from flows.turn import Move, Page, World


def hear(at: Agreeing, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Either way the wait begins."""
    if isinstance(event, Pressed) and event.choice in {"yes", "no"}:
        return asks(at.about, talk, world, shown=event.choice == "yes")
    return None


def show(at: Agreeing, talk: Talk, world: World) -> Page:
    """What would be shown, and what never is."""
    say = world.texts[talk.language]
    case = talk.case(at.about, talk.latest(at.about))
    shown = shown_of(at.about, case, talk.province, world.office.requests.last_question(), world, say)
    return Page(
        (
            Heading(say("requests.agree_title")),
            Line(say("requests.agree_body")),
            *shown,
            Notice(say("requests.never")),
        ),
        (Choice("yes", say("requests.yes"), "main"), Choice("no", say("requests.no"), "main")),
    )
