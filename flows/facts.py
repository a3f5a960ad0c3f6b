"""All that is remembered of a talk, for the reports: what was asked, opened, answered, ticked, rated.

A fact names guides, asks, choices and papers by their ids. The only free texts are a question and a comment;
the desk masks both before they are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter

from flows.events import Verdict
from flows.office.requests import RequestEnd

Band = Literal["answer", "choose", "unknown", "life_event", "emergency", "scam", "forgery"]
Level = Literal["very_satisfied", "satisfied", "not_satisfied"]
Outcome = Literal["on_time", "early", "late", "more_papers"]
HelpOutcome = Literal[
    "filed_online", "filed_at_counter", "by_post", "paid_online", "vneid", "bring_more", "to_official", "advised"
]
"""What came of helping somebody at a desk; several may hold. vneid: an account or an app was set up or mended."""

Reason = Literal["wrong_procedure", "hard_to_understand", "missing_information", "not_believed", "other"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words, how sure the answer was, and the guides found, best first.

    `desk` is where it was typed for somebody helped there, `code` theirs as in Helped; both empty elsewhere.
    """

    text: str
    band: Band
    found: tuple[str, ...]
    desk: str = ""
    code: str = ""
    kind: Literal["asked"] = "asked"


@dataclass(frozen=True, slots=True)
class Opened:
    """A guide was opened, in that edition, by words, a choice or a link."""

    guide: str
    edition: str
    by: Literal["words", "choice", "link"]
    kind: Literal["opened"] = "opened"


@dataclass(frozen=True, slots=True)
class Answered:
    """An ask was answered."""

    guide: str
    ask: str
    choice: str
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True)
class Ticked:
    """A paper was ticked (`have`) or unticked."""

    guide: str
    document: str
    have: bool
    kind: Literal["ticked"] = "ticked"


@dataclass(frozen=True, slots=True)
class Listed:
    """The summary was shown, with the ids of the papers still missing."""

    guide: str
    edition: str
    missing: tuple[str, ...]
    kind: Literal["listed"] = "listed"


@dataclass(frozen=True, slots=True)
class Carried:
    """A list was taken along under a code, or opened by one; the code itself is not remembered here."""

    guide: str
    how: Literal["out", "in"]
    kind: Literal["carried"] = "carried"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The file was handed in on that day; the result is due on `due`, None where no term is known.

    `nth` tells the lists of one guide apart; `desk` is where somebody helped to hand it in, empty elsewhere.
    """

    guide: str
    day: date
    due: date | None
    nth: int = 1
    desk: str = ""
    kind: Literal["handed_in"] = "handed_in"


@dataclass(frozen=True, slots=True)
class Received:
    """How the result came, in the person's own words of time."""

    guide: str
    outcome: Outcome
    nth: int = 1
    kind: Literal["received"] = "received"


@dataclass(frozen=True, slots=True)
class Solved:
    """The answer to "was this solved?"."""

    guide: str
    solved: bool
    kind: Literal["solved"] = "solved"


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating in the three words that the provinces count."""

    guide: str
    level: Level
    kind: Literal["rated"] = "rated"


@dataclass(frozen=True, slots=True)
class Explained:
    """Why it was not solved or not satisfying: a reason, a comment, or both."""

    guide: str
    reason: Reason
    comment: str
    kind: Literal["explained"] = "explained"


@dataclass(frozen=True, slots=True)
class Consented:
    """A person agreed that pictures of a paper are kept for a purpose and so many days, or did not, or took it back."""

    guide: str
    document: str
    purpose: Literal["look"]
    days: int
    given: bool
    kind: Literal["consented"] = "consented"


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture of a paper was sent, and what came of it."""

    guide: str
    document: str
    verdict: Verdict
    kind: Literal["attached"] = "attached"


@dataclass(frozen=True, slots=True)
class Erased:
    """So many pictures of papers of that guide were erased because the person wished it."""

    guide: str
    pictures: int
    kind: Literal["erased"] = "erased"


