"""What a volunteer reads while somebody stands before them: short, and what is missing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, get_args

from flows import helping
from flows.facts import HelpOutcome
from flows.helping_words import OFFERED
from flows.moves import named_answers, open_choice
from flows.office.stages import Extra, Helping
from flows.replies import Block, Choice, Heading, Line, Mark, Notice, Paper, Papers, Row, Rows
from flows.telling.glance import fees_at_a_glance, online_at_a_glance, places_at_a_glance, times_at_a_glance
from flows.telling.papers import amount
from flows.telling.plain import case, counted, label, lower, named, paper_name, paper_title, short, title
from flows.telling.pointers import pointer_name
from flows.texts import Say
from flows.turn import Page, World
from flows.undoing import ANSWER, DOCUMENT
from knowledge.guide import Document, Guide
from knowledge.tailor import PROVINCE_ASK, UNSURE, Answers, Fit, diverted, next_ask

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
    """What this person may need."""
    likely = [guide for id in at.offered if (guide := world.library.get(id)) is not None]
    guides = likely or list(world.library.most_asked(world.today))
    choices = [open_choice(guide, say) for guide in guides if guide.visible(world.today)][:OFFERED]
    if open is not None:
        choices.append(Choice("keep", say("assist.keep"), "main"))
    else:
        choices += _outcomes(WITHOUT, say)
    told = Line(say("assist.offered" if likely else "assist.how"))
    leave = Choice("leave", say("assist.leave"), "more")
    return Page((Heading(say("assist.title")), told), (*choices, leave), say("assist.prompt"))


def asking(at: Helping, guide: Guide, world: World, say: Say) -> Page:
    """The next ask, and by name the papers that the answers so far lead to; what is not asked yet adds none."""
    answers = helping.answers_at(at, guide)
    ask = next_ask(guide, answers)
    if ask is None:
        raise LookupError(guide.id)
    blocks: list[Block] = [Heading(title(guide, say)), *_answered_line(guide, answers, say)]
    papers = [one for one in helping.in_order(at, guide, world) if answers.keys() >= one[0].when.keys()]
    blocks += _paper_lines(at, guide, papers, answers, say, brief=True) if papers else ()
    blocks.append(Line(say("assist.ask", ask=named(ask.text, ask.en, say))))
    if ask.hint:
        blocks.append(Notice(ask.hint))
    choices = [Choice(ANSWER + id, label(choice, say)) for id, choice in ask.choices.items()]
    choices.append(Choice(ANSWER + UNSURE, say("asking.unsure")))
    choices += _paper_choices(at, papers, say)
    choices.append(Choice("skip_asks", say("assist.skip_asks"), "more"))
    return Page(tuple(blocks), (*choices, *_more(guide, answers, say)), say("assist.prompt_guide"))


def ending(at: Helping, guide: Guide, world: World, say: Say) -> Page:
    """The papers, missing ones first, what it costs and where, and the outcomes."""
    answers = helping.answers_at(at, guide)
    papers = helping.in_order(at, guide, world)
    blocks: list[Block] = [
        Heading(title(guide, say)),
        *_answered_line(guide, answers, say),
        *_pointer_notice(guide, answers, world, say),
        *_paper_lines(at, guide, papers, answers, say),
        *_glance(guide, answers, world, say),
        *((Line(say("assist.extras", names="; ".join(_name(one, say) for one in at.extras))),) if at.extras else ()),
        Line(say("assist.result")),
    ]
    choices = _paper_choices(at, papers, say)
    pointer = diverted(guide, answers)
    other = world.library.by_code(pointer.code) if pointer is not None else None
    if other is not None and other.visible(world.today):
        choices.insert(0, open_choice(other, say))
    choices += _outcomes(WITH_GUIDE, say)
    choices += [
        Choice(EXTRA + one, say("assist.take" if one in at.extras else "assist.add", name=_name(one, say)), "more")
        for one in EXTRAS
    ]
    if at.ending and next_ask(guide, answers) is not None and pointer is None:
        choices.append(Choice("more_asks", say("assist.more_asks"), "more"))
    return Page(tuple(blocks), (*choices, *_more(guide, answers, say)), say("assist.prompt_guide"))


def _outcomes(outcomes: Sequence[HelpOutcome], say: Say) -> list[Choice]:
    return [Choice(OUTCOME + one, say(f"assist.{one}"), "main") for one in outcomes]


def _more(guide: Guide, answers: Answers, say: Say) -> tuple[Choice, ...]:
    change = (Choice("change", say("assist.change"), "more"),) if helping.given(guide, answers) else ()
    return (
        *change,
        Choice("other", say("assist.other"), "more"),
        Choice("leave", say("assist.leave"), "more"),
    )


def _name(outcome: HelpOutcome, say: Say) -> str:
    return lower(say(f"assist.{outcome}"))


def _answered_line(guide: Guide, answers: Answers, say: Say) -> Iterator[Line]:
    """What was asked already, in one line."""
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


def _paper_lines(
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
