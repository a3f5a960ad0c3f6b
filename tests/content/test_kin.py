"""What one guide is called, others of the same matter are called too: two codes of one name, those for other people."""

import pytest

from knowledge.entries import Entry
from knowledge.loading import everyday_words
from knowledge.search import Index

NOTE = "Ghi vào Sổ hộ tịch việc kết hôn đã được giải quyết ở nước ngoài"


def index(*entries: Entry) -> Index:
    return Index(entries, everyday_words())


HERE = Entry("o-xa", "2.002189", NOTE, ("ghi chú kết hôn", "cưới bên Nhật về ghi sổ"), levels=("commune",))
EMBASSY = Entry("o-dai-su-quan", "1.000736", f"Thủ tục {NOTE}")
WARD = Entry("giam-ho", "1.004837", "Đăng ký giám hộ", ("nuôi cháu mồ côi",), levels=("commune",))
WARD_ABROAD = Entry("giam-ho-nuoc-ngoai", "1.001669", "Đăng ký giám hộ có yếu tố nước ngoài", levels=("commune",))
WARD_ENDED = Entry("thoi-giam-ho", "1.004845", "Đăng ký chấm dứt giám hộ", levels=("commune",))
INDEX = index(HERE, EMBASSY, WARD, WARD_ABROAD, WARD_ENDED)


def found(text: str) -> list[str]:
    return [one.id for one in INDEX.find(text).found]


def test_two_codes_of_one_name_are_found_by_the_phrases_of_either() -> None:
    assert found("cưới bên Nhật về ghi sổ")[:2] == [HERE.id, EMBASSY.id]


def test_two_codes_of_one_name_are_a_choice() -> None:
    assert INDEX.find("ghi chú kết hôn").decision == "choose"


@pytest.mark.parametrize(
    ("text", "first"), [("nuôi cháu mồ côi", WARD.id), ("nuôi cháu mồ côi là người nước ngoài", WARD_ABROAD.id)]
)
def test_a_guide_for_other_people_is_found_by_the_phrases_of_its_kin_and_its_feature(text: str, first: str) -> None:
    assert found(text)[0] == first
    assert {WARD.id, WARD_ABROAD.id} == {*found(text)[:2]}


def test_what_undoes_a_thing_is_not_called_like_the_thing() -> None:
    kin = INDEX.postings.kin[INDEX.at_id(WARD.id) or 0]
    assert kin == (INDEX.at_id(WARD_ABROAD.id),)
    assert WARD_ENDED.id not in found("nuôi cháu mồ côi")[:2]


def test_the_reasons_say_whose_phrase_it_was() -> None:
    reasons = INDEX.explain("cưới bên Nhật về ghi sổ", EMBASSY.id)
    assert any("lời gọi của" in line and NOTE in line for line in reasons)


def test_many_guides_of_one_name_lend_nothing() -> None:
    crowd = [Entry(f"x{n}", f"9.00000{n}", "Khai thuế", ("nộp thuế chợ",) if n == 0 else ()) for n in range(9)]
    assert [one.id for one in index(*crowd).find("nộp thuế chợ").found][:1] == ["x0"]
    assert not index(*crowd).postings.kin