@dataclass(frozen=True, slots=True)
class PictureOpened:
    """Somebody at the desk looked at a picture that was kept: who, and why, in their own words."""

    guide: str
    document: str
    by: str
    why: str
    kind: Literal["picture_opened"] = "picture_opened"


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """A person to talk to was asked for, about that guide if one was open (else empty)."""

    guide: str
    kind: Literal["help_wanted"] = "help_wanted"


@dataclass(frozen=True, slots=True)
class Helped:
    """Somebody was helped at a desk: by which member, with which guide (or empty), and what came of it.

    `missing` holds the ids of papers still to be brought, `waited` and `took` seconds; `waited` is None where nobody
    knows it. `code` is drawn for this person and joins what they thought of it.
    """

    desk: str
    member: str
    guide: str
    online: bool
    outcomes: tuple[HelpOutcome, ...]
    missing: tuple[str, ...]
    waited: int | None
    took: int
    code: str
    kind: Literal["helped"] = "helped"


@dataclass(frozen=True, slots=True)
class HelpRated:
    """What somebody who was helped at a desk thought of it; whose help it was is known by `code` only."""

    code: str
    desk: str
    level: Level
    kind: Literal["help_rated"] = "help_rated"


@dataclass(frozen=True, slots=True)
class LetterSent:
    """A letter went out from a desk: of which kind, about which guide."""

    desk: str
    letter: str
    guide: str
    kind: Literal["letter_sent"] = "letter_sent"


@dataclass(frozen=True, slots=True)
class Practised:
    """A member did a case made from a guide: which guide they chose, whether all was right, which papers were wrong.

    A paper is named by its guide and its id: "dang-ky-khai-sinh/giay-chung-sinh".
    """

    member: str
    guide: str
    chosen: str
    right: bool
    wrong: tuple[str, ...]
    kind: Literal["practised"] = "practised"


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """A member came to a desk, for a shift (its id, empty for none) and so many minutes after it had begun.

    `planned` is the desk of that shift where it is another one.
    """

    member: str
    desk: str
    shift: str = ""
    late_minutes: int = 0
    planned: str = ""
    kind: Literal["checked_in"] = "checked_in"


@dataclass(frozen=True, slots=True)
class CheckedOut:
    """A member went after so many minutes at a desk, so many before the end of the shift.

    `forgotten` when they did not say so, and are taken to have stayed until the end.
    """

    member: str
    desk: str
    shift: str = ""
    early_minutes: int = 0
    minutes: int = 0
    forgotten: bool = False
    kind: Literal["checked_out"] = "checked_out"


@dataclass(frozen=True, slots=True)
class RequestClosed:
    """A citizen who asked for a person was helped by messages, or waited in vain; hangs on a key of nobody.

    `desk` and `member` (ids) are those of who took it last, empty where nobody did; waited and took in seconds, None
    where nobody took it. What the citizen thought of it is a HelpRated of the same code.
    """

    desk: str
    member: str
    waited: int | None
    took: int | None
    how: RequestEnd
    code: str
    kind: Literal["request_closed"] = "request_closed"


@dataclass(frozen=True, slots=True)
class HelpNoted:
    """What a volunteer noted while helping somebody, in their own words; `code` as in Helped."""

    code: str
    desk: str
    text: str
    kind: Literal["help_noted"] = "help_noted"


Fact = Annotated[
    Asked
    | Opened
    | Answered
    | Ticked
    | Listed
    | Carried
    | HandedIn
    | Received
    | Solved
    | Rated
    | Explained
    | Consented
    | Attached
    | Erased
    | PictureOpened
    | HelpWanted
    | Helped
    | HelpRated
    | HelpNoted
    | LetterSent
    | Practised
    | CheckedIn
    | CheckedOut
    | RequestClosed,
    Discriminator("kind"),
]


@cache
def _adapter() -> TypeAdapter[Fact]:
    """Built when first used: a start has nothing to read yet."""
    return TypeAdapter(Fact)


def dump(fact: Fact) -> str:
    """A fact as JSON."""
    return _adapter().dump_json(fact).decode()


def load(text: str) -> Fact:
    """The fact that `dump` wrote; pydantic.ValidationError if it is none."""
    return _adapter().validate_json(text)
