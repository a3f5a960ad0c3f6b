"""The person's own list of papers: tick what is there, see what is missing and where to get it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from flows import hearing, ticking
from flows.events import Pressed, Said
from flows.facts import Listed, Ticked
from flows.lists import case_of, share
from flows.pictures import ATTACH, asked, may_be_sent, on_list, wanted, with_pictures
from flows.replies import Block, Choice, Heading, Line, Notice, Papers
from flows.state import Aside, Case, Changing, Collecting, Deleting, HandingIn, Naming, Summary, Talk
from flows.telling.papers import paper_list
from flows.telling.plain import list_name, paper_name, short
from flows.telling.words import hard_words
from flows.texts import Say
from flows.turn import Move, Page, World
from flows.undoing import DOCUMENT, undone
from knowledge.guide import Guide
from knowledge.tailor import Fit, papers


def hear(at: Collecting, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Tick or untick a paper, change an answer, name or delete the list, or see the summary."""
    guide = world.guide(at.guide)
    case = case_of(talk, guide, at.nth)
    if event == Pressed("change", talk.turn):
        return Move(Changing(guide.id, at.nth))
    if event == Pressed("name", talk.turn):
        return Move(Naming(guide.id, at.nth))
    if event == Pressed("delete", talk.turn):
        return Move(Deleting(guide.id, at.nth))
    if event == Pressed("done", talk.turn):
        listed = papers(guide, case.answers, world.today)
        missing = tuple(d.id for d, fit in listed if fit is Fit.YES and not d.if_any and d.id not in case.have)
        return Move(Summary(guide.id, at.nth), facts=(Listed(guide.id, guide.edition, missing),))
    if isinstance(event, Pressed) and event.choice.startswith(ATTACH):
        return wanted(guide, event.choice.removeprefix(ATTACH), at.nth, talk, world)
    if isinstance(event, Pressed) and event.choice.startswith(DOCUMENT):
        id = event.choice.removeprefix(DOCUMENT)
        has = id not in case.have
        have = (*case.have, id) if has else tuple(other for other in case.have if other != id)
        return Move(at, facts=(Ticked(guide.id, id, has),), case=dataclasses.replace(case, have=have))
    return _in_words(at, talk, guide, event.text, world) if isinstance(event, Said) else None


def _in_words(at: Collecting, talk: Talk, guide: Guide, text: str, world: World) -> Move | None:
    """Papers that are said to be there or missing, several at once; "nhầm rồi" takes the last ticks back."""
    say = world.texts[talk.language]
    known = world.library.words
    if hearing.says(text, "command.to_take", known, say):
        return share(talk, guide, at.nth, world)
    if hearing.says(text, "command.to_handed", known, say):
        return Move(HandingIn(guide.id, at.nth))
    move = undone(talk, world) if hearing.is_wrong(text, known, say) else asked(at, guide, talk, text, world)
    if move is not None:
        return move
    case = case_of(talk, guide, at.nth)
    listed = [document for document, _ in papers(guide, case.answers, world.today)]
    ticks = ticking.in_words(text, listed, known, say)
    if ticks is None and not hearing.is_unsure(text, known, say):
        return None
    if ticks is None or ticks.unclear:
        return Move(at, asides=(Aside("aside.which_paper"),))
    new = [id for id in ticks.have if id not in case.have]
    gone = [id for id in ticks.lack if id in case.have]
    names = {document.id: short(paper_name(document, say)) for document in listed}
    asides = [
        Aside(f"aside.{name}", "; ".join(names[id] for id in ids))
        for name, ids in (("ticked", ticks.have), ("unticked", ticks.lack))
        if ids
    ]
    return Move(
        at,
        facts=(*(Ticked(guide.id, id, True) for id in new), *(Ticked(guide.id, id, False) for id in gone)),
        case=dataclasses.replace(case, have=(*(id for id in case.have if id not in gone), *new)),
        asides=tuple(asides),
        meant=tuple(DOCUMENT + id for id in (*new, *gone)),
    )


def show(at: Collecting, talk: Talk, world: World) -> Page:
    """Every paper that is or may be needed, each with a button of its own."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    case = case_of(talk, guide, at.nth)
    listed = papers(guide, case.answers, world.today)
    choices = [
        Choice(DOCUMENT + document.id, short(paper_name(document, say)), "paper", document.id in case.have)
        for document, _ in listed
    ]
    choices.append(Choice("done", say("collecting.done"), "main"))
    choices += [
        Choice(ATTACH + document.id, short(say("collecting.attach", paper=paper_name(document, say))), "more")
        for document, _ in listed
        if may_be_sent(document, world)
    ]
    if guide.asks:
        choices.append(Choice("change", say("collecting.change"), "more"))
    choices.append(Choice("name", say("my_lists.rename" if case.called else "my_lists.give_name"), "more"))
    choices.append(Choice("delete", say("my_lists.delete_this"), "more"))
    return Page(_blocks(guide, case, talk, world, say), tuple(choices), say("collecting.prompt"))


def _blocks(guide: Guide, case: Case, talk: Talk, world: World, say: Say) -> Iterator[Block]:
    listed = papers(guide, case.answers, world.today)
    shown, shared = paper_list(guide, listed, case.answers, case.have, world.library, say)
    shown = with_pictures(shown, [document for document, _ in listed], on_list(talk, case.id), say)
    have = sum(one.mark == "have" for one in shown)
    blocks: list[Block] = [Heading(say("collecting.title", name=list_name(guide, case, say)))]
    if shown:
        complete = all(one.mark != "missing" for one in shown) and have > 0
        count = say("collecting.all") if complete else say("collecting.missing", have=have, of=len(shown))
        blocks += [Line(say("collecting.how")), Papers(shown), *map(Notice, shared), Line(count)]
    else:
        blocks.append(Line(say("collecting.none")))
    blocks += hard_words(blocks, say)
    yield from blocks
