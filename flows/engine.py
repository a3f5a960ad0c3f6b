"""The whole conversation: step() takes a talk through one event, show() says what a person sees where they stand.

A step is read top to bottom. First the talk is fitted to the guides as they are now. Then the event is made out: a
press of this page or an old one, typed words (flows/spoken.py: a choice, a command, an answer, a question), a reminder.
What comes of it is a move or a word above the page. In the end the move is made: the way back, the list, the page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from flows import calls, commands, hearing, joining, relay, script, spoken
from flows.codes import code_in, invitation_in
from flows.events import Called, Event, Left, Pressed, Reminded, Said, Sent, Started
from flows.fitting import LED_OUT, fitted, landed, remembering, with_case, without_list
from flows.helping import brought, opens
from flows.lists import begun, by_code, reminded
from flows.moves import opened
from flows.office.request_stages import RELAYED, InQueue, Queue, RatingHelp
from flows.office.stages import BY_BUTTONS, CLOSED, OFFICE, PASSING, Helping
from flows.pictures import beside, current, sent
from flows.replies import Choice, Live, Notice, Reply
from flows.state import WAY_BACK, Aside, AtGuide, Friendly, Gone, Help, Home, Talk
from flows.telling.tongues import bare, told_apart
from flows.turn import Move, Page, Stay, Turn, World

DEEP_LINK = "g_"
"""A start payload that opens a guide: g_dang-ky-khai-sinh."""

UNTOLD = "*"
"""In place of the choice that led here from a page about somebody else, of whom nothing is kept; no choice has it."""

NOTED = "assist.noted"
"""What is said of a note, that numbers are masked among it, so that it is not said twice."""

DESK_LINK = "d_"
"""A start payload that opens the page of a desk, as its poster carries it: d_vinh-bao."""

LIST_LINK = "l_"
"""A start payload that begins the list of a guide at once, from a page that told of the guide already."""


def step(talk: Talk, event: Event, world: World) -> Turn:
    """Take a talk through one event. Never raises for anything a person can do."""
    talk, world = _placed(talk, world)
    before, led_out = talk.stage, tuple(aside for aside in talk.asides if aside.text in LED_OUT)
    came = isinstance(event, Called | Reminded)  # nobody looks just now, so what was not seen yet stays news
    if talk.asides or talk.news:
        talk = replace(talk, asides=() if came else talk.news, news=talk.news if came else ())
    talk = fitted(talk, world)
    if talk.stage != before:
        talk = replace(talk, turn=talk.turn + 1, last="")
        if isinstance(event, Pressed) or (isinstance(event, Said) and hearing.number(event.text) is not None):
            return Turn(talk, show(talk, world))  # it was meant for a page that is no more
        if isinstance(talk.stage, Gone) and talk.stage.name:
            talk = replace(talk, asides=(*talk.asides, Aside("aside.guide_gone", talk.stage.name)))
    match event:
        case Left():
            return Turn(replace(talk, cases=tuple(replace(case, remind=False) for case in talk.cases)), None)
        case Started(payload=payload) if payload.startswith(LIST_LINK):
            return _begun(talk, payload.removeprefix(LIST_LINK), world)
        case Started(payload=payload):
            return _after(talk, _started(talk, payload, world), world)
        case Sent():
            return _after(talk, relay.sent(talk, world) or sent(talk, event, world), world)
        case Pressed():
            return _pressed(talk, event, world, led_out)
        case Said():
            return _said(talk, event, world)
        case Reminded(list=id):
            move = reminded(talk, id, world)
            busy = isinstance(talk.stage, CLOSED)  # whoever is being helped does not lose their place to it
            return _came(talk, Stay(move.asides) if busy and move is not None else move, world)
        case Called():
            return _came(talk, calls.heard(talk, event, world), world)
        case _:
            assert_never(event)


def show(talk: Talk, world: World) -> Reply:
    """What a person sees where they stand; the same however often it is asked."""
    talk, world = _placed(talk, world)
    talk = fitted(talk, world)
    say = world.texts[talk.language]
    page = script.show(talk.stage, talk, world)
    asides = tuple(Notice(say(aside.text, about=aside.about)) for aside in (*talk.news, *talk.asides))
    reply = Reply(
        blocks=(*asides, *page.blocks),
        choices=(*page.choices, *_ways(talk, world)),
        turn=talk.turn,
        language=talk.language,
        prompt=page.prompt,
        quiet=page.quiet,
        closed=isinstance(talk.stage, CLOSED),
        wordless=isinstance(talk.stage, BY_BUTTONS),
        live=_live(talk),
    )
    return told_apart(reply, say) if talk.language == "en" else reply


def _placed(talk: Talk, world: World) -> tuple[Talk, World]:
    """The talk where it is held, the desk's own province until another is chosen; the world as it reads it there."""
    province = talk.province or world.home
    if province != talk.province:
        talk = replace(talk, province=province)
    if (province, talk.language) != (world.province, world.language):
        world = replace(world, province=province, language=talk.language)
    return talk, world


