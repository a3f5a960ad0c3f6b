"""Where a talk can stand while somebody practises: a case, what the team gets wrong, a quiz and its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from flows.office.people import Act
from flows.office.practice import Drill

Step = Literal["guide", "papers", "told"]
"""Which guide is it; which papers does it need; what was right."""


@dataclass(frozen=True, slots=True)
class Training:
    """What can be practised."""

    kind: Literal["training"] = "training"


@dataclass(frozen=True, slots=True)
class Practising:
    """One case: `chosen` is the guide that was chosen, `ticked` are the places of the papers that were."""

    drill: Drill
    step: Step = "guide"
    chosen: str = ""
    ticked: tuple[int, ...] = ()
    kind: Literal["practising"] = "practising"


@dataclass(frozen=True, slots=True)
class TeamMistakes:
    """What the team gets wrong."""

    kind: Literal["team_mistakes"] = "team_mistakes"


@dataclass(frozen=True, slots=True)
class OpeningQuiz:
    """A quiz is made: at which desk, of how many cases, and how long; asked in this order."""

    desk: str = ""
    cases: int = 0
    kind: Literal["opening_quiz"] = "opening_quiz"


@dataclass(frozen=True, slots=True)
class InQuiz:
    """The nth case (from 0) of a quiz."""

    quiz: str
    nth: int
    step: Literal["guide", "papers"] = "guide"
    chosen: str = ""
    ticked: tuple[int, ...] = ()
    kind: Literal["in_quiz"] = "in_quiz"


@dataclass(frozen=True, slots=True)
class QuizTable:
    """How a quiz stands, or how it ended."""

    quiz: str
    kind: Literal["quiz_table"] = "quiz_table"


PracticeStage = Training | Practising | TeamMistakes | OpeningQuiz | InQuiz | QuizTable

PRACTICE: Final = (Training, Practising, TeamMistakes, OpeningQuiz, InQuiz, QuizTable)
"""The same, to ask whether a stage is one of them."""

NEEDS: Final[Mapping[type[object], Act]] = {
    Training: "help",
    Practising: "help",
    TeamMistakes: "lead",
    OpeningQuiz: "lead",
    InQuiz: "help",
    QuizTable: "help",
}
"""What somebody must be allowed to stand there."""
