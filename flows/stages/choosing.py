"""A question that two or three guides could answer: what tells them apart, and the choice."""

from __future__ import annotations

from flows import hearing
from flows.events import Pressed, Said
from flows.moves import found_choice, pressed_found
from flows.replies import Bullets, Choice, Heading, Line
from flows.state import Choosing, NotKnown, Talk
from flows.telling.plain import named, title
from flows.texts import Say
from flows.turn import Move, Page, World


def hear(at: Choosing, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One of the guides, or none of them."""
    if event == Pressed("none", talk.turn):
        return Move(NotKnown())
    if isinstance(event, Said):
        say = world.texts[talk.language]
        return Move(NotKnown()) if hearing.is_none_of_these(event.text, world.library.words, say) else None
    return pressed_found(event, at.about, at.taken, talk, world)


def show(at: Choosing, talk: Talk, world: World) -> Page:
    """Each guide by name with what it is for; one withdrawn meanwhile is left out."""
    say = world.texts[talk.language]
    choices = [(id, choice) for id in at.guides if (choice := found_choice(id, world, say))]
    lines = tuple(_line(id, world, say) for id, _ in choices)
    return Page(
        (Heading(say("choosing.title")), Line(say("choosing.ask")), *((Bullets(lines),) if lines else ())),
        (*(choice for _, choice in choices), Choice("none", say("choosing.none"), "more")),
        say("choosing.prompt"),
    )


def _line(found: str, world: World, say: Say) -> str:
    guide = world.library.get(found)
    if guide is None:
        return named(world.library.name_only(found) or found, "", say)
    name = title(guide, say)
    summary = named(guide.summary, guide.summary_en, say)
    return say("choosing.item", name=name, summary=summary) if summary else name
