"""What a table changes on the roster of a desk: of the days it speaks of it says everything, of others nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.office.roster import Planned, Shift
from flows.telling.shifts import day_of


@dataclass(frozen=True, slots=True)
class Changes:
    """The shifts that come on the roster, those that go from it, and how many stay as they are."""

    new: tuple[Planned, ...]
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
    return Changes(tuple(new), tuple(left), same)


def _is(one: Planned, shift: Shift) -> bool:
    whose = {member.id for member in (shift.member, shift.before) if member is not None}
    return (one.begins, one.ends) == (shift.begins, shift.ends) and (one.member in whose if one.member else not whose)
