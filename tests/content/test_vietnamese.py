"""What people's keyboards make of Vietnamese is brought to one form, and foreign words are left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.syllables import SYLLABLES
from knowledge.vietnamese import LONGEST, fold, is_syllable, tidy, unmarked, words

SAME = [
    ("Đăng ký khai sinh", "ddawng kys khai sinh"),
    ("Đăng ký khai sinh", "dang1 ky1 khai sinh"),
    ("Đăng ký khai sinh", "d9a8ng ky1 khai sinh"),
    ("Đăng ký khai sinh", "dda9ng ki khai sinh"),
    ("Đăng ký khai sinh", "đăngký khaisinh"),
    ("Đăng ký khai sinh", "ĐĂNG  KÍ   KHAI-SINH"),
    ("giấy khai sinh", "giaays khai sinh"),
    ("giấy khai sinh", "giaasy kh ai sinh"),
    ("giấy khai sinh", "giaykhaisinh"),
    ("thủ tục thường trú", "thur tucj thuwowngf trus"),
    ("căn cước công dân", "cawn cuwowcs coong daan"),
    ("nhập khẩu", "nhaapj khaaur"),
    ("không được", "khoong dduwowcj"),
    ("hòa giải", "hoà giải"),
    ("ủy quyền", "uỷ quyền"),
    ("lý lịch", "lí lịch"),
    ("đăng ký kết hôn", "dangkykethon"),
    ("xác nhận", "xác\u200bnhận"),
    ("đăng ký", "đăng\u00a0ký"),
    ("người dân", "ngƣời dân"),
    ("người nước ngoài được ở", "ngu7o7i2 nu7o7c1 ngoai2 d9u7o7c5 o73"),
    ("thế nào", "thenao"),
    ("xóa tạm trú", "xoatam tru"),
    ("cho người di chúc", "chongười dichúc"),
    ("ở nước ngoài", "ởnước ngoài"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_words_have_the_same_fold(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "text",
    ["visa", "tax", "taxi", "test", "post", "list", "max", "box", "online", "email", "facebook", "passport", "ct01",
     "ct07", "a4", "b2", "vneid", "file", "form", "gas", "sms", "otp", "or", "website", "2026", "1.001193"],
)  # fmt: skip
def test_what_is_not_vietnamese_stays(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [("lop6", "lop 6"), ("50cc", "50 cc"), ("cap3", "cap 3"), ("12345.6", "12345 6"), ("H17.1.001193", "h17 1.001193")],
)
def test_letters_and_digits_part_where_they_must(text: str, parts: str) -> None:
    assert fold(text) == parts


def test_a_slip_is_no_telex_of_a_syllable_that_nobody_says() -> None:
    assert fold("gism hộ") == "gism ho"
    assert fold("giams hooj") == "giam ho"


def test_marks_stay_known_where_they_were_typed() -> None:
    typed = words("mã má ma hoà hòa")
    assert [word.marked for word in typed] == ["ma3", "ma1", "", "hoa2", "hoa2"]


def test_a_sign_begins_another_clause() -> None:
    assert [word.clause for word in words("Mẹ tôi mất. Giờ làm gì?")] == [0, 0, 0, 1, 1, 1]
    assert [word.clause for word in words("khai sinh cho con")] == [0, 0, 0, 0]


def test_telex_that_makes_no_syllable_is_left() -> None:
    assert fold("kdfs xyz wtf") == "kdfs xyz wtf"


@given(st.text(max_size=300))
def test_folding_never_fails_and_leaves_no_marks(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip()
    assert "  " not in folded
    assert not any(unicodedata.combining(sign) for sign in unicodedata.normalize("NFD", folded) if sign.isascii())


@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=12))
def test_toneless_syllables_fold_to_as_many_words(syllables: list[str]) -> None:
    assert len(fold(" ".join(syllables)).split()) == len(syllables)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạấầẩẫậếềểễệốồổỗộớờởỡợứừửữựíìỉĩịýỳỷỹỵ ", max_size=80))
def test_decomposed_and_composed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạấầẩẫậ ", max_size=80))
def test_taking_marks_off_keeps_the_length(text: str) -> None:
    assert len(unmarked(unicodedata.normalize("NFC", text))) == len(unicodedata.normalize("NFC", text))


def test_only_the_beginning_of_an_endless_message_is_read() -> None:
    assert len(tidy("a" * 100_000)) == LONGEST
    assert len(fold("khai sinh " * 20_000)) <= LONGEST


@pytest.mark.parametrize("text", ["", "   ", "😀😀😀", "\x00\x01\u202e\ufeff", "?!…", "\ud800"])
def test_a_message_without_words_has_none(text: str) -> None:
    assert words(text) == ()


@pytest.mark.parametrize("syllable", ["nghieng", "khuya", "quyet", "giuong", "thuong", "xoong", "ky", "gi", "uyen"])
def test_real_syllables_are_in_the_table(syllable: str) -> None:
    assert is_syllable(syllable)


@pytest.mark.parametrize("letters", ["kha1", "ngen", "cen", "qo", "test", "khoong", "bl", "zo", "wa", "f"])
def test_what_cannot_be_spelt_is_not(letters: str) -> None:
    assert not is_syllable(letters)


def test_the_table_is_made_by_rule_and_of_the_known_size() -> None:
    assert 2_200 < len(SYLLABLES) < 2_900
