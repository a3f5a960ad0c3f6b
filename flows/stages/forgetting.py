"""Really erase everything that is kept?"""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.replies import Choice, Heading, Line
from flows.state import Aside, Forgetting, Home, Talk
from flows.turn import Move, Page, World


def hear(at: Forgetting, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Erase, or keep and go on where the talk was."""
    if event == Pressed("yes", talk.turn):
        return Move(Home(), asides=(Aside("aside.forgotten"),), forget=True)
    if event == Pressed("no", talk.turn):
        return Move(talk.past[-1] if talk.past else Home(), back=False, returns=bool(talk.past))
    return None


def show(at: Forgetting, talk: Talk, world: World) -> Page:
    """What will be gone."""
    say = world.texts[talk.language]
    return Page(
        (Heading(say("forgetting.title")), Line(say("forgetting.body"))),
        (Choice("yes", say("forgetting.yes")), Choice("no", say("forgetting.no"))),
    )
