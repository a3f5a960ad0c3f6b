"""Days in words: what is meant, what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from flows.days import Handed, day_in, handed_in

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hôm nay", date(2026, 11, 22)),
        ("hom qua", date(2026, 11, 21)),
        ("hôm kia em nộp", date(2026, 11, 20)),
        ("thứ hai", date(2026, 11, 16)),
        ("chủ nhật", date(2026, 11, 22)),
        ("20/11", date(2026, 11, 20)),
        ("ngày 20-11-2026", date(2026, 11, 20)),
        ("ngày 5 tháng 11", date(2026, 11, 5)),
        ("30/12", date(2025, 12, 30)),
        ("23/11", date(2025, 11, 23)),
        ("23/11/2026", None),  # a day to come
        ("31/2", None),
        ("20/11/1990", None),
        ("cần giấy gì", None),
    ],
)
def test_a_day_in_words(text: str, day: date | None) -> None:
    assert day_in(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("em nộp hôm qua rồi", Handed(date(2026, 11, 21))),
        ("tôi nộp hồ sơ hôm nay lúc 4h chiều", Handed(TODAY, late=True)),
        ("nop 20/11 luc 9h30 sang", Handed(date(2026, 11, 20), late=False)),
        ("I handed in yesterday", Handed(date(2026, 11, 21))),
        ("nộp hôm nay được không", None),
        ("hôm nay nộp ở đâu", None),
        ("tôi muốn nộp hôm nay", None),
        ("em nộp rồi", None),
        ("hôm qua em đi làm căn cước", None),
        ("nộp hôm nay thì khi nào có", None),
    ],
)
def test_telling_that_the_file_is_in(text: str, told: Handed | None) -> None:
    assert handed_in(text, TODAY) == told
