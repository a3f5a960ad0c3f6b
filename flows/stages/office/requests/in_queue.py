"""Waiting for a person: the place in the queue, and where else help is while nobody is there."""

from __future__ import annotations

from collections.abc import Iterator

from flows.events import Pressed, Said
from flows.office.request_stages import InQueue
from flows.office.requests import CloseRequest
from flows.replies import Block, Choice, Heading, Line, Notice
from flows.requesting import desks_of, over, waits_until
from flows.state import Home, Talk
from flows.telling.due import weekday
from flows.telling.hours import desk_rows
from flows.texts import Say
from flows.turn import VIETNAM, Move, Page, World


def hear(at: InQueue, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Stop waiting, or ask on meanwhile; words are a question as everywhere."""
    if event == Pressed("leave", talk.turn):
        request = world.office.requests.mine()
        return over(talk, () if request is None else (CloseRequest(request.id, "citizen"),))
    if event == Pressed("meanwhile", talk.turn):
        return Move(talk.past[-1], returns=True) if talk.past else Move(Home())
    return None


def show(at: InQueue, talk: Talk, world: World) -> Page:
    """The place, what happens next, and hours and hotline when nobody is there."""
    say = world.texts[talk.language]
    if not talk.awaits:
        return Page((Heading(say("requests.over_title")), Line(say("requests.over_body"))), (), say("home.prompt"))
    requests = world.office.requests
    place = requests.place(at.request, at.desk)
    blocks: list[Block] = [Heading(say("requests.queue_title"))]
    if not requests.on_duty(at.desk):
        blocks.extend(_nobody_there(at, world, say))
    blocks.append(Line(say("requests.place", n=place) if place > 1 else say("requests.place_first")))
    blocks.append(Line(say("requests.meanwhile_pushed" if world.reminds else "requests.meanwhile_open")))
    choices = (
        Choice("meanwhile", say("requests.meanwhile"), "more"),
        Choice("leave", say("requests.leave"), "more"),
    )
    return Page(tuple(blocks), choices, say("requests.queue_prompt"))


def _nobody_there(at: InQueue, world: World, say: Say) -> Iterator[Block]:
    """That nobody is there, until when the place is kept, and where else help is."""
    mine = world.office.requests.mine()
    until = (waits_until(world) if mine is None else mine.until).astimezone(VIETNAM)
    rows = desk_rows(desks_of(at.desk, world), until.date(), say)
    kept = "requests.keeps_until" if rows else "requests.keeps_until_bare"
    yield Notice(say("requests.nobody"))
    yield Line(say(kept, time=f"{until:%H:%M}", day=weekday(until.date(), say)))
    yield from rows
