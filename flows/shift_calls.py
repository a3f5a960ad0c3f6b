"""What each hears of the roster without having asked: a new shift, one to take, one taken, the evening before."""

from __future__ import annotations

from typing import Literal, assert_never

from flows.office.roster import CheckOut
from flows.state import Aside, Talk
from flows.telling.posts import desk_name
from flows.telling.shifts import when_and_where
from flows.turn import Move, Stay, World

Matter = Literal["roster_changed", "shift_tomorrow", "shift_wanted", "shift_sick", "shift_taken", "went_unsaid"]


def heard(talk: Talk, matter: Matter, id: str, world: World) -> Move | Stay | None:
    """What comes of it; None where it is true no more: a shift given away, taken, or over."""
    me = world.office.people.me()
    if me is None:
        return None
    if matter == "roster_changed":
        return Stay((Aside("roster.changed", desk_name(id, world)),))
    if matter == "went_unsaid":
        return Move(
            talk.stage, deeds=(CheckOut(unsaid=True),), asides=(Aside("roster.went_unsaid", desk_name(id, world)),)
        )
    shift = world.office.roster.shift(id)
    if shift is None or shift.ends <= world.now:
        return None
    say = world.texts[talk.language]
    about = when_and_where(shift, world, say)
    whose = shift.member or shift.before
    named = about if whose is None else say("roster.whose", shift=about, who=whose.called)
    match matter:
        case "shift_tomorrow":
            return Stay((Aside("roster.tomorrow", about),)) if shift.member == me else None
        case "shift_wanted":
            return Stay((Aside("roster.wanted", about),)) if shift.state != "held" else None
        case "shift_sick":
            return Stay((Aside("roster.sick", named),))
        case "shift_taken":
            return Stay((Aside("roster.taken", named),)) if shift.state == "held" else None
        case _:
            assert_never(matter)
