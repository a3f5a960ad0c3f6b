"""The whole conversation: step() takes a talk through one event, show() says what a person sees where they stand.

A step is read top to bottom. First the talk is fitted to the guides as they are now. Then the event is made out: a
press of this page or an old one, a number or label typed, a command, or words for the stage. What the stage does not
want is a question. In the end the move is made: the way back, the person's list, the page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from flows import hearing, questions, script, tidying
from flows.codes import code_in
from flows.courtesy import courtesy
from flows.days import Handed, handed_in
from flows.events import Event, Left, Pressed, Reminded, Said, Sent, Started
from flows.facts import HelpWanted
from flows.fitting import fitted, landed, remembering, with_case, without_list
from flows.hearing import Command
from flows.lists import handed, received
from flows.moves import chose_province, opened
from flows.replies import Choice, Notice, Reply
from flows.state import (
    WAY_BACK,
    Aside,
    Asking,
    AtGuide,
    Awaiting,
    Forgetting,
    Gone,
    Help,
    Home,
    MyLists,
    Naming,
    Person,
    Talk,
    Why,
    guide_of,
    nth_of,
)
from flows.telling.due import latest
from flows.telling.plain import list_name
from flows.telling.words import meaning
from flows.telling.tongues import bare, told_apart
from flows.turn import Move, Turn, World
from flows.undoing import undone

MANY = 2
"""From so many lists on, it has to be said which of them was handed in."""

DEEP_LINK = "g_"
"""A start payload that opens a guide: g_dang-ky-khai-sinh."""


def step(talk: Talk, event: Event, world: World) -> Turn:
    """Take a talk through one event. Never raises for anything a person can do."""
    talk = replace(talk, province=talk.province or world.home)
    world = replace(world, province=talk.province, language=talk.language)
    before = talk.stage
    talk = fitted(replace(talk, asides=()), world)
    if talk.stage != before:
        talk = replace(talk, turn=talk.turn + 1, last="")
        if isinstance(event, Pressed) or (isinstance(event, Said) and hearing.number(event.text) is not None):
            return Turn(talk, show(talk, world))  # it was meant for a page that is no more
        if isinstance(talk.stage, Gone) and talk.stage.name:
            talk = replace(talk, asides=(*talk.asides, Aside("aside.guide_gone", talk.stage.name)))
    match event:
        case Left():
            return Turn(replace(talk, cases=tuple(replace(case, remind=False) for case in talk.cases)), None)
        case Started(payload=payload):
            return _start(talk, payload, world)
        case Sent(sort=sort):
            return _stay(talk, Aside(f"aside.{sort}"), world)
        case Pressed():
            return _press(talk, event, world)
        case Said(text=text, masked=masked):
            told = replace(talk, asides=(*talk.asides, Aside("aside.masked"))) if masked else talk
            return _say(told, text, world)
        case Reminded(list=id):
            return _remind(talk, id, world)
        case _:
            assert_never(event)


def show(talk: Talk, world: World) -> Reply:
    """What a person sees where they stand; the same however often it is asked."""
    talk = replace(talk, province=talk.province or world.home)
    world = replace(world, province=talk.province, language=talk.language)
    talk = fitted(talk, world)
    say = world.texts[talk.language]
    page = script.show(talk.stage, talk, world)
    asides = tuple(Notice(say(aside.text, about=aside.about)) for aside in talk.asides)
    reply = Reply(
        blocks=(*asides, *page.blocks),
        choices=(*page.choices, *_ways(talk, world)),
        turn=talk.turn,
        language=talk.language,
        prompt=page.prompt,
    )
    return told_apart(reply, say) if talk.language == "en" else reply


def _choices(talk: Talk, world: World) -> tuple[Choice, ...]:
    """What a talk that was fitted already offers where it stands."""
    choices = (*script.show(talk.stage, talk, world).choices, *_ways(talk, world))
    return bare(choices) if talk.language == "en" else choices


def _ways(talk: Talk, world: World) -> tuple[Choice, ...]:
    say = world.texts[talk.language]
    ways: list[tuple[str, bool]] = [
        ("back", bool(talk.past)),
        ("home", not isinstance(talk.stage, Home)),
        ("help", not isinstance(talk.stage, Help)),
        ("language", True),
    ]
    return tuple(Choice(id, say(f"way.{id}"), "way") for id, there in ways if there)


def _start(talk: Talk, payload: str, world: World) -> Turn:
    if not payload:
        return _moved(talk, Move(Home()), world)
    if code_in(payload):
        return _carried(talk, world)
    guide = world.library.get(payload.removeprefix(DEEP_LINK)) if payload.startswith(DEEP_LINK) else None
    if guide is None or not guide.leads_on(world.today):
        return _moved(talk, Move(Home(), asides=(Aside("aside.unknown_link"),)), world)
    return _moved(talk, opened(guide, "link", talk), world)


def _carried(talk: Talk, world: World) -> Turn:
    """A code was typed or followed: go on with its list, or say that there is none."""
    move = received(talk, world.carried, world) if world.carried is not None else None
    return _stay(talk, Aside("aside.unknown_code"), world) if move is None else _moved(talk, move, world)


def _remind(talk: Talk, id: str, world: World) -> Turn:
    """A reminder is due: show the day, unless the result has come meanwhile or the guide is gone."""
    case = talk.list(id)
    guide = world.library.local(case.guide, talk.province) if case is not None else None
    if case is None or not case.remind or guide is None or not guide.visible(world.today):
        return Turn(talk, None)
    due = latest(guide, case)
    text = "aside.due_today" if due is not None and due <= world.today else "aside.due_tomorrow"
    name = list_name(guide, case, world.texts[talk.language])
    return _moved(
        talk,
        Move(Awaiting(guide.id, nth=case.nth), asides=(Aside(text, name),)),
        world,
    )


def _press(talk: Talk, event: Pressed, world: World) -> Turn:
    if event.turn != talk.turn:
        double_tap = event.turn == talk.turn - 1 and event.choice == talk.last
        return _stay(talk, None if double_tap else Aside("aside.old_button"), world)
    if all(choice.id != event.choice for choice in _choices(talk, world)):
        return _stay(talk, None if talk.asides else Aside("aside.no_such_choice"), world)
    return _chosen(talk, event, world)


def _chosen(talk: Talk, event: Pressed, world: World) -> Turn:
    """A choice of this page was made, by its button or in words."""
    talk = replace(talk, last=event.choice)
    match event.choice:
        case "back" | "home" | "help" as way:
            return _command(talk, way, world)
        case "language":
            return _command(talk, "en" if talk.language == "vi" else "vi", world)
        case _:
            move = script.hear(talk.stage, talk, event, world)
            return _stay(talk, Aside("aside.no_such_choice"), world) if move is None else _moved(talk, move, world)


def _say(talk: Talk, text: str, world: World) -> Turn:
    words = hearing.clean(text)
    if not hearing.has_words(words):
        return _stay(talk, Aside("aside.no_words"), world)
    if len(words) > hearing.LONGEST:
        words = words[: hearing.LONGEST]
        talk = replace(talk, asides=(*talk.asides, Aside("aside.too_long")))
    number = hearing.number(words)
    alarmed = questions.danger(talk, words, world) if number is None else None
    if alarmed is not None:
        return _moved(talk, alarmed, world)
    choices = _choices(talk, world)
    if number is not None and not 1 <= number <= len(choices):
        move = script.hear(talk.stage, talk, Said(words), world) if isinstance(talk.stage, Asking) else None
        return _stay(talk, Aside("aside.no_such_number", words), world) if move is None else _moved(talk, move, world)
    say, known = world.texts[talk.language], world.library.words
    meant = choices[number - 1] if number is not None else hearing.labelled(words, choices)
    meant = meant or hearing.meant(words, talk.stage, choices, known, say)
    if meant is not None:
        return _chosen(talk, Pressed(meant.id, talk.turn), world)
    command = hearing.command(words, known, say)
    if command is not None:
        return _command(talk, command, world)
    if words.startswith("/"):
        return _stay(talk, Aside("aside.unknown_command", words.split()[0][:32]), world)
    if isinstance(talk.stage, Why | Naming):  # there, any words are what is waited for
        move = script.hear(talk.stage, talk, Said(words), world)
        return _stay(talk, Aside("aside.not_understood"), world) if move is None else _moved(talk, move, world)
    if code_in(words):
        return _carried(talk, world)
    province = hearing.province(words, world.library.provinces)
    if province is not None:
        return _moved(talk, chose_province(talk, province, world), world)
    tidied = tidying.hear(talk, words, world)
    if tidied is not None:
        return _moved(talk, tidied, world)
    told = handed_in(words, world.today)
    if told is not None:
        return _told_of_handing_in(talk, told, world)
    terms = world.library.terms(hearing.bare(words, say))
    if terms:
        meanings = (Aside("aside.meaning", meaning(term, world.texts[talk.language])) for term in terms)
        return _stay(replace(talk, asides=(*talk.asides, *meanings)), None, world)
    move = script.hear(talk.stage, talk, Said(words), world)
    if move is not None:
        return _moved(talk, move, world)
    polite = courtesy(words, world.texts[talk.language])
    return _question(talk, words, world) if polite is None else _stay(talk, Aside(f"courtesy.{polite}"), world)


def _told_of_handing_in(talk: Talk, told: Handed, world: World) -> Turn:
    """A file was handed in: that of the open guide, or of the one list that was begun; else ask which."""
    begun = [case for case in talk.cases if case.handed_in is None]
    here = guide_of(talk.stage)
    mine = [case for case in begun if here in {"", case.guide}]
    at_list = talk.case(here, nth_of(talk.stage)) is not None and not isinstance(talk.stage, AtGuide)
    only = mine[0] if len(mine) == 1 and not at_list else None
    id, nth = (only.guide, only.nth) if only is not None else (here, nth_of(talk.stage))
    guide = world.library.get(id)
    if guide is not None and guide.visible(world.today) and (at_list or len(mine) < MANY):
        return _moved(talk, handed(talk, world.guide(guide.id), nth, told), world)
    aside = Aside("aside.which_handed_in")
    return _moved(talk, Move(MyLists(), asides=(aside,)), world) if begun else _stay(talk, aside, world)


def _command(talk: Talk, command: Command, world: World) -> Turn:
    match command:
        case "home":
            move = Move(Home())
        case "back":
            back = undone(talk, world) if talk.meant else None
            if back is None and not talk.past:
                return _stay(talk, Aside("aside.nothing_back"), world)
            move = back or Move(talk.past[-1], returns=True)
        case "help":
            move = Move(Help())
        case "person":
            about = guide_of(talk.stage)
            move = Move(Person(about), facts=(HelpWanted(about),))
        case "mine":
            move = Move(MyLists())
        case "vi" | "en":
            move = Move(talk.stage, language=command)
        case "forget":
            move = Move(Forgetting())
        case _:
            assert_never(command)
    return _moved(talk, move, world)


def _question(talk: Talk, words: str, world: World) -> Turn:
    """Words that no stage wanted: find the guide, or say honestly that there is a choice or nothing."""
    move = questions.answer(talk, words, world)
    return _stay(talk, Aside("aside.not_understood"), world) if move is None else _moved(talk, move, world)


def _stay(talk: Talk, aside: Aside | None, world: World) -> Turn:
    """Nothing changes but what is said above the page; the buttons of the page stay good."""
    asides = talk.asides if aside is None else (*talk.asides, aside)
    talk = replace(talk, asides=asides)
    return Turn(talk, show(talk, world))


def _moved(talk: Talk, move: Move, world: World) -> Turn:
    if move.forget:
        talk = Talk(turn=talk.turn, language=talk.language)
    past = talk.past
    if isinstance(move.to, Home):
        past = ()
    elif move.returns:
        past = past[:-1]
    elif move.back and move.to != talk.stage:
        past = (*past, talk.stage)[-WAY_BACK:]
    if move.deleted:
        talk, past = without_list(talk, move.deleted), without_list(replace(talk, past=past), move.deleted).past
    talk = replace(
        talk,
        stage=landed(move.to, talk, world),
        past=past,
        cases=talk.cases if move.case is None else with_case(talk.cases, move.case),
        turn=talk.turn + 1,
        language=move.language or talk.language,
        province=talk.province if move.province is None else move.province,
        asides=(*talk.asides, *move.asides),
        meant=move.meant,
    )
    talk = remembering(talk, world)
    return Turn(talk, show(talk, world), move.facts, move.forget, move.shared, move.reminders)
