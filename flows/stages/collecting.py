"""The person's own list of papers: tick what is there, see what is missing and where to get it."""

from __future__ import annotations

import dataclasses

from flows.events import Pressed, Said
from flows.facts import Listed, Ticked
from flows.moves import case_of
from flows.replies import Block, Choice, Heading, Line, Papers
from flows.state import Changing, Collecting, Summary, Talk
from flows.telling.papers import paper
from flows.telling.plain import named, paper_name, short
from flows.telling.words import hard_words
from flows.turn import Move, Page, World
from knowledge.tailor import Fit, papers

DOCUMENT = "d:"


def hear(at: Collecting, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Tick or untick a paper, change an answer, or see the summary."""
    guide = world.guide(at.guide)
    case = case_of(talk, guide)
    if event == Pressed("change", talk.turn):
        return Move(Changing(guide.id))
    if event == Pressed("done", talk.turn):
        listed = papers(guide, case.answers, world.today)
        missing = tuple(d.id for d, fit in listed if fit is Fit.YES and not d.if_any and d.id not in case.have)
        return Move(Summary(guide.id), facts=(Listed(guide.id, guide.edition, missing),))
    if isinstance(event, Pressed) and event.choice.startswith(DOCUMENT):
        id = event.choice.removeprefix(DOCUMENT)
        has = id not in case.have
        have = (*case.have, id) if has else tuple(other for other in case.have if other != id)
        return Move(at, facts=(Ticked(guide.id, id, has),), case=dataclasses.replace(case, have=have))
    return None


def show(at: Collecting, talk: Talk, world: World) -> Page:
    """Every paper that is or may be needed, each with a button of its own."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    case = case_of(talk, guide)
    listed = papers(guide, case.answers, world.today)
    shown = tuple(paper(guide, document, fit, case.answers, case.have, world.library, say) for document, fit in listed)
    have = sum(one.mark == "have" for one in shown)
    blocks: list[Block] = [Heading(say("collecting.title", name=named(guide.title, guide.en, say)))]
    if shown:
        complete = all(one.mark != "missing" for one in shown) and have > 0
        count = say("collecting.all") if complete else say("collecting.missing", have=have, of=len(shown))
        blocks += [Line(say("collecting.how")), Papers(shown), Line(count)]
    else:
        blocks.append(Line(say("collecting.none")))
    blocks += hard_words(blocks, say)
    choices = [
        Choice(DOCUMENT + document.id, short(paper_name(document, say)), "paper", document.id in case.have)
        for document, _ in listed
    ]
    choices.append(Choice("done", say("collecting.done"), "main"))
    if guide.asks:
        choices.append(Choice("change", say("collecting.change"), "more"))
    return Page(tuple(blocks), tuple(choices), say("collecting.prompt"))
