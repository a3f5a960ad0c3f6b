"""Practice: a case, a quiz that runs, and for the lead what the team gets wrong."""

from __future__ import annotations

from typing import Final

from flows.drilling import drills
from flows.events import Pressed, Said
from flows.office.people import may, may_somewhere
from flows.office.practice import JoinQuiz, Quiz, Tried
from flows.office.practice_stages import InQuiz, OpeningQuiz, Practising, QuizTable, TeamMistakes, Training
from flows.replies import Block, Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.posts import desk_name
from flows.turn import Move, Page, World

SEEN: Final = 100
"""Cases of one's own that are looked back on."""
LATELY: Final = 10
"""Cases whose guides do not come again at once."""
JOIN: Final = "j:"
TABLE: Final = "t:"
SHOWN: Final = 3


def next_case(talk: Talk, world: World) -> Move:
    """A case that was not there lately."""
    last = [tried.guide for tried in world.office.practice.mine(LATELY)]
    made = drills(1, f"{world.code}.{talk.turn}", world, last)
    if not made:
        return Move(Training(), asides=(Aside("training.no_case"),), back=False)
    return Move(Practising(made[0]), back=isinstance(talk.stage, Training))


def hear(at: Training, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Where a button leads."""
    if not isinstance(event, Pressed):
        return None
    match event.choice:
        case "case":
            return next_case(talk, world)
        case "mistakes":
            return Move(TeamMistakes())
        case "quiz":
            return Move(OpeningQuiz())
        case choice if choice.startswith(JOIN):
            return _joined(choice.removeprefix(JOIN), world)
        case choice if choice.startswith(TABLE):
            return Move(QuizTable(choice.removeprefix(TABLE)))
        case _:
            return None


def _joined(id: str, world: World) -> Move | None:
    """Into a quiz, at the first case that one has not answered."""
    quiz = world.office.practice.quiz(id)
    if quiz is None or not quiz.open(world.now):
        return Move(Training(), asides=(Aside("training.quiz_over"),), back=False)
    mine = [one.points for one in world.office.practice.players(id) if one.member == world.me.id]
    nth = len(mine[0]) if mine else 0
    if nth >= len(quiz.drills):
        return Move(QuizTable(id))
    return Move(InQuiz(id, nth), deeds=(JoinQuiz(id),))


def streak(tried: tuple[Tried, ...]) -> int:
    """How many of the last cases in a row were all right."""
    wrong = (at for at, one in enumerate(tried) if not one.right)
    return next(wrong, len(tried))


def show(at: Training, talk: Talk, world: World) -> Page:
    """How far one is, and what can be done."""
    say = world.texts[talk.language]
    mine = world.office.practice.mine(SEEN)
    blocks: list[Block] = [Heading(say("training.title")), Line(say("training.body"))]
    if mine:
        right = sum(one.right for one in mine)
        blocks.append(Line(say("training.so_far", n=len(mine), right=right, streak=streak(mine))))
    choices = [Choice("case", say("training.case"), "main")]
    choices += [_quiz_choice(quiz, world, talk) for quiz in world.office.practice.quizzes()[:SHOWN]]
    if may_somewhere(world.me, "lead"):
        choices += [
            Choice("mistakes", say("training.mistakes"), "more"),
            Choice("quiz", say("training.quiz_new"), "more"),
        ]
    return Page(tuple(blocks), tuple(choices))


def _quiz_choice(quiz: Quiz, world: World, talk: Talk) -> Choice:
    """To take part while it runs, else its table; whoever leads there sees the table at once."""
    say = world.texts[talk.language]
    desk = desk_name(quiz.desk, world)
    if quiz.open(world.now) and not may(world.me, "lead", quiz.desk):
        left = -(-int((quiz.until - world.now).total_seconds()) // 60)
        return Choice(JOIN + quiz.id, say("training.quiz_join", desk=desk, left=left), "main")
    return Choice(TABLE + quiz.id, say("training.quiz_table", desk=desk), "more")
