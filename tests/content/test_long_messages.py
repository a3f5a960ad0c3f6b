"""A long message leads to what one of its sentences asks for, wherever that sentence stands and however it is typed."""

import pytest

from knowledge.entries import Entry
from knowledge.loading import everyday_words
from knowledge.search import Index
from knowledge.stories import parts_of
from knowledge.stress import STORY
from knowledge.vietnamese import unmarked

ENTRIES = (
    Entry("khai-sinh", "1.001193", "Đăng ký khai sinh", ("làm giấy khai sinh cho con",), levels=("commune",)),
    Entry("luu-dong", "1.003583", "Đăng ký khai sinh lưu động", ("khai sinh tại nhà",), levels=("commune",)),
    Entry(
        "nuoc-ngoai", "2.000528", "Đăng ký khai sinh có yếu tố nước ngoài", ("khai sinh con lai",), levels=("commune",)
    ),
    Entry("khai-tu", "1.000656", "Đăng ký khai tử", ("bà con hàng xóm mất không ai khai tử",), levels=("commune",)),
    Entry("mot-lan", "1.001613", "Giải quyết hưởng bảo hiểm xã hội một lần", ("rút bảo hiểm xã hội một lần",)),
    Entry("chuyen-truong", "2.002854", "Chuyển trường và tiếp nhận học sinh", ("xin cho con về quê học",)),
    Entry("tam-vang", "1.003677", "Khai báo tạm vắng", ("đi làm xa báo tạm vắng",), levels=("commune",)),
    Entry("dat", "1.012812", "Hòa giải tranh chấp đất đai", ("hàng xóm lấn đất",), levels=("commune",)),
    Entry("tach-ho", "1.010038", "Tách hộ", ("cưới vợ rồi tách hộ ra riêng",), levels=("commune",)),
)
INDEX = Index(ENTRIES, everyday_words())
BEFORE = (
    "Hôm bữa tui ghé qua mà đông quá nên về. Hàng xóm kể phải chờ lâu lắm, một lần đi là mất cả buổi. "
    "Nhà tui thì ở tận cuối đường, con đi học cả ngày."
)
AFTER = "Tui đi làm xa, ít khi về quê. Nói trước cảm ơn nhiều."


def first(text: str) -> str:
    assert len(text.split()) >= STORY
    return INDEX.find(text).found[0].id


@pytest.mark.parametrize(
    "asked", ["Giờ muốn làm giấy khai sinh cho con thì cần gì?", "làm khai sinh cho con nộp ở đâu?"]
)
@pytest.mark.parametrize("told", ["{0} {1} {2}", "{1} {0} {2}", "{0} {2} {1}"])
def test_the_sentence_that_asks_is_the_matter_wherever_it_stands(told: str, asked: str) -> None:
    assert first(told.format(BEFORE, asked, AFTER)) == "khai-sinh"


def test_without_marks_or_signs_too() -> None:
    story = f"{BEFORE} giờ em muốn tách hộ ra riêng thì làm sao {AFTER}"
    assert first(unmarked(story)) == "tach-ho"
    assert first(story.replace(".", "").replace(",", "")) == "tach-ho"


def test_a_feature_told_in_another_sentence_counts() -> None:
    asked = "Giờ muốn làm giấy khai sinh cho con thì cần gì?"
    told, untold = (
        INDEX.find(f"{BEFORE} {said} {asked} {AFTER}").found for said in ("Chồng em là người Hàn Quốc.", "")
    )
    assert [one.id for one in told[:2]] in (["nuoc-ngoai", "khai-sinh"], ["khai-sinh", "nuoc-ngoai"])
    assert told[0].score - told[1].score < untold[0].score - untold[1].score


def test_a_story_that_asks_for_nothing_known_is_no_answer() -> None:
    assert INDEX.find(f"{BEFORE} {AFTER} Trời mưa hoài buồn ghê.").decision != "answer"


def test_a_story_that_asks_for_a_whole_group_is_a_choice() -> None:
    assert INDEX.find(f"{BEFORE} Giấy phép xây dựng thì làm ở đâu? {AFTER}").decision != "answer"


def test_parts_hold_every_word_that_matters_and_few_at_a_time() -> None:
    endless = " ".join(["khai sinh cho con trai đầu lòng của gia đình"] * 6)
    q = INDEX.understood(endless)
    parts = parts_of(q)
    assert {at for part in parts for at in part} == {*q.content()}
    assert max(map(len, parts)) <= 15
