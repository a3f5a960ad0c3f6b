"""Everyday words that lead two ways are told with their place, and the product's own lead one way each."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.wording import HERE, wording
from tests import own

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def library() -> Library:
    return own.library()


def folder(at: Path, everyday: str = "means: []\n", phrases: str = "{}\n") -> Path:
    (at / "everyday.yaml").write_text(everyday, encoding="utf-8")
    (at / "phrases.yaml").write_text(phrases, encoding="utf-8")
    return at


def test_the_products_own_words_lead_one_way(library: Library) -> None:
    assert [str(problem) for problem in wording(library, TODAY, HERE)] == []


def test_one_saying_with_two_meanings_is_told_at_its_second_place(library: Library, tmp_path: Path) -> None:
    text = (
        "groups:\n  bé: [con, cháu]\nmeans:\n"
        "  - {say: [giấy cho <bé>], means: đăng ký khai sinh}\n"
        "  - {say: [mai táng, giấy cho cháu], means: đăng ký khai tử}\n"
    )
    (problem,) = wording(library, TODAY, folder(tmp_path, text))
    assert (problem.line, problem.column) == (5, 22)
    assert "giấy cho cháu" in problem.what
    assert "đăng ký khai sinh" in problem.what


def test_marks_part_two_sayings(library: Library, tmp_path: Path) -> None:
    text = "means:\n  - {say: [sổ nhà], means: a}\n  - {say: [số nhà, 75 tuổi], means: b}\n  - {say: [80 tuổi], means: c}\n"
    assert wording(library, TODAY, folder(tmp_path, text)) == ()


def test_a_phrase_under_two_codes_is_told(library: Library, tmp_path: Path) -> None:
    text = '"1.000001": [nuôi tôm trên trời]\n"1.000002": [trồng lúa, Nuôi tôm trên trời]\n'
    (problem,) = wording(library, TODAY, folder(tmp_path, phrases=text))
    assert problem.line == 2
    assert "1.000001" in problem.what


def test_a_phrase_that_a_guide_calls_its_own_is_told(library: Library, tmp_path: Path) -> None:
    (problem,) = wording(library, TODAY, folder(tmp_path, phrases='"1.000001": [Đăng ký kết hôn]\n'))
    assert "1.000894" in problem.what


def test_a_phrase_that_finds_another_guide_is_told(library: Library, tmp_path: Path) -> None:
    (problem,) = wording(library, TODAY, folder(tmp_path, phrases='"1.000894": [sang tên sổ đỏ cho con gái]\n'))
    assert "trước" in problem.what
    assert (problem.line, problem.column) == (1, 14)


def test_a_file_that_is_no_yaml_is_told_and_not_thrown(library: Library, tmp_path: Path) -> None:
    problems = wording(library, TODAY, folder(tmp_path, phrases='"1.000894": [a\n'))
    assert problems
    assert problems[0].severity == "error"
