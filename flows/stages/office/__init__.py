"""The pages inside the office. Which module speaks for which: add a stage, and the type checker asks for it here."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.letter_stages import LETTERS
from flows.office.practice_stages import PRACTICE
from flows.office.request_stages import REQUESTS
from flows.office.shift_stages import SHIFTS
from flows.office.stages import (
    AtColleague,
    AtOffice,
    Audit,
    Colleagues,
    Ending,
    HandedBack,
    Helping,
    Invitations,
    Invited,
    Inviting,
    Joining,
    Leaving,
    OfficeStage,
    OnTheirPhone,
    Renaming,
    Reporting,
    TurnedRound,
)
from flows.stages.office import (
    at_colleague,
    at_office,
    audit,
    colleagues,
    ending,
    handed_back,
    helping,
    invitations,
    invited,
    inviting,
    joining,
    leaving,
    letter_pages,
    practice_pages,
    renaming,
    reporting,
    requests,
    shifts,
    turned_round,
)
from flows.state import Talk
from flows.turn import Move, Page, World


def hear(at: OfficeStage, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """What the stage makes of the event; None for "not mine"."""
    if isinstance(at, REQUESTS):
        return requests.hear(at, talk, event, world)
    if isinstance(at, SHIFTS):
        return shifts.hear(at, talk, event, world)
    if isinstance(at, LETTERS):
        return letter_pages.hear(at, talk, event, world)
    if isinstance(at, PRACTICE):
        return practice_pages.hear(at, talk, event, world)
    match at:
        case AtOffice():
            return at_office.hear(at, talk, event, world)
        case Helping():
            return helping.hear(at, talk, event, world)
        case TurnedRound():
            return turned_round.hear(at, talk, event, world)
        case OnTheirPhone() | HandedBack():
            return handed_back.hear(at, talk, event, world)
        case Joining():
            return joining.hear(at, talk, event, world)
        case Colleagues():
            return colleagues.hear(at, talk, event, world)
        case AtColleague():
            return at_colleague.hear(at, talk, event, world)
        case Ending():
            return ending.hear(at, talk, event, world)
        case Renaming():
            return renaming.hear(at, talk, event, world)
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
        case Reporting():
            return reporting.hear(at, talk, event, world)


def show(at: OfficeStage, talk: Talk, world: World) -> Page:
    """What a person sees there."""
    if isinstance(at, REQUESTS):
        return requests.show(at, talk, world)
    if isinstance(at, SHIFTS):
        return shifts.show(at, talk, world)
    if isinstance(at, LETTERS):
        return letter_pages.show(at, talk, world)
    if isinstance(at, PRACTICE):
        return practice_pages.show(at, talk, world)
    match at:
        case AtOffice():
            return at_office.show(at, talk, world)
        case Helping():
            return helping.show(at, talk, world)
        case TurnedRound():
            return turned_round.show(at, talk, world)
        case OnTheirPhone() | HandedBack():
            return handed_back.show(at, talk, world)
        case Joining():
            return joining.show(at, talk, world)
        case Colleagues():
            return colleagues.show(at, talk, world)
        case AtColleague():
            return at_colleague.show(at, talk, world)
        case Ending():
            return ending.show(at, talk, world)
        case Renaming():
            return renaming.show(at, talk, world)
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
        case Reporting():
            return reporting.show(at, talk, world)
