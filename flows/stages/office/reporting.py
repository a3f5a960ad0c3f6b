"""A report: a table and a chart of some days, from the side that is chosen, and the Excel file to take along."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Final

from flows import reporting
from flows.events import Pressed, Said
from flows.office.people import may
from flows.office.reports import VIEWS, Period, query
from flows.office.stages import Reporting
from flows.periods import Span, period_in, span
from flows.replies import Block, Choice, Line, Notice, Workbook
from flows.state import Aside, Talk
from flows.telling.posts import desk_name
from flows.telling.report import blocks
from flows.texts import Say
from flows.turn import Move, Page, World

SPANS: Final[dict[str, Span]] = {"today": "day", "week": "week", "month_now": "month", "quarter": "quarter"}

MOST_DESKS: Final = 4
"""Desks with a button of their own; an office with more has the table of them all."""


def hear(at: Reporting, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Other days, another side, one desk, the file; days may be typed."""
    match event:
        case Said(text=text):
            period = period_in(text, world.today)
            if period is not None and not at.member:
                return _to(at, period)
            return Move(at, asides=(Aside("reports.no_such_period"),), back=False) if _numbers(text) else None
        case Pressed(choice=choice) if choice in SPANS:
            return _to(at, span(SPANS[choice], world.today))
        case Pressed(choice="own_shift"):
            return Move(reporting.own_shift(world), back=False)
        case Pressed(choice="file"):
            return Move(dataclasses.replace(at, file=True), back=False)
        case Pressed(choice="all_desks"):
            return Move(dataclasses.replace(at, desk="", member="", file=False), back=False)
        case Pressed(choice=choice) if choice.startswith("desk_"):
            desk = choice.removeprefix("desk_")
            return Move(dataclasses.replace(at, desk=desk, member="", file=False), back=False)
        case Pressed(choice=choice):
            view = next((view for view in VIEWS if view == choice), None)
            return None if view is None else Move(dataclasses.replace(at, view=view, file=False), back=False)


def _to(at: Reporting, period: Period) -> Move:
    return Move(dataclasses.replace(at, first=period.first, last=period.last, file=False), back=False)


def _numbers(text: str) -> bool:
    return any(sign.isdecimal() for sign in text)


def show(at: Reporting, talk: Talk, world: World) -> Page:
    """The report, counted when it is looked at."""
    say = world.texts[talk.language]
    if not reporting.allowed(at, world):
        return Page((Notice(say("reports.not_yours"), "warning"),))
    return Page(_blocks(at, world, say), tuple(_choices(at, world, say)), "" if at.member else say("reports.prompt"))


def _blocks(at: Reporting, world: World, say: Say) -> Iterator[Block]:
    report = world.report(reporting.scope(at))
    yield from blocks(report, at.view, world, say)
    if at.file:
        name = say("reports.file_name", first=at.first.isoformat(), last=at.last.isoformat())
        yield Workbook(say("reports.file"), query(reporting.scope(at)), name, say("reports.elsewhere"))
    yield Line(say("reports.left_out"))


def _choices(at: Reporting, world: World, say: Say) -> Iterator[Choice]:
    """The days, then the sides; whoever sees their own shift only has no more than that."""
    if at.member:
        yield (
            Choice("by_guide", say("reports.by_guide"))
            if at.view == "summary"
            else Choice("summary", say("reports.summary"))
        )
        if reporting.desks(world.me, world):
            yield Choice("all_desks", say("reports.button"), "more")
        return
    if at.view != "summary":
        for view in VIEWS:
            if view != at.view:
                yield Choice(view, say(f"reports.{view}"))
        yield Choice("file", say("reports.file"), "more")
        return
    for choice in SPANS:
        yield Choice(choice, say(f"reports.{choice}"))
    yield Choice("by_member" if at.desk else "by_desk", say("reports.sides"), "more")
    yield Choice("file", say("reports.file"), "more")
    there = reporting.desks(world.me, world)
    if at.desk and may(world.me, "inform"):
        yield Choice("all_desks", say("reports.all_desks"), "more")
    for desk in there[:MOST_DESKS]:
        if desk != at.desk and len(there) > 1:
            yield Choice(f"desk_{desk}", say("reports.choose_desk", desk=desk_name(desk, world)), "more")
