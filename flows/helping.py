"""Somebody is helped at the desk: who is next, what they need and have, what came of it. Nothing of them stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flows import coming
from flows.facts import Carried as CarriedFact
from flows.facts import Helped, HelpOutcome
from flows.lists import CODE_LASTS, new_list
from flows.office.assist import Help
from flows.office.people import may
from flows.office.roster import CheckIn
from flows.office.stages import AtOffice, Extra, HandedBack, Helping, OnTheirPhone, TurnedRound
from flows.state import Aside, Carried, Talk
from flows.telling.plain import title
from flows.turn import Move, Shared, World
from knowledge.guide import Ask, Document, Guide
from knowledge.tailor import PROVINCE_ASK, Answers, Fit, by_province, diverted, next_for_the_list, papers, still_fitting


def next_person(talk: Talk, world: World) -> Move:
    """Call the next one, with nothing of the one before; somebody just called, or not ended yet, is not passed over.

    Whoever has not come to a desk yet does so by the same tap, unless it is not clear to which.
    """
    at = talk.stage
    if isinstance(at, Helping):
        if at.new:
            return Move(at, asides=(Aside("assist.still_new"),), back=False)
        return Move(replace(at, ending=True, offered=()), asides=(Aside("assist.not_ended"),), back=False)
    desk = world.office.roster.my_desk()
    if desk and may(world.me, "help", desk):
        return Move(Helping(desk, world.code, world.now))
    came = coming.comes(talk, world)
    deed = next(iter(came.deeds), None)
    if not isinstance(deed, CheckIn):
        return came
    return replace(came, to=Helping(deed.desk, world.code, world.now))


def brought(talk: Talk, world: World) -> Move | None:
    """The list of a code that came in at the desk; None where nobody is helped, so that it is one's own list.

    It is for whoever is being helped; where the last one has gone, it is the next one's.
    """
    at = talk.stage
    if isinstance(at, TurnedRound | OnTheirPhone | HandedBack):
        at = Helping(at.desk, world.code, world.now)
    elif isinstance(at, AtOffice) and world.office.roster.my_desk():
        at = Helping(world.office.roster.my_desk(), world.code, world.now)
    if not isinstance(at, Helping):
        return None
    guide = world.library.get(world.carried.case.guide) if isinstance(world.carried, Carried) else None
    if not isinstance(world.carried, Carried) or guide is None or not guide.visible(world.today):
        about = "aside.too_many_codes" if world.guessed_much else "aside.unknown_code"
        return Move(talk.stage, asides=(Aside(about),), back=False)
    case = world.carried.case
    to = replace(_at(at, guide, still_fitting(guide, case.answers), world), said=case.have)
    aside = Aside("assist.brought", title(guide, world.texts[talk.language]))
    return Move(to, apart=(CarriedFact(guide.id, "in"),), asides=(aside,))


def guide_at(at: Helping, world: World) -> Guide | None:
    """The guide that is open, as it holds here; None where none is, or it is gone meanwhile."""
    guide = world.library.get(at.about) if at.about else None
    return world.guide(guide.id) if guide is not None and guide.visible(world.today) else None


def answers_at(at: Helping, guide: Guide) -> Answers:
    """What has been answered, as far as the guide asks for it today."""
    return still_fitting(guide, at.answers)


def asked_next(at: Helping, guide: Guide, world: World) -> Ask | None:
    """What is asked now: only what the list depends on; None where the outcome is told, or the matter is another."""
    answers = answers_at(at, guide)
    if at.ending or diverted(guide, answers) is not None:
        return None
    return next_for_the_list(guide, answers, world.today)


def opens(at: Helping, id: str, world: World) -> Move | None:
    """Begin with a guide for this person."""
    guide = world.library.get(id)
    if guide is None or not guide.visible(world.today):
        return None
    told = {ask: choice for about, ask, choice in at.told if about == guide.id}
    return Move(_at(at, guide, told, world), back=False)


def _at(at: Helping, guide: Guide, answers: Answers, world: World) -> Helping:
    """The same person at that guide; in which province is known at a desk."""
    here = by_province(guide, world.province)
    known = {**answers, PROVINCE_ASK: here} if here is not None else answers
    return Helping(at.desk, at.code, at.called, guide.id, known, extras=at.extras, waited=at.waited)


def given(guide: Guide, answers: Answers) -> list[str]:
    """The asks that were answered by the person, in the guide's order."""
    return [ask.id for ask in guide.asks if ask.id in answers and ask.id != PROVINCE_ASK]


