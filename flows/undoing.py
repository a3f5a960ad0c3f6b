"""Taking back what the last step did: an answer, ticks, or what was understood from the words of a question."""

from __future__ import annotations

import dataclasses

from flows.facts import Ticked
from flows.lists import case_of
from flows.moves import named_answers
from flows.state import Aside, Asking, AtGuide, Collecting, Elsewhere, Talk, nth_of
from flows.telling.plain import paper_name
from flows.turn import Move, World
from knowledge.guide import Guide
from knowledge.tailor import PROVINCE_ASK

ANSWER = "a:"
"""A choice whose id begins so answers an ask; with "ask=" behind it where several were answered in one line."""

DOCUMENT = "d:"
"""A choice whose id begins so ticks or unticks a paper."""


def undone(talk: Talk, world: World) -> Move | None:
    """The move that takes the last step back; None when it was no answer and no tick."""
    stage = talk.stage
    if isinstance(stage, AtGuide):
        return _without_taken(stage, talk, world)
    last = talk.meant or (talk.last,)
    if isinstance(stage, Asking | Collecting) and all(id.startswith(DOCUMENT) for id in last):
        ids = tuple(id.removeprefix(DOCUMENT) for id in last)
        return _turned(stage, talk, world.guide(stage.guide), ids, world)
    if isinstance(stage, Asking | Collecting | Elsewhere) and last[0].startswith(ANSWER):
        return _unanswered(talk, world.guide(stage.guide), world)
    return None


def _without_taken(stage: AtGuide, talk: Talk, world: World) -> Move | None:
    if not stage.taken:
        return None
    told = named_answers(world.guide(stage.guide), stage.taken, world.texts[talk.language])
    province = "" if any(ask == PROVINCE_ASK for ask, _ in stage.taken) else None
    to = dataclasses.replace(stage, taken=())
    return Move(to, asides=(Aside("aside.undone", told),), province=province, back=False)


def _turned(stage: Asking | Collecting, talk: Talk, guide: Guide, ids: tuple[str, ...], world: World) -> Move | None:
    case = case_of(talk, guide, stage.nth)
    documents = [document for id in ids if (document := guide.document(id)) is not None]
    if not documents:
        return None
    now = {document.id: document.id not in case.have for document in documents}
    kept = tuple(id for id in case.have if id not in now)
    have = (*kept, *(id for id, has in now.items() if has))
    names = "; ".join(paper_name(document, world.texts[talk.language]) for document in documents)
    page = _told_at(stage, talk)
    return Move(
        page or stage,
        facts=tuple(Ticked(guide.id, id, has) for id, has in now.items()),
        case=dataclasses.replace(case, have=have),
        asides=(Aside("aside.undone", names),),
        returns=page is not None,
    )


def _told_at(stage: Asking | Collecting, talk: Talk) -> AtGuide | None:
    """The guide's page on which a paper was said to be there, which led on to an ask."""
    before = talk.past[-1] if talk.past and talk.meant and isinstance(stage, Asking) else None
    return before if isinstance(before, AtGuide) and before.guide == stage.guide else None


def _unanswered(talk: Talk, guide: Guide, world: World) -> Move | None:
    """Back to the ask that was answered last, the answer removed, with all that were given in the same line."""
    before = talk.past[-1] if talk.past else None
    case = case_of(talk, guide, nth_of(talk.stage))
    if (
        not isinstance(before, Asking)
        or (before.guide, before.nth) != (guide.id, case.nth)
        or before.ask not in case.answers
    ):
        return None
    line = {id.removeprefix(ANSWER).partition("=")[0] for id in talk.meant if "=" in id}
    taken = {ask: choice for ask, choice in case.answers.items() if ask in {before.ask, *line}}
    told = named_answers(guide, tuple(taken.items()), world.texts[talk.language])
    answers = {ask: choice for ask, choice in case.answers.items() if ask not in taken}
    return Move(
        before,
        case=dataclasses.replace(case, answers=answers),
        asides=(Aside("aside.undone", told),),
        province="" if PROVINCE_ASK in taken else None,
        returns=True,
    )
