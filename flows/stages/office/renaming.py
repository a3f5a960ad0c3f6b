"""How the team calls a colleague from now on: typed, and told apart from everybody they would meet."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.people import CallBy, Colleague, cleaned_name, may_give
from flows.office.stages import AtColleague, Renaming
from flows.replies import Heading, Line
from flows.state import Aside, Talk
from flows.turn import Move, Page, World
from knowledge.vietnamese import fold


def hear(at: Renaming, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Take the name, unless it is none or is somebody else's."""
    one = _whose(at, world)
    if one is None or not isinstance(event, Said):
        return None
    name = cleaned_name(event.text)
    if event.masked or not name:
        return Move(at, asides=(Aside("inviting.no_name"),), back=False)
    there = "" if fold(name) == fold(one.called) else _namesake(name, one, world)
    if there:
        return Move(at, asides=(Aside("inviting.namesake", there),), back=False)
    done = Aside("renaming.done", f"{one.called} → {name}")
    return Move(AtColleague(at.member), deeds=(CallBy(at.member, name),), asides=(done,), returns=True)


def show(at: Renaming, talk: Talk, world: World) -> Page:
    """How they are called now."""
    say = world.texts[talk.language]
    one = _whose(at, world)
    if one is None:
        return Page((Heading(say("renaming.title")), Line(say("at_colleague.gone"))))
    now = Line(say("renaming.now", called=one.called))
    return Page((Heading(say("renaming.title")), now, Line(say("inviting.nickname"))), (), say("inviting.prompt"))


def _namesake(name: str, one: Colleague, world: World) -> str:
    found = (world.office.people.namesake(name, held.post) for held in one.posts)
    return next((there for there in found if there), "")


def _whose(at: Renaming, world: World) -> Colleague | None:
    """Who is to be called otherwise; None where they are gone, or no post of theirs is mine to end."""
    one = world.office.people.colleague(at.member)
    return one if one is not None and any(may_give(world.me, held.post) for held in one.posts) else None
