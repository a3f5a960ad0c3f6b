"""What a citizen thinks of the help, in the three words that the provinces count; it may be left out."""

from __future__ import annotations

from typing import get_args

from flows.events import Pressed, Said
from flows.facts import HelpRated, Level
from flows.office.request_stages import RatingHelp
from flows.office.requests import ForgetRequest
from flows.replies import Block, Choice, Heading
from flows.requesting import over
from flows.state import Aside, Talk
from flows.telling.lines import lines_of
from flows.turn import Move, Page, World

LEVELS: tuple[Level, ...] = get_args(Level)


def hear(at: RatingHelp, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A word, or none; then back to where the talk was."""
    if not isinstance(event, Pressed):
        return None
    deeds = (ForgetRequest(at.code),)
    if event.choice == "skip":
        return over(talk, deeds)
    level = next((level for level in LEVELS if level == event.choice), None)
    if level is None:
        return None
    return over(talk, deeds, apart=(HelpRated(at.code, at.desk, level),), asides=(Aside("requests.thanks"),))


def show(at: RatingHelp, talk: Talk, world: World) -> Page:
    """The question; above it what the volunteer said last, for as long as it is kept."""
    say = world.texts[talk.language]
    requests = world.office.requests
    request = requests.mine()
    blocks: list[Block] = [Heading(say("requests.rating_title"))]
    if request is not None and request.ended and request.id == at.code:
        lines = requests.lines(request.id)
        news = sum(line.new for line in lines) if world.reminds else None
        blocks.extend(lines_of(lines, "citizen", news, say("requests.volunteer"), say))
    levels = tuple(Choice(level, say(f"rating.{level}")) for level in LEVELS)
    return Page(tuple(blocks), (*levels, Choice("skip", say("requests.skip"), "more")))
