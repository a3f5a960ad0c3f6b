"""What members hear of a quiz: that one began, and that the one they took part in is over."""

from __future__ import annotations

from typing import Literal

from flows.state import Aside, Talk
from flows.telling.posts import desk_name
from flows.turn import Stay, World

Matter = Literal["quiz_opened", "quiz_closed"]


def heard(talk: Talk, matter: Matter, id: str, world: World) -> Stay | None:
    """What comes of it; None where it is true no more, or the quiz of a desk where one no longer helps."""
    quiz = world.office.practice.quiz(id)
    if quiz is None or (matter == "quiz_opened" and not quiz.open(world.now)):
        return None
    said = "training.quiz_opened" if matter == "quiz_opened" else "training.quiz_results"
    return Stay((Aside(said, desk_name(quiz.desk, world)),))
