"""Why it was not solved or not satisfying: a reason, a few words, or both."""

from __future__ import annotations

import dataclasses
from typing import get_args

from flows.events import Pressed, Said
from flows.facts import Explained, Reason
from flows.replies import Choice, Heading, Line
from flows.state import Talk, Thanks, Why
from flows.turn import Move, Page, World

REASONS: tuple[Reason, ...] = get_args(Reason)
LONGEST = 1000
"""Characters of a comment that are kept."""


def hear(at: Why, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A reason first, then words if wanted; words alone count as another reason."""
    if isinstance(event, Said):
        reason: Reason = at.reason or "other"
        return Move(Thanks(at.guide, at.nth), facts=(Explained(at.guide, reason, event.text[:LONGEST]),), back=False)
    if event == Pressed("done", talk.turn):
        return Move(Thanks(at.guide, at.nth), back=False)
    for one in REASONS:
        if event == Pressed(one, talk.turn):
            to = dataclasses.replace(at, reason=one)
            return Move(to, facts=(Explained(at.guide, one, ""),), back=False)
    return None


def show(at: Why, talk: Talk, world: World) -> Page:
    """The reasons; once one is given, room for a few words."""
    say = world.texts[talk.language]
    done = Choice("done", say("why.done"), "main")
    if at.reason is not None:
        return Page((Heading(say("why.title")), Line(say("why.comment"))), (done,), say("why.prompt"))
    reasons = tuple(Choice(reason, say(f"why.{reason}")) for reason in REASONS)
    return Page((Heading(say("why.title")), Line(say("why.body"))), (*reasons, done), say("why.prompt"))
