"""The guide's page, answer first: papers, fee, time, place, online, how sure and when checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import assert_never

from flows import hearing, ticking
from flows.events import Pressed, Said
from flows.facts import Ticked
from flows.lists import LIST, another, begun, resumed
from flows.moves import found_choice, pressed_guide
from flows.replies import Block, Bullets, Choice, Heading, Line, Notice, Row, Rows
from flows.state import Aside, Aspect, AtGuide, Case, HandingIn, InProvince, NotThis, Reading, Talk
from flows.telling.fees import fee_lines
from flows.telling.glance import (
    deadlines_at_a_glance,
    fees_at_a_glance,
    online_at_a_glance,
    papers_at_a_glance,
    places_at_a_glance,
    times_at_a_glance,
)
from flows.telling.local import local_lines
from flows.telling.papers import amount, form_lines
from flows.telling.places import online_lines, place_lines
from flows.telling.plain import first_sentence, named, paper_name, paper_title, short, title, with_amount
from flows.telling.times import notice_lines, time_lines
from flows.telling.tongues import official
from flows.telling.trust import review_due, trust_line
from flows.telling.words import hard_words
from flows.texts import Say
from flows.turn import Move, Page, World
from flows.undoing import DOCUMENT, undone
from knowledge.guide import Guide
from knowledge.tailor import Answers, Fit, papers

ALWAYS: tuple[Aspect, ...] = ("fee", "time", "place", "online")
"""What the page tells whether or not it was asked about, in this order."""

ALL: tuple[Aspect, ...] = ("papers", *ALWAYS)
"""What "see it all" asks about: the first page gives each in a line or two."""


def hear(at: AtGuide, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Prepare the papers, see it all, read on, or say that it is not this."""
    guide = world.guide(at.guide)
    if event == Pressed("prepare", talk.turn):
        return begun(talk, guide, at.nth, at.taken)
    if event == Pressed("another", talk.turn):
        return another(talk, guide, world.texts[talk.language])
    for case in talk.lists_of(guide.id):
        if event == Pressed(LIST + case.id, talk.turn):
            return Move(resumed(case, guide))
    if event == Pressed("all", talk.turn):
        return Move(dataclasses.replace(at, about=ALL))
    if event == Pressed("steps", talk.turn):
        return Move(Reading(guide.id, "steps", at.nth))
    if event == Pressed("sources", talk.turn):
        return Move(Reading(guide.id, "sources", at.nth))
    if event == Pressed("province", talk.turn):
        return Move(InProvince(guide.id, at.nth))
    if event == Pressed("wrong", talk.turn):
        return Move(NotThis(guide.id))
    if isinstance(event, Said):
        return _in_words(at, talk, event.text, world)
    return pressed_guide(event, talk, world)


def _in_words(at: AtGuide, talk: Talk, text: str, world: World) -> Move | None:
    """It is not this; it is handed in already; or a paper is there already."""
    say, known = world.texts[talk.language], world.library.words
    if hearing.is_wrong(text, known, say):
        return undone(talk, world) or Move(NotThis(at.guide))
    if hearing.says(text, "command.to_handed", known, say):
        return Move(HandingIn(at.guide, at.nth))
    return _ticked(at, talk, text, world)


def _ticked(at: AtGuide, talk: Talk, text: str, world: World) -> Move | None:
    """Papers that are said to be there begin the list, ticked."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    move = begun(talk, guide, at.nth, at.taken)
    if move.case is None:
        return None
    listed = [document for document, _ in papers(guide, move.case.answers, world.today)]
    have = ticking.told_to_be_there(text, listed, world.library.words, say)
    if not have:
        return None
    new = tuple(id for id in have if id not in move.case.have)
    names = "; ".join(short(paper_name(document, say)) for document in listed if document.id in have)
    return dataclasses.replace(
        move,
        facts=(*move.facts, *(Ticked(guide.id, id, True) for id in new)),
        case=dataclasses.replace(move.case, have=(*move.case.have, *new)),
        asides=(Aside("aside.ticked", names),),
        meant=tuple(DOCUMENT + id for id in new),
    )


def show(at: AtGuide, talk: Talk, world: World) -> Page:
    """What the person needed to know, tailored by what they have answered so far."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    case = talk.case(guide.id, at.nth)
    answers: Answers = {**(case.answers if case else {}), **dict(at.taken)}
    ways = _prepare(guide, case, talk, say)
    return Page(
        _told(guide, at.about, answers, ways[0].label, world, say),
        (
            *ways,
            *_also(at.also, world, say),
            *(() if at.about == ALL else (Choice("all", say("guide.all"), "more"),)),
            *_province_choice(guide, world, say),
            Choice("steps", say("guide.steps"), "more"),
            Choice("sources", say("guide.sources"), "more"),
            Choice("wrong", say("guide.wrong"), "more"),
        ),
        say("guide.prompt"),
    )


def _prepare(guide: Guide, case: Case | None, talk: Talk, say: Say) -> tuple[Choice, ...]:
    """Begin a list, or go on with this one or another of the guide; one for somebody else is begun apart."""
    others = [other for other in talk.lists_of(guide.id) if case is None or other.id != case.id]
    more = tuple(Choice(LIST + one.id, short(say("guide.resume_other", name=_called(one, say)))) for one in others)
    if case is None:
        return (Choice("prepare", say("guide.prepare"), "main"), *more)
    resume = say("guide.resume_named", called=case.called) if case.called else say("guide.resume")
    return (Choice("prepare", resume, "main"), *more, Choice("another", say("guide.another"), "more"))


def _called(case: Case, say: Say) -> str:
    return case.called or say("my_lists.nth", n=case.nth)


