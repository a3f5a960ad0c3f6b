"""Where a person can be asked."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.replies import Block, Heading, Line, Notice
from flows.state import Person, Talk
from flows.turn import Move, Page, World


def hear(at: Person, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Nothing of its own: words are a new question."""
    return None


def show(at: Person, talk: Talk, world: World) -> Page:
    """The desk of one's commune, and what to show there."""
    say = world.texts[talk.language]
    guide = world.library.get(at.guide)
    blocks: list[Block] = [Heading(say("person.title")), Line(say("person.body"))]
    if guide is not None:
        blocks.append(Line(say("person.bring", name=guide.name, code=guide.code)))
    blocks.append(Notice(say("person.not_here")))
    return Page(tuple(blocks), (), say("person.prompt"))