def _live(talk: Talk) -> Live:
    """Whether what others do changes the page: while a person is asked for, and for those who work here."""
    if isinstance(talk.stage, RELAYED):
        return "talking"
    if isinstance(talk.stage, InQueue | Queue):
        return "reloaded"
    return "watched" if talk.awaits or isinstance(talk.stage, OFFICE) else "no"


def refused(talk: Talk, world: World) -> Turn:
    """The turn of somebody who asked for what the store did not let them do: they are where they were, and told so."""
    talk, world = _placed(talk, world)
    talk = fitted(replace(talk, asides=(Aside("office.not_allowed"),)), world)
    return Turn(talk, show(talk, world))


def _choices(page: Page, talk: Talk, world: World) -> tuple[Choice, ...]:
    """What a talk that was fitted already offers where it stands, on the page that its stage shows."""
    choices = (*page.choices, *_ways(talk, world))
    return bare(choices) if talk.language == "en" else choices


def _ways(talk: Talk, world: World) -> tuple[Choice, ...]:
    say = world.texts[talk.language]
    open = not isinstance(talk.stage, CLOSED)
    ways: list[tuple[str, bool]] = [
        ("back", open and bool(talk.past)),
        ("home", open and not isinstance(talk.stage, Home)),
        ("help", open and not isinstance(talk.stage, Help)),
        ("language", True),
    ]
    return tuple(Choice(id, say(f"way.{id}"), "way") for id, there in ways if there)


def _started(talk: Talk, payload: str, world: World) -> Move | Stay:
    """The greeting, the guide of a link, or the list of a code; who is asked what the help was like stays there."""
    if not payload:
        return Stay() if isinstance(talk.stage, RatingHelp) else Move(Home())
    if code_in(payload):
        return brought(talk, world) or by_code(talk, world)
    if invitation_in(payload):
        return joining.opened(talk, invitation_in(payload), world)
    if payload.startswith(DESK_LINK) and payload.removeprefix(DESK_LINK) in world.desks:
        return Move(Friendly(payload.removeprefix(DESK_LINK)))
    guide = world.library.get(payload.removeprefix(DEEP_LINK)) if payload.startswith(DEEP_LINK) else None
    if guide is None or not guide.leads_on(world.today):
        return Move(Home(), asides=(Aside("aside.unknown_link"),))
    if isinstance(talk.stage, Helping):
        return opens(talk.stage, guide.id, world) or Stay((Aside("aside.unknown_link"),))
    return opened(guide, "link", talk)


def _begun(talk: Talk, id: str, world: World) -> Turn:
    """The list of a guide that was read elsewhere. Its page is gone through, so that the way back leads there."""
    page = _after(talk, _started(talk, DEEP_LINK + id, world), world)
    at = page.talk.stage
    if not isinstance(at, AtGuide):
        return page
    listing = _moved(page.talk, begun(page.talk, world.guide(at.guide), at.nth, ()), world)
    return replace(listing, facts=(*page.facts, *listing.facts))


def _pressed(talk: Talk, event: Pressed, world: World, led_out: tuple[Aside, ...]) -> Turn:
    """A button of this page; one of an older page, or of none, changes nothing.

    Whoever was led out of the page since, and may not have seen it, is told that once more.
    """
    if event.turn != talk.turn:
        double_tap = event.turn == talk.turn - 1 and talk.last in {event.choice, UNTOLD}
        return _after(talk, Stay(() if double_tap else led_out or (Aside("aside.old_button"),)), world)
    page = script.show(talk.stage, talk, world)
    if all(choice.id != event.choice for choice in _choices(page, talk, world)):
        return _after(talk, Stay(() if talk.asides else (Aside(page.gone),)), world)
    return _chosen(talk, event, world)


