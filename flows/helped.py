"""What a volunteer reads while somebody stands before them: short, and what is missing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, get_args

from flows import helping
from flows.codes import PAYLOAD
from flows.facts import HelpOutcome
from flows.helping_words import OFFERED
from flows.moves import named_answers, open_choice
from flows.office.stages import Extra, Helping
from flows.replies import Block, Choice, Group, Heading, Line, Notice, Paper, Papers, Row, Rows, Sheet
from flows.telling.glance import fees_at_a_glance, online_at_a_glance, places_at_a_glance, times_at_a_glance
from flows.telling.papers import brief_amount
from flows.telling.plain import case, label, lower, named, paper_name, short, title
from flows.telling.pointers import pointer_name
from flows.texts import Say
from flows.turn import Page, World
from flows.undoing import ANSWER, DOCUMENT
from knowledge.guide import Ask, Document, Guide
from knowledge.tailor import PROVINCE_ASK, UNSURE, Answers, Fit, diverted

OUTCOME: Final = "o:"
"""A choice whose id begins so is what came of it, and the end."""

EXTRA: Final = "x:"
"""A choice whose id begins so is what came of it beside that."""

WITH_GUIDE: Final[tuple[HelpOutcome, ...]] = (
    "filed_online", "filed_at_counter", "by_post", "bring_more", "to_official", "advised",
)  # fmt: skip
WITHOUT: Final[tuple[HelpOutcome, ...]] = ("advised", "vneid", "paid_online", "to_official")
EXTRAS: Final[tuple[Extra, ...]] = get_args(Extra)

Listed = Sequence[tuple[Document, Fit]]


def finding(at: Helping, open: Guide | None, world: World, say: Say) -> Page:
    """What this person may need; the box for words comes first."""
    likely = [guide for id in at.offered if (guide := world.library.get(id)) is not None]
    guides = likely or list(world.library.most_asked(world.today))
    shown = [open_choice(guide, say) for guide in guides if guide.visible(world.today)][:OFFERED]
    choices = [replace(choice, group="more") for choice in shown]
    if open is not None:
        choices.append(Choice("keep", say("assist.keep", name=title(open, say)), "more"))
    else:
        choices += [Choice(OUTCOME + one, say("assist.at_once", name=_name(one, say)), "more") for one in WITHOUT]
    told = Line(say("assist.offered" if likely else "assist.how"))
    leave = Choice("leave", say("assist.leave"), "more")
    return Page((Heading(say("assist.title")), told), (*choices, leave), say("assist.prompt"))


def asking(at: Helping, guide: Guide, ask: Ask, world: World, say: Say) -> Page:
    """The next ask, its answers, and the papers that the answers so far lead to; what is not asked yet adds none."""
    answers = helping.answers_at(at, guide)
    papers = helping.so_far(at, guide, world)
    blocks: list[Block] = [
        Heading(named(ask.text, ask.en, say)),
        Line(say("assist.ask", guide=named(guide.title, guide.en, say))),
        *_answered_lines(guide, answers, say),
        *_said_line(at, papers, say),
    ]
    if papers:
        blocks.append(Line(say("assist.papers_below")))
    choices = [Choice(ANSWER + id, label(choice, say)) for id, choice in ask.choices.items()]
    choices.append(Choice(ANSWER + UNSURE, say("asking.unsure")))
    choices += _paper_choices(at, papers, say)
    choices.append(Choice("skip_asks", say("assist.skip_asks"), "more"))
    return Page(tuple(blocks), (*choices, *_more(guide, answers, say)), say("assist.prompt_guide"))


def ending(at: Helping, guide: Guide, world: World, say: Say) -> Page:
    """What it costs and where in two lines, then the papers, and right under them the outcomes."""
    answers = helping.answers_at(at, guide)
    papers = helping.listed(at, guide, world)
    blocks: list[Block] = [
        Heading(title(guide, say)),
        *_sheet(at, guide, say),
        *_answered_lines(guide, answers, say),
        *_pointer_notice(guide, answers, world, say),
        *_glance(guide, answers, world, say),
        *_paper_blocks(at, guide, world, say),
        *((Line(say("assist.extras", names="; ".join(_name(one, say) for one in at.extras))),) if at.extras else ()),
        Line(say("assist.result")),
    ]
    choices = _paper_choices(at, papers, say)
    pointer = diverted(guide, answers)
    other = world.library.by_code(pointer.code) if pointer is not None else None
    if other is not None and other.visible(world.today):
        choices.append(open_choice(other, say))
    choices += _outcomes(WITH_GUIDE, "main", say)
    choices += [
        Choice(EXTRA + one, say("assist.take" if one in at.extras else "assist.add", name=_name(one, say)))
        for one in EXTRAS
    ]
    if not helping.given(guide, answers) and helping.asked_next(replace(at, ending=False), guide, world):
        choices.append(Choice("more_asks", say("assist.more_asks"), "more"))
    if world.code and not at.list and pointer is None:
        choices.append(Choice("take_home", say("assist.take_home"), "more"))
    return Page(tuple(blocks), (*choices, *_more(guide, answers, say)), say("assist.prompt_guide"))


def _sheet(at: Helping, guide: Guide, say: Say) -> Iterator[Sheet]:
    """The code of the list that the person takes home."""
    if at.list:
        text = say("assist.take_home_how", code=at.list)
        yield Sheet(title(guide, say), at.list, PAYLOAD + at.list, text, "")


def _outcomes(outcomes: Sequence[HelpOutcome], group: Group, say: Say) -> list[Choice]:
    return [Choice(OUTCOME + one, say(f"assist.{one}"), group) for one in outcomes]


def _more(guide: Guide, answers: Answers, say: Say) -> tuple[Choice, ...]:
    change = (Choice("change", say("assist.change"), "more"),) if helping.given(guide, answers) else ()
    return (
        *change,
        Choice("other", say("assist.other"), "more"),
        Choice("leave", say("assist.leave"), "more"),
    )


def _name(outcome: HelpOutcome, say: Say) -> str:
    return lower(say(f"assist.{outcome}"))


def _answered_lines(guide: Guide, answers: Answers, say: Say) -> Iterator[Line]:
    """What was asked already, in one line, and what nobody could answer in another."""
    given = {ask: choice for ask, choice in answers.items() if ask != PROVINCE_ASK}
    known = [(ask, choice) for ask, choice in given.items() if choice != UNSURE]
    if known:
        yield Line(say("assist.answered", answers=named_answers(guide, known, say)))
    unsure = [named(ask.text, ask.en, say) for ask in guide.asks if given.get(ask.id) == UNSURE]
    if unsure:
        yield Line(say("assist.unsure_of", asks=" ".join(unsure)))


def _pointer_notice(guide: Guide, answers: Answers, world: World, say: Say) -> Iterator[Notice]:
    """That an answer led to another procedure, and why."""
    pointer = diverted(guide, answers)
    if pointer is not None:
        name = pointer_name(pointer, world.library, say)
        yield Notice(say("assist.instead", name=name, why=pointer.why), "warning")


def _paper_choices(at: Helping, listed: Listed, say: Say) -> list[Choice]:
    """A button for each paper, in the order of the list."""
    return [
        Choice(DOCUMENT + document.id, short(paper_name(document, say)), "paper", document.id in at.seen)
        for document, _ in listed
    ]


def _said_line(at: Helping, listed: Listed, say: Say) -> Iterator[Line]:
    """The papers that the person says are there, and nobody saw yet."""
    said = [short(paper_name(one, say)) for one, _ in listed if one.id in at.said and one.id not in at.seen]
    if said:
        yield Line(say("assist.said_all", names="; ".join(said)))


def _paper_blocks(at: Helping, guide: Guide, world: World, say: Say) -> Iterator[Line | Papers]:
    """Each paper with what is said and seen of it, then in one line what is still missing: no button above it moves."""
    listed = helping.listed(at, guide, world)
    if not listed:
        yield Line(say("assist.no_papers"))
        return
    answers = helping.answers_at(at, guide)
    yield Papers(tuple(_paper(at, guide, *one, answers, say) for one in listed), say("assist.papers_how"))
    missing = [lower(short(paper_name(one, say))) for one in helping.missing(at, guide, world)]
    open = any(fit is Fit.MAYBE and not one.if_any and one.id not in at.seen for one, fit in listed)
    whole = say("assist.open" if open else "assist.all_seen")
    if at.seen or not missing:  # until one was seen, all that is listed is missing
        yield Line(say("assist.missing", names="; ".join(missing)) if missing else whole)


def _paper(at: Helping, guide: Guide, document: Document, fit: Fit, answers: Answers, say: Say) -> Paper:
    """One line; under it what helps who has not got it, or whom it concerns where that is not sure."""
    name = brief_amount(document, say)
    if document.id in at.seen:
        return Paper(name, "", (), "have")
    lines = [say("assist.said")] if document.id in at.said else []
    if fit is Fit.MAYBE or document.if_any:
        opened = case(guide, document.when, answers, say) if fit is Fit.MAYBE else ""
        lines += [say("paper.maybe", case=one) for one in (opened, document.case) if one]
        return Paper(name, "", tuple(lines), "open")
    lines += [say("paper.else", what=document.instead)] if document.instead else []
    lines += [say("paper.from", where=document.issued_by)] if document.issued_by else []
    return Paper(name, "", tuple(lines), "missing")


def _glance(guide: Guide, answers: Answers, world: World, say: Say) -> Iterator[Rows]:
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
