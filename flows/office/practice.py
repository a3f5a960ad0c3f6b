"""Practice: cases made from the guides, what somebody made of them, and quizzes in which all get the same cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

POINTS: Final = 2
"""Of one case: one for the guide, one for the papers."""


@dataclass(frozen=True, slots=True)
class Drill:
    """A case: what somebody says (the nth phrase of the guide, and answers), guides to choose from, papers to tick.

    A paper is named by its guide and its id: "dang-ky-khai-sinh/giay-chung-sinh".
    """

    guide: str
    phrase: int
    answers: tuple[tuple[str, str], ...]
    guides: tuple[str, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one case: the guide, the one that was chosen, whether all was right, papers that were wrong."""

    guide: str
    chosen: str
    right: bool
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quiz:
    """A contest at a desk, from and until (aware); `closed` when its lead ended it. Whoever is late is too late."""

    id: str
    desk: str
    begins: datetime
    until: datetime
    drills: tuple[Drill, ...]
    closed: bool = False

    def open(self, now: datetime) -> bool:
        """Whether answers still count."""
        return not self.closed and now < self.until


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody in a quiz, as the team calls them: points by number of the case, seconds until their last answer."""

    member: str
    called: str
    points: tuple[tuple[int, int], ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class OpenQuiz:
    """Begin a quiz at a desk, until then."""

    desk: str
    drills: tuple[Drill, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class CloseQuiz:
    """End a quiz before its time."""

    id: str


@dataclass(frozen=True, slots=True)
class JoinQuiz:
    """Take part; whoever does already goes on where they were."""

    id: str


@dataclass(frozen=True, slots=True)
class AnswerQuiz:
    """What a case of a quiz (counted from 0) brought; each is answered once, in order."""

    id: str
    nth: int
    points: int


Deed = OpenQuiz | CloseQuiz | JoinQuiz | AnswerQuiz


class Practice(Protocol):
    """What is known of practising."""

    def mine(self, limit: int) -> tuple[Tried, ...]:
        """What came of the cases of whoever the talk is with, the latest first."""

    def team(self, since: datetime) -> tuple[Tried, ...]:
        """What came of the cases of all who work where they lead."""

    def quizzes(self) -> tuple[Quiz, ...]:
        """The quizzes of the desks where they help, of the last days, the latest first."""

    def quiz(self, id: str) -> Quiz | None:
        """One of those desks."""

    def players(self, id: str) -> tuple[Player, ...]:
        """Who takes part in a quiz, in the order of joining."""


class _Nobody:
    def mine(self, limit: int) -> tuple[Tried, ...]:
        return ()

    def team(self, since: datetime) -> tuple[Tried, ...]:
        return ()

    def quizzes(self) -> tuple[Quiz, ...]:
        return ()

    def quiz(self, id: str) -> Quiz | None:
        return None

    def players(self, id: str) -> tuple[Player, ...]:
        return ()


NOBODY: Practice = _Nobody()
