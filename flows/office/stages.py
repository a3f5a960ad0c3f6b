"""Where a talk can stand inside the office: at the desk, with its people, its roster, its reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from flows.office.letter_stages import LETTERS, LetterStage, RefusingLetter
from flows.office.letter_stages import NEEDS as LETTERS_NEED
from flows.office.people import Act, Role
from flows.office.practice_stages import NEEDS as PRACTICE_NEEDS
from flows.office.practice_stages import PRACTICE, PracticeStage
from flows.office.reports import View
from flows.office.request_stages import ASKED, REQUESTS, HandingOn, Queue, RequestStage, Serving
from flows.office.shift_stages import NEEDS as SHIFTS_NEED
from flows.office.shift_stages import SHIFTS, ShiftStage


@dataclass(frozen=True, slots=True)
class AtOffice:
    """The first page for whoever works here: what there is to do."""

    kind: Literal["at_office"] = "at_office"


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
class Renaming:
    """What the team calls a member (the id) from now on."""

    member: str
    kind: Literal["renaming"] = "renaming"


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


Extra = Literal["paid_online", "vneid"]
"""What may come of help beside its main outcome."""


@dataclass(frozen=True, slots=True)
class Helping:
    """Somebody is helped at a desk. All that is known of them is here; the way back never leads here.

    `code` is drawn for this person; `called` is when their turn began (aware), `waited` how many seconds before that
    they had been waiting, None where nobody knows. `about` is the guide's id, empty while it is not known, `offered`
    those that it may be, `told` what the same words answered of them (guide, ask, choice). `said` holds the ids of
    papers that the person says are there, `seen` of those that the volunteer saw. `ending`: only the outcome is still
    wanted. `list` is the code under which the person takes the list home, empty while they do not.
    """

    desk: str
    code: str
    called: datetime
    about: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    told: tuple[tuple[str, str, str], ...] = ()
    extras: tuple[Extra, ...] = ()
    ending: bool = False
    list: str = ""
    waited: int | None = None
    kind: Literal["helping"] = "helping"

    @property
    def new(self) -> bool:
        """Whether nothing was asked, seen or chosen yet."""
        return self == Helping(self.desk, self.code, self.called, waited=self.waited)


@dataclass(frozen=True, slots=True)
class TurnedRound:
    """The phone is turned round: whoever was helped says what they think of it."""

    desk: str
    code: str
    kind: Literal["turned_round"] = "turned_round"


@dataclass(frozen=True, slots=True)
class OnTheirPhone:
    """The code under which they can say so on their own phone."""

    desk: str
    ticket: str
    kind: Literal["on_their_phone"] = "on_their_phone"


@dataclass(frozen=True, slots=True)
class HandedBack:
    """Whatever they said, or did not say, the phone comes back."""

    desk: str
    kind: Literal["handed_back"] = "handed_back"


@dataclass(frozen=True, slots=True)
class Reporting:
    """A report of some days: of a desk (or all), of a member (or all), from one side; `file`: to take along."""

    first: date
    last: date
    desk: str = ""
    member: str = ""
    view: View = "summary"
    file: bool = False
    kind: Literal["reporting"] = "reporting"


OfficeStage = (
    RequestStage
    | ShiftStage
    | LetterStage
    | PracticeStage
    | AtOffice
    | Helping
    | TurnedRound
    | OnTheirPhone
    | HandedBack
    | Joining
    | Colleagues
    | AtColleague
    | Ending
    | Renaming
    | Inviting
    | Invited
    | Invitations
    | Audit
    | Leaving
    | Reporting
)

OFFICE: Final = (
    *REQUESTS,
    *SHIFTS,
    *LETTERS,
    *PRACTICE,
    AtOffice,
    Helping,
    TurnedRound,
    OnTheirPhone,
    HandedBack,
    Joining,
    Colleagues,
    AtColleague,
    Ending,
    Renaming,
    Inviting,
    Invited,
    Invitations,
    Audit,
    Leaving,
    Reporting,
)
"""The same, to ask whether a stage is one of them."""

FOR_ALL: Final = (
    *ASKED,
    Joining,
)
"""Those that somebody who does not work here can stand at."""

IN_WORDS: Final = (Helping, Ending, Renaming, Inviting, RefusingLetter)
"""Those at which any words are what is waited for."""

CLOSED: Final = (Helping, TurnedRound, HandedBack)
"""Those about somebody else than whose talk it is: no button leads away from them by mistake."""

BY_BUTTONS: Final = (TurnedRound, HandedBack)
"""Those at which whoever was helped holds the phone: no words are heard there, but at the last those of the office."""

PASSING: Final = (*CLOSED, *ASKED, OnTheirPhone, Joining, Invited)
"""Those that the way back never leads to."""

NEEDS: Final[Mapping[type[object], Act]] = {
    **LETTERS_NEED,
    **PRACTICE_NEEDS,
    **SHIFTS_NEED,
    Queue: "help",
    Serving: "help",
    HandingOn: "help",
    Helping: "help",
    Colleagues: "lead",
    AtColleague: "lead",
    Ending: "lead",
    Renaming: "lead",
    Inviting: "lead",
    Invited: "lead",
    Invitations: "lead",
    Audit: "appoint",
}
"""What somebody must be allowed, at a desk at least, to stand there; at the others any post will do."""
