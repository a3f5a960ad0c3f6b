"""Where a talk stands: its stage, the way back, and what the person has answered and ticked.

A talk is plain frozen data that goes through JSON after every turn. A stage holds ids only; words are made by `show`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter

from flows.facts import Level, Reason
from flows.office.assist import Ticket
from flows.office.letters import Draft
from flows.office.stages import OfficeStage

Language = Literal["vi", "en"]

WAY_BACK = 20
"""How many stages `back` can go; older ones are forgotten."""


@dataclass(frozen=True, slots=True)
class Home:
    """The greeting."""

    kind: Literal["home"] = "home"


@dataclass(frozen=True, slots=True)
class Fields:
    """The list of fields."""

    kind: Literal["fields"] = "fields"


@dataclass(frozen=True, slots=True)
class InField:
    """The guides of one field, one page of them; pages count from 0."""

    field: str
    page: int = 0
    kind: Literal["in_field"] = "in_field"


@dataclass(frozen=True, slots=True)
class Choosing:
    """A question that two or three procedures could answer: ids of guides, or codes of those known by name only.

    `about` is what it wanted to know; `taken` holds guide, ask and choice where it told an answer already.
    """

    guides: tuple[str, ...]
    about: tuple[Aspect, ...] = ()
    taken: tuple[tuple[str, str, str], ...] = ()
    kind: Literal["choosing"] = "choosing"


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A question that no guide answers, or that is not for us: an emergency, a scam, a forged paper wanted.

    `about` and `taken` are what it wanted to know and told, for the guides that may be near.
    """

    alarm: Literal["none", "emergency", "scam", "forgery"] = "none"
    near: tuple[str, ...] = ()
    about: tuple[Aspect, ...] = ()
    taken: tuple[tuple[str, str, str], ...] = ()
    kind: Literal["not_known"] = "not_known"


Aspect = Literal["deadline", "fee", "forms", "legal", "online", "papers", "place", "time"]


@dataclass(frozen=True, slots=True)
class AtGuide:
    """The guide's page, answer first; `about` is what the question wanted to know, told before all else.

    `taken` holds ask and choice where the question told an answer already; it becomes one when the list is begun.
    `also` is a second procedure asked about in the same message: its guide, or the code of one known by name.
    """

    guide: str
    about: tuple[Aspect, ...] = ()
    taken: tuple[tuple[str, str], ...] = ()
    also: str = ""
    nth: int = 1
    kind: Literal["at_guide"] = "at_guide"


@dataclass(frozen=True, slots=True)
class ByName:
    """A procedure that is known by code and name only."""

    code: str
    kind: Literal["by_name"] = "by_name"


@dataclass(frozen=True, slots=True)
class MyLists:
    """The lists that the person has begun, with what is missing of each; `tidying`: to name or delete them."""

    tidying: bool = False
    kind: Literal["my_lists"] = "my_lists"


@dataclass(frozen=True, slots=True)
class LifeEvents:
    """The list of life events."""

    kind: Literal["life_events"] = "life_events"


@dataclass(frozen=True, slots=True)
class InLifeEvent:
    """The journey of procedures of one life event."""

    event: str
    kind: Literal["in_life_event"] = "in_life_event"


@dataclass(frozen=True, slots=True)
class InProvince:
    """In which province, since that decides fees, hours and, for land, papers; `guide` is where it was asked."""

    guide: str = ""
    nth: int = 1
    kind: Literal["in_province"] = "in_province"


@dataclass(frozen=True, slots=True)
class Reading:
    """More of a guide: its steps and usual mistakes, or its legal basis and sources."""

    guide: str
    part: Literal["steps", "sources"]
    nth: int = 1
    kind: Literal["reading"] = "reading"


@dataclass(frozen=True, slots=True)
class NotThis:
    """What the guide is confused with."""

    guide: str
    kind: Literal["not_this"] = "not_this"


@dataclass(frozen=True, slots=True)
class Asking:
    """One ask of the guide."""

    guide: str
    ask: str
    nth: int = 1
    kind: Literal["asking"] = "asking"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An answer led to another procedure."""

    guide: str
    nth: int = 1
    kind: Literal["elsewhere"] = "elsewhere"


@dataclass(frozen=True, slots=True)
class Collecting:
    """The person's own list of papers, to tick."""

    guide: str
    nth: int = 1
    kind: Literal["collecting"] = "collecting"


@dataclass(frozen=True, slots=True)
class Consenting:
    """Whether a picture of a paper may be sent and kept."""

    guide: str
    document: str
    nth: int = 1
    kind: Literal["consenting"] = "consenting"


