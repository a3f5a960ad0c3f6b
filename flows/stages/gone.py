"""The guide of the talk was withdrawn or has ended: said so, with what took its place, or ways on."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.moves import pressed_guide, successor_choice
from flows.replies import Bullets, Choice, Heading, Line
from flows.state import Fields, Gone, Talk
from flows.telling.plain import day, named
from flows.telling.pointers import pointer_line
from flows.turn import Move, Page, World
from knowledge.guide import Guide


def hear(at: Gone, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One of the procedures that took its place, or the fields."""
    return Move(Fields()) if event == Pressed("fields", talk.turn) else pressed_guide(event, talk, world)


def show(at: Gone, talk: Talk, world: World) -> Page:
    """Which guide it was, if known, and why nothing more is said of it."""
    say = world.texts[talk.language]
    fields = Choice("fields", say("not_known.fields"), "more")
    guide = world.library.get(at.id)
    if guide is not None and guide.replaced_by:
        return Page(
            (
                Heading(say("gone.replaced_title")),
                Line(_ended(guide, world, talk)),
                Bullets(
                    tuple(pointer_line(one, world.library, say) for one in world.guide(guide.id).replaced_by),
                    say("gone.replaced"),
                ),
            ),
            (*(successor_choice(pointer, world, say) for pointer in guide.replaced_by), fields),
            say("gone.prompt"),
        )
    body = say("gone.body", name=at.name) if at.name else say("gone.unnamed")
    return Page(
        (Heading(say("gone.title")), Line(body), Line(say("gone.do"))),
        (fields,),
        say("gone.prompt"),
    )


def _ended(guide: Guide, world: World, talk: Talk) -> str:
    say = world.texts[talk.language]
    name = named(guide.title, guide.en, say)
    if guide.expires is not None and guide.expires < world.today:
        return say("gone.ended", name=name, code=guide.code, date=day(guide.expires))
    return say("gone.withdrawn", name=name, code=guide.code)
