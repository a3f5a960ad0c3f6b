"""Every case that a person can reach in every published guide, told by the rules themselves; and how many there are.

`pytest -rP tests/content/test_combinations.py` prints the counts.
"""

from datetime import date, timedelta

import pytest

from knowledge.folders import File, files
from knowledge.guide import Guide
from knowledge.loading import GUIDES, read_guide
from knowledge.rules.asks import choices_matter, everyone_has_papers
from knowledge.rules.lists import (
    asks_change_the_answer,
    no_paper_beside_its_replacement,
    one_figure_for_one_thing,
    reached,
)
from knowledge.rules.page import Page
from knowledge.tailor import UNSURE, Fit, diverted, next_ask, papers

TODAY = date(2026, 11, 22)  # tests do not depend on today
MOST_ASKS = 5


def published() -> list[Page]:
    read = [read_guide(item) for item in files(GUIDES) if isinstance(item, File)]
    return [Page(yaml, guide) for guide, yaml, _ in read if guide is not None and guide.status == "published"]


PAGES = published()


def days(guide: Guide) -> list[date]:
    """Today, and each day to come on which the list of papers changes."""
    changes = {paper.since for paper in guide.documents if paper.since} | {
        paper.until + timedelta(1) for paper in guide.documents if paper.until and paper.until < date.max
    }
    return sorted({TODAY, *(day for day in changes if day > TODAY)})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.guide.id)
def test_every_ask_changes_the_answer_and_no_list_contradicts_itself(page: Page) -> None:
    assert len(page.guide.asks) <= MOST_ASKS
    rules = (
        choices_matter,
        asks_change_the_answer,
        everyone_has_papers,
        no_paper_beside_its_replacement,
        one_figure_for_one_thing,
    )
    assert [str(problem) for rule in rules for problem in rule(page, TODAY)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.guide.id)
def test_every_case_is_reached_by_answering_what_is_asked(page: Page) -> None:
    """The cases that the rules look at are those that the conversation asks for, one ask at a time."""
    asked: set[tuple[tuple[str, str], ...]] = set()
    open_ways: list[dict[str, str]] = [{}]
    while open_ways:
        answers = open_ways.pop()
        ask = None if diverted(page.guide, answers) is not None else next_ask(page.guide, answers)
        if ask is None:
            asked.add(tuple(answers.items()))
        else:
            open_ways += [{**answers, ask.id: choice} for choice in ask.choices]
    assert {tuple(case.items()) for case in reached(page)} == asked


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.guide.id)
def test_who_is_unsure_of_everything_still_gets_a_list(page: Page) -> None:
    answers: dict[str, str] = {}
    while (ask := next_ask(page.guide, answers)) is not None:
        answers[ask.id] = UNSURE
    for day in days(page.guide):
        assert papers(page.guide, answers, day), day


def test_the_counts() -> None:
    cases = lists = elsewhere = told = 0
    for page in PAGES:
        for answers in reached(page):
            cases += 1
            if diverted(page.guide, answers) is not None:
                elsewhere += 1
                continue
            for day in days(page.guide):
                names = [paper.name for paper, fit in papers(page.guide, answers, day) if fit is Fit.YES]
                lists += 1
                told += len(names)
                assert names
                assert len(set(names)) == len(names)
    asks = sum(len(page.guide.asks) for page in PAGES)
    print(f"{len(PAGES)} thủ tục, {asks} câu hỏi, {cases} trường hợp ({elsewhere} dẫn sang thủ tục khác),")
    print(
        f"{lists} danh sách giấy tờ theo ngày, trung bình {told / lists:.1f} giấy mỗi danh sách: đều có giấy, không trùng"
    )
    assert cases > 500
    assert len(PAGES) == len({page.guide.code for page in PAGES})
