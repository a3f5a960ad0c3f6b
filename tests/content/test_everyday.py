"""How people speak is data: short forms, meanings, danger and fraud, and what officials may write wrong."""

import json
from pathlib import Path

import pytest

from knowledge.everyday import read_words
from knowledge.loading import everyday_words
from knowledge.question import understand
from knowledge.syllables import SYLLABLES
from knowledge.vietnamese import fold

WORDS = everyday_words()
QUESTIONS = Path(__file__).resolve().parents[2] / "../shared/data/questions.jsonl"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("vợ em mới đẻ", "đăng ký khai sinh"),
        ("mẹ em vừa mất hôm qua", "đăng ký khai tử"),
        ("ba mat roi", "đăng ký khai tử"),
        ("làm mất căn cước", "cấp lại thẻ căn cước"),
        ("sổ đỏ bị rách", "cấp đổi giấy chứng nhận quyền sử dụng đất"),
        ("lên thổ cư", "giao đất cho thuê đất chuyển mục đích sử dụng đất"),
    ],
)
def test_everyday_words_have_an_official_meaning(text: str, meaning: str) -> None:
    assert meaning in {hit.pattern.about for hit in understand(text, WORDS).meant}


def test_losing_a_card_is_not_losing_a_person() -> None:
    assert "đăng ký khai tử" not in {hit.pattern.about for hit in understand("mất căn cước của mẹ", WORDS).meant}


@pytest.mark.parametrize(
    ("short", "long"),
    [("mất cccd", "mat can cuoc cong dan"), ("dk ks", "dang ki khai sinh"), ("lam gplx", "lam giay phep lai xe"),
     ("ko co shk", "khong co so ho khau"), ("ntn", "nhu the nao")],
)  # fmt: skip
def test_short_forms_are_written_out(short: str, long: str) -> None:
    assert " ".join(word.plain for word in WORDS.spelt_out(short)) == long


def test_a_marked_word_is_never_taken_for_a_short_form() -> None:
    assert [word.plain for word in WORDS.spelt_out("cá ý đã")] == ["ca", "y", "da"]


@pytest.mark.parametrize(
    "text",
    [
        "nhà em đang cháy cứu với",
        "nha dang chay",
        "chồng đánh em",
        "em bị cướp mất túi",
        "bé bị bắt cóc",
        "em muốn tự tử",
    ],
)
def test_danger_is_heard(text: str) -> None:
    assert understand(text, WORDS).alarm == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "công an gọi bắt chuyển tiền",
        "họ đòi mã OTP",
        "cong an goi dien bao co lenh bat",
        "tự xưng công an đòi cài app lạ",
    ],
)
def test_fraud_is_heard(text: str) -> None:
    assert understand(text, WORDS).alarm == "scam"


@pytest.mark.parametrize(
    "text",
    [
        "thẩm duyệt phòng cháy chữa cháy cho quán karaoke",
        "tin nổi bật hôm nay",
        "giấy khai sinh bị cháy mất làm lại",
        "cháy nhà mất hết giấy tờ giờ làm lại ở đâu",
        "không nhận được mã OTP khi nộp hồ sơ",
        "cài ứng dụng VNeID ở đâu",
        "trợ cấp tai nạn lao động",
        "công an xã làm căn cước ở đâu",
        "từ từ rồi làm",
    ],
)
def test_harmless_words_raise_no_alarm(text: str) -> None:
    assert understand(text, WORDS).alarm == "none"


def test_what_is_asked_about_a_matter_is_kept_apart_from_it() -> None:
    q = understand("đăng ký kết hôn mất bao lâu, lệ phí bao nhiêu, cần giấy tờ gì", WORDS)
    assert {"time", "fee", "papers"} <= q.asks
    assert [q.words[at].plain for at in q.content()] == ["dang", "ki", "ket", "hon"]


@pytest.mark.parametrize(
    "broken",
    [
        {"means": "khai sinh"},
        {"filler": "cho em hỏi"},
        {"means": [{"say": "đẻ", "means": "khai sinh"}]},
        {"means": [{"say": ["<không có>"], "means": "khai sinh"}]},
        {"common": {"1.001193": "nhiều"}},
        {"groups": ["bé"]},
    ],
)
def test_a_file_of_another_shape_is_refused_by_name(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"mục|nhóm|số"):
        read_words(broken)


def test_no_meaning_speaks_against_itself() -> None:
    """One and the same saying must not stand for two things, or nobody knows which it is."""
    seen: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
    for after in WORDS.patterns.values():
        for patterns in after.values():
            for pattern in patterns:
                if pattern.kind == "means":
                    other = seen.setdefault((pattern.plain, pattern.marked), pattern.about)
                    assert other == pattern.about, f"{' '.join(pattern.plain)}: {other} / {pattern.about}"


def test_no_phrase_stands_under_two_codes() -> None:
    seen: dict[str, str] = {}
    for code, phrases in WORDS.phrases.items():
        for phrase in phrases:
            assert seen.setdefault(fold(phrase), code) == code, phrase


def test_short_forms_are_no_common_syllables() -> None:
    allowed = {"ca", "vat", "yt", "nhiu", "e", "ac", "ny", "tui", "hum"}
    assert set(WORDS.short) & SYLLABLES <= allowed


def test_phrases_are_our_own_and_not_the_questions_we_are_measured_by() -> None:
    asked = {fold(json.loads(line)["question"]) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()}
    copied = [phrase for phrases in WORDS.phrases.values() for phrase in phrases if fold(phrase) in asked]
    assert copied == []
