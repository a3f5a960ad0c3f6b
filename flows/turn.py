"""What a step may read (World), what a stage answers (Move), and what comes out of a step (Turn)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from flows.facts import Fact
from flows.office import NOBODY, Deed, Office
from flows.office.assist import Ticket
from flows.office.people import Member
from flows.office.reports import Report, Scope, ToCount
from flows.replies import Block, Choice, Reply
from flows.state import Aside, Carried, Case, Consent, Language, Picture, Stage, Talk
from flows.texts import Say
from knowledge.desks import Desk
from knowledge.guide import Guide
from knowledge.library import Library

VIETNAM = timezone(timedelta(hours=7), "ICT")
"""Vietnam has had no summer time since 1975, so a fixed offset says it all."""


@lru_cache(maxsize=16)
def _day(now: datetime) -> date:
    """Asked for many times in a step."""
    return now.astimezone(VIETNAM).date()


@dataclass(frozen=True, slots=True)
class World:
    """What a step may read beside the talk: the guides, the sentences, and what time it is (an aware datetime)."""

    library: Library
    texts: Mapping[Language, Say]
    now: datetime
    province: str = ""
    """The id of the province that the talk is about; the engine sets it from the talk."""

    language: Language = "vi"
    """What the talk is held in; the engine sets it from the talk."""

    home: str = ""
    """The id of the province of the desk that this runs at: taken until a person chooses another."""

    code: str = ""
    """A code that nobody has had, drawn anew for each turn; empty where lists cannot be taken along."""

    invitation: str = ""
    """The code of an invitation that nobody has had, drawn anew for each turn; empty where nobody can be invited."""

    guessed_much: bool = False
    """Whether so many wrong codes came from this person, or from everybody, that none is looked up for now."""

    page: str = ""
    """The address at which people reach the page, without a slash at its end; empty where it is not known."""

    telegram: str = ""
    """The name of the Telegram bot, as in t.me/name; empty where there is none, or not yet."""

    reminds: bool = False
    """Whether the person's channel lets us write first, so that a reminder can come."""

    keeps_pictures: int = 0
    """Days for which an attached picture is kept; 0 where none is taken."""

    of_many: bool = False
    """Whether others read along or come after whoever the talk is with: then nothing is sent there later."""

    office: Office = NOBODY
    """Who works here and what goes on at the desks, read in the same transaction as the turn is kept."""

    desks: Mapping[str, Desk] = field(default_factory=dict)
    """The desks of this office by id, from its files."""

    carried: Carried | Ticket | None = None
    """What the code that came with this event opens; None when there is nothing of that code, or it has run out."""

    counted: Mapping[Scope, Report] = field(default_factory=dict)
    """The reports that were counted for this turn."""

    def report(self, scope: Scope) -> Report:
        """That report; ToCount, by which the turn is tried again once it is counted."""
        found = self.counted.get(scope)
        if found is None:
            raise ToCount(scope)
        return found

    @property
    def today(self) -> date:
        """The day in Vietnam, whatever the machine's zone."""
        return _day(self.now)

    @property
    def me(self) -> Member:
        """Whoever the talk is with, inside the office; LookupError for others, whom the engine lets in nowhere."""
        me = self.office.people.me()
        if me is None:
            raise LookupError("nobody who works here")
        return me

    def guide(self, id: str) -> Guide:
        """The guide of that id, as it holds in the talk's province, in the talk's language.

        KeyError if it is gone, which the engine rules out before a stage is asked.
        """
        read = self.library.translated if self.language == "en" else self.library.local
        guide = read(id, self.province)
        if guide is None:
            raise KeyError(id)
        return guide

    @property
    def place(self) -> str:
        """The name of the talk's province; empty while it is not known."""
        province = self.library.province(self.province)
        if province is None:
            return ""
        return province.en or province.name if self.language == "en" else province.name


@dataclass(frozen=True, slots=True)
class Page:
    """What a stage shows; the engine adds the asides above and the ways out below.

    `blocks` may be made only when they are run through: a typed word needs nothing but the choices of the page before.
    `prompt` is what the box for words says while empty; empty when the stage expects a choice.
    """

    blocks: Iterable[Block]
    choices: tuple[Choice, ...] = ()
    prompt: str = ""
    quiet: bool = False
    """What was pressed to come here is not read again on top."""

    gone: str = "aside.no_such_choice"
    """What is said of a choice that was here and is no more."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A list or a ticket to keep under a code, through that day."""

    code: str
    until: date
    carried: Carried | Ticket


@dataclass(frozen=True, slots=True)
class Reminders:
    """When to remind of a list's result (aware datetimes), in place of what was asked before; none takes it back."""

    list: str
    at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Where a stage sends the talk, and what changes on the way.

    `case` replaces what was kept of that list; `deleted` is the id of a list that goes. `back` is False when this page
    should not be come back to. `returns` takes the page before off the way back: it is where the talk goes. `meant`
    holds the ids of the choices that words were understood as.
    """

    to: Stage
    facts: tuple[Fact, ...] = ()
    case: Case | None = None
    asides: tuple[Aside, ...] = ()
    language: Language | None = None
    province: str | None = None
    back: bool = True
    returns: bool = False
    meant: tuple[str, ...] = ()
    forget: bool = False
    shared: Shared | None = None
    reminders: Reminders | None = None
    deleted: str = ""
    pictures: tuple[Picture, ...] | None = None
    """All that are kept from now on; None leaves them as they are."""

    consents: tuple[Consent, ...] | None = None
    """All that hold from now on; None leaves them as they are."""

    deeds: tuple[Deed, ...] = ()
    apart: tuple[Fact, ...] = ()
    """Facts of somebody who is helped at the desk, and not of whoever the talk is with."""

    awaits: bool | None = None
    """Whether a person is asked for from now on; None leaves it as it is."""

    silent: bool = False
    """Nothing is answered unless there is something to be said, and the buttons of the page before stay good."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Nothing changes but what is said above the page; its buttons stay good."""

    asides: tuple[Aside, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of an event: the talk after it, the page to show (None: nobody is there), the facts to keep.

    `forget` asks for everything kept about the person until now to be erased in the same transaction.
    `shared` asks for a list to be kept under its code, `reminders` for the clock to be set, `attached` for the picture
    that came with the event to be kept, `detached` for those of these numbers to be erased, `deeds` to be done to the
    office, `apart` for facts of somebody else than whose talk it is, all in the same transaction.
    """

    talk: Talk
    reply: Reply | None
    facts: tuple[Fact, ...] = ()
    forget: bool = False
    shared: Shared | None = None
    reminders: Reminders | None = None
    attached: Picture | None = None
    detached: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    apart: tuple[Fact, ...] = ()
