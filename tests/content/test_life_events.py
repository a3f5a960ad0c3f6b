"""Life events: every procedure is known, what comes after comes after, and a named procedure is not taken for a story."""

from __future__ import annotations

import pytest

from knowledge.life_event import LifeEvent, life_events, told_in
from knowledge.loading import GUIDES, load

EVENTS = life_events()


def test_there_are_twelve_with_their_own_ids_and_phrases() -> None:
    assert len(EVENTS) == 12
    assert len({event.id for event in EVENTS}) == 12
    phrases = [phrase for event in EVENTS for phrase in event.phrases]
    assert len(phrases) == len(set(phrases))


def test_every_procedure_has_a_guide_or_a_name() -> None:
    library = load([GUIDES], tolerate=True).library
    assert library is not None
    codes = {code for event in EVENTS for code in event.codes}
    assert [code for code in codes if library.by_code(code) is None and library.name_only(code) is None] == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.id)
def test_what_has_to_wait_stands_behind_what_it_waits_for(event: LifeEvent) -> None:
    done: set[str] = set()
    for step in event.steps:
        assert set(step.after) <= done
        done.add(step.code)


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ("ba em mới mất", "mat-nguoi-than"),
        ("Ba em mới mất tuần trước gia đình cần làm giấy gì với phường ạ", "mat-nguoi-than"),
        ("ba em moi mat", "mat-nguoi-than"),
        ("vợ em vừa sanh em bé", "sinh-con"),
        ("mất ví rồi làm sao", "mat-giay-to"),
        ("tụi em sắp cưới", "ket-hon"),
        ("ba em mới mất giấy tờ xe", None),
        ("mẹ mất bằng lái", None),
        ("vợ mới sinh làm giấy khai sinh", None),
        ("lấy vợ người Hàn Quốc", None),
        ("thời tiết", None),
        ("", None),
    ],
)
def test_a_story_is_told_from_a_named_procedure(said: str, event: str | None) -> None:
    told = told_in(said, EVENTS)
    assert (told.id if told else None) == event
