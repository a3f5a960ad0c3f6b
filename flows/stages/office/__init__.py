"""The pages inside the office. Which module speaks for which: add a stage, and the type checker asks for it here."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.stages import AtOffice, CheckingIn, OfficeStage
from flows.stages.office import at_office, checking_in
from flows.state import Talk
from flows.turn import Move, Page, World


def hear(at: OfficeStage, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """What the stage makes of the event; None for "not mine"."""
    match at:
        case AtOffice():
            return at_office.hear(at, talk, event, world)
        case CheckingIn():
            return checking_in.hear(at, talk, event, world)


def show(at: OfficeStage, talk: Talk, world: World) -> Page:
    """What a person sees there."""
    match at:
        case AtOffice():
            return at_office.show(at, talk, world)
        case CheckingIn():
            return checking_in.show(at, talk, world)
