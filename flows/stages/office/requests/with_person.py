"""A citizen with a person: what they say, and the way to end it. Words go through the relay (flows/relay.py)."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.request_stages import RatingHelp, WithPerson
from flows.office.requests import CloseRequest
from flows.replies import Block, Choice, Heading, Line, Notice
from flows.state import Talk
from flows.telling.lines import lines_of
from flows.turn import Move, Page, World


def hear(at: WithPerson, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """End it; then what the citizen thinks of it."""
    request = world.office.requests.mine()
    if request is None or event != Pressed("end", talk.turn):
        return None
    deeds = () if request.ended else (CloseRequest(request.id, "citizen"),)
    return Move(RatingHelp(request.id, request.desk), back=False, deeds=deeds, awaits=False)


def show(at: WithPerson, talk: Talk, world: World) -> Page:
    """Who is there, what to mind, and the lines."""
    say = world.texts[talk.language]
    request = world.office.requests.mine()
    if request is None or not talk.awaits:
        return Page((Heading(say("requests.over_title")), Line(say("requests.over_body"))), (), say("home.prompt"))
    called = request.member.called if request.member is not None else say("requests.volunteer")
    news = at.news if world.reminds else None
    lines = lines_of(world.office.requests.lines(request.id), "citizen", news, called, say)
    blocks: list[Block] = [*lines]
    if news is None or not lines:
        mind = () if lines else (Line(say("requests.with_body", called=called)), Notice(say("requests.no_numbers")))
        blocks = [Heading(say("requests.with_title", called=called)), *mind, *lines]
    end = Choice("end", say("requests.end"), "more")
    return Page(tuple(blocks), (end,), say("requests.to", called=called))
