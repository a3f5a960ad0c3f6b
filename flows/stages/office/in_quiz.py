"""A case of a quiz: as in practice, but nothing is told before the end."""

from __future__ import annotations

from dataclasses import replace

from flows.events import Pressed, Said
from flows.facts import Practised
from flows.judging import holds, judged
from flows.office.practice import AnswerQuiz, Quiz
from flows.office.practice_stages import InQuiz, QuizTable, Training
from flows.replies import Block, Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.drills import (
    answered,
    chosen_guide,
    guide_choices,
    paper_choices,
    paper_list,
    story,
    ticked_now,
)
from flows.telling.plain import named
from flows.turn import Move, Page, World


def hear(at: InQuiz, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A guide, a tick, the next case; whoever comes after the end is told so."""
    quiz = world.office.practice.quiz(at.quiz)
    if quiz is None:
        return Move(Training(), asides=(Aside("training.quiz_over"),), back=False)
    if not quiz.open(world.now):
        return Move(QuizTable(at.quiz), asides=(Aside("training.quiz_over"),), back=False)
    drill = quiz.drills[at.nth]
    if not holds(drill, world):
        return _on(at, quiz, 0) if event == Pressed("next", talk.turn) else None
    if at.step == "guide":
        chosen = chosen_guide(event)
        return None if chosen is None else Move(replace(at, step="papers", chosen=chosen), back=False)
    ticked = ticked_now(event, at.ticked)
    if ticked is not None:
        return Move(replace(at, ticked=ticked), back=False)
    if event != Pressed("done", talk.turn):
        return None
    result = judged(drill, at.chosen, at.ticked, world)
    wrong = (*result.missed, *result.extra)
    fact = Practised(world.me.id, drill.guide, at.chosen, result.guide and result.papers, wrong)
    return replace(_on(at, quiz, result.points), facts=(fact,))


def _on(at: InQuiz, quiz: Quiz, points: int) -> Move:
    """The next case, or the table after the last one."""
    nth = at.nth + 1
    to = InQuiz(at.quiz, nth) if nth < len(quiz.drills) else QuizTable(at.quiz)
    return Move(to, deeds=(AnswerQuiz(at.quiz, at.nth, points),), back=False)


def show(at: InQuiz, talk: Talk, world: World) -> Page:
    """The story and what is asked."""
    say = world.texts[talk.language]
    quiz = world.office.practice.quiz(at.quiz)
    if quiz is None or not quiz.open(world.now):
        return Page(
            (Heading(say("training.quiz")), Line(say("training.quiz_over"))), (Choice("next", say("training.on")),)
        )
    drill = quiz.drills[at.nth]
    head: tuple[Block, ...] = (Heading(say("training.quiz_case", nth=at.nth + 1, of=len(quiz.drills))),)
    if not holds(drill, world):
        return Page((*head, Line(say("training.withdrawn"))), (Choice("next", say("training.on"), "main"),))
    head = (*head, *story(drill, world, say))
    if at.step == "guide":
        return Page((*head, Line(say("training.which_guide"))), guide_choices(drill, world, say))
    guide = world.guide(drill.guide)
    asked = Line(say("training.which_papers", guide=named(guide.title, guide.en, say)))
    listed = paper_list(drill, at.ticked, world, say)
    choices = (*paper_choices(drill, at.ticked, world, say), Choice("done", say("training.done"), "main"))
    return Page((*head, *answered(drill, world, say), asked, listed), choices)
