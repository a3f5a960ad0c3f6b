"""Between a citizen and a volunteer: words of either go to the other, and what each hears of their request.

The bot is silent there: it answers only who wants to leave, to be forgotten, or is in danger.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flows import commands, hearing, office_words, questions
from flows.events import Called, Pressed
from flows.office.request_stages import (
    ASKED,
    RELAYED,
    HandingOn,
    InQueue,
    Queue,
    RatingHelp,
    Serving,
    WithPerson,
)
from flows.office.requests import CloseRequest, ForgetRequest, HandBack, ReadLines, Request, SayLine
from flows.office.stages import AtOffice
from flows.replies import Choice
from flows.requesting import desks_of, over, waits_until
from flows.state import Aside, NotKnown, Talk
from flows.telling.hours import in_a_sentence
from flows.turn import VIETNAM, Move, Stay, World

HEARD: Final[frozenset[hearing.Command]] = frozenset(("back", "home", "forget", "erase"))
"""Commands that are heard in words; the others only with a stroke before them: they may be meant for the other."""

_CODE: Final = re.compile(r"\d{3}[ .-]?\d{3}")
"""What a code of six digits looks like that is all of a message: one that somebody was sent to prove who they are."""


def said(talk: Talk, words: str, choices: Sequence[Choice], world: World) -> Pressed | Move | Stay | None:
    """What becomes of words where they go to the other side; None where the talk stands elsewhere, or it is over."""
    at = talk.stage
    request = _theirs(talk, world)
    if not words or request is None or request.ended:
        return None
    say, known = world.texts[talk.language], world.library.words
    pressed = None if hearing.number(words) is not None else hearing.labelled(words, choices)
    if pressed is not None:
        return Pressed(pressed.id, talk.turn)
    if hearing.says(words, "requests.end_words", known, say):
        return Pressed("end", talk.turn)
    command = hearing.command(words, known, say)
    if command is not None and (command in HEARD or words.startswith("/")):
        return commands.done(command, talk, world)
    if words.startswith("/"):
        unknown = Stay((Aside("aside.unknown_command", words.split(maxsplit=1)[0][:32]),))
        return office_words.heard(words, talk, world) or unknown
    return _passed_on(at if isinstance(at, RELAYED) else WithPerson(), request, talk, words, world)


def _passed_on(at: WithPerson | Serving, request: Request, talk: Talk, words: str, world: World) -> Move:
    """Words go to the other side, without a code that was sent to whoever writes. Danger is heard here too."""
    masked = _CODE.fullmatch(words) is not None
    text = world.texts[talk.language]("requests.hidden") if masked else words
    line = SayLine(request.id, text)
    alarmed = questions.danger(talk, words, world) if isinstance(at, WithPerson) else None
    if alarmed is not None and isinstance(alarmed.to, NotKnown) and alarmed.to.alarm == "emergency":
        return replace(alarmed, deeds=(line,))
    asides = (Aside("aside.masked"),) if masked else ()
    return Move(at, back=False, silent=True, deeds=(line,), asides=asides)


def sent(talk: Talk, world: World) -> Stay | None:
    """What is said of a photo, a file, a sticker there: only words are passed on."""
    request = _theirs(talk, world)
    return None if request is None else Stay((Aside("requests.only_words"),))


def _theirs(talk: Talk, world: World) -> Request | None:
    """The request whose two sides talk where this talk stands."""
    match talk.stage:
        case WithPerson():
            return world.office.requests.mine()
        case Serving(request=id):
            serving = world.office.requests.serving()
            return serving if serving is not None and serving.id == id else None
        case _:
            return None


def called(talk: Talk, event: Called, world: World) -> Move | Stay | None:
    """What the office says of a request; None where it is true no more."""
    if event.matter in {"request_waits", "request_given", "request_over", "request_unanswered"}:
        return _of_volunteer(talk, event, world)
    if event.matter == "request_line":
        return _line(talk, event.id, world)
    request = world.office.requests.mine()
    return None if request is None or request.id != event.id else _of_citizen(talk, event, request, world)


def _line(talk: Talk, id: str, world: World) -> Move | Stay | None:
    """The other side has said something that was not shown yet."""
    mine, serving = world.office.requests.mine(), world.office.requests.serving()
    if mine is not None and mine.id == id and mine.unread and not mine.ended:
        return _to(WithPerson(mine.unread), talk, (ReadLines(id),))
    if serving is None or serving.id != id or not serving.unread:
        return None
    if talk.stage != Serving(id, getattr(talk.stage, "news", None)):
        return Stay((Aside("requests.new_line"),))
    return Move(Serving(id, serving.unread), back=False, deeds=(ReadLines(id),))


def _of_volunteer(talk: Talk, event: Called, world: World) -> Move | Stay | None:
    requests, free = world.office.requests, isinstance(talk.stage, AtOffice | Queue)
    serving = requests.serving()
    match event.matter:
        case "request_waits":
            if all(one.id != event.id for one in requests.waiting()):
                return None
            if not free:
                return Stay((Aside("requests.somebody_waits"),))
            back = not isinstance(talk.stage, Queue)
            return Move(Queue(), back=back, asides=(Aside("requests.somebody_came"),))
        case "request_given" if serving is not None and serving.id == event.id:
            if not free:
                return Stay((Aside("requests.given"),))
            back = not isinstance(talk.stage, Queue)
            return Move(Serving(event.id), back=back, asides=(Aside("requests.given_here"),))
        case "request_unanswered" if serving is not None and serving.id == event.id:
            here = isinstance(talk.stage, Serving | HandingOn)
            to = Queue() if here else talk.stage
            asides = (Aside("requests.given_back"),)
            return Move(to, back=False, silent=not here, deeds=(HandBack(event.id),), asides=asides)
        case "request_over":
            aside = Aside("requests.citizen_ended")
            here = isinstance(talk.stage, Serving | HandingOn) and talk.stage.request == event.id
            return Move(Queue(), back=False, asides=(aside,)) if here else Stay((aside,))
        case _:
            return None


def _of_citizen(talk: Talk, event: Called, request: Request, world: World) -> Move | Stay | None:
    say, helped = world.texts[talk.language], request.member is not None and not request.ended
    match event.matter:
        case "request_taken" | "request_moved" if helped:
            return _to(WithPerson(), talk, (ReadLines(request.id),))
        case "request_returned" if not helped:
            aside = Aside("requests.returned")
            to = InQueue(request.id, request.desk)
            return Move(to, back=False, asides=(aside,)) if isinstance(talk.stage, WithPerson) else Stay((aside,))
        case "request_somebody" if not helped:
            return Stay((Aside("requests.somebody"),))
        case "request_closed":
            back = not isinstance(talk.stage, ASKED)
            return Move(RatingHelp(request.id, request.desk), back=back, awaits=False)
        case "request_past":
            return Move(talk.stage, back=False, deeds=(ForgetRequest(request.id),), silent=True)
        case "request_forsaken" if helped:
            return over(talk, (CloseRequest(request.id, "silent"),), asides=(Aside("requests.forsaken"),))
        case "request_day_over" if not helped:
            start = waits_until(world).astimezone(VIETNAM).date()
            where = in_a_sentence(desks_of(request.desk, world), start, say)
            return over(talk, (CloseRequest(request.id, "day"),), asides=(Aside("requests.day_over", where),))
        case _:
            return None


def _to(at: WithPerson, talk: Talk, deeds: tuple[ReadLines, ...]) -> Move:
    """To the person who is there, from wherever the citizen is; the way back leads there again."""
    return Move(at, back=not isinstance(talk.stage, ASKED), deeds=deeds)
