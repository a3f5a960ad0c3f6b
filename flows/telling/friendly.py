"""How a desk's next friendly day is told: day, hours, place, telephone, and who will be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from flows.telling.shifts import weekday_and_day
from flows.texts import Say
from flows.turn import VIETNAM, World
from knowledge.friendly_day import FriendlyDay


def desk_told(one: FriendlyDay, world: World, say: Say, *, dated: bool) -> Iterator[str]:
    """What there is to know of one desk; with its day where those of others differ."""
    hours = ", ".join(f"{begins:%-H:%M} - {ends:%-H:%M}" for begins, ends in one.hours)
    day = weekday_and_day(one.day, say)
    if dated:
        yield f"{day}, {hours}" if hours else day
    elif hours:
        yield say("friendly.hours", hours=hours)
    yield one.desk.address
    if one.desk.map is not None:
        yield say("friendly.map", link=str(one.desk.map))
    if one.desk.hotline is not None:
        yield say("friendly.hotline", number=one.desk.hotline)
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