def _came(talk: Talk, outcome: Move | Stay | None, world: World) -> Turn:
    """What the clock or the office brought. Where we cannot write first, it is said until the person does something."""
    if outcome is None:
        return Turn(talk, None)
    turn = _after(talk, outcome, world)
    if world.reminds:
        return turn
    later = replace(turn.talk, news=(*turn.talk.news, *turn.talk.asides), asides=())
    return replace(turn, talk=later)


def _chosen(talk: Talk, event: Pressed, world: World) -> Turn:
    """A choice of this page was made, by its button or in words."""
    talk = replace(talk, last=event.choice)
    match event.choice:
        case "back" | "home" | "help" as way:
            return _after(talk, commands.done(way, talk, world), world)
        case "language":
            return _after(talk, commands.done("en" if talk.language == "vi" else "vi", talk, world), world)
        case _:
            move = script.hear(talk.stage, talk, event, world)
            return _after(talk, move or Stay((Aside("aside.no_such_choice"),)), world)


def _said(talk: Talk, event: Said, world: World) -> Turn:
    """Typed words, of which a very long message is read from its beginning."""
    words = hearing.clean(event.text)
    asides = [Aside("aside.masked")] if event.masked else []
    if event.beside is not None:
        asides.insert(0, Aside(beside(event.beside)))
    if len(words) > hearing.LONGEST:
        words = words[: hearing.LONGEST]
        asides.append(Aside("aside.too_long"))
    talk = replace(talk, asides=(*talk.asides, *asides))
    choices = _choices(script.show(talk.stage, talk, world), talk, world)
    meant = spoken.means(talk, replace(event, text=words), choices, world)
    if isinstance(meant, Pressed):
        return _chosen(talk, meant, world)
    if any(aside.text == NOTED for aside in meant.asides):
        talk = replace(talk, asides=tuple(aside for aside in talk.asides if aside.text != "aside.masked"))
    return _after(talk, meant, world)


def _after(talk: Talk, outcome: Move | Stay, world: World) -> Turn:
    """The turn that comes of it."""
    match outcome:
        case Stay(asides=asides, facts=facts):
            talk = replace(talk, asides=(*talk.asides, *asides))
            return Turn(talk, show(talk, world), facts)
        case Move():
            return _moved(talk, outcome, world)
        case _:
            assert_never(outcome)


def _moved(talk: Talk, move: Move, world: World) -> Turn:
    if move.forget:
        talk = Talk(turn=talk.turn, language=talk.language)
    past, pictures = talk.past, talk.pictures
    if isinstance(move.to, Home):
        past = ()
    elif move.returns:
        past = past[:-1]
    elif move.back and move.to != talk.stage and not isinstance(talk.stage, PASSING):
        past = (*past, talk.stage)[-WAY_BACK:]
    if move.deleted:
        talk, past = without_list(talk, move.deleted), without_list(replace(talk, past=past), move.deleted).past
    talk = replace(
        talk,
        stage=landed(move.to, talk, world),
        past=past,
        cases=talk.cases if move.case is None else with_case(talk.cases, move.case),
        turn=talk.turn + (not move.silent),
        last=UNTOLD if isinstance(talk.stage, CLOSED) and type(move.to) is not type(talk.stage) else talk.last,
        language=move.language or talk.language,
        province=talk.province if move.province is None else move.province,
        asides=(*talk.asides, *move.asides),
        awaits=talk.awaits if move.awaits is None else move.awaits,
        meant=move.meant,
        pictures=talk.pictures if move.pictures is None else move.pictures,
        consents=talk.consents if move.consents is None else move.consents,
    )
    talk = remembering(current(talk, world), world)
    return Turn(
        talk,
        None if move.silent and not talk.asides else show(talk, world),
        move.facts,
        move.forget,
        move.shared,
        move.reminders,
        attached=next((one for one in talk.pictures if one not in pictures), None),
        detached=tuple(one.number for one in pictures if one not in talk.pictures),
        deeds=move.deeds,
        apart=move.apart,
    )