@dataclass(frozen=True, slots=True)
class Attaching:
    """Where a picture of a paper is sent, once the person has agreed."""

    guide: str
    document: str
    nth: int = 1
    kind: Literal["attaching"] = "attaching"


@dataclass(frozen=True, slots=True)
class Naming:
    """What the person calls a list."""

    guide: str
    nth: int = 1
    kind: Literal["naming"] = "naming"


@dataclass(frozen=True, slots=True)
class Deleting:
    """Really delete this list?"""

    guide: str
    nth: int = 1
    kind: Literal["deleting"] = "deleting"


@dataclass(frozen=True, slots=True)
class Changing:
    """The answers given so far, to change one."""

    guide: str
    nth: int = 1
    kind: Literal["changing"] = "changing"


@dataclass(frozen=True, slots=True)
class Summary:
    """What to bring, what is missing, fee, time and place."""

    guide: str
    nth: int = 1
    kind: Literal["summary"] = "summary"


@dataclass(frozen=True, slots=True)
class TakingAlong:
    """The summary as a sheet to take along, under a code that opens it elsewhere until that day."""

    guide: str
    code: str
    until: date
    nth: int = 1
    kind: Literal["taking_along"] = "taking_along"


@dataclass(frozen=True, slots=True)
class HandingIn:
    """On which day the file was handed in."""

    guide: str
    nth: int = 1
    kind: Literal["handing_in"] = "handing_in"


@dataclass(frozen=True, slots=True)
class Awaiting:
    """By which day the result is due; `keep` shows that day for one's own calendar."""

    guide: str
    keep: bool = False
    nth: int = 1
    kind: Literal["awaiting"] = "awaiting"


@dataclass(frozen=True, slots=True)
class Receiving:
    """Whether the result came on time."""

    guide: str
    nth: int = 1
    kind: Literal["receiving"] = "receiving"


@dataclass(frozen=True, slots=True)
class WasSolved:
    """Was this solved?"""

    guide: str
    nth: int = 1
    kind: Literal["was_solved"] = "was_solved"


@dataclass(frozen=True, slots=True)
class Rating:
    """The three words."""

    guide: str
    solved: bool
    nth: int = 1
    kind: Literal["rating"] = "rating"


@dataclass(frozen=True, slots=True)
class Why:
    """Why not: a reason, or words of one's own."""

    guide: str
    solved: bool
    level: Level
    reason: Reason | None = None
    nth: int = 1
    kind: Literal["why"] = "why"


@dataclass(frozen=True, slots=True)
class Thanks:
    """The end of a talk about one guide."""

    guide: str
    nth: int = 1
    kind: Literal["thanks"] = "thanks"


@dataclass(frozen=True, slots=True)
class Help:
    """What the bot can do, what it keeps, and how to have it erased."""

    kind: Literal["help"] = "help"


@dataclass(frozen=True, slots=True)
class Friendly:
    """The next day on which volunteers help at the desks; one desk alone, where a link of it was opened."""

    desk: str = ""
    kind: Literal["friendly"] = "friendly"


@dataclass(frozen=True, slots=True)
class Person:
    """Where a person can be asked."""

    guide: str = ""
    kind: Literal["person"] = "person"


@dataclass(frozen=True, slots=True)
class ByTicket:
    """What somebody who was helped at a desk thinks of it, on their own phone, by a ticket (flows/office/assist.py)."""

    ticket: str
    help: str
    desk: str
    kind: Literal["by_ticket"] = "by_ticket"


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Really erase everything?"""

    kind: Literal["forgetting"] = "forgetting"


@dataclass(frozen=True, slots=True)
class LetterRead:
    """A letter of the desk to this person, with the day on it; `nth` is the list that it came after."""

    draft: Draft
    day: date
    nth: int = 1
    kind: Literal["letter_read"] = "letter_read"


@dataclass(frozen=True, slots=True)
class Gone:
    """The guide of the talk was withdrawn or has ended; `name` is what it was called, `id` its id."""

    name: str
    id: str = ""
    kind: Literal["gone"] = "gone"


Stage = Annotated[
    Home
    | Fields
    | InField
    | Choosing
    | NotKnown
    | AtGuide
    | ByName
    | MyLists
    | LifeEvents
    | InLifeEvent
    | InProvince
    | Reading
    | NotThis
    | Asking
    | Elsewhere
    | Collecting
    | Consenting
    | Attaching
    | Naming
    | Deleting
    | Changing
    | Summary
    | TakingAlong
    | HandingIn
    | Awaiting
    | Receiving
    | WasSolved
    | Rating
    | Why
    | Thanks
    | Help
    | Person
    | ByTicket
    | Friendly
    | Forgetting
    | Gone
    | LetterRead
    | OfficeStage,
    Discriminator("kind"),
]


def guide_of(stage: Stage) -> str:
    """The id of the guide that the stage is about; empty when it is about none."""
    return str(getattr(stage, "guide", ""))


def nth_of(stage: Stage) -> int:
    """Which of the person's lists of that guide the stage is about; 1 when it is about none."""
    return int(getattr(stage, "nth", 1))


