"""What a table changes on the roster of a desk: of the days it speaks of it says everything, of others nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.office.roster import Planned, Shift
from flows.telling.shifts import day_of


@dataclass(frozen=True, slots=True)
class Changes:
    """The shifts that come on the roster, the free ones they fill, those the table has no more, how many stay."""

    new: tuple[Planned, ...]
    filled: tuple[Shift, ...]
    gone: tuple[Shift, ...]
    same: int


def changes(wanted: Sequence[Planned], there: Sequence[Shift], now: datetime) -> Changes:
    """What is to change so that the days of `wanted` are as it says; shifts that are over stay.

    A shift that has changed hands since stays with whoever took it, as long as the table says whose it was.
    """
    days = {day_of(one.begins) for one in wanted}
    left = [one for one in there if day_of(one.begins) in days and one.ends > now]
    new: list[Planned] = []
    same = 0
    for one in wanted:
        found = next((shift for shift in left if _is(one, shift)), None)
        if found is not None:
            left.remove(found)
            same += 1
        elif one.ends > now:
            new.append(one)
    filled = tuple(_filled(new, left))
    return Changes(tuple(new), filled, tuple(one for one in left if one not in filled), same)


def _filled(new: Sequence[Planned], left: Sequence[Shift]) -> Iterable[Shift]:
    """The free shifts that somebody has now: each new one fills one of its hours."""
    free = [one for one in left if one.member is None]
    for one in new:
        found = next((shift for shift in free if one.member and _hours(one) == _hours(shift)), None)
        if found is not None:
            free.remove(found)
            yield found


def _hours(one: Planned | Shift) -> tuple[datetime, datetime]:
    return one.begins, one.ends


def _is(one: Planned, shift: Shift) -> bool:
    whose = {member.id for member in (shift.member, shift.before) if member is not None}
    return _hours(one) == _hours(shift) and (one.member in whose if one.member else not whose)
