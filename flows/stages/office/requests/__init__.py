"""The pages of asking for a person. Which module speaks for which."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.request_stages import (
    Agreeing,
    HandingOn,
    InQueue,
    Queue,
    RatingHelp,
    RequestStage,
    Serving,
    WithPerson,
)
from flows.stages.office.requests import agreeing, handing_on, in_queue, queue, rating_help, serving, with_person
from flows.state import Talk
from flows.turn import Move, Page, World


def hear(at: RequestStage, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """What the stage makes of the event; None for "not mine"."""
    match at:
        case Agreeing():
            return agreeing.hear(at, talk, event, world)
        case InQueue():
            return in_queue.hear(at, talk, event, world)
        case WithPerson():
            return with_person.hear(at, talk, event, world)
        case RatingHelp():
            return rating_help.hear(at, talk, event, world)
        case Queue():
            return queue.hear(at, talk, event, world)
        case Serving():
            return serving.hear(at, talk, event, world)
        case HandingOn():
            return handing_on.hear(at, talk, event, world)


def show(at: RequestStage, talk: Talk, world: World) -> Page:
    """What a person sees there."""
    match at:
        case Agreeing():
            return agreeing.show(at, talk, world)
        case InQueue():
            return in_queue.show(at, talk, world)
        case WithPerson():
            return with_person.show(at, talk, world)
        case RatingHelp():
            return rating_help.show(at, talk, world)
        case Queue():
            return queue.show(at, talk, world)
        case Serving():
            return serving.show(at, talk, world)
        case HandingOn():
            return handing_on.show(at, talk, world)
