"""The roster of a desk for a week: who is there when, what is still free, and for the lead how to change it."""

from __future__ import annotations

from datetime import timedelta

from flows import rostering
from flows.events import Pressed, Said
from flows.office.people import may
from flows.office.shift_stages import MyShifts, Planning, RosterWeek, Unplanning
from flows.planning import has_hours
from flows.replies import Block, Bullets, Choice, Heading, Line, Notice
from flows.state import Talk
from flows.telling.plain import day
from flows.telling.posts import desk_name
from flows.telling.shifts import in_a_day
from flows.turn import Move, Page, World

DESK = "d-"
WEEK = timedelta(weeks=1)


def hear(at: RosterWeek, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Another week or desk, or a change."""
    desk, monday = rostering.desk_of(at, world), rostering.monday_of(at, world)
    if isinstance(event, Said):
        return rostering.planned_in_words(event.text, desk, talk, world) if has_hours(event.text) else None
    match event.choice:
        case "next":
            return Move(RosterWeek(desk, monday + WEEK), back=False)
        case "before":
            return Move(RosterWeek(desk, monday - WEEK), back=False)
        case "add":
            return Move(Planning(desk, monday))
        case "remove":
            return Move(Unplanning(desk, monday))
        case "mine":
            return Move(MyShifts())
        case choice:
            return Move(RosterWeek(choice.removeprefix(DESK), monday), back=False)


def show(at: RosterWeek, talk: Talk, world: World) -> Page:
    """Day by day; a desk whose file is gone is called by its id, and whoever leads it is told."""
    say = world.texts[talk.language]
    desk, monday = rostering.desk_of(at, world), rostering.monday_of(at, world)
    if not desk:
        return Page((Heading(say("roster.week")), Line(say("roster.no_desk"))))
    lead = may(world.me, "lead", desk)
    days = rostering.by_day(desk, monday, world)
    title = say("roster.week_of", desk=desk_name(desk, world), first=day(monday))
    blocks: list[Block] = [Heading(title)]
    if days:
        blocks.append(Bullets(tuple(in_a_day(one, shifts, say) for one, shifts in days)))
    else:
        blocks.append(Line(say("roster.week_empty")))
    lost = rostering.without_file(world) if lead else ()
    if lost:
        blocks.append(Notice(say("roster.desk_gone", desks=", ".join(lost)), "warning"))
    if lead:
        blocks.append(Notice(say("roster.how_to_plan")))
    choices = []
    if lead:
        choices.append(Choice("add", say("roster.add"), "main"))
    if lead and days:
        choices.append(Choice("remove", say("roster.remove"), "more"))
    choices += [Choice("before", say("roster.week_before"), "more"), Choice("next", say("roster.week_next"), "more")]
    others = [one for one in rostering.desks(world) if one != desk][:3]
    choices += [Choice(DESK + one, desk_name(one, world), "more") for one in others]
    choices.append(Choice("mine", say("roster.mine"), "more"))
    return Page(tuple(blocks), tuple(choices), say("roster.plan_prompt" if lead else "office.prompt"))
