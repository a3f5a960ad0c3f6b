"""Which module speaks for which page of practice."""

from __future__ import annotations

from typing import assert_never

from flows.events import Pressed, Said
from flows.office.practice_stages import (
    InQuiz,
    OpeningQuiz,
    PracticeStage,
    Practising,
    QuizTable,
    TeamMistakes,
    Training,
)
from flows.stages.office import in_quiz, opening_quiz, practising, quiz_table, team_mistakes, training
from flows.state import Talk
from flows.turn import Move, Page, World


def hear(at: PracticeStage, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """What the page makes of the event; None for "not mine"."""
    match at:
        case Training():
            return training.hear(at, talk, event, world)
        case Practising():
            return practising.hear(at, talk, event, world)
        case TeamMistakes():
            return team_mistakes.hear(at, talk, event, world)
        case OpeningQuiz():
            return opening_quiz.hear(at, talk, event, world)
        case InQuiz():
            return in_quiz.hear(at, talk, event, world)
        case QuizTable():
            return quiz_table.hear(at, talk, event, world)
        case _:
            assert_never(at)


def show(at: PracticeStage, talk: Talk, world: World) -> Page:
    """What a person sees there."""
    match at:
        case Training():
            return training.show(at, talk, world)
        case Practising():
            return practising.show(at, talk, world)
        case TeamMistakes():
            return team_mistakes.show(at, talk, world)
        case OpeningQuiz():
            return opening_quiz.show(at, talk, world)
        case InQuiz():
            return in_quiz.show(at, talk, world)
        case QuizTable():
            return quiz_table.show(at, talk, world)
        case _:
            assert_never(at)