def answered(at: Helping, answers: Answers) -> Helping:
    """One more answer, or several."""
    return replace(at, answers={**at.answers, **answers})


def afresh(at: Helping) -> Helping:
    """The same person with something else to do."""
    return Helping(at.desk, at.code, at.called, extras=at.extras, waited=at.waited)


def kept(at: Helping) -> Helping:
    """None of what was offered."""
    return replace(at, offered=(), told=())


def asking(at: Helping, *, on: bool) -> Helping:
    """Ask on, or leave the asks that are left and tell the outcome."""
    return replace(at, ending=not on)


def with_extra(at: Helping, extra: Extra) -> Helping:
    """What came of it beside the main outcome, or not after all."""
    left = tuple(one for one in at.extras if one != extra)
    return replace(at, extras=left if extra in at.extras else (*left, extra))


def reopened(at: Helping, guide: Guide) -> Helping:
    """The last answer taken back, to be asked once more."""
    last = given(guide, at.answers)[-1:]
    return replace(at, answers={ask: choice for ask, choice in at.answers.items() if ask not in last}, ending=False)


def turned(at: Helping, ids: Sequence[str], seen: bool) -> Helping:
    """Papers that were seen, or were not."""
    left = tuple(id for id in at.seen if id not in ids)
    return replace(at, seen=(*left, *ids) if seen else left)


def listed(at: Helping, guide: Guide, world: World) -> tuple[tuple[Document, Fit], ...]:
    """The papers that are or may be needed, the surely needed ones first; a paper keeps its place when it is seen."""

    def perhaps(one: tuple[Document, Fit]) -> bool:
        return one[1] is Fit.MAYBE or one[0].if_any

    return tuple(sorted(papers(guide, answers_at(at, guide), world.today), key=perhaps))


def so_far(at: Helping, guide: Guide, world: World) -> tuple[tuple[Document, Fit], ...]:
    """Those of the papers that depend on nothing that is still to be asked."""
    answers = answers_at(at, guide)
    return tuple(one for one in listed(at, guide, world) if answers.keys() >= one[0].when.keys())


def taken_home(at: Helping, guide: Guide, world: World) -> Move:
    """The list under a code, for the person's own phone: what was answered, and as there what was seen or said."""
    have = tuple(dict.fromkeys((*at.said, *at.seen)))
    case = replace(new_list(guide, 1), answers=answers_at(at, guide), have=have)
    shared = Shared(world.code, world.today + CODE_LASTS, Carried(case, world.province))
    return Move(replace(at, list=world.code), shared=shared, apart=(CarriedFact(guide.id, "out"),), back=False)


def missing(at: Helping, guide: Guide, world: World) -> tuple[Document, ...]:
    """The papers that are surely needed and were not seen."""
    found = listed(at, guide, world)
    return tuple(d for d, fit in found if fit is Fit.YES and not d.if_any and d.id not in at.seen)


def ended(at: Helping, outcome: HelpOutcome, world: World) -> Move:
    """Keep what came of it, and nothing else of this person; then they are asked what they think."""
    guide = guide_at(at, world)
    lacks = missing(at, guide, world) if guide is not None and outcome == "bring_more" else ()
    fact = Helped(
        desk=at.desk,
        member=world.me.id,
        guide="" if guide is None else guide.id,
        online=outcome == "filed_online",
        outcomes=tuple(dict.fromkeys((outcome, *at.extras))),
        missing=tuple(document.id for document in lacks),
        waited=at.waited,
        took=max(0, round((world.now - at.called).total_seconds())),
        code=at.code,
    )
    return Move(TurnedRound(at.desk, at.code), apart=(fact,), deeds=(Help(at.desk),), back=False)


def left(at: Helping) -> Move:
    """Let this person go without keeping anything."""
    return Move(AtOffice(), asides=(Aside("assist.let_go"),), back=False)
