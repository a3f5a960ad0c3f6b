"""How many taps one person takes, from "Người tiếp theo" to the rated end: on three real guides, papers counted apart."""

from __future__ import annotations

from datetime import date

import pytest

from flows.events import Pressed
from flows.replies import words
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.tailor import PROVINCE_ASK, UNSURE, Answers, by_province, diverted, next_ask, next_for_the_list
from tests.office.rig import Office, Person

MOST = 8
MESSAGE = 4096
BUTTONS = 20


@pytest.mark.parametrize(
    ("guide", "answers"),
    [
        ("Đăng ký khai sinh", ("Ở bệnh viện", "Đã đăng ký kết hôn", "Trong vòng 60 ngày", "Cha mẹ, ông bà")),
        ("Đăng ký tạm trú", ("Người đủ 18", "Nhà thuê")),
        ("Chứng thực bản sao", ("Có bản chính", "Cơ quan, tổ chức của Việt Nam")),
    ],
)
async def test_a_person_takes_few_taps(office: Office, guide: str, answers: tuple[str, ...]) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    taps, papers, largest, most = 0, 0, 0, 0

    async def tap(label: str) -> None:
        nonlocal taps, largest, most
        await lan.presses(label)
        taps += 1
        largest = max(largest, sum(len(text) + 3 for text in words(lan.page)))
        most = max(most, len(lan.page.choices))

    await tap("Người tiếp theo")
    await tap(guide)
    for answer in answers:
        await tap(answer)
    while (paper := unseen(lan)) is not None:
        await lan.does(paper)
        papers += 1
    assert "Đã thấy đủ giấy" in lan.text
    await tap("Đã nộp trực tuyến")
    await tap("Rất hài lòng")
    assert "Xin đưa máy lại" in lan.text
    print(f"{guide}: {taps} lần bấm và {papers} giấy; trang dài nhất {largest} chữ cái, {most} nút")
    assert taps <= MOST
    assert largest < MESSAGE
    assert most <= BUTTONS


def unseen(lan: Person) -> Pressed | None:
    """The first paper that nobody has seen yet."""
    for choice in lan.page.choices:
        if choice.group == "paper" and not choice.ticked:
            return Pressed(choice.id, lan.page.turn)
    return None


WEDNESDAY = date(2026, 11, 25)
BESIDE = 4
"""The taps that are no answers: the next person, the guide, what came of it, what they think."""

LONGEST = 9
"""Taps of the four guides that ask five things, each of which changes the list; every other takes eight at most."""


def asks(guide: Guide, answers: Answers) -> int:
    """How many are put at the desk to somebody whose answers lead the longest way."""
    ask = next_for_the_list(guide, answers, WEDNESDAY) if diverted(guide, answers) is None else None
    if ask is None:
        return 0
    return 1 + max(asks(guide, {**answers, ask.id: choice}) for choice in (*ask.choices, UNSURE))


def here(guide: Guide) -> Answers:
    """What is known at a desk before anything is asked: in which province it stands."""
    answer = by_province(guide, "khanh-hoa")
    return {} if answer is None else {PROVINCE_ASK: answer}


def test_the_longest_way_of_each_guide_takes_few_taps(library: Library) -> None:
    taps = {
        guide.id: BESIDE + asks(guide, here(guide)) for guide in library.guides.values() if guide.visible(WEDNESDAY)
    }
    over = {id: n for id, n in taps.items() if n > MOST}
    print(f"{len(taps)} thủ tục; quá {MOST} lần bấm: {over}")
    assert max(taps.values()) <= LONGEST
    assert len(over) <= 4


def test_an_ask_that_changes_no_paper_fee_time_or_place_is_not_put(library: Library) -> None:
    """Once a paper that alone depends on it is gone from the guide, so is the ask, at the desk only."""
    guide = library.guides["dang-ky-tam-tru"]
    first = next_for_the_list(guide, {}, WEDNESDAY)
    assert first is not None
    bare = guide.model_copy(update={"documents": (), "fees": (), "times": (), "channels": ()})
    assert next_for_the_list(bare, {}, WEDNESDAY) is None or diverts(bare)
    assert next_ask(bare, {}) == first


def diverts(guide: Guide) -> bool:
    """Whether an answer leads to another procedure, which is asked for however bare the list is."""
    return any(choice.instead is not None for ask in guide.asks for choice in ask.choices.values())
