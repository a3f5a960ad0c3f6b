"""What those who work here can ask for anywhere in words: the first page of the office, and the pages behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from flows import coming, hearing, helping, reporting, rostering
from flows.office.letter_stages import LettersAtDesk, WaitingLetters
from flows.office.people import may_somewhere
from flows.office.practice_stages import Training
from flows.office.request_stages import Queue
from flows.office.shift_stages import MyShifts, OpenShifts, RosterWeek
from flows.office.stages import NEEDS, AtOffice, Colleagues, Inviting, Leaving, OfficeStage
from flows.state import Aside, Talk
from flows.turn import Move, Stay, World

WORDS: Final[Mapping[str, Callable[[], OfficeStage]]] = {
    "office_words.at_office": AtOffice,
    "office_words.colleagues": Colleagues,
    "office_words.inviting": Inviting,
    "office_words.leaving": Leaving,
    "office_words.queue": Queue,
    "office_words.letters": LettersAtDesk,
    "office_words.letters_waiting": WaitingLetters,
    "office_words.training": Training,
    "roster_words.my_shifts": MyShifts,
    "roster_words.swap": partial(MyShifts, "swap"),
    "roster_words.sick": partial(MyShifts, "sick"),
    "roster_words.open": OpenShifts,
    "roster_words.week": RosterWeek,
}
"""The list of phrases that lead to a page -> that page."""

ACTS: Final[Mapping[str, Callable[[Talk, World], Move]]] = {
    "office_words.next": helping.next_person,
    "roster_words.come": coming.comes,
    "roster_words.go": coming.goes,
}
"""The list of phrases by which who may help does something at once -> what."""


def heard(words: str, talk: Talk, world: World) -> Move | Stay | None:
    """Where words lead somebody who works here; None for words that are for everybody. Others are told of a command."""
    say = world.texts[talk.language]
    for name, act in ACTS.items():
        if hearing.says(words, name, world.library.words, say):
            if may_somewhere(world.office.people.me(), "help"):
                return act(talk, world)
            return Stay((Aside("office.not_here"),)) if words.startswith("/") else None
    for name, stage in WORDS.items():
        if hearing.says(words, name, world.library.words, say):
            me = world.office.people.me()
            if me is not None:
                to = stage()
                need = NEEDS.get(type(to))
                return Move(to) if need is None or may_somewhere(me, need) else Stay((Aside("office.not_allowed"),))
            return Stay((Aside("office.not_here"),)) if words.startswith("/") else None
    return rostering.command(words, talk, world) or reporting.heard(words, talk, world)
