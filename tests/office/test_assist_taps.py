"""How many taps one person takes, from "Người tiếp theo" to the rated end: on three real guides, papers counted apart."""

from __future__ import annotations

import pytest

from flows.events import Pressed
from flows.replies import words
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
