"""Those who wait for a person: a volunteer takes one with one tap."""

from __future__ import annotations

from typing import Final

from flows.events import Pressed, Said
from flows.office.request_stages import Queue, Serving
from flows.office.requests import Request, TakeRequest
from flows.replies import Choice, Heading, Line, Notice
from flows.state import Aside, Talk
from flows.telling.plain import named, short
from flows.texts import Say
from flows.turn import Move, Page, World

TAKE: Final = "take-"
"""A choice whose id begins so takes the request behind it."""

GONE: Final = "requests.gone"
"""What is said where somebody else was quicker."""

SHOWN: Final = 6
"""Those offered at once, who came first before the others."""


def hear(at: Queue, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Take one, if they still wait; go on with whom one has."""
    if not isinstance(event, Pressed):
        return None
    requests = world.office.requests
    serving = requests.serving()
    if event.choice == "mine":
        return None if serving is None else Move(Serving(serving.id), back=False)
    if not event.choice.startswith(TAKE):
        return None
    id = event.choice.removeprefix(TAKE)
    if serving is not None:
        return Move(Serving(serving.id), back=False, asides=(Aside("requests.one_at_a_time"),))
    if all(one.id != id for one in requests.waiting()):
        return Move(at, asides=(Aside(GONE),))
    return Move(Serving(id), back=False, deeds=(TakeRequest(id),))


def show(at: Queue, talk: Talk, world: World) -> Page:
    """Who waits for how long, and for what, where they let it be seen."""
    say = world.texts[talk.language]
    serving, waiting = world.office.requests.serving(), world.office.requests.waiting()
    count = say("requests.waiting", n=len(waiting)) if waiting else say("requests.nobody_waits")
    choices = [] if serving is None else [Choice("mine", say("requests.go_on"), "main")]
    choices += [
        Choice(TAKE + one.id, _label(one, world, say), "main" if nth == 0 and serving is None else "answer")
        for nth, one in enumerate(waiting[:SHOWN])
    ]
    hint = () if world.office.roster.my_desk() else (Notice(say("requests.not_on_duty")),)
    blocks = (Heading(say("requests.waiting_title")), Line(count), *hint)
    return Page(blocks, tuple(choices), say("office.prompt"), gone=GONE)


def _label(request: Request, world: World, say: Say) -> str:
    guide = world.library.get(request.guide)
    about = say("requests.about_nothing") if guide is None else named(guide.title, guide.en, say)
    minutes = max(0, int((world.now - request.asked).total_seconds() // 60))
    tongue = "" if request.language == say.language else say(f"requests.speaks_{request.language}")
    waited = say("requests.waited", n=minutes) if minutes else say("requests.just_now")
    tail = ", ".join(part for part in (waited, tongue) if part)
    return say("requests.take", about=short(about, 60 - len(tail) - 8), tail=tail)
