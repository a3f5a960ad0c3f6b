"""Words in, guides out: what people type leads to the right guide, in the right band, quickly and always the same."""

import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entries import Entry
from knowledge.loading import everyday_words
from knowledge.search import Index

BIRTH, MARRY, MARRY_ABROAD, MARRY_AGAIN = "khai-sinh", "ket-hon", "ket-hon-nuoc-ngoai", "ket-hon-lai"
COPY, DEATH, STAY, RESIDE, LEAVE, ID = "trich-luc", "khai-tu", "tam-tru", "thuong-tru", "xoa-thuong-tru", "can-cuoc"


def commune(id: str, code: str, name: str, *phrases: str, **more: object) -> Entry:
    return Entry(id, code, name, phrases, levels=("commune",), published=True, **more)  # type: ignore[arg-type] # text fields


ENTRIES = (
    commune(BIRTH, "1.001193", "Đăng ký khai sinh", "làm giấy khai sinh cho con", english="birth registration"),
    commune(MARRY, "1.000894", "Đăng ký kết hôn", "làm giấy kết hôn", papers=("Tờ khai đăng ký kết hôn",)),
    commune(MARRY_ABROAD, "2.000806", "Thủ tục đăng ký kết hôn có yếu tố nước ngoài", "lấy chồng Hàn"),
    commune(MARRY_AGAIN, "2.000513", "Thủ tục đăng ký lại kết hôn có yếu tố nước ngoài"),
    commune(COPY, "2.000635", "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh", "xin trích lục khai sinh"),
    commune(DEATH, "1.000656", "Đăng ký khai tử", "giấy chứng tử"),
    commune(STAY, "1.004194", "Đăng ký tạm trú", "ở trọ"),
    commune(RESIDE, "1.004222", "Đăng ký thường trú", "nhập hộ khẩu"),
    commune(LEAVE, "1.003197", "Xóa đăng ký thường trú", "cắt khẩu"),
    commune(ID, "1.116410", "Cấp, cấp đổi, cấp lại thẻ căn cước", "làm lại cccd", replaces=("1.014064",)),
    Entry("1.013225", "1.013225", "Cấp giấy phép xây dựng mới (Cấp III, IV)", levels=("commune",)),
    Entry("1.013227", "1.013227", "Gia hạn giấy phép xây dựng (Cấp III, IV)", levels=("commune",)),
    Entry("1.001369", "1.001369", "Mở cảng hàng không, sân bay", levels=("ministry",)),
)
INDEX = Index(ENTRIES, everyday_words())


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Đăng ký khai sinh", BIRTH),
        ("dang ki khai sinh", BIRTH),
        ("ddawng kys khai sinh cho con", BIRTH),
        ("lam gks cho con ntn", BIRTH),
        ("vk e mới đẻ, giờ cần giấy gì", BIRTH),
        ("giay khia sinh cho con", BIRTH),
        ("giấy khai xinh", BIRTH),
        ("birth registration", BIRTH),
        ("hai đứa em định cưới", MARRY),
        ("lam giay hon thu", MARRY),
        ("em lấy chồng Hàn Quốc", MARRY_ABROAD),
        ("Hồ sơ đăng ký lại kết hôn có yếu tố nước ngoài", MARRY_AGAIN),
        ("xin thêm bản sao giấy khai sinh", COPY),
        ("ba em vừa mất tuần trước", DEATH),
        ("đăng lý tạm chú cho xinh viên", STAY),
        ("mới thuê trọ ở đây", STAY),
        ("xa dang ky tma tru", STAY),
        ("nhập khẩu về nhà chồng", RESIDE),
        ("xoa dang ky thuong tru", LEAVE),
        ("rớt bóp mất căn cước rồi", ID),
        ("1.014064", ID),
        ("mã 1.001193 là gì", BIRTH),
    ],
)
def test_what_people_type_finds_its_guide_first(text: str, id: str) -> None:
    found = INDEX.find(text).found
    assert found, text
    assert found[0].id == id, INDEX.explain(text, id)


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("lệ phí đăng ký kết hôn bao nhiêu", "fee"),
        ("phi dang ky ket hon het bao nhieu vay", "fee"),
        ("thời gian đăng ký kết hôn mất bao lâu", "time"),
    ],
)
def test_what_is_asked_on_both_sides_of_a_thing_is_no_part_of_it(text: str, ask: str) -> None:
    finding = INDEX.find(text)
    assert finding.asks == (ask,)
    assert (finding.found[0].id, finding.decision) == (MARRY, "answer")


def test_how_old_is_no_price() -> None:
    assert "fee" not in INDEX.find("phí cho trẻ bao nhiêu tuổi").asks


def test_what_a_paper_is_needed_for_outweighs_the_paper() -> None:
    found = INDEX.find("chứng minh nơi tạm trú khi đi đăng ký khai sinh").found
    assert found[0].id == BIRTH


def test_two_weak_words_side_by_side_tell_what_few_guides_hold() -> None:
    entries = [commune(f"g{n}", f"{n}", name) for n, name in enumerate(("Nhận con", "Nhận đơn", "Đón con", "Đón dâu"))]
    index = Index(entries, everyday_words())
    assert index.find("bố muốn nhận lại con").found[0].id == "g0"


def test_a_story_is_found_by_the_sentence_that_asks() -> None:
    story = (
        "Dạ em chào anh chị, vợ chồng em cưới được 3 năm rồi, em đi làm công nhân xa nhà, ở trọ gần khu công nghiệp. "
        "Tuần trước vợ em sinh bé ở bệnh viện huyện. Giờ em muốn làm giấy khai sinh cho con thì cần gì ạ, em cảm ơn."
    )
    assert INDEX.find(story).found[0].id == BIRTH


