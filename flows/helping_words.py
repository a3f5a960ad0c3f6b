"""What is typed while somebody is helped: a note, a code, an answer, papers that are there, what they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from flows import answering, hearing, helping, several, straight, ticking, told
from flows.codes import code_in
from flows.facts import Asked, HelpNoted
from flows.moves import named_answers
from flows.office.assist import Help
from flows.office.stages import Helping
from flows.phrases import hear
from flows.state import Aside, Talk
from flows.tact import tactful
from flows.telling.glance import (
    deadlines_at_a_glance,
    fees_at_a_glance,
    online_at_a_glance,
    places_at_a_glance,
    times_at_a_glance,
)
from flows.telling.plain import paper_name, short
from flows.texts import Say
from flows.turn import Move, World
from knowledge.guide import Guide

OFFERED: Final = 5
"""Guides that words may mean, shown at once."""

LONGEST: Final = 500
"""Characters of a question or a note that are kept."""

NOTE: Final = ("ghi chú", "ghi chu", "note")
"""How words begin that are a note."""


def in_words(at: Helping, talk: Talk, words: str, world: World) -> Move | None:
    """A note, a code, an answer, papers that are there, or what the person needs; of danger and fraud it is told."""
    move = _in_words(at, talk, words, world)
    alarm = world.library.index(world.today).understood(words).alarm
    if move is None or alarm == "none":
        return move
    return replace(move, asides=(Aside(f"assist.{alarm}"), *move.asides))


def _in_words(at: Helping, talk: Talk, words: str, world: World) -> Move | None:
    for start in NOTE:
        if words.casefold().startswith(start):
            return _noted(at, words[len(start) :].strip(" :.,-–"))
    if code_in(words):
        return helping.brought(talk, world)
    guide = helping.guide_at(at, world)
    if guide is not None and not at.offered and (move := _of_the_guide(at, guide, talk, words, world)) is not None:
        return move
    return _found(at, guide, talk, words, world)


def _noted(at: Helping, text: str) -> Move:
    """A note goes with the facts, where what names a person is masked; the talk keeps nothing of it."""
    if not text:
        return Move(at, asides=(Aside("assist.empty_note"),), back=False)
    fact = HelpNoted(at.code, at.desk, text[:LONGEST])
    return Move(at, apart=(fact,), deeds=(Help(at.desk),), asides=(Aside("assist.noted"),), back=False)


def _of_the_guide(at: Helping, guide: Guide, talk: Talk, words: str, world: World) -> Move | None:
    """Answers and papers of the open guide; None when the words are about something else."""
    say, known = world.texts[talk.language], world.library.words
    ask = helping.asked_next(at, guide, world)
    before = helping.answers_at(at, guide)
    told_before = before if ask is not None else {}  # once all is answered, a line says it anew
    line = several.in_words(guide, words, told_before, world.library, world.today, say)
    if line is not None and line.most:
        return _answered(at, guide, line, world, say)
    meant = answering.in_words(ask, words, known, world.today, say) if ask is not None else None
    if ask is not None and meant is not None:
        more = told.in_opening(guide, words, known, world.today, {**before, ask.id: meant.choice})
        answers = {ask.id: meant.choice, **{id: choice for id, choice in more.items() if id not in before}}
        return _answered(at, guide, several.Several(answers), world, say)
    papers = _papers(at, guide, words, world, say, asked=ask is not None)
    if papers is not None:
        return papers
    if hearing.is_unsure(words, known, say):
        return Move(at, asides=(Aside("assist.unsure"),), back=False)
    if ask is None or line is None or _means_another(guide, words, world):
        return None
    if line.contrary or (line.answers and line.clear):
        return _answered(at, guide, line, world, say)
    if "," not in words or ticking.wants(hear(words, known), say):
        return None
    return Move(at, asides=(Aside("assist.not_read"),), back=False)


def _answered(at: Helping, guide: Guide, line: several.Several, world: World, say: Say) -> Move:
    """The answers are taken and said above the page, and papers that were named beside them ticked."""
    to, asides = helping.answered(at, line.answers), _understood(guide, tuple(line.answers.items()), say)
    if line.contrary:
        asides = (*asides, Aside("assist.contrary"))
    for part in line.rest:
        papers = _papers(to, guide, part, world, say, asked=True)
        if papers is not None and isinstance(papers.to, Helping) and papers.to != to:
            to, asides = papers.to, (*asides, *papers.asides)
    return Move(to, asides=asides, back=False)


def _papers(at: Helping, guide: Guide, words: str, world: World, say: Say, *, asked: bool) -> Move | None:
    """Papers that were seen or are missing; numbers are those of the answers while something is `asked`."""
    listed = [document for document, _ in helping.listed(at, guide, world)]
    ticks = ticking.in_words(words, listed, world.library.words, say)
    if ticks is None:
        return None
    if ticks.unclear or (asked and any(sign.isdecimal() for sign in words)):
        return Move(at, asides=(Aside("assist.which_paper"),), back=False)
    have = ticks.have
    if asked and len(have) == len(listed):
        have = tuple(document.id for document, _ in helping.so_far(at, guide, world))
    names = {document.id: short(paper_name(document, say)) for document in listed}
    asides = [
        Aside(f"assist.{name}", "; ".join(names[id] for id in ids))
        for name, ids in (("ticked", have), ("unticked", ticks.lack))
        if ids
    ]
    to = helping.turned(helping.turned(at, have, True), ticks.lack, False)
    return Move(to, asides=tuple(asides), back=False)


def _means_another(guide: Guide, words: str, world: World) -> bool:
    """Whether words surely mean another procedure than the open one."""
    finding = world.library.find(words, world.today, (guide.id,))
    return finding.decision == "answer" and finding.found[0].id != guide.id


def _understood(guide: Guide, answers: Sequence[tuple[str, str]], say: Say) -> tuple[Aside, ...]:
    """What is said above the page when words were taken as answers."""
    told = named_answers(guide, answers, say)
    return (Aside("assist.understood", told),) if told else ()


def _found(at: Helping, open: Guide | None, talk: Talk, words: str, world: World) -> Move:
    """The guide that is meant is opened, what was said of it taken as answered; several that may be are shown.

    At a desk one guide that is perhaps meant is opened too: somebody stands there who can say no.
    """
    finding = world.library.find(words, world.today)
    best = finding.found[0].id if finding.found and finding.decision != "unknown" else ""
    if open is not None and (finding.decision != "answer" or best == open.id):
        asks = finding.asks if best in {"", open.id} else ()
        asides = _told_of(open, at, words, asks, world, world.texts[talk.language])
        if asides:
            known = (Asked(words[:LONGEST], "answer", (open.id,), at.desk, at.code),)
            return Move(at, apart=known, asides=asides, back=False)
    fit = [guide for one in tactful(finding.found, words, world) if (guide := world.library.get(one.id)) is not None]
    likely = [guide for guide in fit if guide.visible(world.today)][:OFFERED]
    asked = (Asked(words[:LONGEST], finding.decision, tuple(guide.id for guide in likely), at.desk, at.code),)
    taken = tuple((guide.id, *one) for guide in likely for one in _told(guide, words, world))
    clear = finding.decision == "answer" and bool(finding.found) and finding.found[0].id in {one.id for one in likely}
    if likely and (clear or (len(likely) == 1 and finding.decision == "choose" and open is None)):
        guide = next((one for one in likely if clear and one.id == finding.found[0].id), likely[0])
        move = helping.opens(replace(at, told=taken), guide.id, world)
        answers = [(ask, choice) for id, ask, choice in taken if id == guide.id]
        if move is not None:
            say = world.texts[talk.language]
            to = move.to if isinstance(move.to, Helping) else at
            told_first = _told_of(guide, to, words, finding.asks, world, say)
            return replace(move, apart=asked, asides=(*told_first, *_understood(guide, answers, say)))
    aside = () if likely else (Aside("assist.not_found"),)
    offered = tuple(guide.id for guide in likely)
    return Move(replace(at, offered=offered, told=taken), apart=asked, asides=aside, back=False)


def _told_of(guide: Guide, at: Helping, words: str, asks: Sequence[str], world: World, say: Say) -> tuple[Aside, ...]:
    """What a guide says to just what was asked, told first; or that it tells nothing of a fine."""
    said = straight.sentences(guide, helping.answers_at(at, guide), words, world, say)
    facts = _asked_of(guide, at, asks, world, say)
    asides = tuple(Aside("assist.told", text) for text in (*said, " ".join(facts)) if text)
    if not said and straight.names("command.penalty", words, world, say):
        return (Aside("aside.fine"), *asides)
    return asides


def _asked_of(guide: Guide, at: Helping, asks: Sequence[str], world: World, say: Say) -> tuple[str, ...]:
    """What is known, after the answers so far, of the things that a question about the open guide asks for."""
    answers, today = helping.answers_at(at, guide), world.today
    told = {
        "fee": fees_at_a_glance(guide, answers, today, say, place=world.place),
        "time": times_at_a_glance(guide, answers, today, say),
        "deadline": deadlines_at_a_glance(guide, answers, today, say),
        "place": places_at_a_glance(guide, answers, today, say),
        "online": online_at_a_glance(guide, answers, today, say),
    }
    return tuple(f"{say(f'guide.{one}')}: {' '.join(lines)}" for one, lines in told.items() if one in asks and lines)


def _told(guide: Guide, words: str, world: World) -> tuple[tuple[str, str], ...]:
    """What words that ask for a guide have answered of it already."""
    return tuple(told.in_opening(guide, words, world.library.words, world.today, {}).items())
