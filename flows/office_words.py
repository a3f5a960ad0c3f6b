"""What those who work here can ask for anywhere in words: the first page of the office, and the pages behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flows import hearing
from flows.office.stages import AtOffice, OfficeStage
from flows.state import Aside, Talk
from flows.turn import Move, Stay, World

WORDS: Final[Mapping[str, Callable[[], OfficeStage]]] = {
    "office_words.at_office": AtOffice,
}
"""The list of phrases that lead to a page -> that page."""


def heard(words: str, talk: Talk, world: World) -> Move | Stay | None:
    """Where words lead somebody who works here; None for words that are for everybody. Others are told of a command."""
    say = world.texts[talk.language]
    for name, stage in WORDS.items():
        if hearing.says(words, name, world.library.words, say):
            if world.office.people.me() is not None:
                return Move(stage())
            return Stay((Aside("office.not_here"),)) if words.startswith("/") else None
    return None
