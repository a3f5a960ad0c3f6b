"""Every answer that can be pressed is pressed once: it leads to a list and its summary, or to another procedure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest

from flows import engine
from flows.events import Pressed, Started
from flows.replies import Papers, Reply
from flows.state import Asking, Collecting, Elsewhere, Language, Summary, Talk
from flows.texts import Say
from flows.turn import World
from flows.undoing import ANSWER
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.tailor import Fit, combinations, diverted, papers
from tests import own

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
LOADED = own.library()
OURS = [guide.id for guide in LOADED.guides.values() if guide.status == "published"]


def walks(guide: Guide) -> Iterator[dict[str, str]]:
    """Sets of answers that together hold every answer to every ask."""
    seen: set[tuple[str, str]] = set()
    for answers in combinations(guide):
        if not seen.issuperset(answers.items()) or not answers:
            seen |= set(answers.items())
            yield answers


def listed(reply: Reply) -> list[str]:
    return [paper.name for block in reply.blocks if isinstance(block, Papers) for paper in block.papers]


@pytest.mark.parametrize("id", OURS)
def test_every_answer_leads_on(id: str, library: Library, sentences: Mapping[Language, Say]) -> None:
    world = World(library, sentences, NOON)
    guide = library.guides[id]
    walked: set[tuple[str, str]] = set()
    for answers in walks(guide):
        talk = engine.step(Talk(), Started(engine.DEEP_LINK + id), world).talk
        turn = engine.step(talk, Pressed("prepare", talk.turn), world)
        while isinstance(stage := turn.talk.stage, Asking):
            walked.add((stage.ask, answers[stage.ask]))
            turn = engine.step(turn.talk, Pressed(ANSWER + answers[stage.ask], turn.talk.turn), world)
        if diverted(guide, answers) is not None:
            assert isinstance(stage, Elsewhere), answers
            continue
        assert isinstance(stage, Collecting), answers
        assert turn.reply is not None
        wanted = [paper.name for paper, fit in papers(guide, answers, world.today) if fit is Fit.YES]
        assert listed(turn.reply) == wanted, answers
        turn = engine.step(turn.talk, Pressed("done", turn.talk.turn), world)
        assert isinstance(turn.talk.stage, Summary), answers
    assert walked == {(ask.id, choice) for ask in guide.asks for choice in ask.choices}
