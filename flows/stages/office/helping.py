"""Somebody at the desk: first what they need, then asks and papers together, in the end what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from flows import helping
from flows.events import Pressed, Said
from flows.facts import HelpOutcome
from flows.helped import answered_line, glance, paper_choices, paper_lines, pointer_notice
from flows.moves import OPEN, open_choice
from flows.office.stages import Extra, Helping
from flows.replies import Block, Choice, Heading, Line, Notice
from flows.state import Talk
from flows.telling.plain import label, lower, named, title
from flows.texts import Say
from flows.turn import Move, Page, World
from flows.undoing import ANSWER, DOCUMENT
from knowledge.guide import Guide
from knowledge.tailor import UNSURE, Answers, diverted, next_ask

OUTCOME: Final = "o:"
"""A choice whose id begins so is what came of it, and the end."""

EXTRA: Final = "x:"
"""A choice whose id begins so is what came of it beside that."""

WITH_GUIDE: Final[tuple[HelpOutcome, ...]] = (
    "filed_online", "filed_at_counter", "by_post", "bring_more", "to_official", "advised",
)  # fmt: skip
WITHOUT: Final[tuple[HelpOutcome, ...]] = ("advised", "vneid", "paid_online", "to_official")
EXTRAS: Final[tuple[Extra, ...]] = get_args(Extra)


def hear(at: Helping, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One tap for each: a guide, an answer, a paper seen, an outcome."""
    if isinstance(event, Said):
        return helping.in_words(at, talk, event.text, world)
    guide = helping.guide_at(at, world)
    match event.choice:
        case "leave":
            return helping.left(at)
        case "other":
            return Move(helping.afresh(at), back=False)
        case "keep":
            return Move(helping.kept(at), back=False)
        case "skip_asks" | "more_asks" as way:
            return Move(helping.asking(at, on=way == "more_asks"), back=False)
        case "change" if guide is not None:
            return Move(helping.reopened(at, guide), back=False)
        case id if id.startswith(OPEN):
            return helping.opens(at, id.removeprefix(OPEN), world)
        case id if id.startswith(DOCUMENT):
            paper = id.removeprefix(DOCUMENT)
            return Move(helping.turned(at, (paper,), paper not in at.seen), back=False)
        case id if id.startswith(ANSWER) and guide is not None:
            ask = next_ask(guide, helping.answers_at(at, guide))
            return None if ask is None else Move(helping.answered(at, ask.id, id.removeprefix(ANSWER)), back=False)
        case id:
            return _came_of_it(at, id, world)


def _came_of_it(at: Helping, id: str, world: World) -> Move | None:
    for extra in EXTRAS:
        if id == EXTRA + extra:
            return Move(helping.with_extra(at, extra), back=False)
    for outcome in (*WITH_GUIDE, *WITHOUT):
        if id == OUTCOME + outcome:
            return helping.ended(at, outcome, world)
    return None


def show(at: Helping, talk: Talk, world: World) -> Page:
    """What this person needs, or all about it on one page."""
    say = world.texts[talk.language]
    guide = helping.guide_at(at, world)
    if guide is None or at.offered:
        return _finding(at, guide, world, say)
    return _asking(at, guide, world, say) if helping.asks_on(at, guide) else _ending(at, guide, world, say)


def _finding(at: Helping, open: Guide | None, world: World, say: Say) -> Page:
    likely = [guide for id in at.offered if (guide := world.library.get(id)) is not None]
    guides = likely or list(world.library.most_asked(world.today))
    choices = [open_choice(guide, say) for guide in guides if guide.visible(world.today)][: helping.OFFERED]
    if open is not None:
        choices.append(Choice("keep", say("assist.keep"), "main"))
    else:
        choices += _outcomes(WITHOUT, say)
    told = Line(say("assist.offered" if likely else "assist.how"))
    leave = Choice("leave", say("assist.leave"), "more")
    return Page((Heading(say("assist.title")), told), (*choices, leave), say("assist.prompt"))


def _asking(at: Helping, guide: Guide, world: World, say: Say) -> Page:
    """The next ask, and by name the papers that the answers so far lead to; what is not asked yet adds none."""
    answers = helping.answers_at(at, guide)
    ask = next_ask(guide, answers)
    if ask is None:
        raise LookupError(guide.id)
    blocks: list[Block] = [Heading(title(guide, say)), *answered_line(guide, answers, say)]
    papers = [one for one in helping.in_order(at, guide, world) if answers.keys() >= one[0].when.keys()]
    blocks += paper_lines(at, guide, papers, answers, say, brief=True) if papers else ()
    blocks.append(Line(say("assist.ask", ask=named(ask.text, ask.en, say))))
    if ask.hint:
        blocks.append(Notice(ask.hint))
    choices = [Choice(ANSWER + id, label(choice, say)) for id, choice in ask.choices.items()]
    choices.append(Choice(ANSWER + UNSURE, say("asking.unsure")))
    choices += paper_choices(at, papers, say)
    choices.append(Choice("skip_asks", say("assist.skip_asks"), "more"))
    return Page(tuple(blocks), (*choices, *_more(guide, answers, say)), say("assist.prompt_guide"))


def _ending(at: Helping, guide: Guide, world: World, say: Say) -> Page:
    """The papers, missing ones first, what it costs and where, and the outcomes."""
    answers = helping.answers_at(at, guide)
    papers = helping.in_order(at, guide, world)
    blocks: list[Block] = [
        Heading(title(guide, say)),
        *answered_line(guide, answers, say),
        *pointer_notice(guide, answers, world, say),
        *paper_lines(at, guide, papers, answers, say),
        *glance(guide, answers, world, say),
        *((Line(say("assist.extras", names="; ".join(_name(one, say) for one in at.extras))),) if at.extras else ()),
        Line(say("assist.result")),
    ]
    choices = paper_choices(at, papers, say)
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
