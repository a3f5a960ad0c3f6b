"""A question that two or three guides could answer: what tells them apart, and the choice."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.moves import open_choice, pressed_guide
from flows.replies import Bullets, Choice, Heading, Line
from flows.state import Choosing, NotKnown, Talk
from flows.telling.plain import named
from flows.turn import Move, Page, World
from knowledge.guide import Guide


def hear(at: Choosing, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One of the guides, or none of them."""
    if event == Pressed("none", talk.turn):
        return Move(NotKnown())
    return pressed_guide(event, world)


def show(at: Choosing, talk: Talk, world: World) -> Page:
    """Each guide by name with what it is for; one withdrawn meanwhile is left out."""
    say = world.texts[talk.language]
    guides = [guide for id in at.guides if (guide := world.library.get(id)) and guide.visible(world.today)]

    def line(guide: Guide) -> str:
        name = named(guide.title, guide.en, say)
        summary = named(guide.summary, guide.summary_en, say)
        return say("choosing.item", name=name, summary=summary) if summary else name

    return Page(
        (Heading(say("choosing.title")), Line(say("choosing.ask")), Bullets(tuple(line(guide) for guide in guides))),
        (*(open_choice(guide) for guide in guides), Choice("none", say("choosing.none"), "more")),
        say("choosing.prompt"),
    )
