"""A talk fitted to the guides as they are now: one withdrawn, one edited since the last turn, an ask taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flows.lists import onward
from flows.office.people import may, may_somewhere
from flows.office.stages import FOR_ALL, NEEDS, OFFICE, AtOffice
from flows.pictures import current
from flows.state import (
    Aside,
    Asking,
    AtGuide,
    Attaching,
    Case,
    Changing,
    Collecting,
    Elsewhere,
    Gone,
    Home,
    Person,
    Reading,
    Stage,
    Summary,
    Talk,
    guide_of,
    list_id,
    nth_of,
)
from flows.telling.plain import named
from flows.turn import World
from knowledge.guide import Guide
from knowledge.tailor import papers, still_fitting

LISTS = 20
"""How many lists of a person are kept."""


LED_OUT: Final = ("office.role_ended", "office.page_ended", "people.post_ended")
"""What is told to whoever may no longer be where they were."""


def with_case(cases: tuple[Case, ...], case: Case) -> tuple[Case, ...]:
    """The lists with one more or another, the latest first; the oldest goes when there are too many."""
    return (case, *(other for other in cases if other.id != case.id))[:LISTS]


def without_list(talk: Talk, id: str) -> Talk:
    """The talk without that list, and no way back into it; the page of its guide stays."""
    past = tuple(s for s in talk.past if isinstance(s, AtGuide | Reading) or list_id(guide_of(s), nth_of(s)) != id)
    return replace(talk, past=past, cases=tuple(case for case in talk.cases if case.id != id))


def fitted(talk: Talk, world: World) -> Talk:
    """The talk as it stands with the guides as they are now: one withdrawn, one edited since the last turn."""
    talk = current(talk, world)
    if isinstance(talk.stage, OFFICE) and not isinstance(talk.stage, FOR_ALL):
        led = _led_out(talk, world)
        if led is not None:
            return led
    id, nth = guide_of(talk.stage), nth_of(talk.stage)
    if not id or isinstance(talk.stage, Person):
        return talk
    guide = world.library.get(id)
    case, say = talk.case(id, nth), world.texts[talk.language]
    if guide is None or not guide.visible(world.today):
        past = tuple(stage for stage in talk.past if guide_of(stage) != id)
        return replace(talk, stage=gone(id, talk, world), past=past)
    if case is not None and case.edition != guide.edition:
        case = replace(
            case,
            edition=guide.edition,
            name=guide.title,
            answers=still_fitting(guide, case.answers),
            have=tuple(document for document in case.have if guide.document(document)),
        )
        talk = replace(
            talk,
            stage=_refitted(talk.stage, case, guide),
            cases=with_case(talk.cases, case),
            asides=(*talk.asides, Aside("aside.guide_edited", named(guide.title, guide.en, say))),
        )
    if isinstance(talk.stage, Asking) and guide.ask(talk.stage.ask) is None:
        return replace(talk, stage=AtGuide(guide.id, nth=nth))
    return _told_what_changed(talk, world)


def _led_out(talk: Talk, world: World) -> Talk | None:
    """The talk led from a page of the office to where a person may be; None where they may be there."""
    me, need, desk = world.office.people.me(), NEEDS.get(type(talk.stage)), getattr(talk.stage, "desk", None)
    if me is None:
        return replace(talk, stage=Home(), past=(), asides=(*talk.asides, Aside("office.role_ended")))
    if need is None or (may(me, need, desk) if desk else may_somewhere(me, need)):
        return None
    return replace(talk, stage=AtOffice(), past=(), asides=(*talk.asides, Aside("office.page_ended")))


def awaits_picture(talk: Talk, world: World) -> bool:
    """Whether a photo or PDF would be looked at where the talk stands."""
    world = replace(world, province=talk.province or world.home)
    return isinstance(fitted(talk, world).stage, Attaching)


def gone(id: str, talk: Talk, world: World) -> Gone:
    """Where a talk stands whose guide is no more, or no longer used."""
    guide, case = world.library.get(id), next(iter(talk.lists_of(id)), None)
    return Gone(guide.title if guide is not None else case.name if case is not None else "", id)


def landed(stage: Stage, talk: Talk, world: World) -> Stage:
    """The stage that a move leads to: what took its place, when its guide has ended."""
    id = guide_of(stage)
    guide = world.library.get(id) if id and not isinstance(stage, Person) else None
    return stage if guide is None or guide.visible(world.today) else gone(id, talk, world)


def remembering(talk: Talk, world: World) -> Talk:
    """The talk with the papers that its list holds now, so that a later change of the rules can be told."""
    case, now = _listed(talk, world)
    return talk if case is None or case.papers == now else _with(talk, replace(case, papers=now))


def _told_what_changed(talk: Talk, world: World) -> Talk:
    case, now = _listed(talk, world)
    if case is None or not case.papers or case.papers == now:
        return talk
    gone = "; ".join(name for id, name in case.papers.items() if id not in now)
    new = "; ".join(name for id, name in now.items() if id not in case.papers)
    asides = [Aside(text, names) for text, names in (("aside.no_more", gone), ("aside.now_needed", new)) if names]
    return replace(_with(talk, replace(case, papers=now)), asides=(*talk.asides, *asides))


def _listed(talk: Talk, world: World) -> tuple[Case | None, dict[str, str]]:
    """The list that the stage is about, if there is one, and its papers as of today: id -> name."""
    id = guide_of(talk.stage)
    case, guide = talk.case(id, nth_of(talk.stage)), world.library.local(id, talk.province) if id else None
    if case is None or guide is None:
        return None, {}
    return case, {document.id: document.name for document, _ in papers(guide, case.answers, world.today)}


def _with(talk: Talk, case: Case) -> Talk:
    """The same lists in the same order, one of them changed."""
    return replace(talk, cases=tuple(case if other.id == case.id else other for other in talk.cases))


def _refitted(stage: Stage, case: Case, guide: Guide) -> Stage:
    match stage:
        case Asking() | Elsewhere() | Changing() | Collecting() | Summary():
            return onward(case, guide)
        case _:
            return stage