def list_id(guide: str, nth: int) -> str:
    """What a list is called outside the talk, in a button or a reminder: the guide's id, then ".2" for the second."""
    return guide if nth == 1 else f"{guide}.{nth}"


@dataclass(frozen=True, slots=True)
class Case:
    """One list of a person: what they answered and ticked for a guide, and its edition and name when they did.

    `nth` tells the lists of one guide apart: one's own is 1, one's mother's 2. `called` is what the person named the
    list, empty when they did not. `rated` keeps a person from being asked twice what they think of the same list.
    """

    guide: str
    edition: str
    name: str
    answers: Mapping[str, str] = field(default_factory=dict)
    have: tuple[str, ...] = ()
    papers: Mapping[str, str] = field(default_factory=dict)
    """Ids and names of the papers that the list held when the person last saw it, to tell what changed since."""

    rated: bool = False
    handed_in: date | None = None
    """The day on which the person says they handed the file in."""

    late: bool = False
    """Handed in after 15:00, as far as the person told."""

    received: bool = False
    lettered: bool = False
    """A letter of the desk was written about this list."""

    remind: bool = False
    """A message was asked for on the day before the result is due, and on the day."""

    nth: int = 1
    called: str = ""

    @property
    def id(self) -> str:
        """What the list is called outside the talk."""
        return list_id(self.guide, self.nth)


@dataclass(frozen=True, slots=True)
class Carried:
    """A list as its code keeps it: what was answered and ticked, and the province it is for. Nothing else of a talk."""

    case: Case
    province: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """That pictures of a paper of a list may be kept for so many days; when it was given stands in the facts."""

    list: str
    document: str
    days: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is kept of a paper of a list: its number, and the moment (aware) at which it is gone."""

    list: str
    document: str
    number: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Aside:
    """A sentence by name, said once above the page: an old button, a photo, an edited guide."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """One person's talk. `turn` counts what was shown, so that a button tells which page it was made in."""

    stage: Stage = field(default_factory=Home)
    past: tuple[Stage, ...] = ()
    cases: tuple[Case, ...] = ()
    turn: int = 0
    language: Language = "vi"
    asides: tuple[Aside, ...] = ()
    news: tuple[Aside, ...] = ()
    """Sentences that came while nobody looked, where we cannot write first: said above the page until the next turn."""

    last: str = ""
    """The id of the choice that led here, so that a double tap is known as one."""

    province: str = ""
    """The id of the province that was chosen once; empty while it is not known."""

    meant: tuple[str, ...] = ()
    """The ids of the choices that the last words were understood as, so that going back takes them back."""

    pictures: tuple[Picture, ...] = ()
    consents: tuple[Consent, ...] = ()

    awaits: bool = False
    """A person was asked for and it is not over: the page may change without anything being done there."""

    def case(self, guide: str, nth: int) -> Case | None:
        """That list of the guide, if the person began it."""
        return self.list(list_id(guide, nth))

    def list(self, id: str) -> Case | None:
        """The list of that id."""
        return next((case for case in self.cases if case.id == id), None)

    def lists_of(self, guide: str) -> tuple[Case, ...]:
        """The person's lists of one guide, the latest first."""
        return tuple(case for case in self.cases if case.guide == guide)

    def latest(self, guide: str) -> int:
        """The number of the list of that guide that was last worked on; 1 when there is none."""
        return next((case.nth for case in self.cases if case.guide == guide), 1)


@cache
def _adapter() -> TypeAdapter[Talk]:
    """Built when first used: a start has nothing to read yet."""
    return TypeAdapter(Talk)


def dump(talk: Talk) -> str:
    """A talk as JSON."""
    return _adapter().dump_json(talk).decode()


def load(text: str) -> Talk:
    """The talk that `dump` wrote, in this or an older release; pydantic.ValidationError if it is none."""
    return _adapter().validate_json(text)


@cache
def _carried() -> TypeAdapter[Carried | Ticket]:
    return TypeAdapter(Carried | Ticket)


def dump_carried(carried: Carried | Ticket) -> str:
    """What a code opens, a list or a ticket, as JSON."""
    return _carried().dump_json(carried).decode()


def load_carried(text: str) -> Carried | Ticket:
    """What `dump_carried` wrote, in this or an older release; pydantic.ValidationError if it is none."""
    return _carried().validate_json(text)
