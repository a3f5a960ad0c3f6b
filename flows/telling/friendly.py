"""How a desk's next friendly day is told: day, hours, place, telephone, and who will be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from flows.replies import Row
from flows.telling.hours import hours_told
from flows.telling.shifts import weekday_and_day
from flows.texts import Say
from flows.turn import VIETNAM, World
from knowledge.desks import Desk
from knowledge.friendly_day import FriendlyDay


def desk_told(one: FriendlyDay, world: World, say: Say, *, dated: bool) -> Iterator[str]:
    """What there is to know of one desk; with its day where those of others differ."""
    hours = _hours(one)
    if dated:
        yield _day_and_hours(one, say)
    elif hours:
        yield say("friendly.hours", hours=hours)
    yield from _where(one.desk, say)
    yield from _who(one, world, say)


def desk_in_rows(desk: Desk, found: FriendlyDay | None, world: World, say: Say) -> Iterator[Row]:
    """A desk on a page of its own: where, when, whom to call, and its next friendly day where it has one."""
    yield Row(say("poster.address"), tuple(_where(desk, say)))
    yield Row(say("poster.hours"), hours_told(desk, say))
    if found is not None:
        yield Row(say("poster.friendly"), (_day_and_hours(found, say), *_who(found, world, say)))


def _day_and_hours(one: FriendlyDay, say: Say) -> str:
    return ", ".join(filter(None, (weekday_and_day(one.day, say), _hours(one))))


def _hours(one: FriendlyDay) -> str:
    return ", ".join(f"{begins:%-H:%M} - {ends:%-H:%M}" for begins, ends in one.hours)


def _where(desk: Desk, say: Say) -> Iterator[str]:
    yield desk.address
    if desk.map is not None:
        yield say("friendly.map", link=str(desk.map))
    if desk.hotline is not None:
        yield say("friendly.hotline", number=desk.hotline)


def _who(one: FriendlyDay, world: World, say: Say) -> Iterator[str]:
    there = _volunteers(one, world)
    if there:
        names = ", ".join(there) if one.desk.names else ""
        yield say("friendly.named", names=names) if names else say("friendly.volunteers", n=len(there))


def skipped_told(found: Iterable[FriendlyDay], say: Say) -> tuple[str, ...]:
    """The friendly days that are days off, each once."""
    off = {day.date: day for one in found for day in one.skipped}
    return tuple(
        say("friendly.day_off", day=weekday_and_day(at, say), name=day.en if say.language == "en" else day.name)
        for at, day in sorted(off.items())
    )


def _volunteers(one: FriendlyDay, world: World) -> tuple[str, ...]:
    """Who is planned for that day, by name, each once."""
    begins = datetime.combine(one.day, time(), VIETNAM)
    shifts = world.office.roster.planned(one.desk.id, begins, begins + timedelta(days=1))
    return tuple(
        sorted({shift.member.id: shift.member.called for shift in shifts if shift.member is not None}.values())
    )
