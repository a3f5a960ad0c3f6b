"""By which day the result is due, and what to do when it is not there."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.moves import case_of
from flows.replies import Appointment, Block, Bullets, Choice, Heading, Line, Notice
from flows.state import Awaiting, HandingIn, Receiving, Summary, Talk
from flows.telling.due import due_lines, latest, weekday
from flows.telling.plain import named
from flows.telling.times import time_lines
from flows.turn import Move, Page, World


def hear(at: Awaiting, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The result is there, another day, or the list once more."""
    match event:
        case Pressed(choice="received"):
            return Move(Receiving(at.guide))
        case Pressed(choice="another_day"):
            return Move(HandingIn(at.guide), back=False)
        case Pressed(choice="list"):
            return Move(Summary(at.guide))
        case _:
            return None


def show(at: Awaiting, talk: Talk, world: World) -> Page:
    """The date for each term, how it was counted, and what the law gives when it is late."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    case = case_of(talk, guide)
    blocks: list[Block] = [Heading(say("awaiting.title", name=named(guide.title, guide.en, say)))]
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
    elif due is not None:
        title = say("awaiting.appointment", name=named(guide.title, guide.en, say))
        blocks.append(Appointment(due, title, say("awaiting.note"), say("awaiting.keep")))
    blocks.append(Notice(say("awaiting.official")))
    return Page(
        tuple(blocks),
        (
            Choice("received", say("awaiting.received"), "main"),
            Choice("another_day", say("awaiting.another_day"), "more"),
            Choice("list", say("awaiting.list"), "more"),
        ),
        say("guide.prompt"),
    )
