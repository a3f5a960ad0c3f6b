"""Which module speaks for which stage: add a stage, and the type checker asks for it here."""

from __future__ import annotations

from typing import assert_never

from flows import state as s
from flows.events import Pressed, Said
from flows.office.stages import OFFICE
from flows.stages import (
    asking,
    at_guide,
    attaching,
    awaiting,
    by_name,
    by_ticket,
    changing,
    choosing,
    collecting,
    consenting,
    deleting,
    elsewhere,
    fields,
    forgetting,
    friendly,
    gone,
    handing_in,
    help,
    home,
    in_field,
    in_life_event,
    in_province,
    letter_read,
    life_events,
    my_lists,
    naming,
    not_known,
    not_this,
    office,
    person,
    rating,
    reading,
    receiving,
    summary,
    taking_along,
    thanks,
    was_solved,
    why,
)
from flows.state import Stage, Talk
from flows.turn import Move, Page, World


def hear(at: Stage, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """What the stage makes of the event; None for "not mine"."""
    if isinstance(at, OFFICE):
        return office.hear(at, talk, event, world)
    match at:
        case s.Home():
            return home.hear(at, talk, event, world)
        case s.Fields():
            return fields.hear(at, talk, event, world)
        case s.InField():
            return in_field.hear(at, talk, event, world)
        case s.Choosing():
            return choosing.hear(at, talk, event, world)
        case s.NotKnown():
            return not_known.hear(at, talk, event, world)
        case s.AtGuide():
            return at_guide.hear(at, talk, event, world)
        case s.ByName():
            return by_name.hear(at, talk, event, world)
        case s.MyLists():
            return my_lists.hear(at, talk, event, world)
        case s.LifeEvents():
            return life_events.hear(at, talk, event, world)
        case s.InLifeEvent():
            return in_life_event.hear(at, talk, event, world)
        case s.InProvince():
            return in_province.hear(at, talk, event, world)
        case s.Reading():
            return reading.hear(at, talk, event, world)
        case s.NotThis():
            return not_this.hear(at, talk, event, world)
        case s.Asking():
            return asking.hear(at, talk, event, world)
        case s.Elsewhere():
            return elsewhere.hear(at, talk, event, world)
        case s.Collecting():
            return collecting.hear(at, talk, event, world)
        case s.Consenting():
            return consenting.hear(at, talk, event, world)
        case s.Attaching():
            return attaching.hear(at, talk, event, world)
        case s.Naming():
            return naming.hear(at, talk, event, world)
        case s.Deleting():
            return deleting.hear(at, talk, event, world)
        case s.Changing():
            return changing.hear(at, talk, event, world)
        case s.Summary():
            return summary.hear(at, talk, event, world)
        case s.TakingAlong():
            return taking_along.hear(at, talk, event, world)
        case s.HandingIn():
            return handing_in.hear(at, talk, event, world)
        case s.Awaiting():
            return awaiting.hear(at, talk, event, world)
        case s.Receiving():
            return receiving.hear(at, talk, event, world)
        case s.WasSolved():
            return was_solved.hear(at, talk, event, world)
        case s.Rating():
            return rating.hear(at, talk, event, world)
        case s.Why():
            return why.hear(at, talk, event, world)
        case s.Thanks():
            return thanks.hear(at, talk, event, world)
        case s.Help():
            return help.hear(at, talk, event, world)
        case s.Person():
            return person.hear(at, talk, event, world)
        case s.ByTicket():
            return by_ticket.hear(at, talk, event, world)
        case s.Friendly():
            return friendly.hear(at, talk, event, world)
        case s.Forgetting():
            return forgetting.hear(at, talk, event, world)
        case s.Gone():
            return gone.hear(at, talk, event, world)
        case s.LetterRead():
            return letter_read.hear(at, talk, event, world)
        case _:
            assert_never(at)


def show(at: Stage, talk: Talk, world: World) -> Page:
    """What a person sees at the stage."""
    if isinstance(at, OFFICE):
        return office.show(at, talk, world)
    match at:
        case s.Home():
            return home.show(at, talk, world)
        case s.Fields():
            return fields.show(at, talk, world)
        case s.InField():
            return in_field.show(at, talk, world)
        case s.Choosing():
            return choosing.show(at, talk, world)
        case s.NotKnown():
            return not_known.show(at, talk, world)
        case s.AtGuide():
            return at_guide.show(at, talk, world)
        case s.ByName():
            return by_name.show(at, talk, world)
        case s.MyLists():
            return my_lists.show(at, talk, world)
        case s.LifeEvents():
            return life_events.show(at, talk, world)
        case s.InLifeEvent():
            return in_life_event.show(at, talk, world)
        case s.InProvince():
            return in_province.show(at, talk, world)
        case s.Reading():
            return reading.show(at, talk, world)
        case s.NotThis():
            return not_this.show(at, talk, world)
        case s.Asking():
            return asking.show(at, talk, world)
        case s.Elsewhere():
            return elsewhere.show(at, talk, world)
        case s.Collecting():
            return collecting.show(at, talk, world)
        case s.Consenting():
            return consenting.show(at, talk, world)
        case s.Attaching():
            return attaching.show(at, talk, world)
        case s.Naming():
            return naming.show(at, talk, world)
        case s.Deleting():
            return deleting.show(at, talk, world)
        case s.Changing():
            return changing.show(at, talk, world)
        case s.Summary():
            return summary.show(at, talk, world)
        case s.TakingAlong():
            return taking_along.show(at, talk, world)
        case s.HandingIn():
            return handing_in.show(at, talk, world)
        case s.Awaiting():
            return awaiting.show(at, talk, world)
        case s.Receiving():
            return receiving.show(at, talk, world)
        case s.WasSolved():
            return was_solved.show(at, talk, world)
        case s.Rating():
            return rating.show(at, talk, world)
        case s.Why():
            return why.show(at, talk, world)
        case s.Thanks():
            return thanks.show(at, talk, world)
        case s.Help():
            return help.show(at, talk, world)
        case s.Person():
            return person.show(at, talk, world)
        case s.ByTicket():
            return by_ticket.show(at, talk, world)
        case s.Friendly():
            return friendly.show(at, talk, world)
        case s.Forgetting():
            return forgetting.show(at, talk, world)
        case s.Gone():
            return gone.show(at, talk, world)
        case s.LetterRead():
            return letter_read.show(at, talk, world)
        case _:
            assert_never(at)
