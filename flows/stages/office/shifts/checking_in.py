"""At which desk somebody has come, and whether they are really not where their shift is."""

from __future__ import annotations

from flows import coming
from flows.events import Pressed, Said
from flows.office.shift_stages import CheckingIn
from flows.replies import Block, Choice, Heading, Line, Notice
from flows.state import Talk
from flows.telling.posts import desk_name
from flows.telling.shifts import when_and_where
from flows.turn import Move, Page, World

SHOWN = 8
"""Desks to choose from at most."""


def hear(at: CheckingIn, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The desk; asked once more where another one was planned."""
    if not isinstance(event, Pressed):
        return None
    if event.choice == "here" and at.desk:
        return coming.comes(talk, world, at.desk, sure=True)
    return coming.comes(talk, world, event.choice.removeprefix("at-"))


def show(at: CheckingIn, talk: Talk, world: World) -> Page:
    """The desks, or the question."""
    say = world.texts[talk.language]
    due = world.office.roster.due(at.desk)
    if at.desk and due is not None:
        blocks: list[Block] = [
            Heading(say("roster.elsewhere", desk=desk_name(at.desk, world))),
            Line(say("roster.planned_there", shift=when_and_where(due, world, say))),
            Notice(say("roster.elsewhere_recorded")),
        ]
        choices = [
            Choice("here", say("roster.here", desk=desk_name(at.desk, world)), "main"),
            Choice(f"at-{due.desk}", say("roster.there", desk=desk_name(due.desk, world))),
        ]
        return Page(tuple(blocks), tuple(choices))
    there = coming.desks(world)[:SHOWN]
    return Page(
        (Heading(say("roster.which_desk")), *(() if there else (Line(say("roster.no_desk")),))),
        tuple(Choice(f"at-{desk}", desk_name(desk, world)) for desk in there),
    )
