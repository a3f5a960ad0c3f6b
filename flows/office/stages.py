"""Where a talk can stand inside the office: at the desk, with its people, its roster, its reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from flows.office.people import Act, Role


@dataclass(frozen=True, slots=True)
class AtOffice:
    """The first page for whoever works here: what there is to do."""

    kind: Literal["at_office"] = "at_office"


@dataclass(frozen=True, slots=True)
class CheckingIn:
    """At which desk somebody has come; with `desk`, whether they are really there and not where their shift is."""

    desk: str = ""
    kind: Literal["checking_in"] = "checking_in"


@dataclass(frozen=True, slots=True)
class Joining:
    """An invitation was opened: whether to take it up. `code` goes with this page, and is kept nowhere else."""

    code: str
    kind: Literal["joining"] = "joining"


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Who works where I lead, one page of them; pages count from 0."""

    page: int = 0
    kind: Literal["colleagues"] = "colleagues"


@dataclass(frozen=True, slots=True)
class AtColleague:
    """One of them (the member's id), and their posts."""

    member: str
    kind: Literal["at_colleague"] = "at_colleague"


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a post of a member (the id) ends."""

    member: str
    role: Role
    desk: str
    kind: Literal["ending"] = "ending"


@dataclass(frozen=True, slots=True)
class Inviting:
    """Somebody is invited: to which role, at which desk, and what the team calls them, asked in this order."""

    role: Role | None = None
    desk: str | None = None
    kind: Literal["inviting"] = "inviting"


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation was made, and this is how it is passed on. The code is kept here alone, and never come back to."""

    code: str
    called: str
    role: Role
    desk: str
    until: datetime
    kind: Literal["invited"] = "invited"


@dataclass(frozen=True, slots=True)
class Invitations:
    """The invitations that can still be taken up, to take one back."""

    kind: Literal["invitations"] = "invitations"


@dataclass(frozen=True, slots=True)
class Audit:
    """What was done about who works here, one page of it; pages count from 0, the latest first."""

    page: int = 0
    kind: Literal["audit"] = "audit"


@dataclass(frozen=True, slots=True)
class Leaving:
    """Which post of one's own to give up; with `role`, whether really."""

    role: Role | None = None
    desk: str = ""
    kind: Literal["leaving"] = "leaving"


OfficeStage = (
    AtOffice
    | CheckingIn
    | Joining
    | Colleagues
    | AtColleague
    | Ending
    | Inviting
    | Invited
    | Invitations
    | Audit
    | Leaving
)

OFFICE: Final = (
    AtOffice,
    CheckingIn,
    Joining,
    Colleagues,
    AtColleague,
    Ending,
    Inviting,
    Invited,
    Invitations,
    Audit,
    Leaving,
)
"""The same, to ask whether a stage is one of them."""

FOR_ALL: Final = (Joining,)
"""Those that somebody who does not work here can stand at."""

IN_WORDS: Final = (Ending, Inviting)
"""Those at which any words are what is waited for."""

PASSING: Final = (Joining, Invited)
"""Those that the way back never leads to."""

NEEDS: Final[Mapping[type[object], Act]] = {
    Colleagues: "lead",
    AtColleague: "lead",
    Ending: "lead",
    Inviting: "lead",
    Invited: "lead",
    Invitations: "lead",
    Audit: "appoint",
}
"""What somebody must be allowed, at a desk at least, to stand there; at the others any post will do."""
