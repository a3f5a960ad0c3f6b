"""Where a person can be asked: at the desk, or by messages where the office has volunteers."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.request_stages import Agreeing
from flows.replies import Block, Choice, Heading, Line, Notice
from flows.requesting import asks, desks_of, has_something_to_show, nearest, waits_until
from flows.state import Person, Talk
from flows.telling.hours import desk_rows
from flows.turn import VIETNAM, Move, Page, World


def hear(at: Person, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Ask for one by messages; words are a new question."""
    if event != Pressed("message", talk.turn) or not _can_be_asked(world):
        return None
    if has_something_to_show(at.guide, talk, world):
        return Move(Agreeing(at.guide), back=False)
    return asks(at.guide, talk, world, shown=False)


def show(at: Person, talk: Talk, world: World) -> Page:
    """The desk of one's commune, and what to show there."""
    say = world.texts[talk.language]
    guide = world.library.get(at.guide)
    blocks: list[Block] = [Heading(say("person.title")), Line(say("person.body"))]
    if guide is not None:
        blocks.append(Line(say("person.bring", name=guide.name, code=guide.code)))
    if not _can_be_asked(world):
        return Page((*blocks, Notice(say("person.not_here"))), (), say("person.prompt"))
    start = waits_until(world).astimezone(VIETNAM).date()
    blocks.extend(desk_rows(desks_of(nearest(world), world), start, say))
    return Page(tuple(blocks), (Choice("message", say("requests.message"), "main"),), say("person.prompt"))


def _can_be_asked(world: World) -> bool:
    return bool(world.desks) and world.office.requests.taken_here
