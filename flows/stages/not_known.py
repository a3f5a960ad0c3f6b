"""A question that no guide answers: says so and offers ways on; danger, a scam and forgery get their own."""

from __future__ import annotations

from typing import assert_never

from flows.events import Pressed, Said
from flows.facts import HelpWanted
from flows.moves import found_choice, pressed_found
from flows.replies import Block, Bullets, Choice, Heading, Line, Notice
from flows.state import Fields, NotKnown, Person, Talk
from flows.texts import Say
from flows.turn import Move, Page, World


def hear(at: NotKnown, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A guide that may be near, the fields, or a person."""
    if event == Pressed("fields", talk.turn):
        return Move(Fields())
    if event == Pressed("person", talk.turn):
        return Move(Person(), facts=(HelpWanted(""),))
    return pressed_found(event, at.about, at.taken, talk, world)


def show(at: NotKnown, talk: Talk, world: World) -> Page:
    """What the bot is for, and what to do instead."""
    say = world.texts[talk.language]
    near = [choice for found in at.near if (choice := found_choice(found, world, say))]
    if at.alarm == "emergency":
        return Page(_blocks(at, near=False, say=say), prompt=say("emergency.prompt"))
    ways = (Choice("fields", say("not_known.fields"), "more"), Choice("person", say("not_known.person"), "more"))
    return Page(_blocks(at, bool(near), say), (*near, *ways), say("not_known.prompt"))


def _blocks(at: NotKnown, near: bool, say: Say) -> tuple[Block, ...]:
    match at.alarm:
        case "emergency":
            numbers = tuple(say(f"emergency.{who}") for who in ("police", "ambulance", "child", "fire"))
            calm = (Line(say("emergency.near")), Line(say("emergency.later")))
            return Heading(say("emergency.title")), Bullets(numbers), Notice(say("emergency.body"), "warning"), *calm
        case "scam":
            todo = tuple(say(f"scam.{what}") for what in ("do_first", "do_next"))
            return (
                Heading(say("scam.title")),
                Line(say("scam.body")),
                Notice(say("scam.do_bank"), "warning"),
                Bullets(todo),
            )
        case "forgery":
            return Heading(say("forgery.title")), Line(say("forgery.body")), Line(say("forgery.true"))
        case "none":
            blocks: tuple[Block, ...] = (Heading(say("not_known.title")), Line(say("not_known.body")))
            return (*blocks, Line(say("not_known.near" if near else "not_known.try")))
        case _:
            assert_never(at.alarm)
