"""The rating, in the three words that the provinces count."""

from __future__ import annotations

import dataclasses
from typing import get_args

from flows.events import Pressed, Said
from flows.facts import Level, Rated
from flows.lists import case_of
from flows.replies import Choice, Heading
from flows.state import Rating, Talk, Thanks, Why
from flows.turn import Move, Page, World

LEVELS: tuple[Level, ...] = get_args(Level)


def hear(at: Rating, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A level, or no answer; a person who was not helped or not satisfied is asked why."""
    if event == Pressed("later", talk.turn):
        return Move(Thanks(at.guide, at.nth), back=False)
    for level in LEVELS:
        if event == Pressed(level, talk.turn):
            content = at.solved and level != "not_satisfied"
            to = Thanks(at.guide, at.nth) if content else Why(at.guide, at.solved, level, nth=at.nth)
            case = dataclasses.replace(case_of(talk, world.guide(at.guide), at.nth), rated=True)
            return Move(to, facts=(Rated(at.guide, level),), case=case, back=False)
    return None


def show(at: Rating, talk: Talk, world: World) -> Page:
    """The three words; after a death nobody is pressed for them."""
    say = world.texts[talk.language]
    levels = tuple(Choice(level, say(f"rating.{level}")) for level in LEVELS)
    if world.guide(at.guide).event == "death":
        return Page((Heading(say("rating.title_death")),), (*levels, Choice("later", say("rating.later"), "more")))
    return Page((Heading(say("rating.title")),), levels)
