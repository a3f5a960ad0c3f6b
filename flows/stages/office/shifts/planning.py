"""A shift is put on the roster by pressing: the day, then the hours, then the people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from flows import planning, rostering
from flows.events import Pressed, Said
from flows.office.shift_stages import Planning
from flows.replies import Block, Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.posts import desk_name
from flows.telling.shifts import weekday_and_day
from flows.texts import Say
from flows.turn import Move, Page, World
from knowledge.desks import hours_on

USUAL = ("7:30 - 11:30", "13:30 - 17:00")
"""Hours offered where the desk's own are not known for that day."""

PEOPLE = 20
"""Members that can be pressed; more are named in words."""


def hear(at: Planning, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The next answer; words are a whole shift, or the part that is asked for."""
    if isinstance(event, Said):
        return _said(at, event.text, talk, world)
    kind, _, value = event.choice.partition("-")
    match kind:
        case "day":
            return Move(replace(at, day=date.fromisoformat(value)))
        case "hours":
            return Move(replace(at, hours=_hours(at, world)[int(value)]))
        case "who":
            chosen = (*at.members, value) if value not in at.members else tuple(m for m in at.members if m != value)
            return Move(replace(at, members=chosen), back=False)
        case _:
            return _done(at, talk, world)


def _said(at: Planning, words: str, talk: Talk, world: World) -> Move | None:
    if at.day is None and planning.has_hours(words):
        return rostering.planned_in_words(words, at.desk, talk, world)
    try:
        if at.day is None:
            return Move(replace(at, day=planning.day_in(words, world.today)))
        if not at.hours:
            planning.span(words)
            return Move(replace(at, hours=words.strip()))
    except planning.Unclear as unclear:
        if unclear.sentence in {"planning.no_day", "planning.no_hours"}:
            return None  # it was about something else
        return Move(at, asides=(Aside(unclear.sentence, unclear.about),))
    return None


def _done(at: Planning, talk: Talk, world: World) -> Move | None:
    if at.day is None or not at.hours:
        return None
    hours = planning.span(at.hours)
    wanted = tuple(planning.planned(at.desk, at.day, hours, member) for member in at.members or ("",))
    return rostering.planned(at.desk, wanted, talk, world)


def show(at: Planning, talk: Talk, world: World) -> Page:
    """One question."""
    say = world.texts[talk.language]
    blocks: list[Block] = [Heading(say("planning.title", desk=desk_name(at.desk, world)))]
    if at.day is None:
        days = [at.monday + timedelta(days=n) for n in range(7)]
        choices = [Choice(f"day-{day}", weekday_and_day(day, say)) for day in days if day >= world.today]
        return Page((*blocks, Line(say("planning.which_day"))), tuple(choices), say("planning.day_prompt"))
    if not at.hours:
        blocks.append(Line(weekday_and_day(at.day, say)))
        choices = [Choice(f"hours-{nth}", hours) for nth, hours in enumerate(_hours(at, world))]
        return Page((*blocks, Line(say("planning.which_hours"))), tuple(choices), say("planning.hours_prompt"))
    return Page(
        (*blocks, Line(f"{weekday_and_day(at.day, say)}, {at.hours}"), Line(say("planning.who"))),
        (*_people(at, world), _finish(at, say)),
    )


def _people(at: Planning, world: World) -> tuple[Choice, ...]:
    team = world.office.roster.team(at.desk)[:PEOPLE]
    return tuple(Choice(f"who-{one.id}", one.called, "answer", one.id in at.members) for one in team)


def _finish(at: Planning, say: Say) -> Choice:
    return Choice("done", say("planning.done" if at.members else "planning.done_free"), "main")


def _hours(at: Planning, world: World) -> tuple[str, ...]:
    desk = world.desks.get(at.desk)
    spans = hours_on(desk, at.day.weekday()) if desk is not None and at.day is not None else ()
    return tuple(f"{begins:%-H:%M} - {ends:%-H:%M}" for begins, ends in spans) or USUAL
