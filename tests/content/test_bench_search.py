"""The figures of finding: what counts as a hit, a right band, a wrong one given as sure, and what a miss is told with."""

import json
from pathlib import Path
from random import Random

import pytest

from bot.bench.blurring import BLURS
from bot.bench.loads import started
from bot.bench.misses import misses
from bot.bench.questions import Asked, Shelf, questions, shelf
from bot.bench.scoring import Tried, measured, place, share, wrong_as_sure
from knowledge.entries import Entry
from knowledge.loading import everyday_words
from knowledge.search import Index
from knowledge.vietnamese import fold
from knowledge.yaml_lines import read

SHARED = Path(__file__).resolve().parents[2] / "../shared"
ENTRIES = (
    Entry("khai-sinh", "1.001193", "Đăng ký khai sinh", levels=("commune",), published=True),
    Entry("ket-hon", "1.000894", "Đăng ký kết hôn", levels=("commune",), published=True),
    Entry("2.000806", "2.000806", "Đăng ký kết hôn có yếu tố nước ngoài", levels=("commune",)),
    Entry("1.009999", "1.009999", "Đăng ký kết hôn", levels=("other",)),
)
STOCK = Shelf(ENTRIES, {"1.000001": "1.001193"})


def asked(text: str, *codes: str, expect: str = "answer", tuned: bool = True) -> Asked:
    return Asked(text, (), expect, frozenset(codes), "set", tuned, unmarked=False)


BIRTH, MARRY, OLD, GONE = (
    asked("khai sinh", "1.001193"),
    asked("kết hôn", "1.000894"),
    asked("mã cũ", "1.000001"),
    asked("không còn", "9.999999"),
)
WEATHER = asked("trời mưa không", expect="not_a_procedure")
TRIED = {
    "khai sinh": Tried(("1.001193", "1.000894"), "answer", 1.0),
    "kết hôn": Tried(("2.000806", "1.001193", "1.009999", "1.000894"), "answer", 2.0),
    "mã cũ": Tried(("1.000894", "1.001193"), "choose", 3.0),
    "không còn": Tried(("1.000894",), "answer", 4.0),
    "trời mưa không": Tried((), "unknown", 5.0),
}


def test_hits_bands_and_times_are_of_what_is_on_the_shelf() -> None:
    row = measured("ours", "set", "tuned", (BIRTH, MARRY, OLD, GONE), TRIED, STOCK)
    assert (row.questions, row.not_on_shelf) == (3, 1)
    assert (row.first, row.top3, row.mrr) == (0.333, 0.667, 0.583)
    assert (row.answer, row.choose, row.unknown, row.choose_right) == (0.667, 0.333, 0.0, 0.333)
    assert row.wrong_as_sure == 0.333
    assert (row.p99_ms, row.p99_wall_ms) == (4.0, 0.0)


def test_a_ranker_without_bands_is_given_none() -> None:
    row = measured("other", "set", "tuned", (BIRTH,), {"khai sinh": Tried(("1.001193",), "", 1.0)}, STOCK)
    assert (row.first, row.answer, row.wrong_as_sure) == (1.0, None, None)


def test_wrong_as_sure_counts_questions_about_no_procedure_and_one_half_only() -> None:
    assert wrong_as_sure((BIRTH, MARRY, WEATHER), True, TRIED, STOCK) == pytest.approx(1 / 3)
    assert wrong_as_sure((BIRTH, MARRY, WEATHER), False, TRIED, STOCK) == 0.0
    sure = {**TRIED, "trời mưa không": Tried(("1.000894",), "answer", 1.0)}
    assert wrong_as_sure((BIRTH, WEATHER), True, sure, STOCK) == 0.5


def test_a_place_is_that_of_the_first_right_code() -> None:
    assert place(TRIED["kết hôn"], frozenset({"1.000894", "1.001193"})) == 1
    assert place(TRIED["kết hôn"], frozenset({"x"})) is None
    assert share(()) is None


def test_misses_tell_the_sure_ones_first_with_reasons_and_a_cure() -> None:
    index = Index(ENTRIES, everyday_words())
    hidden = asked("đăng ký khai tử", "1.000894", tuned=False)
    tried = {**TRIED, hidden.text: Tried((), "unknown", 1.0)}
    lines = misses(index, STOCK, (OLD, MARRY, BIRTH, hidden), tried, 10)
    text = "\n".join(lines)
    assert lines[1].startswith("1. [set, answer] kết hôn")
    assert text.index("kết hôn") < text.index("2. [set, choose] mã cũ")
    assert "cách sửa: " in text
    assert "hạng" in text
    assert hidden.text not in text  # the half that is reported is never shown


def test_a_miss_of_brothers_names_the_feature_nobody_spoke_of() -> None:
    index = Index(ENTRIES, everyday_words())
    abroad = asked("đăng ký kết hôn", "2.000806")
    (_, head, _, cure, *_) = misses(index, STOCK, (abroad,), {abroad.text: Tried(("1.000894",), "answer", 1.0)}, 1)
    assert "đăng ký kết hôn" in head
    assert "yếu tố nước ngoài" in cure


def test_no_procedure_is_in_both_halves() -> None:
    halves: dict[str, set[bool]] = {}
    for q in questions(SHARED):
        if q.codes:
            halves.setdefault(min(q.codes), set()).add(q.tuned)
    assert {len(tuned) for tuned in halves.values()} == {1}
    assert {True, False} == {half for tuned in halves.values() for half in tuned}


def test_a_start_is_told_with_its_guides_and_memory(tmp_path: Path) -> None:
    cold = started(tmp_path / "none", tmp_path / "data")
    assert cold["guides"] > 50
    assert 20 < cold["rss_mb"] < 1000
    assert json.loads(json.dumps(cold)) == cold


def test_messy_questions_over_other_procedures_are_found_as_often_as_they_were() -> None:
    path = Path(__file__).parent / "own_questions.yaml"
    stock = shelf(SHARED)
    index = Index(stock.entries, everyday_words())
    tuned = {code for q in questions(SHARED) if q.tuned for code in q.codes}
    places: list[int | None] = []
    sure: list[bool] = []
    for text, codes in read(path.read_bytes(), path.name).value:
        assert codes[0] not in tuned, text
        right = frozenset(codes) | stock.answers(frozenset(codes))
        finding = index.find(text)
        at = place(Tried(tuple(found.code for found in finding.found), finding.decision, 0.0), right)
        places.append(at)
        sure.append(finding.decision == "answer" and at != 0)
    assert len(places) == 60
    assert sum(at == 0 for at in places) >= 0.75 * 60
    assert sum(at is not None and at < 3 for at in places) >= 0.92 * 60
    assert sum(sure) <= 2


def test_blurred_questions_are_read_as_they_were_meant() -> None:
    text = "Tôi muốn đăng ký kết hôn với người nước ngoài ở xã, được không?"
    typed, again = ({name: blur(text, Random(text)) for name, blur in BLURS.items()} for _ in "12")  # noqa: S311 - no secret
    assert typed["raw Telex"].startswith("Tooi muoons ddawng kys keets hoon")
    assert typed["raw VNI"].startswith("To6i muo6n1 d9a8ng ky1 ke6t1 ho6n vo7i1 ngu7o7i2 nu7o7c1")
    assert fold(typed["raw Telex"]) == fold(typed["raw VNI"]) == fold(typed["no marks"]) == fold(text)
    assert text in typed["in a story"]
    assert len(typed["slips"].split()) == len(text.split())
    assert len({*typed.values()}) == len(BLURS)
    assert typed == again
