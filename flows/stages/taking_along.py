"""The summary as a sheet: a PDF to print or keep, and a code that opens the list on another channel."""

from __future__ import annotations

from flows.codes import PAYLOAD
from flows.events import Pressed, Said
from flows.lists import case_of
from flows.replies import Choice, Sheet
from flows.state import Summary, TakingAlong, Talk
from flows.telling.plain import day, list_name
from flows.telling.taking import taken_along
from flows.turn import Move, Page, World


def hear(at: TakingAlong, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Back to the summary."""
    return Move(Summary(at.guide, at.nth), back=False) if event == Pressed("summary", talk.turn) else None


def show(at: TakingAlong, talk: Talk, world: World) -> Page:
    """The code first, then all that the sheet holds."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    case = case_of(talk, guide, at.nth)
    heading, *rest = taken_along(guide, case, world.today, world.place, world.library, say)
    sheet = Sheet(
        title=list_name(guide, case, say),
        code=at.code,
        payload=PAYLOAD + at.code if at.code else "",
        text=say("taking_along.code", code=at.code, until=day(at.until)) if at.code else say("taking_along.no_code"),
        label=say("taking_along.pdf"),
    )
    return Page((heading, sheet, *rest), (Choice("summary", say("taking_along.summary"), "main"),), say("guide.prompt"))
