"""A volunteer helps somebody by messages: what was agreed to be shown, the lines, and the ways to end or give on."""

from __future__ import annotations

import dataclasses

from flows.agreed import story
from flows.events import Pressed, Said
from flows.office.request_stages import HandingOn, Queue, Serving
from flows.office.requests import CloseRequest, HandBack
from flows.replies import Block, Choice, Heading, Line, Notice
from flows.state import Aside, Talk
from flows.telling.lines import lines_of
from flows.turn import Move, Page, World


def hear(at: Serving, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """End it, give the citizen back or on, or see all of it once more."""
    request = world.office.requests.serving()
    if not isinstance(event, Pressed) or request is None or request.id != at.request:
        return Move(Queue(), back=False, asides=(Aside("requests.not_yours"),)) if isinstance(event, Pressed) else None
    match event.choice:
        case "end":
            closed = (CloseRequest(request.id, "member"),)
            return Move(Queue(), back=False, deeds=closed, asides=(Aside("requests.ended"),))
        case "hand_back":
            return Move(Queue(), back=False, deeds=(HandBack(request.id),), asides=(Aside("requests.handed_back"),))
        case "hand_on":
            return Move(HandingOn(request.id), back=False)
        case "whole":
            return Move(dataclasses.replace(at, news=None), back=False)
        case _:
            return None


def show(at: Serving, talk: Talk, world: World) -> Page:
    """What is known of the citizen is what they agreed to."""
    say = world.texts[talk.language]
    requests = world.office.requests
    request = requests.serving()
    if request is None or request.id != at.request:
        return Page((Heading(say("requests.over_title")), Line(say("requests.not_yours"))), (), say("office.prompt"))
    news = at.news if world.reminds else None
    lines = lines_of(requests.lines(request.id), "member", news, "", say)
    blocks: list[Block] = [*lines]
    whole = news is None or not lines
    if whole:
        mind = () if lines else (Line(say("requests.serving_body")), Notice(say("requests.no_numbers_staff")))
        shown = story(request, world, say) or (Notice(say("requests.not_shown")),)
        blocks = [Heading(say("requests.serving_title")), *mind, *shown, *lines]
    choices = [
        Choice("end", say("requests.end"), "more"),
        Choice("hand_back", say("requests.hand_back"), "more"),
        Choice("hand_on", say("requests.hand_on"), "more"),
    ]
    if not whole:
        choices.append(Choice("whole", say("requests.whole"), "more"))
    return Page(tuple(blocks), tuple(choices), say("requests.to", called=say("requests.citizen").lower()))
