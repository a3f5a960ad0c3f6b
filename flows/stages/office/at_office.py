"""The first page for whoever works here: who they are, and what there is to do."""

from __future__ import annotations

from flows import coming, helping, reporting
from flows.events import Pressed, Said
from flows.office.letter_stages import LettersAtDesk
from flows.office.people import may_somewhere
from flows.office.practice_stages import Training
from flows.office.request_stages import Queue
from flows.office.shift_stages import CheckingIn, MyShifts, RosterWeek
from flows.office.stages import AtOffice, Colleagues, Leaving
from flows.replies import Block, Choice, Heading, Line
from flows.state import Talk
from flows.telling.posts import post_name
from flows.turn import Move, Page, World


def hear(at: AtOffice, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Where a button leads."""
    match event:
        case Pressed("next"):
            return helping.next_person(talk, world)
        case Pressed("come"):
            return coming.comes(talk, world)
        case Pressed("come_elsewhere"):
            return Move(CheckingIn())
        case Pressed("go"):
            return coming.goes(talk, world)
        case Pressed("shifts"):
            return Move(RosterWeek() if may_somewhere(world.me, "lead") else MyShifts())
        case Pressed("queue"):
            return Move(Queue())
        case Pressed("letters"):
            return Move(LettersAtDesk())
        case Pressed("training"):
            return Move(Training())
        case Pressed("team"):
            return Move(Colleagues())
        case Pressed("report"):
            return Move(reporting.of_today(world))
        case Pressed("leave"):
            return Move(Leaving())
        case _:
            return None


def show(at: AtOffice, talk: Talk, world: World) -> Page:
    """The posts of this person, and what they may do."""
    say = world.texts[talk.language]
    posts = "; ".join(post_name(post, world, say) for post in world.me.posts)
    choices: list[Choice] = []
    blocks: list[Block] = []
    if may_somewhere(world.me, "help"):
        choices.append(Choice("next", say("assist.next"), "main"))
        choices.extend(coming.choices(world, say))
        blocks.extend(coming.told(world, say))
        waiting = len(world.office.requests.waiting())
        choices.append(
            Choice("queue", say("requests.open", n=waiting) if waiting else say("requests.open_none"), "more")
        )
        choices.append(Choice("shifts", say("roster.button"), "more"))
        waiting = len(world.office.letters.waiting())
        ready = len(world.office.letters.ready())
        counts = [say(f"letters.{name}", n=n) for name, n in (("to_print", ready), ("to_approve", waiting)) if n]
        letters = say("letters.open_counted", counts=", ".join(counts)) if counts else say("letters.open")
        choices.append(Choice("letters", letters, "more"))
        choices.append(Choice("training", say("training.open"), "more"))
    if may_somewhere(world.me, "lead"):
        choices.append(Choice("team", say("people.team"), "more"))
    report = "reports.button" if may_somewhere(world.me, "inform") else "reports.own_button"
    choices.append(Choice("report", say(report), "more"))
    if not may_somewhere(world.me, "lead"):  # who leads finds this at their own name in the team
        choices.append(Choice("leave", say("people.leave"), "more"))
    return Page(
        (Heading(say("office.title", called=world.me.called)), Line(say("office.posts", posts=posts)), *blocks),
        tuple(choices),
        say("office.prompt"),
    )
