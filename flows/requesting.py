"""Asking for a person: at which desk, until when it is waited, what is shown, and where the talk goes after."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from typing import Final

from flows.facts import Fact
from flows.office.request_stages import ASKED, InQueue
from flows.office.requests import Ask, Deed
from flows.state import Aside, Carried, Home, Talk, dump_carried
from flows.turn import VIETNAM, Move, World
from knowledge.desks import Desk, closing

SOON: Final = 14
"""Days in which a desk is open at least once."""


def nearest(world: World) -> str:
    """The desk (id) that is the citizen's; empty where there are several and nobody knows which."""
    return next(iter(world.desks)) if len(world.desks) == 1 else ""


def has_something_to_show(guide: str, talk: Talk, world: World) -> bool:
    """Whether there is anything of the talk that would help whoever takes the request."""
    return world.library.get(guide) is not None or bool(world.office.requests.last_question())


def asks(guide: str, talk: Talk, world: World, *, shown: bool) -> Move:
    """Wait for a person; with `shown` they see the guide, what was answered and ticked, and the last question."""
    case = talk.case(guide, talk.latest(guide))
    carried = None if case is None else Carried(dataclasses.replace(case, called=""), talk.province)
    story = dump_carried(carried) if shown and carried is not None else ""
    desk = nearest(world)
    ask = Ask(world.code, desk, talk.language, guide, shown, story, waits_until(world))
    return Move(InQueue(world.code, desk), back=False, deeds=(ask,), awaits=True)


def waits_until(world: World) -> datetime:
    """When the wait is over: as the last desk closes today, or on the next day on which one is open."""
    for ahead in range(SOON):
        day = world.today + timedelta(days=ahead)
        closes = [at for desk in desks_of(nearest(world), world) if (at := closing(desk, day)) is not None]
        if closes and (until := datetime.combine(day, max(closes), VIETNAM)) > world.now:
            return until
    return world.now + timedelta(days=1)


def over(
    talk: Talk, deeds: tuple[Deed, ...] = (), apart: tuple[Fact, ...] = (), asides: tuple[Aside, ...] = ()
) -> Move:
    """Back to where the talk was before; nothing is waited for any more."""
    if not isinstance(talk.stage, ASKED):
        return Move(talk.stage, back=False, silent=True, deeds=deeds, apart=apart, asides=asides, awaits=False)
    to, returns = (talk.past[-1], True) if talk.past else (Home(), False)
    return Move(to, back=False, returns=returns, deeds=deeds, apart=apart, asides=asides, awaits=False)


def desks_of(desk: str, world: World) -> tuple[Desk, ...]:
    """That desk, or all of them where it is empty or its file is gone."""
    found = world.desks.get(desk)
    return tuple(world.desks.values()) if found is None else (found,)
