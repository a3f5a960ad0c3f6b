"""The page of a guide that words led to, with what they told already; another guide than the open one is said so."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from flows import told
from flows.facts import Fact
from flows.lists import case_of
from flows.moves import opened, understood
from flows.state import Aside, Aspect, AtGuide, Talk, guide_of
from flows.telling.plain import named
from flows.turn import Move, World
from knowledge.guide import Guide
from knowledge.tailor import PROVINCE_ASK


def arrival(
    guide: Guide, talk: Talk, words: str, world: World, about: tuple[Aspect, ...], asked: Fact, also: str = ""
) -> Move:
    """The guide's page; `about` is what was asked of it, `also` the id of the second procedure in the same words."""
    say = world.texts[talk.language]
    here = guide_of(talk.stage)
    before = talk.stage.taken if isinstance(talk.stage, AtGuide) and here == guide.id else ()
    new = taken_from(guide, talk, words, world)
    taken = tuple({**dict(before), **dict(new)}.items())
    province = next((id for ask, id in new if ask == PROVINCE_ASK and world.library.province(id)), None)
    move = opened(guide, "words", talk, about, taken, also)
    asides = (Aside("aside.new_topic", named(guide.title, guide.en, say)),) if here and here != guide.id else ()
    return dataclasses.replace(
        move,
        facts=(asked,) if here == guide.id else (asked, *move.facts),
        asides=(*asides, *understood(guide, new, say)),
        province=province,
        meant=move.meant if new else (),
    )


def taken_from(guide: Guide, talk: Talk, words: str, world: World) -> tuple[tuple[str, str], ...]:
    """What a question answers already: only where no list is begun yet, whose answers go before."""
    if talk.lists_of(guide.id):
        return ()
    before = case_of(talk, guide, 1).answers
    answers = told.in_opening(guide, words, world.library.words, world.today, before)
    return tuple((ask, choice) for ask, choice in answers.items() if ask not in before)


def taken_of(found: Sequence[str], talk: Talk, words: str, world: World) -> tuple[tuple[str, str, str], ...]:
    """Guide, ask and choice of what a question answers already of the guides that are offered."""
    guides = [guide for id in found if (guide := world.library.get(id)) is not None]
    return tuple((guide.id, *one) for guide in guides for one in taken_from(guide, talk, words, world))
