"""English questions find their guide: those that the guides' own words were written for, and others never tuned on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.yaml_lines import read
from tests import own

FILE = Path(__file__).with_name("english_questions.yaml")
TODAY = date(2026, 11, 22)
OFFERED = 3


@pytest.fixture(scope="module")
def library() -> Library:
    return own.library()


def questions(group: str) -> Mapping[str, tuple[str, ...]]:
    document = read(FILE.read_bytes(), FILE.name)
    assert document.ok, document.problems
    found: Mapping[str, tuple[str, ...]] = document.value[group]
    return found


@pytest.mark.parametrize(
    ("group", "least", "first_share", "offered_share"), [("known", 60, 0.97, 0.98), ("unseen", 40, 0.65, 0.9)]
)
def test_english_questions_find_their_guide(
    group: str, least: int, first_share: float, offered_share: float, library: Library
) -> None:
    first = offered = asked = 0
    for guide, texts in questions(group).items():
        assert guide in library.guides
        for text in texts:
            found = library.find(text, TODAY)
            ids = [one.id for one in found.found[:OFFERED]]
            asked += 1
            first += ids[:1] == [guide]
            offered += guide in ids and found.decision != "unknown"
    assert asked >= least
    assert first >= first_share * asked, f"{first} of {asked} first"
    assert offered >= offered_share * asked, f"{offered} of {asked} among three"


@pytest.mark.parametrize("text", ["what is the weather like today", "who won the football match", "tell me a joke"])
def test_english_about_anything_else_opens_no_guide(text: str, library: Library) -> None:
    assert library.find(text, TODAY).decision != "answer"


def test_an_english_feature_is_told_apart_from_its_plain_brother(library: Library) -> None:
    for text, guide in (
        ("extend my temporary residence", "gia-han-tam-tru"),
        ("lost passport", "trinh-bao-mat-ho-chieu"),
        ("renew my passport", "cap-ho-chieu"),
        ("close my shop", "cham-dut-ho-kinh-doanh"),
    ):
        assert library.find(text, TODAY).found[0].id == guide, text
