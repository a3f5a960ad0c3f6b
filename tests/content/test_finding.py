"""`./run find`: what programs and people get for a question, and the reasons for the order."""

import json
from datetime import date

import pytest

from bot import finding
from knowledge.library import Library
from tests import own

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def library() -> Library:
    return own.library()


def test_a_program_gets_one_line_of_json(library: Library) -> None:
    answer = json.loads(finding.as_json(library, "đăng ký kết hôn", TODAY))
    assert answer["question"] == "đăng ký kết hôn"
    assert answer["decision"] == "answer"
    assert answer["found"][0]["code"] == "1.000894"
    assert "why" not in answer


@pytest.mark.parametrize("line", ['{"question": ["x"]}', "{", "[1]", '{"question": "kết hôn", "context": 3}'])
def test_a_line_that_is_no_question_is_still_answered_with_a_line(library: Library, line: str) -> None:
    answer = json.loads(finding.as_json(library, line, TODAY))
    assert answer["decision"] in {"answer", "choose", "unknown"}


def test_the_context_of_a_line_is_heard(library: Library) -> None:
    asked = json.dumps({"question": "mất mấy ngày", "context": "em muốn đăng ký kết hôn"})
    assert json.loads(finding.as_json(library, asked, TODAY))["found"][0]["code"] == "1.000894"


def test_reasons_name_words_phrases_penalties_and_the_rival(library: Library) -> None:
    said = finding.as_text(library, "em lấy chồng Hàn Quốc", TODAY, why=True)
    assert "2.000806" in said.splitlines()[1]
    for part in ("hạng 1, điểm", "câu “", "chữ khớp: ", "cộng ", "yếu tố nước ngoài", "đứng sau vì", "cách nhau"):
        assert part in said, part


def test_reasons_of_a_guide_that_came_second_name_the_first(library: Library) -> None:
    second = "\n".join(finding.reasons(library, "em lấy chồng Hàn Quốc", TODAY, (), "1.000894"))
    assert "Đăng ký kết hôn có yếu tố nước ngoài đứng trước vì" in second
    assert "trừ" in second


def test_reasons_come_with_the_json_too(library: Library) -> None:
    answer = json.loads(finding.as_json(library, "đăng ký kết hôn", TODAY, why=True))
    assert any("hạng 1" in line for line in answer["why"])


def test_a_question_that_finds_nothing_has_a_reason_too(library: Library) -> None:
    assert finding.reasons(library, "", TODAY) == ("không có thủ tục nào chung chữ với câu hỏi",)


def test_reasons_of_a_guide_that_is_not_there_are_refused(library: Library) -> None:
    with pytest.raises(LookupError, match=r"9\.999999"):
        finding.reasons(library, "đăng ký kết hôn", TODAY, (), "9.999999")


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("register a birth", "1.001193"),
        ("lost my ID card", "1.116410"),
        ("marriage registration", "1.000894"),
        ("how to get a passport", "1.001456"),
        ("Lost passport", "1.010386"),
        ("I want to marry a foreigner", "2.000806"),
        ("how do i open a small shop", "1.001612"),
        ("renew my driver license", "1.115978"),
        ("em sinh con được 3 tháng mà chưa cưới thì làm khai sinh kiểu gì", "1.000689"),
        ("lam ho chieu cho con 5 tuoi", "1.001456"),
    ],
)
def test_what_people_ask_finds_our_guide_first(library: Library, question: str, code: str) -> None:
    found = library.find(question, TODAY).found
    assert found[0].code == code, finding.reasons(library, question, TODAY, (), code)


def test_a_passport_for_a_child_is_no_adoption(library: Library) -> None:
    found = [one.code for one in library.find("lam ho chieu cho con 5 tuoi", TODAY).found]
    assert "2.001263" not in found[:2]


@pytest.mark.parametrize(
    ("story", "code"),
    [
        (
            (
                "Chào anh chị, em quê Nghệ An vào Bình Dương làm công nhân được 5 năm, lấy chồng ở đây, hai vợ chồng thuê trọ, "
                "nay chồng em mua được căn nhà nhỏ rồi, em muốn chuyển hộ khẩu của hai vợ chồng về nhà mới thì phải làm sao ạ"
            ),
            "1.004222",
        ),
        (
            (
                "hom qua di cho bi moc tui mat het giay to ca bang lai xe cccd the bhyt, gio e muon lam lai bang lai xe may "
                "truoc de di lam thi can gi"
            ),
            "1.115978",
        ),
        (
            (
                "Má em bị tai biến nằm một chỗ hơn 2 năm nay, đi lại ăn uống đều có người lo, hàng xóm bảo xin được giấy "
                "khuyết tật để lãnh tiền, làm như thế nào"
            ),
            "1.001699",
        ),
        (
            (
                "Con gái tôi đi du học Nhật, trường yêu cầu giấy khai sinh bản sao có đóng dấu, bản gốc còn giữ, tôi cần xin "
                "ở đâu"
            ),
            "2.000635",
        ),
        (
            "Tôi làm công ty may được 8 năm mới nghỉ việc, sổ bảo hiểm công ty chốt rồi, tôi muốn lãnh tiền thất nghiệp",
            "1.001978",
        ),
    ],
)
def test_a_long_story_finds_what_it_asks_for(library: Library, story: str, code: str) -> None:
    found = library.find(story, TODAY).found
    assert found[0].code == code, finding.reasons(library, story, TODAY, (), code)
