"""Every talk file is held as it says, on the engine alone, through JSON after every turn."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from flows.state import Language
from flows.texts import Say
from knowledge.library import Library
from tests.conversation.talks import Alone, TalkFile, play, talks

TALKS = tuple(talks())


def test_there_are_talks() -> None:
    assert len(TALKS) >= 30
    assert len({(talk.file, talk.name) for talk in TALKS}) == len(TALKS)


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: f"{talk.file}: {talk.name}")
async def test_a_talk_is_held(talk: TalkFile, library: Library, sentences: Mapping[Language, Say]) -> None:
    await play(talk, Alone(library, dict(sentences), talk.now))
