"""By which day the result is due, and what to do when it is not there."""

from __future__ import annotations

import dataclasses
from datetime import datetime, time

from flows import hearing
from flows.events import Pressed, Said
from flows.lists import case_of
from flows.office.letters import Draft, Propose
from flows.replies import Appointment, Block, Bullets, Choice, Heading, Line, Notice
from flows.state import Aside, Awaiting, Deleting, HandingIn, Naming, Receiving, Summary, Talk
from flows.telling.due import coming, due_lines, latest, weekday
from flows.telling.letters import letter_desk
from flows.telling.plain import day, list_name
from flows.telling.times import time_lines
from flows.turn import VIETNAM, Move, Page, Reminders, World

EIGHT = time(8)
"""When a reminder comes, in Vietnam."""


def hear(at: Awaiting, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The result is there, a reminder, a day for the calendar, another day, or the list once more."""
    match event:
        case Pressed(choice="received"):
            return Move(Receiving(at.guide, at.nth))
        case Pressed(choice="another_day"):
            return Move(HandingIn(at.guide, at.nth), back=False)
        case Pressed(choice="keep"):
            return Move(dataclasses.replace(at, keep=True), back=False)
        case Pressed(choice="remind"):
            return _remind(at, talk, world)
        case Pressed(choice="ask_new_day"):
            return _asked_new_day(at, talk, world)
        case Pressed(choice="list"):
            return Move(Summary(at.guide, at.nth))
        case Pressed(choice="name"):
            return Move(Naming(at.guide, at.nth))
        case Pressed(choice="delete"):
            return Move(Deleting(at.guide, at.nth))
        case Said(text=text) if hearing.says(text, "command.when_due", world.library.words, world.texts[talk.language]):
            return Move(at, back=False)
        case _:
            return None


def _remind(at: Awaiting, talk: Talk, world: World) -> Move:
    guide = world.guide(at.guide)
    case = case_of(talk, guide, at.nth)
    if case.remind:
        case = dataclasses.replace(case, remind=False)
        return Move(at, case=case, asides=(Aside("aside.no_reminder"),), back=False, reminders=Reminders(case.id))
    days = coming(guide, case, world.today)
    if not days:
        return Move(at, asides=(Aside("aside.nothing_to_remind"),), back=False)
    if not world.reminds:
        return Move(at, asides=(Aside("aside.cannot_remind"),), back=False)
    at_eight = tuple(datetime.combine(day, EIGHT, VIETNAM) for day in days)
    case = dataclasses.replace(case, remind=True)
    asides = (Aside("aside.reminder", day(days[0])),)
    return Move(at, case=case, asides=asides, back=False, reminders=Reminders(case.id, at_eight))


def _asked_new_day(at: Awaiting, talk: Talk, world: World) -> Move | None:
    """A letter with a new day is asked of the desk, which is told what it needs to find the file, and no name."""
    guide = world.guide(at.guide)
    case = case_of(talk, guide, at.nth)
    due, desk = latest(guide, case), letter_desk(world)
    if desk is None or due is None:
        return None
    draft = Draft("apology", desk[0].id, guide.id, handed_in=case.handed_in, late_since=due)
    asides = (Aside("letters.asked_new_day", desk[0].name),)
    case = dataclasses.replace(case, lettered=True)
    return Move(at, case=case, asides=asides, back=False, deeds=(Propose(draft),))


def show(at: Awaiting, talk: Talk, world: World) -> Page:
    """The date for each term, how it was counted, and what the law gives when it is late."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    case = case_of(talk, guide, at.nth)
    blocks: list[Block] = [Heading(say("awaiting.title", name=list_name(guide, case, say)))]
    if case.handed_in is not None:
        told = "awaiting.handed_in_late" if case.late else "awaiting.handed_in"
        blocks.append(Line(say(told, day=weekday(case.handed_in, say))))
    counted = due_lines(guide, case, say)
    if counted:
        blocks.append(Bullets(counted, say("awaiting.due")))
        blocks.append(
            Bullets(time_lines(guide, case.answers, case.handed_in or world.today, say), say("awaiting.term"))
        )
    else:
        blocks.append(Line(say("awaiting.unknown")))
    due = latest(guide, case)
    if due is not None and due < world.today:
        blocks.append(Notice(say("awaiting.passed", day=weekday(due, say)), "warning"))
        blocks.append(Line(say("awaiting.late")))
    elif due is not None and at.keep:
        title = say("awaiting.appointment", name=list_name(guide, case, say))
        blocks.append(Appointment(due, title, say("awaiting.note"), say("awaiting.file")))
    blocks.append(Notice(say("awaiting.official")))
    choices = [Choice("received", say("awaiting.received"), "main")]
    if due is not None and due < world.today and letter_desk(world) is not None and not case.lettered:
        choices.append(Choice("ask_new_day", say("letters.ask_new_day"), "more"))
    if coming(guide, case, world.today):
        choices.append(Choice("remind", say("awaiting.remind_not" if case.remind else "awaiting.remind"), "more"))
        choices.append(Choice("keep", say("awaiting.keep"), "more"))
    choices.append(Choice("another_day", say("awaiting.another_day"), "more"))
    choices.append(Choice("list", say("awaiting.list"), "more"))
    choices.append(Choice("name", say("my_lists.rename" if case.called else "my_lists.give_name"), "more"))
    choices.append(Choice("delete", say("my_lists.delete_this"), "more"))
    return Page(tuple(blocks), tuple(choices), say("guide.prompt"))
