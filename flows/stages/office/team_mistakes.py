"""What the team gets wrong when it practises, for the lead to teach; who got it wrong is not told."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Final

from flows.events import Pressed, Said
from flows.office.practice import Tried
from flows.office.practice_stages import TeamMistakes
from flows.replies import Bullets, Heading, Line
from flows.state import Talk
from flows.telling.plain import named, paper_name
from flows.texts import Say
from flows.turn import Move, Page, World

SINCE: Final = timedelta(days=60)
SHOWN: Final = 8
PAPERS: Final = 3
"""Papers that are named for one guide."""


def hear(at: TeamMistakes, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Nothing of its own."""
    return None


def show(at: TeamMistakes, talk: Talk, world: World) -> Page:
    """The guides that went wrong most often, each with what it was taken for and the papers."""
    say = world.texts[talk.language]
    team = world.office.practice.team(world.now - SINCE)
    heading = Heading(say("training.mistakes"))
    wrong = Counter(one.guide for one in team if not one.right)
    if not wrong:
        return Page((heading, Line(say("training.no_mistakes", n=len(team)))))
    lines = [
        _line(guide, [one for one in team if one.guide == guide], world, say) for guide, _ in wrong.most_common(SHOWN)
    ]
    return Page((heading, Line(say("training.mistakes_of", n=len(team), days=SINCE.days)), Bullets(tuple(lines))))


def _line(guide: str, tried: list[Tried], world: World, say: Say) -> str:
    wrong = [one for one in tried if not one.right]
    parts = [say("training.mistake", guide=_title(guide, world, say), wrong=len(wrong), n=len(tried))]
    taken = Counter(one.chosen for one in wrong if one.chosen != guide)
    if taken:
        parts.append(say("training.taken_for", guide=_title(taken.most_common(1)[0][0], world, say)))
    papers = Counter(ref for one in wrong for ref in one.wrong).most_common(PAPERS)
    names = [name for ref, _ in papers if (name := _paper(ref, world, say))]
    if names:
        parts.append(say("training.papers_wrong", papers="; ".join(names)))
    return " ".join(parts)


def _title(id: str, world: World, say: Say) -> str:
    guide = world.library.get(id)
    return id if guide is None else named(guide.title, guide.en, say)


def _paper(ref: str, world: World, say: Say) -> str:
    """The paper's name; empty where guide or paper is gone."""
    of, _, id = ref.partition("/")
    guide = world.library.get(of)
    document = None if guide is None else guide.document(id)
    return "" if document is None else paper_name(document, say)
