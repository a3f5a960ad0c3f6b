"""The pages inside the office. Which module speaks for which: add a stage, and the type checker asks for it here."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.stages import (
    AtColleague,
    AtOffice,
    Audit,
    CheckingIn,
    Colleagues,
    Ending,
    Invitations,
    Invited,
    Inviting,
    Joining,
    Leaving,
    OfficeStage,
)
from flows.stages.office import (
    at_colleague,
    at_office,
    audit,
    checking_in,
    colleagues,
    ending,
    invitations,
    invited,
    inviting,
    joining,
    leaving,
)
from flows.state import Talk
from flows.turn import Move, Page, World


def hear(at: OfficeStage, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """What the stage makes of the event; None for "not mine"."""
    match at:
        case AtOffice():
            return at_office.hear(at, talk, event, world)
        case CheckingIn():
            return checking_in.hear(at, talk, event, world)
        case Joining():
            return joining.hear(at, talk, event, world)
        case Colleagues():
            return colleagues.hear(at, talk, event, world)
        case AtColleague():
            return at_colleague.hear(at, talk, event, world)
        case Ending():
            return ending.hear(at, talk, event, world)
        case Inviting():
            return inviting.hear(at, talk, event, world)
        case Invited():
            return invited.hear(at, talk, event, world)
        case Invitations():
            return invitations.hear(at, talk, event, world)
        case Audit():
            return audit.hear(at, talk, event, world)
        case Leaving():
            return leaving.hear(at, talk, event, world)


def show(at: OfficeStage, talk: Talk, world: World) -> Page:
    """What a person sees there."""
    match at:
        case AtOffice():
            return at_office.show(at, talk, world)
        case CheckingIn():
            return checking_in.show(at, talk, world)
        case Joining():
            return joining.show(at, talk, world)
        case Colleagues():
            return colleagues.show(at, talk, world)
        case AtColleague():
            return at_colleague.show(at, talk, world)
        case Ending():
            return ending.show(at, talk, world)
        case Inviting():
            return inviting.show(at, talk, world)
        case Invited():
            return invited.show(at, talk, world)
        case Invitations():
            return invitations.show(at, talk, world)
        case Audit():
            return audit.show(at, talk, world)
        case Leaving():
            return leaving.show(at, talk, world)
