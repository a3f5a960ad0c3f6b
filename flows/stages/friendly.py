"""The next day on which volunteers help, of all desks or of one: when, where, whom to call, how many will be there."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.replies import Block, Choice, Heading, Line, Notice, Row, Rows
from flows.state import Friendly, Person, Talk
from flows.telling.friendly import desk_in_rows, desk_told, skipped_told
from flows.telling.hours import desk_rows
from flows.telling.shifts import weekday_and_day
from flows.texts import Say
from flows.turn import VIETNAM, Move, Page, World
from knowledge.calendar import calendar
from knowledge.desks import Desk
from knowledge.friendly_day import next_friendly_day, next_friendly_days

SHOWN = 5
"""Desks told of at once."""


def hear(at: Friendly, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A person to ask; words are a new question."""
    return Move(Person()) if isinstance(event, Pressed) and event.choice == "person" else None


def show(at: Friendly, talk: Talk, world: World) -> Page:
    """The soonest first; where no desk is known, the way to the one of one's commune."""
    say = world.texts[talk.language]
    person = (Choice("person", say("help.person"), "more"),)
    if at.desk in world.desks:
        return _of_one(world.desks[at.desk], person, world, say)
    desks = [desk for desk in world.desks.values() if not desk.trial]
    if not desks:
        return Page((Heading(say("friendly.title")), Line(say("friendly.none")), Line(say("person.body"))), person)
    found = next_friendly_days(desks, world.now.astimezone(VIETNAM), calendar())[:SHOWN]
    if not found:
        return Page((Heading(say("friendly.no_day")), *desk_rows(desks, world.today, say)), person)
    first = found[0]
    same = all(one.day == first.day for one in found)
    title = say("friendly.when", day=weekday_and_day(first.day, say)) if same else say("friendly.title")
    rows = tuple(Row(one.desk.name, tuple(desk_told(one, world, say, dated=not same))) for one in found)
    blocks: list[Block] = [Heading(title)]
    if same and first.day == world.today:
        blocks.append(Line(say("friendly.today")))
    blocks.append(Rows(rows))
    blocks.extend(Notice(text) for text in skipped_told(found, say))
    return Page(tuple(blocks), person, say("person.prompt"))


def _of_one(desk: Desk, person: tuple[Choice, ...], world: World, say: Say) -> Page:
    found = next_friendly_day(desk, world.now.astimezone(VIETNAM), calendar())
    skipped = skipped_told(() if found is None else (found,), say)
    rows = Rows(tuple(desk_in_rows(desk, found, world, say)))
    notices = (Notice(text) for text in skipped)
    return Page((Heading(desk.name), rows, *notices, Line(say("friendly.ask"))), person, say("home.prompt"))
