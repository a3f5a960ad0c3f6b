"""Where a talk can stand among the letters of an office: writing one, reading one through, letting it go or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from flows.office.letters import Draft
from flows.office.people import Act


@dataclass(frozen=True, slots=True)
class LettersAtDesk:
    """Which letter to write for whoever is at the desk; `desk` where it was chosen among several."""

    desk: str = ""
    kind: Literal["letters_at_desk"] = "letters_at_desk"


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter before it goes."""

    draft: Draft
    kind: Literal["letter_draft"] = "letter_draft"


@dataclass(frozen=True, slots=True)
class LetterToPrint:
    """A letter that goes, with the day on it."""

    draft: Draft
    day: date
    kind: Literal["letter_to_print"] = "letter_to_print"


@dataclass(frozen=True, slots=True)
class WaitingLetters:
    """The letters that wait to be approved."""

    kind: Literal["waiting_letters"] = "waiting_letters"


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """One of them, and the day that it is to promise, once it was chosen."""

    id: str
    new_day: date | None = None
    kind: Literal["waiting_letter"] = "waiting_letter"


@dataclass(frozen=True, slots=True)
class RefusingLetter:
    """Why one of them is not sent."""

    id: str
    kind: Literal["refusing_letter"] = "refusing_letter"


LetterStage = LettersAtDesk | LetterDraft | LetterToPrint | WaitingLetters | WaitingLetter | RefusingLetter

LETTERS: Final = (LettersAtDesk, LetterDraft, LetterToPrint, WaitingLetters, WaitingLetter, RefusingLetter)
"""The same, to ask whether a stage is one of them."""

NEEDS: Final[Mapping[type[object], Act]] = {
    LettersAtDesk: "help",
    LetterDraft: "help",
    LetterToPrint: "help",
    WaitingLetters: "lead",
    WaitingLetter: "lead",
    RefusingLetter: "lead",
}
"""What somebody must be allowed to stand there."""
