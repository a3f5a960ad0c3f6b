"""What those who work here can ask for anywhere in words: the first page of the office, and the pages behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flows import hearing
from flows.office.people import may_somewhere
from flows.office.stages import NEEDS, AtOffice, Colleagues, Inviting, Leaving, OfficeStage
from flows.state import Aside, Talk
from flows.turn import Move, Stay, World

WORDS: Final[Mapping[str, Callable[[], OfficeStage]]] = {
    "office_words.at_office": AtOffice,
    "office_words.colleagues": Colleagues,
    "office_words.inviting": Inviting,
    "office_words.leaving": Leaving,
}
"""The list of phrases that lead to a page -> that page."""


def heard(words: str, talk: Talk, world: World) -> Move | Stay | None:
    """Where words lead somebody who works here; None for words that are for everybody. Others are told of a command."""
    say = world.texts[talk.language]
    for name, stage in WORDS.items():
        if hearing.says(words, name, world.library.words, say):
            me = world.office.people.me()
            if me is not None:
                to = stage()
                need = NEEDS.get(type(to))
                return Move(to) if need is None or may_somewhere(me, need) else Stay((Aside("office.not_allowed"),))
            return Stay((Aside("office.not_here"),)) if words.startswith("/") else None
    return None
