"""The end of a talk about one guide, in words that fit the moment."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.facts import HelpWanted
from flows.replies import Block, Choice, Heading, Line
from flows.state import Collecting, Home, Person, Talk, Thanks
from flows.turn import Move, Page, World


def hear(at: Thanks, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Something else, the list again, or a person."""
    if event == Pressed("again", talk.turn):
        return Move(Home())
    if event == Pressed("list", talk.turn):
        return Move(Collecting(at.guide, at.nth))
    if event == Pressed("person", talk.turn):
        return Move(Person(at.guide), facts=(HelpWanted(at.guide),))
    return None


def show(at: Thanks, talk: Talk, world: World) -> Page:
    """Thanks; congratulation at a birth or wedding, condolence at a death."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    blocks: list[Block] = [Heading(say("thanks.title")), Line(say("thanks.body"))]
    if guide.event == "death":
        blocks.append(Line(say("thanks.death")))
    elif guide.event != "none":
        blocks.append(Line(say(f"guide.{guide.event}")))
    choices = (
        Choice("again", say("thanks.again"), "main"),
        Choice("list", say("thanks.list"), "more"),
        Choice("person", say("thanks.person"), "more"),
    )
    return Page(tuple(blocks), choices, say("thanks.prompt"))
