"""One of one's own shifts: given away, kept after all, or left free because one is sick."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.roster import Offer, Shift, Sick
from flows.office.shift_stages import AtShift, MyShifts
from flows.replies import Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.shifts import when_and_where
from flows.turn import Move, Page, World


def hear(at: AtShift, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """What becomes of it."""
    shift = _mine(at, world)
    if not isinstance(event, Pressed):
        return None
    if shift is None or event.choice == "mine":
        return Move(MyShifts(), returns=True)
    about = when_and_where(shift, world, world.texts[talk.language])
    match event.choice:
        case "offer":
            return Move(MyShifts(), deeds=(Offer(shift.id),), asides=(Aside("roster.offered", about),), back=False)
        case "keep":
            deeds = (Offer(shift.id, back=True),)
            return Move(MyShifts(), deeds=deeds, asides=(Aside("roster.kept", about),), back=False)
        case "sick" if at.sick:
            return Move(MyShifts(), deeds=(Sick(shift.id),), asides=(Aside("roster.called_sick", about),), back=False)
        case "sick":
            return Move(AtShift(shift.id, sick=True))
        case _:
            return None


def show(at: AtShift, talk: Talk, world: World) -> Page:
    """When and where it is; what is done about it."""
    say = world.texts[talk.language]
    shift = _mine(at, world)
    if shift is None:
        return Page((Heading(say("roster.not_mine")),), (Choice("mine", say("roster.mine"), "main"),))
    about = when_and_where(shift, world, say)
    if at.sick:
        return Page(
            (Heading(say("roster.really_sick")), Line(about), Line(say("roster.sick_means"))),
            (Choice("sick", say("roster.yes_sick"), "main"), Choice("mine", say("roster.no_sick"))),
        )
    given = shift.state == "offered"
    return Page(
        (Heading(about), Line(say("roster.still_yours" if given else "roster.offer_means"))),
        (
            Choice("keep", say("roster.keep")) if given else Choice("offer", say("roster.offer"), "main"),
            Choice("sick", say("roster.sick_call")),
            Choice("mine", say("roster.mine"), "more"),
        ),
    )


def _mine(at: AtShift, world: World) -> Shift | None:
    return next((one for one in world.office.roster.mine() if one.id == at.shift), None)
