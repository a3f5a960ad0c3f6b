"""Not this one: what the guide is confused with."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.moves import open_choice, pressed_guide
from flows.replies import Block, Bullets, Choice, Heading, Line
from flows.state import Fields, NotThis, Talk
from flows.telling.plain import title
from flows.telling.pointers import pointer_line
from flows.turn import Move, Page, World


def hear(at: NotThis, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One of the guides it is confused with, or the fields."""
    if event == Pressed("fields", talk.turn):
        return Move(Fields())
    return pressed_guide(event, talk, world)


def show(at: NotThis, talk: Talk, world: World) -> Page:
    """What tells the confusable procedures apart; those with a guide here can be opened."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    found = (world.library.by_code(pointer.code) for pointer in guide.not_this)
    here = [other for other in found if other and other.id != guide.id and other.visible(world.today)]
    blocks: list[Block] = [Heading(say("not_this.title"))]
    if guide.not_this:
        blocks.append(Line(say("not_this.body", name=title(guide, say))))
        blocks.append(Bullets(tuple(pointer_line(pointer, world.library, say) for pointer in guide.not_this)))
    blocks.append(Line(say("not_this.no_list")))
    choices = dict.fromkeys(open_choice(other, say) for other in here)
    return Page(tuple(blocks), (*choices, Choice("fields", say("not_known.fields"), "more")), say("not_this.prompt"))
