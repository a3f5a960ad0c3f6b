"""What a volunteer reads of a guide while somebody stands before them: short, and what is missing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.moves import named_answers
from flows.office.stages import Helping
from flows.replies import Choice, Line, Mark, Notice, Paper, Papers, Row, Rows
from flows.telling.glance import fees_at_a_glance, online_at_a_glance, places_at_a_glance, times_at_a_glance
from flows.telling.papers import amount
from flows.telling.plain import case, counted, named, paper_name, paper_title, short
from flows.telling.pointers import pointer_name
from flows.texts import Say
from flows.turn import World
from flows.undoing import DOCUMENT
from knowledge.guide import Document, Guide
from knowledge.tailor import PROVINCE_ASK, UNSURE, Answers, Fit, diverted

Listed = Sequence[tuple[Document, Fit]]


def answered_line(guide: Guide, answers: Answers, say: Say) -> Iterator[Line]:
    """What was asked already, in one line."""
    given = {ask: choice for ask, choice in answers.items() if ask != PROVINCE_ASK}
    known = [(ask, choice) for ask, choice in given.items() if choice != UNSURE]
    if known:
        yield Line(say("assist.answered", answers=named_answers(guide, known, say)))
    unsure = [named(ask.text, ask.en, say) for ask in guide.asks if given.get(ask.id) == UNSURE]
    if unsure:
        yield Line(say("assist.unsure_of", asks=" ".join(unsure)))


def pointer_notice(guide: Guide, answers: Answers, world: World, say: Say) -> Iterator[Notice]:
    """That an answer led to another procedure, and why."""
    pointer = diverted(guide, answers)
    if pointer is not None:
        name = pointer_name(pointer, world.library, say)
        yield Notice(say("assist.instead", name=name, why=pointer.why), "warning")


def paper_choices(at: Helping, listed: Listed, say: Say) -> list[Choice]:
    """A button for each paper, in the order of the list."""
    return [
        Choice(DOCUMENT + document.id, short(paper_name(document, say)), "paper", document.id in at.seen)
        for document, _ in listed
    ]


def paper_lines(
    at: Helping, guide: Guide, listed: Listed, answers: Answers, say: Say, *, brief: bool = False
) -> Iterator[Line | Papers]:
    """The papers with what is said and seen of each; how many are missing, unless `brief`."""
    if not listed:
        yield Line(say("assist.no_papers"))
        return
    shown = tuple(_paper(at, guide, document, fit, answers, say, brief=brief) for document, fit in listed)
    yield Papers(shown, "" if brief else say("assist.papers_how"))
    if not brief:
        missing = sum(one.mark == "missing" for one in shown)
        yield Line(counted("assist.missing", missing, say) if missing else say("assist.all_seen"))


def _paper(
    at: Helping, guide: Guide, document: Document, fit: Fit, answers: Answers, say: Say, *, brief: bool
) -> Paper:
    seen = document.id in at.seen
    mark: Mark = "have" if seen else "open" if fit is Fit.MAYBE or document.if_any else "missing"
    lines = [say("assist.said")] if document.id in at.said and not seen else []
    if not (seen or brief):
        opened = case(guide, document.when, answers, say) if fit is Fit.MAYBE else ""
        lines += [say("paper.maybe", case=opened)] if opened else []
        lines += [say("paper.maybe", case=document.case)] if document.case else []
        lines += [say("paper.else", what=document.instead)] if document.instead else []
        lines += [say("paper.from", where=document.issued_by)] if document.issued_by else []
    return Paper(paper_title(document, say), "" if brief else amount(document, say), tuple(lines), mark)


def glance(guide: Guide, answers: Answers, world: World, say: Say) -> Iterator[Rows]:
    """Fee and time in one line, where in another."""
    fee = fees_at_a_glance(guide, answers, world.today, say, place=world.place)
    time = times_at_a_glance(guide, answers, world.today, say)
    place = (
        *places_at_a_glance(guide, answers, world.today, say),
        *online_at_a_glance(guide, answers, world.today, say),
    )
    rows = [Row(say("assist.fee_time"), (" ".join((*fee, *time)),))]
    rows += [Row(say("assist.place"), (" ".join(place),))] if place else []
    yield Rows(tuple(rows))
