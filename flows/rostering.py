"""The roster of a desk as whoever works there sees it, and how shifts come on it, by words or by pressing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import groupby

from flows import planning
from flows.office.people import EVERYWHERE, may, may_somewhere
from flows.office.roster import Plan, Planned, Shift
from flows.office.shift_stages import Planning, RosterWeek
from flows.state import Aside, Talk
from flows.telling.shifts import day_of, weekday_and_day, when_and_where
from flows.texts import Say
from flows.turn import VIETNAM, Move, World
from knowledge.calendar import calendar
from knowledge.friendly_day import own_calendar
from knowledge.vietnamese import fold

REST_OF_THE_WEEK = timedelta(days=2)


def desks(world: World) -> tuple[str, ...]:
    """The desks (ids) whose roster this person sees: theirs, or all."""
    mine = {post.desk for post in world.me.posts}
    every = {*world.desks, *world.office.roster.desks()} if EVERYWHERE in mine else set[str]()
    return tuple(sorted((mine | every) - {EVERYWHERE}))


def desk_of(at: RosterWeek, world: World) -> str:
    """The desk of the page; empty where there is none."""
    there = desks(world)
    if at.desk in there:
        return at.desk
    due = world.office.roster.mine()
    return due[0].desk if due and due[0].desk in there else next(iter(there), "")


def monday_of(at: RosterWeek, world: World) -> date:
    """The Monday of the page's week; where none is said, of the next shift of whoever only works there, or this week.

    From Saturday on that is the week to come: of the other one little is left to plan.
    """
    day = at.monday or _next_of_mine(desk_of(at, world), world) or world.today + REST_OF_THE_WEEK
    return day - timedelta(days=day.weekday())


def _next_of_mine(desk: str, world: World) -> date | None:
    if may(world.me, "lead", desk):
        return None
    return next((day_of(one.begins) for one in world.office.roster.mine() if one.desk == desk), None)


def by_day(desk: str, monday: date, world: World) -> tuple[tuple[date, tuple[Shift, ...]], ...]:
    """The shifts of a week, each day that has any."""
    begins = datetime.combine(monday, time(), VIETNAM)
    shifts = world.office.roster.planned(desk, begins, begins + timedelta(weeks=1))
    return tuple((day, tuple(those)) for day, those in groupby(shifts, key=lambda one: day_of(one.begins)))


def without_file(world: World) -> tuple[str, ...]:
    """The desks (ids) with shifts to come that this person leads and that no file describes any more."""
    shifts = world.office.roster.desks()
    return tuple(desk for desk in shifts if desk not in world.desks and may(world.me, "lead", desk))


def command(words: str, talk: Talk, world: World) -> Move | None:
    """A shift to plan, typed anywhere: "lịch: thứ tư 25/11 7:30-11:30 Lan"; None for other words."""
    head, colon, rest = words.partition(":")
    called = fold(head).split()
    if not colon or called[:1] not in (["lich"], ["roster"]):
        return None
    me = world.office.people.me()
    if me is None:
        return None
    if not may_somewhere(me, "lead"):
        return Move(RosterWeek(), asides=(Aside("office.not_allowed"),))
    named = " ".join(word for word in called[1:] if word not in {"truc", "tai", "o"})
    led = [desk for desk in desks(world) if may(world.me, "lead", desk)]
    fits = [desk for desk in led if not named or named in {fold(desk), _folded_name(desk, world)}]
    if not fits:
        fits = [desk for desk in led if named and named in _folded_name(desk, world)]
    if len(fits) != 1:
        names = ", ".join(fits or led)
        return Move(RosterWeek(), asides=(Aside("planning.which_desk", names),))
    return planned_in_words(rest, fits[0], talk, world)


def _folded_name(desk: str, world: World) -> str:
    file = world.desks.get(desk)
    return fold(desk if file is None else file.name)


def planned_in_words(words: str, desk: str, talk: Talk, world: World) -> Move | None:
    """Shifts in words for a desk; None for who may not plan."""
    if not may(world.me, "lead", desk):
        return None
    try:
        wanted = planning.shifts(words, desk, world.office.roster.team(desk), world.today)
    except planning.Unclear as unclear:
        return Move(_shown(desk, talk), asides=(Aside(unclear.sentence, unclear.about),))
    return planned(desk, wanted, talk, world)


def _shown(desk: str, talk: Talk) -> RosterWeek:
    """The roster of the desk, at the week that is on the page already."""
    match talk.stage:
        case RosterWeek(there, monday) | Planning(there, monday) if there in {desk, ""}:
            return RosterWeek(there, monday)
        case _:
            return RosterWeek(desk)


def planned(desk: str, wanted: tuple[Planned, ...], talk: Talk, world: World) -> Move:
    """The shifts are put on the roster; where one is over or overlaps another none is, and which is told."""
    say = world.texts[talk.language]
    if not wanted or any(one.ends <= world.now for one in wanted):
        return Move(_shown(desk, talk), asides=(Aside("planning.over"),), back=False)
    page = RosterWeek(desk, monday_of(RosterWeek(desk, day_of(wanted[0].begins)), world))
    overlaps = [told for told in (overlap(one, wanted, world, say) for one in wanted) if told]
    if overlaps:
        return Move(page, asides=(Aside("planning.overlaps", overlaps[0]),), back=False)
    there = [one for one in wanted if one.member and _is_planned(one, world)]
    asides = [Aside("planning.planned", str(len(wanted) - len(there)))]
    asides += [Aside("planning.there_already", str(len(there)))] if there else []
    closed = sorted({day_of(one.begins) for one in wanted if not _works(desk, day_of(one.begins), world)})
    asides += [Aside("planning.closed", weekday_and_day(day, say)) for day in closed]
    return Move(page, deeds=(Plan(desk, wanted),), asides=tuple(asides), back=False)


def overlap(one: Planned, wanted: tuple[Planned, ...], world: World, say: Say) -> str:
    """Who is to be in two places at once, and the other place; empty when nobody is."""
    who = next((member.called for member in world.office.roster.team(one.desk) if member.id == one.member), "")
    for other in world.office.roster.clashing(one.member, one.begins, one.ends) if one.member else ():
        if (other.desk, other.begins, other.ends) != (one.desk, one.begins, one.ends):
            return say("roster.whose", shift=when_and_where(other, world, say), who=who)
    for two in wanted:
        if two != one and two.member == one.member != "" and two.begins < one.ends and two.ends > one.begins:
            other = Shift("", two.desk, two.begins, two.ends, None)
            return say("roster.whose", shift=when_and_where(other, world, say), who=who)
    return ""


def _is_planned(one: Planned, world: World) -> bool:
    those = world.office.roster.clashing(one.member, one.begins, one.ends)
    return any((other.desk, other.begins, other.ends) == (one.desk, one.begins, one.ends) for other in those)


def _works(desk: str, day: date, world: World) -> bool:
    file = world.desks.get(desk)
    return file is None or own_calendar(file, calendar()).works(day)
