"""Was this solved?"""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.facts import Solved
from flows.replies import Choice, Heading
from flows.state import Rating, Talk, WasSolved
from flows.turn import Move, Page, World


def hear(at: WasSolved, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Yes or no; both lead to the rating."""
    for id, solved in (("yes", True), ("no", False)):
        if event == Pressed(id, talk.turn):
            return Move(Rating(at.guide, solved, at.nth), facts=(Solved(at.guide, solved),), back=False)
    return None


def show(at: WasSolved, talk: Talk, world: World) -> Page:
    """The question, in quieter words after a death, and two answers."""
    say = world.texts[talk.language]
    grieving = world.guide(at.guide).event == "death"
    title = say("was_solved.title_death" if grieving else "was_solved.title")
    return Page((Heading(title),), (Choice("yes", say("was_solved.yes")), Choice("no", say("was_solved.no"))))
