"""A record of the portal becomes a guide: what it says, what it does not say, and the traps of what machines wrote."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.importing import bring_in
from knowledge.checking import check
from knowledge.importing.fees import prices_of
from knowledge.importing.naming import id_of, name_of
from knowledge.importing.text import clean
from knowledge.importing.times import time_of
from knowledge.loading import GUIDES, load
from tests.content.records import TODAY, guide, row


def test_a_record_becomes_a_guide_that_passes_the_check(tmp_path: Path) -> None:
    one = guide(tmp_path)
    assert (one.status, one.code, one.name, one.level) == ("imported", "1.234567", "Cấp giấy phép thử", ("commune",))
    assert (one.field, one.id) == ("ho-tich", "cap-giay-phep-thu-1234567")
    assert [(fee.amount, one.certainty_of(fee)) for fee in one.fees] == [(20_000, "copied")]
    assert [(time.amount, time.unit) for time in one.times] == [(5, "working_days")]
    assert [(paper.name, paper.original, paper.form and paper.form.name) for paper in one.documents] == [
        ("Tờ khai", 1, "TK01.docx")
    ]
    assert [step.text for step in one.steps] == ["Bước 1: Nộp hồ sơ.", "Bước 2: Nhận kết quả."]
    assert not one.asks
    assert not one.conditions
    assert (one.sources[0].data_date, one.sources[0].checked_on) == (date(2026, 6, 10), date(2026, 6, 10))
    assert check([tmp_path / "ra"], TODAY).status == 0


@pytest.mark.parametrize(
    ("said", "suspect", "amount", "province"),
    [
        ("Phí : 500.000 Đồng", False, 500_000, False),
        ("4,000,000 Việt Nam Đồng (theo Thông tư số 10/2024/TT-BTC)", False, 4_000_000, False),
        ("8.000 đồng/bản sao Trích lục", False, 8_000, False),
        ("Miễn phí", False, 0, False),
        ("Phí : 0 Đồng", False, 0, False),
        ("Miễn phí (Không có)", False, 0, False),
        ("Miễn phí", True, None, False),
        ("Miễn phí (Thiết bị lẻ, vật tư khác)", True, None, False),
        ("Miễn phí (50.000 đồng/giấy)", False, None, False),
        ("Miễn phí (Không quy định)", False, None, False),
        ("Miễn phí (Theo quy định của Hội đồng nhân dân cấp tỉnh)", True, None, True),
        ("Phí : Đồng (Theo quy định của Bộ Tài chính)", False, None, False),
        ("250 VNĐ (250.000 đồng/ 1 môn thi)", False, None, False),
        ("25 USD (Cấp thị thực có giá trị một lần)", False, None, False),
    ],
)
def test_a_fee_is_a_figure_only_when_the_record_is_sure_of_it(
    said: str, suspect: bool, amount: int | None, province: bool
) -> None:
    (price,) = prices_of(said, suspect=suspect)
    assert (price.amount, price.by_province) == (amount, province)
    assert price.note or amount, "whoever reads of no figure is told why, and nothing is free without a word"


def test_several_fees_in_one_cell_are_several_fees() -> None:
    said = "Phí : 300.000 Đồng (thẩm định (lần đầu))\nLệ phí : 5.000 Đồng\nFile đính kèm: a.pdf"
    assert [(price.what, price.amount, price.note) for price in prices_of(said)] == [
        ("Phí", 300_000, "thẩm định (lần đầu)"),
        ("Lệ phí", 5_000, ""),
    ]
    assert prices_of("") == prices_of("Không có") == prices_of("Lệ phí : Đồng (Không)") == ()


def test_what_is_not_known_to_be_free_is_never_told_as_free(tmp_path: Path) -> None:
    way = {
        "channel": "Trực tiếp",
        "time": "1",
        "fee": "Miễn phí (Mức phí 50.000 đồng)",
        "note": "",
        "fee_suspect": True,
    }
    one = guide(tmp_path, channels=[way])
    assert [(fee.amount, one.certainty_of(fee)) for fee in one.fees] == [(None, "unknown")]


@pytest.mark.parametrize(
    ("said", "amount", "unit"),
    [
        ("5 Ngày làm việc", 5, "working_days"),
        ("07 Ngày làm việc", 7, "working_days"),
        ("20 (hai mươi) ngày", 20, "days"),
        ("8 Giờ", 8, "hours"),
        ("1", None, "working_days"),
        ("0", None, "working_days"),
        ("10-25", None, "working_days"),
        ("3 Tháng", None, "working_days"),
        ("0 Ngày", None, "working_days"),
        ("1.5 Ngày làm việc", 3, "half_days"),
        ("03,5 ngày làm việc", 7, "half_days"),
        ("0,5 ngày làm việc", 1, "half_days"),
        ("1/2 ngày làm việc", 1, "half_days"),
        ("1.5 Ngày", None, "working_days"),
        ("500 Ngày", None, "working_days"),
        ("Trong thời hạn 15 ngày làm việc, kể từ ngày nhận đủ hồ sơ", None, "working_days"),
    ],
)
def test_a_number_without_a_unit_is_no_time(said: str, amount: int | None, unit: str) -> None:
    time = time_of(said)
    assert time is not None
    assert (time.amount, time.unit) == (amount, unit)
    assert bool(time.note) == (amount is None)


def test_a_time_that_is_not_told_is_left_out() -> None:
    assert time_of("") is time_of("Không quy định") is time_of("Không có thông tin") is None


def test_remarks_among_the_papers_do_not_become_papers(tmp_path: Path) -> None:
    documents = [
        {"case": "* Giấy tờ phải nộp:", "name": "- Tờ khai theo mẫu;", "original": 1, "copies": 0},
        {
            "case": "* Giấy tờ phải nộp:",
            "name": "Nộp bản điện tử thì không phải nộp bản giấy.",
            "original": 0,
            "copies": 0,
        },
        {"case": "* Lưu ý:", "name": "+ Người tiếp nhận kiểm tra, đối chiếu.", "original": 1, "copies": 0},
        {"case": "", "name": "- Giấy tờ phải xuất trình:", "original": 0, "copies": 0},
        {"case": "", "name": "Mẫu đơn", "original": 0, "copies": 0, "forms": ["Mau.docx"]},
        {"case": "", "name": "Giấy không ghi số lượng", "original": None, "copies": None},
    ]
    one = guide(tmp_path, documents=documents)
    assert [paper.name for paper in one.documents] == ["Tờ khai theo mẫu", "Mẫu đơn", "Giấy không ghi số lượng"]
    assert [notice.text for notice in one.conditions] == [
        "Nộp bản điện tử thì không phải nộp bản giấy.",
        "Người tiếp nhận kiểm tra, đối chiếu.",
    ]


def test_a_paper_of_several_cases_keeps_each_case(tmp_path: Path) -> None:
    documents = [
        {"case": f"{case}:", "name": "Đơn đề nghị", "original": 1, "copies": 0}
        for case in ("Cấp mới", "Cấp lại", "Cấp lại")
    ]
    one = guide(tmp_path, documents=documents)
    assert [(paper.id, paper.case) for paper in one.documents] == [
        ("don-de-nghi", "Cấp mới"),
        ("don-de-nghi-2", "Cấp lại"),
    ]


def test_what_has_to_be_shown_is_not_handed_in(tmp_path: Path) -> None:
    documents = [{"case": "* Giấy tờ phải xuất trình:", "name": "Căn cước (nếu có)", "original": 1, "copies": 0}]
    (paper,) = guide(tmp_path, documents=documents).documents
    assert (paper.kind, paper.if_any) == ("show", True)


def test_a_format_without_counts_does_not_turn_papers_into_remarks(tmp_path: Path) -> None:
    cell = "1. Đơn đề nghị\n\n2. Bản sao giấy chứng nhận\nđã được cấp\n• Ảnh 4x6"
    documents = [{"case": "", "name": cell, "original": 0, "copies": 0}]
    one = guide(tmp_path, documents=documents, format="pdf-danang-ward")
    assert [paper.name for paper in one.documents] == ["Đơn đề nghị", "Bản sao giấy chứng nhận đã được cấp", "Ảnh 4x6"]


def test_the_longest_name_has_an_id_of_its_own(tmp_path: Path) -> None:
    name = "Thủ tục " + "cấp giấy phép cho " * 61
    one = guide(tmp_path, name=name)
    assert len(one.name) > 1_080
    assert one.id == "cap-giay-phep-cho-cap-giay-phep-cho-cap-1234567"
    assert len(one.id) <= 48


def test_two_procedures_of_one_name_and_a_province_of_one_code_stay_apart(tmp_path: Path) -> None:
    codes = ["1.000001", "1.000002", "2.000635", "2.000635.H17"]
    source = tmp_path / "nguon.jsonl"
    lines = (json.dumps(row(code=code, name="Cấp lại thẻ"), ensure_ascii=False) for code in codes)
    source.write_text("\n".join(lines), encoding="utf-8")
    assert len(bring_in(source, tmp_path / "ra", TODAY).new) == 4
    library = load([tmp_path / "ra"], TODAY).library
    assert library is not None
    for code in codes:
        found = library.by_code(code)
        assert found is not None
        assert found.code == code
    assert sorted(library.guides) == [
        "cap-lai-the-1000001", "cap-lai-the-1000002", "cap-lai-the-2000635", "cap-lai-the-2000635h17",
    ]  # fmt: skip
    other = library.by_code("1.000001.H29")
    assert other is not None
    assert other.code == "1.000001", "a province that we do not know leads to the national procedure"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cấp chứng chỉ (cấp tỉnh)", "Cấp chứng chỉ (cấp trung ương)"),
        ("Đăng ký kết hôn", "Đăng ký kết hôn có yếu tố nước ngoài"),
    ],
)
def test_brothers_have_names_and_ids_of_their_own(one: str, other: str) -> None:
    assert name_of(one) != name_of(other)
    assert id_of(name_of(one), "1.000001") != id_of(name_of(other), "1.000002")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Thủ tục đăng ký khai sinh", "Đăng ký khai sinh"),
        ("12. Thủ tục tạm ứng kinh phí", "Tạm ứng kinh phí"),
        (". Cấp giấy phép", "Cấp giấy phép"),
        ("Thủ tục hải quan đối với xăng dầu", "Thủ tục hải quan đối với xăng dầu"),
        ("Thủ tục hành chính: Cấp thẻ.", "Cấp thẻ"),
        ("\ufeffĐăng\u00a0ký\r\n lại", "Đăng ký lại"),
        ("   ", ""),
    ],
)
def test_names_lose_their_ceremony_and_nothing_else(said: str, name: str) -> None:
    assert name_of(said) == name


def test_texts_lose_what_machines_left_in_them() -> None:
    assert clean("\ufeffHồ\u00a0sơ\r\n\r\n\tgồm:\u200b\r\n\uf0b7 một\nphần") == "Hồ sơ gồm:\n- một phần"
    assert clean("dòng bị\nngắt giữa chừng.\na) điểm a\nDòng mới") == "dòng bị ngắt giữa chừng.\na) điểm a\nDòng mới"
    assert clean("Hồ sơ") == "Hồ sơ", "NFD becomes NFC"
    assert clean(None) == clean(7) == ""


@pytest.mark.parametrize(
    ("said", "name", "form"),
    [
        ("Đơn theo Nghị định số 33/2026/NĐ-CPMẫu số 34.docx", "Đơn theo Nghị định số 33/2026/NĐ-CP", "Mẫu số 34.docx"),
        ("Đơn đề nghị theo mẫu.mẫu số 2 nđ 85 2026.docx", "Đơn đề nghị theo mẫu", "mẫu số 2 nđ 85 2026.docx"),
        ("Phụ lục số 05Phụ lục số 05_TT24 (1).docx", "Phụ lục số 05", "Phụ lục số 05_TT24 (1).docx"),
        ("Bản sao hợp đồng.", "Bản sao hợp đồng", None),
    ],
)
def test_the_file_of_a_form_does_not_stay_in_the_papers_name(
    tmp_path: Path, said: str, name: str, form: str | None
) -> None:
    (paper,) = guide(tmp_path, documents=[{"case": "", "name": said, "original": 1, "copies": 0}]).documents
    assert (paper.name, paper.form and paper.form.name) == (name, form)


def test_texts_of_the_district_level_say_that_it_is_no_more(tmp_path: Path) -> None:
    one = guide(tmp_path, agency="Ủy ban nhân dân cấp huyện", mentions_district=True)
    assert "cấp đã bỏ từ ngày 01/07/2025" in one.summary
    assert [channel.note for channel in one.channels] == [
        "Cấp huyện đã bỏ từ ngày 01/07/2025: nay hỏi Ủy ban nhân dân cấp xã nơi ở."
    ]
    assert {one.certainty_of(fact) for fact in (*one.fees, *one.channels)} == {"copied"}


def test_a_copy_from_before_the_reform_shows_no_figure(tmp_path: Path) -> None:
    one = guide(tmp_path, crawled_at="2025-06-30", era="pre-2025-07")
    assert [(fee.amount, one.certainty_of(fee)) for fee in one.fees] == [(None, "unverified")]
    assert [time.amount for time in one.times] == [None]
    assert "trước ngày 01/07/2025" in one.summary


def test_a_replaced_code_leads_to_what_replaced_it(tmp_path: Path) -> None:
    source = tmp_path / "nguon.jsonl"
    rows = [
        row(code="1.014061", name="Cấp thẻ căn cước"),
        row(code="1.999998", name="Việc khác", replaces=["1.999997"]),
    ]
    source.write_text("\n".join(json.dumps(one) for one in rows), encoding="utf-8")
    bring_in(source, tmp_path / "ra", TODAY)
    library = load([GUIDES, tmp_path / "ra"], TODAY, tolerate=True).library
    assert library is not None
    for old, new in (("1.014061", "1.116410"), ("2.000200", "1.116410"), ("1.999997", "1.999998")):
        found = library.by_code(old)
        assert found is not None
        assert found.code == new
    assert "cap-the-can-cuoc-1014061" not in library.guides


@pytest.mark.parametrize("order", [1, -1])
def test_an_imported_record_never_takes_the_place_of_our_own_guide(tmp_path: Path, order: int) -> None:
    source = tmp_path / "nguon.jsonl"
    source.write_text(json.dumps(row(code="1.001193", name="Đăng ký khai sinh")), encoding="utf-8")
    bring_in(source, tmp_path / "ra", TODAY)
    loaded = load([GUIDES, tmp_path / "ra"][::order], TODAY, tolerate=True)
    assert loaded.library is not None
    found = loaded.library.by_code("1.001193")
    assert found is not None
    assert found.status == "published"
    assert len(loaded.library.guides) == len(load([GUIDES], TODAY, tolerate=True).known)