def _also(id: str, world: World, say: Say) -> tuple[Choice, ...]:
    """The button for the second procedure that was asked about; nothing where there was none, or it is gone."""
    other = found_choice(id, world, say) if id else None
    return () if other is None else (Choice(other.id, short(say("guide.also", name=other.label)), "more"),)


def _province_choice(guide: Guide, world: World, say: Say) -> tuple[Choice, ...]:
    """Offered where the province decides something: its name once it is chosen."""
    national = world.library.get(guide.id)
    if national is None or not world.library.decided_somewhere(national):
        return ()
    label = say("guide.in_province", place=world.place) if world.place else say("guide.province")
    return (Choice("province", label, "more"),)


def _told(
    guide: Guide, about: tuple[Aspect, ...], answers: Answers, prepare: str, world: World, say: Say
) -> Iterator[Block]:
    """The blocks, which are made once for all who come with the same question and the same answers on one day."""
    key = ("at_guide", guide.id, world.province, world.language, about, tuple(answers.items()), prepare, world.today)
    blocks = world.library.made(key, lambda: _blocks(guide, about, answers, prepare, world, say))
    yield from blocks


def _blocks(
    guide: Guide, about: tuple[Aspect, ...], answers: Answers, prepare: str, world: World, say: Say
) -> tuple[Block, ...]:
    """What was asked about first and in full, then the rest at a glance, each fact once."""
    today = world.today
    blocks: list[Block] = [Heading(title(guide, say))]
    if guide.event == "death":
        blocks.append(Line(say("guide.condolence")))
    asked = [aspect for aspect in about if aspect != "papers"]
    if asked:
        first: dict[str, tuple[str, ...]] = {aspect: _in_full(aspect, guide, answers, world, say) for aspect in asked}
        if "time" in asked and "deadline" not in asked:
            first["deadline"] = notice_lines(guide, guide.deadlines, answers, today, say)
        blocks.append(Rows(_rows(first, say)))
    summary = named(guide.summary, guide.summary_en, say)
    if summary and (not about or about == ALL):
        blocks.append(Line(summary if about else first_sentence(summary)))
    if "papers" in about:
        blocks += _papers(guide, answers, prepare, world, say)
    else:
        blocks += papers_at_a_glance(guide, answers, today, prepare, say)
    rest: tuple[Aspect, ...] = tuple(aspect for aspect in ALWAYS if aspect not in about)
    rows: dict[str, tuple[str, ...]] = {aspect: _at_a_glance(aspect, guide, answers, world, say) for aspect in rest}
    rows["local"] = local_lines(guide, answers, world, say)
    rows["deadline"] = (
        () if {"time", "deadline"}.intersection(asked) else deadlines_at_a_glance(guide, answers, today, say)
    )
    if any(rows.values()):
        blocks.append(Rows(_rows(rows, say)))
    blocks += hard_words(blocks, say, brief=about != ALL)
    whole = about == ALL or say.language == "en"  # in English it says what to ask for at the desk
    name = say("guide.official", name=official(guide.name, say), code=guide.code)
    blocks.append(Notice(name if whole else say("guide.code", code=guide.code), "source"))
    if guide.status == "imported":
        blocks.append(Notice(say("guide.imported"), "warning"))
    elif review_due(guide, today):
        blocks.append(Notice(say("guide.expired_review"), "warning"))
    blocks.append(Notice(trust_line(guide, answers, today, say, brief=about != ALL), "source"))
    return tuple(blocks)


def _at_a_glance(aspect: Aspect, guide: Guide, answers: Answers, world: World, say: Say) -> tuple[str, ...]:
    today = world.today
    match aspect:
        case "fee":
            return fees_at_a_glance(guide, answers, today, say, place=world.place)
        case "time":
            return times_at_a_glance(guide, answers, today, say)
        case "place":
            return places_at_a_glance(guide, answers, today, say)
        case "online":
            return online_at_a_glance(guide, answers, today, say)
        case "deadline" | "forms" | "legal" | "papers":
            return ()
        case _:
            assert_never(aspect)


def _in_full(aspect: Aspect, guide: Guide, answers: Answers, world: World, say: Say) -> tuple[str, ...]:
    today = world.today
    match aspect:
        case "fee":
            return fee_lines(guide, answers, today, say, place=world.place)
        case "time":
            return time_lines(guide, answers, today, say)
        case "place":
            return place_lines(guide, answers, today, say)
        case "online":
            return online_lines(guide, answers, today, say) or (say("place.online_unknown"),)
        case "forms":
            return form_lines(guide, answers, today, say)
        case "deadline":
            return notice_lines(guide, guide.deadlines, answers, today, say) or (say("reading.no_deadline"),)
        case "legal":
            legal = notice_lines(guide, guide.legal_basis, answers, today, say)
            return legal or (say("reading.no_legal"),)
        case "papers":
            return ()
        case _:
            assert_never(aspect)


def _rows(rows: Mapping[str, tuple[str, ...]], say: Say) -> tuple[Row, ...]:
    return tuple(Row(say(f"guide.{name}"), values) for name, values in rows.items() if values)


def _papers(guide: Guide, answers: Answers, prepare: str, world: World, say: Say) -> list[Block]:
    found = papers(guide, answers, world.today)
    if not found:
        return [Line(say("guide.papers_unknown"))]
    sure: list[str] = []
    by_case: list[str] = []
    for document, fit in found:
        how_many = amount(document, say)
        line = with_amount(paper_title(document, say), how_many, say)
        (by_case if fit is Fit.MAYBE else sure).append(line)
    blocks: list[Block] = []
    if sure:
        blocks.append(Bullets(tuple(sure), say("guide.papers")))
    if by_case:
        blocks.append(Bullets(tuple(by_case), say("guide.by_case")))
        blocks.append(Line(say("guide.depends", prepare=prepare)))
    return blocks
