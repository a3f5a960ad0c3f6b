"""Rules of what one person is told in the end: no list contradicts itself, and no question is asked for nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations as pairs
from math import prod
from typing import Final

from knowledge.guide import Document, Duration, Fee, Guide
from knowledge.problems import Problem
from knowledge.rules.asks import MOST_COMBINATIONS, case_in_words, names_unknown, whens
from knowledge.rules.page import Page
from knowledge.tailor import PROVINCE_ASK, Answers, Fit, combinations, diverted, fits
from knowledge.vietnamese import fold

_TOLD: Final = ("documents", "fees", "times", "channels", "deadlines")
"""What an answer may change: papers, fees, times and places. A sentence alone is worth no question."""

_SETTLED: Final = ("documents", "steps", "results", "mistakes")
"""What must be settled once everything is answered."""

Outcome = tuple[object, ...]


def reached(page: Page) -> tuple[dict[str, str], ...]:
    """Every case that can be reached, those that lead elsewhere too; none while another rule finds the asks unsound."""
    guide = page.guide
    if guide.status == "imported" or prod(len(ask.choices) for ask in guide.asks) > MOST_COMBINATIONS:
        return ()
    return () if names_unknown(page) else tuple(combinations(guide))


def asks_change_the_answer(page: Page, today: date | None) -> Iterator[Problem]:
    """Some two answers to an ask lead to different papers, fees, times or places, or elsewhere.

    The ask about the province stands for itself: what it changes is kept with the province.
    """
    cases = reached(page)
    outcomes = [_outcome(page.guide, case) for case in cases]
    named = {id for _, when in whens(page) for id in when}
    for at, ask in enumerate(page.guide.asks):
        if ask.id == PROVINCE_ASK or ask.id not in named:  # choices_matter says so
            continue
        earlier = [one.id for one in page.guide.asks[:at]]
        by_choice: dict[tuple[str | None, ...], dict[str, set[Outcome]]] = {}
        for case, outcome in zip(cases, outcomes, strict=True):
            if ask.id in case:
                same_so_far = by_choice.setdefault(tuple(case.get(id) for id in earlier), {})
                same_so_far.setdefault(case[ask.id], set()).add(outcome)
        found = [list(choices.values()) for choices in by_choice.values()]
        if found and all(one == choices[0] for choices in found for one in choices):
            yield page.error(
                ("asks", at, "id"),
                f"câu hỏi “{ask.id}” không làm đổi điều gì",
                "trả lời thế nào thì giấy tờ, phí, thời gian, nơi nộp cũng như nhau",
                "bỏ câu hỏi này, hoặc thêm when cho mục cần khác",
            )


def nothing_stays_open(page: Page, today: date | None) -> Iterator[Problem]:
    """Who has answered everything is told what is theirs, no paper "perhaps": an ask not put opens none."""
    cases = [case for case in reached(page) if diverted(page.guide, case) is None]
    for name in _SETTLED:
        for at, fact in enumerate(getattr(page.guide, name)):
            held = [fits(fact.when, case) for case in cases] if fact.when else []
            if Fit.MAYBE not in held or Fit.YES not in held:  # never seen at all: choices_matter says so
                continue
            case = cases[held.index(Fit.MAYBE)]
            asks = [page.guide.ask(id) for id in fact.when if id not in case]
            before = [f"{id}: [{', '.join(choices)}]" for ask in asks if ask for id, choices in ask.when.items()]
            if before:
                yield page.error(
                    (name, at, "when"),
                    f"còn bỏ ngỏ vì không hỏi “{', '.join(ask.id for ask in asks if ask)}”",
                    f"khi trả lời {case_in_words(case)}",
                    f"thêm vào when điều kiện của câu hỏi ấy: {', '.join(before)}",
                )


def _outcome(guide: Guide, case: Answers) -> Outcome:
    elsewhere = diverted(guide, case)
    if elsewhere is not None:
        return (elsewhere.code,)
    return tuple(
        tuple(at for at, fact in enumerate(getattr(guide, name)) if fits(fact.when, case) is not Fit.NO)
        for name in _TOLD
    )


def no_paper_beside_its_replacement(page: Page, today: date | None) -> Iterator[Problem]:
    """Nobody is told to bring both a paper and what stands in for it."""
    documents = page.guide.documents
    suspect = [
        (one, other)
        for one, paper in enumerate(documents)
        for other, stand_in in enumerate(documents)
        if one != other and _stands_in(stand_in, paper)
    ]
    for one, other in suspect:
        both = (documents[one], documents[other])
        case = _first_case(page, both)
        if case is not None and not any(document.if_any for document in both):
            yield page.error(
                ("documents", other, "name"),
                f"đòi cả “{both[0].name}” lẫn giấy thay nó “{both[1].name}”",
                f"khi trả lời {case_in_words(case)}",
                "sửa when, hoặc ghi if_any: true cho giấy chỉ cần nếu có",
            )


def _stands_in(stand_in: Document, paper: Document) -> bool:
    return bool(paper.instead) and f" {fold(stand_in.name)} " in f" {fold(paper.instead)} "


def one_figure_for_one_thing(page: Page, today: date | None) -> Iterator[Problem]:
    """Nobody is told two amounts, or two times, for the same thing, unless the sources are said to differ."""
    for name, facts in (("fees", page.guide.fees), ("times", page.guide.times)):
        for one, other in pairs(range(len(facts)), 2):
            if not _two_figures(page.guide, facts[one], facts[other]):
                continue
            case = _first_case(page, (facts[one], facts[other]))
            if case is not None:
                yield page.error(
                    (name, other),
                    f"hai con số khác nhau cho “{facts[one].what or 'cùng một việc'}”",
                    f"khi trả lời {case_in_words(case)}",
                    "sửa when, at hoặc condition; nếu các nguồn ghi khác nhau thì certainty: conflicting",
                )


def _two_figures(guide: Guide, one: Fee | Duration, other: Fee | Duration) -> bool:
    conditions = [fact.condition if isinstance(fact, Fee) else fact.note for fact in (one, other)]
    units = [fact.per if isinstance(fact, Fee) else fact.unit for fact in (one, other)]
    return (
        one.amount is not None
        and other.amount is not None
        and (one.amount, units[0]) != (other.amount, units[1])
        and one.what == other.what
        and (not one.at or not other.at or bool(set(one.at) & set(other.at)))
        and conditions[0] == conditions[1]
        and "conflicting" not in {guide.certainty_of(one), guide.certainty_of(other)}
    )


def _first_case(page: Page, facts: Sequence[Document | Fee | Duration]) -> Answers | None:
    """A case in which all of them hold, on some day."""
    if _apart(facts):
        return None
    sound: Iterable[dict[str, str]] = reached(page)
    return next(
        (
            case
            for case in sound
            if diverted(page.guide, case) is None and all(fits(fact.when, case) is Fit.YES for fact in facts)
        ),
        None,
    )


def _apart(facts: Sequence[Document | Fee | Duration]) -> bool:
    """Whether no day has all of them in force."""
    begins = max((fact.since for fact in facts if fact.since), default=date.min)
    ends = min((fact.until for fact in facts if fact.until), default=date.max)
    return begins > ends