def test_what_is_plainly_named_is_an_answer() -> None:
    assert INDEX.find("Tôi muốn đăng ký kết hôn thì cần giấy tờ gì?").decision == "answer"


@pytest.mark.parametrize("text", ["giấy phép xây dựng", "cho em hỏi về giấy phép xây dựng ạ"])
def test_the_common_name_of_brothers_is_a_choice(text: str) -> None:
    finding = INDEX.find(text)
    assert finding.decision == "choose"
    assert {"1.013225", "1.013227"} <= {found.id for found in finding.found}


@pytest.mark.parametrize(
    "text",
    [
        "hôm nay trời có mưa không",
        "kể chuyện cười đi",
        "Mức xử phạt hành vi vượt đèn đỏ được quy định như thế nào?",
        "Trách nhiệm của thanh tra viên gồm những gì?",
        "",
        "😀😀😀",
        "asdfgh qwerty",
        "\x00\x01\u202e",
    ],
)
def test_what_is_no_procedure_is_unknown(text: str) -> None:
    assert INDEX.find(text).decision == "unknown"


def test_a_question_without_matter_leans_on_what_was_said_before() -> None:
    assert INDEX.find("mất mấy ngày vậy", ("em muốn đăng ký kết hôn",)).found[0].id == MARRY
    assert INDEX.find("lệ phí bao nhiêu", (DEATH,)).found[0].id == DEATH


def test_a_question_with_its_own_matter_does_not() -> None:
    assert INDEX.find("thế còn đăng ký tạm trú thì sao", ("em muốn đăng ký kết hôn",)).found[0].id == STAY


def test_marks_that_were_typed_are_evidence() -> None:
    index = Index(
        (commune("bao-tu", "1", "Báo tử"), commune("bao-tu-2", "2", "Bảo tự")),
        everyday_words(),
    )
    assert index.find("bảo tự").found[0].id == "bao-tu-2"
    assert index.find("báo tử").found[0].id == "bao-tu"


@pytest.mark.parametrize(("typed", "meant"), [("giấy khai sunh", "sinh"), ("đăng ký khai sih", "sinh")])
def test_a_slip_is_read_as_the_word_its_neighbours_want(typed: str, meant: str) -> None:
    assert INDEX.understood(typed).words[-1].plain == meant


def test_a_number_speaks_for_no_other_word_beside_it() -> None:
    higher = commune("nang-tang", "1.013229", "Cấp giấy phép xây dựng sửa chữa", "xin phép nâng nhà lên 2 tầng")
    index = Index((*ENTRIES, higher), everyday_words())
    assert "thang" in [word.plain for word in index.understood("hơn 2 tháng chưa khai sinh").words]
    assert index.find("con 2 thang chua khai sinh").found[0].id == BIRTH


@pytest.mark.parametrize("text", ["mẹ 75 tuổi làm căn cước", "me em 80t muon lam can cuoc", "ông 78 tuổi đổi cccd"])
def test_an_age_tells_whose_paper_it_is_not_which(text: str) -> None:
    pension = commune("tien-gia", "1.014027", "Trợ cấp hưu trí xã hội", "trợ cấp 75 tuổi", "trợ cấp 80 tuổi")
    index = Index((*ENTRIES, pension), everyday_words())
    assert index.find(text).found[0].id == ID
    assert index.find("76 tuổi có được tiền không").found[0].id == pension.id
    assert index.find("tôi 76 tuổi muốn xin tiền già").found[0].id == pension.id


def test_the_reasons_name_the_words_the_place_and_the_rival() -> None:
    reasons = "\n".join(INDEX.explain("xoa dang ky thuong tru", LEAVE))
    assert "hạng 1" in reasons
    assert "chữ khớp" in reasons
    assert "đứng sau vì" in reasons
    assert "khả năng đúng ngay" in reasons
    second = "\n".join(INDEX.explain("xoa dang ky thuong tru", RESIDE))
    assert "đứng trước vì" in second


def test_a_guide_far_from_the_question_says_so() -> None:
    assert "không nằm trong số được xét" in INDEX.explain("đăng ký kết hôn", "1.001369")[-1]


def test_the_same_question_always_finds_the_same() -> None:
    again = Index(ENTRIES, everyday_words())
    for text in ("làm giấy", "đăng ký", "mất giấy tờ cần làm gì", "nhà đất"):
        assert INDEX.find(text) == again.find(text)


def test_an_index_survives_pickling() -> None:
    back = pickle.loads(pickle.dumps(INDEX))  # noqa: S301 # our own bytes of a moment ago
    assert back.find("khai tử cho bà nội") == INDEX.find("khai tử cho bà nội")


def test_an_empty_library_finds_nothing() -> None:
    empty = Index((), everyday_words())
    assert empty.find("khai sinh").decision == "unknown"
    assert empty.find("khai sinh").found == ()


def test_scores_fall_and_stay_between_0_and_1() -> None:
    scores = [found.score for found in INDEX.find("đăng ký kết hôn có yếu tố nước ngoài").found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_an_endless_message_is_answered_in_time() -> None:
    begun = time.perf_counter()
    INDEX.find("em muốn làm giấy khai sinh cho con " * 3_000)
    assert time.perf_counter() - begun < 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_message_breaks_the_search(text: str) -> None:
    finding = INDEX.find(text)
    assert finding.decision in {"answer", "choose", "unknown"}
    assert len(finding.found) <= 10
