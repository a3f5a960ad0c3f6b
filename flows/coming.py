"""Coming to a desk and going from it: which desks somebody may come to, for which shift, and what they are told."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.office.people import EVERYWHERE, may
from flows.office.roster import CheckIn, CheckOut
from flows.office.shift_stages import CheckingIn
from flows.office.stages import AtOffice
from flows.replies import Choice, Line
from flows.state import Aside, Talk
from flows.telling.posts import desk_name
from flows.telling.shifts import clock, minutes, when_and_where
from flows.texts import Say
from flows.turn import VIETNAM, Move, World
from knowledge.desks import closing


def desks(world: World) -> tuple[str, ...]:
    """The desks (ids) at which this person may help, the one of the shift that begins now first."""
    here = {post.desk for post in world.me.posts if post.desk != EVERYWHERE}
    all = sorted({desk for desk in {*here, *world.desks} if may(world.me, "help", desk)})
    due = world.office.roster.due("")
    return tuple(sorted(all, key=lambda desk: due is None or desk != due.desk))


def comes(talk: Talk, world: World, desk: str = "", *, sure: bool = False) -> Move:
    """Check in at a desk; which one, and whether it is really not the planned one, is asked where it is not clear."""
    there = desks(world)
    due = world.office.roster.due(desk)
    desk = desk or (there[0] if len(there) == 1 or (due is not None and due.desk in there) else "")
    if not desk or (due is not None and due.desk != desk and not sure):
        return Move(CheckingIn(desk))
    say = world.texts[talk.language]
    here = world.office.roster.presence()
    if here is not None and here.desk == desk and (due is None or here.shift == due):
        return Move(AtOffice(), asides=(Aside("roster.already_there", desk_name(desk, world)),))
    if due is None:
        told = Aside("roster.came_unplanned", desk_name(desk, world))
    elif world.now - due.begins >= timedelta(minutes=1):
        told = Aside("roster.came_late", minutes(world.now - due.begins, say))
    else:
        told = Aside("roster.came", when_and_where(due, world, say))
    return Move(AtOffice(), deeds=(CheckIn(desk, _closing(desk, world)),), asides=(told,))


def goes(talk: Talk, world: World) -> Move:
    """Check out of where one is."""
    say = world.texts[talk.language]
    here = world.office.roster.presence()
    if here is None:
        return Move(AtOffice(), asides=(Aside("roster.not_there"),))
    early = here.shift is not None and here.shift.ends - world.now >= timedelta(minutes=1)
    told = (
        Aside("roster.went_early", minutes(here.shift.ends - world.now, say))
        if early and here.shift is not None
        else Aside("roster.went", clock(world.now))
    )
    return Move(AtOffice(), deeds=(CheckOut(),), asides=(told,))


def told(world: World, say: Say) -> tuple[Line, ...]:
    """Where one is since when, or the next shift."""
    here = world.office.roster.presence()
    if here is not None:
        return (Line(say("roster.here_now", desk=desk_name(here.desk, world), since=clock(here.since))),)
    mine = world.office.roster.mine()
    return (Line(say("roster.next", shift=when_and_where(mine[0], world, say))),) if mine else ()


def choices(world: World, say: Say) -> tuple[Choice, ...]:
    """The buttons to come or to go."""
    if world.office.roster.my_desk():
        return (Choice("go", say("roster.go"), "more"),)
    there = desks(world)
    due = world.office.roster.due("")
    if len(there) == 1:
        return (Choice("come", say("roster.come_at", desk=desk_name(there[0], world)), "main"),)
    if due is None or due.desk not in there:
        return (Choice("come", say("roster.come"), "main"),)
    planned = Choice("come", say("roster.come_at", desk=desk_name(due.desk, world)), "main")
    return (planned, Choice("come_elsewhere", say("roster.come_elsewhere"), "more"))


def _closing(desk: str, world: World) -> datetime | None:
    """When a desk closes today; None where that is not known, or over."""
    file = world.desks.get(desk)
    at = None if file is None else closing(file, world.today)
    when = None if at is None else datetime.combine(world.today, at, VIETNAM)
    return None if when is None or when <= world.now else when
