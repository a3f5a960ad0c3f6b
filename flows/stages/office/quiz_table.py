"""The table of a quiz: for its lead at any time, for those who take part once it is over."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.judging import holds
from flows.office.people import may
from flows.office.practice import POINTS, CloseQuiz, Player, Quiz
from flows.office.practice_stages import QuizTable, Training
from flows.replies import Block, Bullets, Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.posts import desk_name
from flows.texts import Say
from flows.turn import Move, Page, World


def hear(at: QuizTable, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """End it, look again, or go on."""
    quiz = world.office.practice.quiz(at.quiz)
    if event == Pressed("again", talk.turn):
        return Move(at, back=False)
    if event == Pressed("go_on", talk.turn):
        return Move(Training(), back=False)
    if event == Pressed("close", talk.turn) and quiz is not None:
        if not quiz.open(world.now):
            return Move(at, asides=(Aside("training.quiz_over"),), back=False)
        return Move(at, deeds=(CloseQuiz(quiz.id),), asides=(Aside("training.quiz_closed"),), back=False)
    return None


def show(at: QuizTable, talk: Talk, world: World) -> Page:
    """Places, points and time."""
    say = world.texts[talk.language]
    go_on = Choice("go_on", say("training.on"), "main")
    quiz = world.office.practice.quiz(at.quiz)
    if quiz is None:
        return Page((Heading(say("training.quiz")), Line(say("training.quiz_over"))), (go_on,))
    heading = Heading(say("training.quiz_title", desk=desk_name(quiz.desk, world)))
    running, leads = quiz.open(world.now), may(world.me, "lead", quiz.desk)
    again = Choice("again", say("training.quiz_again"), "more")
    if running and not leads:
        return Page((heading, Line(say("training.quiz_wait"))), (go_on, again))
    blocks: list[Block] = [heading, *_table(quiz, world, say)]
    if running:
        blocks.append(Line(say("training.quiz_running")))
        return Page(tuple(blocks), (Choice("close", say("training.quiz_close"), "main"), again, go_on))
    return Page(tuple(blocks), (go_on,))


def _table(quiz: Quiz, world: World, say: Say) -> tuple[Block, ...]:
    """Who has most points first; of those the fastest. A case whose guide was withdrawn meanwhile counts for nobody."""
    counted = frozenset(nth for nth, drill in enumerate(quiz.drills) if holds(drill, world))
    players = sorted(world.office.practice.players(quiz.id), key=lambda one: (-_points(one, counted), one.seconds))
    if not players:
        return (Line(say("training.quiz_nobody")),)
    lines = tuple(
        say(
            "training.quiz_line",
            called=one.called,
            points=_points(one, counted),
            of=POINTS * len(counted),
            answered=len(one.points),
            minutes=one.seconds // 60,
            seconds=f"{one.seconds % 60:02}",
        )
        for one in players
    )
    blocks: list[Block] = [Bullets(lines, ordered=True)]
    if len(counted) < len(quiz.drills):
        blocks.append(Line(say("training.quiz_left_out", n=len(quiz.drills) - len(counted))))
    return tuple(blocks)


def _points(player: Player, counted: frozenset[int]) -> int:
    return sum(points for nth, points in player.points if nth in counted)
