"""The glossary: every term is plain, found in text, and answered when its meaning is asked for, and only then."""

from pathlib import Path

import pytest

from knowledge.glossary import FILE, glossary, read_glossary
from knowledge.loading import library_of
from knowledge.readability import measure

WORDS = glossary()
GOOD = """\
sources: [{id: s, title: Nghị định, checked_on: 2026-11-22, certainty: copied}]
terms:
  - {id: a, name: giấy hẹn, plain: Giấy có ngày trả kết quả., en: receipt, en_plain: Has the day., source: s}
  - {id: b, name: một phần, in_text: [trực tuyến một phần], plain: Vẫn phải đến một lần., en: partly, en_plain: Partly.}
jargon: [{word: UBTVQH, write: Quốc hội}]
"""


def test_the_terms_are_there_and_easy_to_read() -> None:
    assert len(WORDS.terms) >= 30
    assert len({term.id for term in WORDS.terms}) == len(WORDS.terms)
    for term in WORDS.terms:
        said = measure([term.plain])
        assert said.sentences <= 3, term.id
        assert said.long == 0, term.id
        assert said.average <= 17, term.id
        assert term.en_plain, term.id


def test_a_term_does_not_use_jargon() -> None:
    assert [term.id for term in WORDS.terms if WORDS.unexplained.search(term.plain)] == []


def test_a_fact_names_a_source_with_its_day() -> None:
    sourced = [term for term in WORDS.terms if term.source is not None]
    assert len(sourced) >= 5
    for term in sourced:
        source = WORDS.source(term)
        assert source is not None
        assert source.certainty in {"verified", "copied"}
    plain = next(term for term in WORDS.terms if term.source is None)
    assert WORDS.source(plain) is None


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("toàn trình là gì", "toan-trinh"),
        ("toan trinh la j v ad", "toan-trinh"),
        ("Giấy hẹn là cái gì vậy ạ?", "giay-hen"),
        ("trích lục nghĩa là sao", "trich-luc"),
        ("bản sao trích lục là gì", "ban-sao-trich-luc"),
        ("thế nào là chứng thực", "chung-thuc"),
        ("chứng thực khác công chứng thế nào", "chung-thuc"),
        ("công chứng khác chứng thực chỗ nào", "cong-chung"),
        ("cho em hỏi phi địa giới nghĩa là gì", "phi-dia-gioi"),
        ("VNeID mức 2 là gì?", "vneid-muc-2"),
        ("CSDL là gì", "csdl"),
        ("không hiểu liên thông là sao", "lien-thong"),
        ("xuất trình nghĩa là gì", "xuat-trinh"),
    ],
)
def test_what_a_word_means_is_answered(text: str, id: str) -> None:
    assert library_of([]).terms(text)[0].id == id


def test_two_words_are_told_apart_in_the_order_of_the_question() -> None:
    asked = WORDS.asked("công chứng khác chứng thực chỗ nào")
    assert [term.id for term in asked] == ["cong-chung", "chung-thuc"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "là gì",
        "toàn trình",
        "trích lục như thế nào",
        "làm giấy hẹn ở đâu",
        "đăng ký tạm trú cần gì",
        "thủ tục đăng ký thường trú là gì vậy cần giấy tờ gì",
        "mất giấy hẹn thì sao",
        "lệ phí là bao nhiêu",
        "không hiểu sao đi chứng thực bị trả về",
        "x " * 2000,
    ],
)
def test_another_question_is_not_taken_for_one_about_a_word(text: str) -> None:
    assert WORDS.asked(text) == ()


@pytest.mark.parametrize("term", WORDS.terms, ids=lambda term: term.id)
def test_each_term_is_answered_by_each_of_its_names(term: object) -> None:
    one = next(other for other in WORDS.terms if other == term)
    for name in (one.name, *one.also):
        assert WORDS.asked(f"{name} là gì") == (one,), name
        assert WORDS.asked(f"{name} nghĩa là gì vậy ạ") == (one,), name


def test_the_terms_of_a_text_are_told_once_in_order_the_longest_first() -> None:
    text = "Nộp bản sao trích lục và XUẤT TRÌNH bản chính. Xuất trình VNeID mức 2. Nộp một phần tiền."
    assert [term.id for term in WORDS.explain(text)] == ["ban-sao-trich-luc", "xuat-trinh", "ban-chinh", "vneid-muc-2"]
    assert [term.id for term in WORDS.explain("Làm trực tuyến một phần")] == ["mot-phan"]
    assert WORDS.explain("") == ()
    assert WORDS.explain("chứng thựcc bảnchính") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nộp thành phần hồ sơ", ["thành phần hồ sơ"]),
        ("Thành phần hồ sơ (giấy tờ cần nộp)", []),
        ("thụ lý, tức là nhận giải quyết", []),
        ("HĐND và hđnd", ["HĐND"]),
        ("GCNX", []),
    ],
)
def test_jargon_is_found_unless_it_is_explained(text: str, found: list[str]) -> None:
    assert [one[0] for one in WORDS.unexplained.finditer(text)] == found
    for word in found:
        assert WORDS.instead(word)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("source: s}\n", "source: t}\n", "g.yaml:3:108: nguồn “t”, không có trong sources, các nguồn đang có: s"),
        (
            "name: một phần",
            "name: giấy hẹn",
            "g.yaml:4:5: “giấy hẹn” giải thích hai lần, mục “a” đã giải thích, giữ ở một mục thôi",
        ),
        ("plain: Vẫn", "plan: Vẫn", "khóa lạ “plan”, không có khóa này ở đây, có phải là “plain”?"),
        ("en: partly, ", "", "g.yaml:4:5: thiếu “en”"),
        ("sources:", "\tsources:", "g.yaml:1:1:"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(old: str, new: str, says: str) -> None:
    assert read_glossary(GOOD.encode(), "g.yaml")[0] is not None
    assert old in GOOD
    found, problems = read_glossary(GOOD.replace(old, new, 1).encode(), "g.yaml")
    assert found is None
    assert any(says in str(problem) for problem in problems), [str(problem) for problem in problems]


def test_the_file_is_the_products_own() -> None:
    assert Path(__file__).parents[2] / "knowledge" / "glossary.yaml" == FILE
    assert read_glossary(FILE.read_bytes(), FILE.name)[1] == ()
