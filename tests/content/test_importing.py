"""Official records as guides: each trap of the records, each format, and what an import tells."""

import io
import json
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.gathering import list_names, list_words
from bot.importing import bring_in, read_source
from knowledge.checking import check
from knowledge.guide import Guide
from knowledge.importing.fees import prices_of
from knowledge.importing.fields import field_of
from knowledge.importing.guide_of import Made, guide_of
from knowledge.importing.naming import id_of, name_of
from knowledge.importing.normalised import record as record_of
from knowledge.importing.record import Record, Unreadable
from knowledge.importing.sources import records_of
from knowledge.importing.text import clean
from knowledge.importing.times import time_of
from knowledge.loading import GUIDES, fields, load

TODAY = date(2026, 11, 22)

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of the importer's: these tests ask what comes out, not how fast."""
RAW = Path(__file__).resolve().parents[3] / "shared" / "data" / "raw"


def row(**other: Any) -> dict[str, Any]:
    return {
        "code": "1.234567",
        "name": "Thủ tục cấp giấy phép thử",
        "level": ["xã"],
        "field": "Hộ tịch",
        "agency": "Ủy ban nhân dân cấp xã",
        "steps": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
        "channels": [{"channel": "Trực tiếp", "time": "5 Ngày làm việc", "fee": "Phí : 20.000 Đồng", "note": ""}],
        "documents": [{"case": "", "name": "Tờ khai", "original": 1, "copies": 0, "forms": ["TK01.docx"]}],
        "legal_basis": [{"number": "1/2024/NĐ-CP", "title": "Nghị định thử"}],
        "requirements": "Không",
        "result": "Giấy phép",
        "crawled_at": "2026-06-10",
        "era": "post-2025-07",
        "format": "csdl-word-export",
        **other,
    }


def made(**other: Any) -> Made:
    one = guide_of(record_of(row(**other), "thu:1"), TODAY, {})
    assert isinstance(one, Made), one
    return one


def guide(tmp_path: Path, **other: Any) -> Guide:
    """The record as the bot would read it from its file."""
    source = tmp_path / "nguon.jsonl"
    source.write_text(json.dumps(row(**other), ensure_ascii=False), encoding="utf-8")
    assert bring_in(source, tmp_path / "ra", TODAY).status == 0
    loaded = load([tmp_path / "ra"], TODAY)
    assert loaded.library is not None, loaded.problems
    assert loaded.problems == ()
    return next(iter(loaded.library.guides.values()))


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


# --- traps ---------------------------------------------------------------------------------------------------------


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


# --- the command ---------------------------------------------------------------------------------------------------


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows), encoding="utf-8")
    return path


def times(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*.yaml")}


def test_a_second_import_changes_only_what_changed_and_says_what(tmp_path: Path) -> None:
    ra = tmp_path / "ra"
    rows = [row(code=f"1.00000{n}", name=f"Việc {n}") for n in range(4)]
    first = bring_in(write(tmp_path / "a.jsonl", rows), ra, TODAY)
    assert (len(first.new), first.same, first.status) == (4, 0, 0)
    before = times(ra)
    again = bring_in(tmp_path / "a.jsonl", ra, date(2027, 1, 1))
    assert (again.same, again.new, again.changed, again.gone) == (4, [], [], [])
    assert times(ra) == before

    rows[1] = row(code="1.000001", name="Việc 1", result="Giấy khác", crawled_at="2026-07-01")
    rows[2] = row(code="1.000002", name="Việc đổi tên", field="Đất đai")
    third = bring_in(write(tmp_path / "a.jsonl", [*rows[:3], row(code="1.000009", name="Việc mới")]), ra, TODAY)
    assert third.new == ["1.000009 Việc mới"]
    assert third.changed == ["1.000001 Việc 1: results, sources", "1.000002 Việc đổi tên: field, name"]
    assert third.gone == ["1.000003 viec-3-1000003"]
    after = times(ra)
    assert after["viec-0-1000000.yaml"] == before["viec-0-1000000.yaml"]
    assert (ra / "dat-dai" / "viec-2-1000002.yaml").exists(), "the id stays, whatever the name becomes"
    assert not (ra / "ho-tich" / "viec-2-1000002.yaml").exists()
    assert (ra / "ho-tich" / "viec-3-1000003.yaml").exists()
    assert list(third.lines())[-1].startswith("1 mới, 2 thay đổi, 1 như cũ, 1 không còn trong nguồn")
    bring_in(tmp_path / "a.jsonl", ra, TODAY, remove_gone=True)
    assert not (ra / "ho-tich" / "viec-3-1000003.yaml").exists()


def test_a_file_that_an_official_took_over_is_left_alone(tmp_path: Path) -> None:
    ra = tmp_path / "ra"
    bring_in(write(tmp_path / "a.jsonl", [row()]), ra, TODAY)
    (path,) = ra.rglob("*.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("status: imported", "status: draft"), encoding="utf-8")
    mine = path.read_bytes()
    report = bring_in(write(tmp_path / "a.jsonl", [row(result="Khác")]), ra, TODAY)
    assert len(report.kept) == 1
    assert path.read_bytes() == mine


def test_each_unreadable_record_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "nguon").mkdir()
    lines = [
        "{hỏng",
        json.dumps(row(code="sai")),
        json.dumps(row(code="1.000003", name=" ")),
        "[]",
        json.dumps(row()),
        "7",
    ]
    (tmp_path / "nguon" / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for name, data in {
        "b.docx": b"PK\x03\x04rest", "c.xlsx": b"PK\x03\x04", "d.jsonl.gz": b"\x1f\x8b\x08half", "e.json": b"[[[",
        "g.pdf": b"%PDF", "h.txt": b"\xff\xfe", "i.json": b"[" * 100_000,
    }.items():  # fmt: skip
        (tmp_path / "nguon" / name).write_bytes(data)
    report = bring_in(tmp_path / "nguon", tmp_path / "ra", TODAY)
    assert len(report.new) == 1
    assert sorted(one.where.removeprefix("nguon/") for one in report.unreadable) == [
        "a.jsonl:1", "a.jsonl:2", "a.jsonl:3", "a.jsonl:4", "a.jsonl:6",
        "b.docx", "c.xlsx", "d.jsonl.gz", "e.json", "g.pdf", "h.txt", "i.json",
    ]  # fmt: skip
    assert all(one.why for one in report.unreadable)
    assert report.status == 1


def test_nothing_is_removed_when_something_could_not_be_read(tmp_path: Path) -> None:
    ra = tmp_path / "ra"
    bring_in(write(tmp_path / "a.jsonl", [row(), row(code="1.000002")]), ra, TODAY)
    (tmp_path / "a.jsonl").write_text(json.dumps(row()) + "\n{hỏng", encoding="utf-8")
    report = bring_in(tmp_path / "a.jsonl", ra, TODAY, remove_gone=True)
    assert len(report.gone) == 1
    assert len(list(ra.rglob("*.yaml"))) == 2


def test_of_two_copies_of_one_procedure_the_newer_counts(tmp_path: Path) -> None:
    rows = [row(result="Mới", crawled_at="2026-06-10"), row(result="Cũ", crawled_at="2025-12-01")]
    report = bring_in(write(tmp_path / "a.jsonl", rows), tmp_path / "ra", TODAY)
    assert len(report.twice) == 1
    (path,) = (tmp_path / "ra").rglob("*.yaml")
    assert 'name: "Mới"' in path.read_text(encoding="utf-8")


def test_a_list_says_nothing_against_a_whole_record(tmp_path: Path) -> None:
    ra = tmp_path / "ra"
    bring_in(write(tmp_path / "a.jsonl", [row()]), ra, TODAY)
    before = times(ra)
    (tmp_path / "ds.xlsx").write_bytes(workbook([["1.234567", "Tên khác"], ["1.000002", "Thủ tục khác"]]))
    report = bring_in(tmp_path / "ds.xlsx", ra, TODAY, on=date(2026, 7, 1))
    assert (report.same, report.new) == (1, ["1.000002 Khác"])
    assert times(ra).items() >= before.items()
    assert check([ra], TODAY).warned == ()


def test_a_record_without_a_date_has_the_day_of_its_file(tmp_path: Path) -> None:
    undated = row()
    del undated["crawled_at"]
    source = write(tmp_path / "a.jsonl", [undated])
    os.utime(source, (1_790_000_000, 1_790_000_000))  # 21 September 2026
    ra = tmp_path / "ra"
    bring_in(source, ra, TODAY)
    (path,) = ra.rglob("*.yaml")
    assert "data_date: 2026-09-21" in path.read_text(encoding="utf-8")
    os.utime(source, (1_795_000_000, 1_795_000_000))
    assert bring_in(source, ra, TODAY).same == 1, "the same content is not newer because its file was copied again"


def test_one_page_under_many_codes_is_named_and_left_out(tmp_path: Path) -> None:
    wrong = [row(code=f"1.00000{n}", name="Trang chép nhầm") for n in range(1, 7)]
    report = bring_in(
        write(tmp_path / "a.jsonl", [*wrong, row(code="1.000009", name="Cấp giấy")]), tmp_path / "ra", TODAY
    )
    assert report.new == ["1.000009 Cấp giấy"]
    (line,) = (line for line in report.lines() if "một trang chép dưới nhiều mã" in line)
    assert all(f"1.00000{n}" in line for n in range(1, 7))
    assert line.endswith("Trang chép nhầm")
    assert report.status == 0


def test_the_list_of_common_words_counts_descriptions_not_repetitions(tmp_path: Path) -> None:
    rows = [
        row(code=f"1.00000{n}", name=f"Việc {n}", steps="Nộp nộp nộp." + " Kiểm tra." * (n > 2), result="Giấy")
        for n in range(1, 5)
    ]
    out = tmp_path / "common.yaml"
    out.write_text("# Đầu tệp\n", encoding="utf-8")
    list_words(write(tmp_path / "a.jsonl", rows), out)
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# Đầu tệp"
    assert '"nop": 100' in lines
    assert '"kiem": 50' in lines
    assert list_words(tmp_path / "a.jsonl", out).changed == []


def test_the_list_of_names_holds_the_commune_procedures_in_force(tmp_path: Path) -> None:
    rows = [
        row(code="1.000002", name="Thủ tục cấp giấy B"),
        row(code="1.000001", name="Thủ tục cấp giấy “A”"),
        row(code="1.000003", level=["tỉnh"]),
        row(code="1.000004", crawled_at="2025-01-01"),
        row(code="1.014061"),
    ]
    out = tmp_path / "names.yaml"
    out.write_text('# Đầu tệp\n\n"1.000009": "Cũ"\n', encoding="utf-8")
    report = list_names(write(tmp_path / "a.jsonl", rows), out)
    assert out.read_text(encoding="utf-8") == '# Đầu tệp\n\n"1.000001": "Cấp giấy “A”"\n"1.000002": "Cấp giấy B"\n'
    assert (len(report.new), report.gone) == (2, ["1.000009 Cũ"])
    assert list_names(tmp_path / "a.jsonl", out).same == 2


# --- formats -------------------------------------------------------------------------------------------------------


def one_of(data: bytes, where: str) -> Record:
    (found,) = records_of(data, where)
    assert isinstance(found, Record), found
    return found


def test_the_portals_api_is_read() -> None:
    answer = {
        "id": "019d", "code": "1.008004", "name": "Chuyển đổi", "isWard": True, "updatedAt": 1776771498427,
        "executionSteps": [{"name": "", "description": "Bước 1"}],
        "executionMethods": [
            {"submissionMethod": "ONLINE", "processingTime": 5, "processingTimeUnit": "WORKING_DAY", "description": "n",
             "fees": [{"type": "FEE", "value": 0, "currencyId": "", "description": "50.000 đồng"}]},
            {"submissionMethod": "POSTAL", "processingTime": 0, "processingTimeUnit": "", "fees": [{"type": "CHARGE", "value": 7000}]},
        ],
        "executionCases": [{"name": "Ca", "profileComponents": [{"name": "Đơn", "originalQty": 1, "copyQty": 0, "attachments": [{"fileName": "a.docx"}]}]}],
        "categoriesDetails": [{"name": "Trồng trọt"}], "legalBasisesDetails": [{"name": "Nghị định", "code": "1/2024/NĐ-CP"}],
        "resultsDetails": [{"name": "Văn bản"}], "unitGroupsExecuting": [{"name": "Ủy ban nhân dân cấp xã"}],
    }  # fmt: skip
    record = one_of(json.dumps({"data": answer}).encode(), "a.json")
    assert (record.code, record.levels, record.field, record.agency) == (
        "1.008004", ("commune",), "Trồng trọt", "Ủy ban nhân dân cấp xã",
    )  # fmt: skip
    assert [(way.how, way.time) for way in record.ways] == [("online", "5 Ngày làm việc"), ("post", "")]
    assert [price.amount for price in prices_of(record.ways[0].fee)] == [None]
    assert [price.amount for price in prices_of(record.ways[1].fee)] == [7000]
    assert [(paper.name, paper.case, paper.forms) for paper in record.papers] == [("Đơn", "Ca", ("a.docx",))]
    assert record.on == date(2026, 4, 21)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(blocks: list[str | list[list[str]]], head: str = "") -> bytes:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    body = "".join(
        paragraph(block)
        if isinstance(block, str)
        else "<w:tbl>"
        + "".join(
            "<w:tr>" + "".join(f"<w:tc>{''.join(map(paragraph, cell.split('|')))}</w:tc>" for cell in line) + "</w:tr>"
            for line in block
        )
        + "</w:tbl>"
        for block in blocks
    )
    return archive({"word/document.xml": f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'})


def archive(parts: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return data.getvalue()


EXPORT: list[str | list[list[str]]] = [
    "Chi tiết thủ tục hành chính", "Mã thủ tục: 2.002481", "Tên thủ tục: Chuyển trường", "Cấp thực hiện: Cấp Xã",
    "Lĩnh vực: Giáo dục trung học", "Trình tự thực hiện: ", "Bước 1: Nộp.", "Cách thức thực hiện: ",
    [["Hình thức nộp", "Thời hạn giải quyết", "Phí, lệ phí", "Mô tả"], ["Trực tiếp", "10 Ngày", "Phí : 5.000 Đồng", ""]],
    "Thành phần hồ sơ: ", "Bao gồm",
    [["Tên giấy tờ", "Mẫu đơn, tờ khai", "Số lượng"], ["Đơn", "A.docx|B.docx", "Bản chính: 1|Bản sao: 2"]],
    "Trường hợp khác", [["Tên giấy tờ", "Mẫu đơn, tờ khai", "Số lượng"], ["Lưu ý", "", "Bản chính: 0Bản sao: 0"]],
    "Cơ quan thực hiện: Ủy ban nhân dân cấp xã", "Kết quả thực hiện: Học sinh vào lớp", "Căn cứ pháp lý: ",
    [["Số ký hiệu", "Trích yếu"], ["50/2021/TT-BGDĐT", "Thông tư"]], "Yêu cầu, điều kiện thực hiện: Không yêu cầu",
    "Để xem chi tiết, vui lòng truy cập link sau: https://example.vn/a",
]  # fmt: skip


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a"])
def test_the_word_export_is_read_whatever_it_is_called(name: str) -> None:
    record = one_of(word(EXPORT), name)
    assert (record.code, record.name, record.levels, record.url) == (
        "2.002481", "Chuyển trường", ("commune",), "https://example.vn/a",
    )  # fmt: skip
    assert [(way.how, way.time, way.fee) for way in record.ways] == [("counter", "10 Ngày", "Phí : 5.000 Đồng")]
    assert [(p.name, p.case, p.original, p.copies, p.forms) for p in record.papers] == [
        ("Đơn", "", 1, 2, ("A.docx", "B.docx")),
        ("Lưu ý", "Trường hợp khác", 0, 0, ()),
    ]
    assert [(law.number, law.title) for law in record.laws] == [("50/2021/TT-BGDĐT", "Thông tư")]


def test_a_word_file_that_could_hurt_or_is_another_is_refused() -> None:
    bomb = word(EXPORT, '<!DOCTYPE a [<!ENTITY a "aaaa">]>')
    for data in (bomb, word(["Thư mời họp"]), archive({"other": ""}), archive({"word/document.xml": "<a"})):
        (found,) = records_of(data, "a.docx")
        assert isinstance(found, Unreadable)


def workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["DANH SÁCH THỦ TỤC HÀNH CHÍNH"])
    sheet.append(["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"])
    for one in rows:
        sheet.append([*one, "Bộ Tư pháp", "Sở Tư pháp", "Hộ tịch"][:5])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_the_excel_list_is_read_row_by_row() -> None:
    found = list(records_of(workbook([["1.000001", "A"], ["", ""], ["1.000002", "B"]]), "d.xlsx"))
    assert [(one.where, one.code, one.name, one.partial) for one in found if isinstance(one, Record)][::2] == [
        ("d.xlsx:3", "1.000001", "A", True),
        ("d.xlsx:5", "1.000002", "B", True),
    ]


PAGE = {
    "ma_thu_tuc": "1.004194", "ten_thu_tuc": "Đăng ký tạm trú", "cap_thuc_hien": "Cấp xã", "linh_vuc": "Đăng ký, quản lý cư trú",
    "trinh_tu_thuc_hien": "Bước 1: Nộp.", "detail_url": "https://example.vn/a", "yeu_cau_dieu_kien": "Không có thông tin",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến3 Ngày làm việc7,000 Việt Nam Đồng(- cá nhân (một người))Nộp qua mạng.Trực tiếp1Miễn phí",
    "thanh_phan_ho_so": "* Hồ sơ gồm: Tên giấy tờMẫu đơn, tờ khaiSố lượngTờ khai (Mẫu CT01).Mẫu CT01.docx1 bản chínhGiấy tờ nhà1 bản chính1 bản saoLưu ý gì đó.0 bản chính",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnThông tư A53/2025/TT-BCALuật Cư trú68/2020/QH14",
    "ket_qua_xu_ly": "Thông báoMã: KQ.G01.000065Từ khóaKhông có thông tinMô tảNộp hồ sơ",
}  # fmt: skip


def test_a_copied_page_is_taken_apart_again() -> None:
    record = one_of(json.dumps(PAGE).encode(), "a.json")
    assert [(way.how, way.time, [p.amount for p in prices_of(way.fee)], way.note) for way in record.ways] == [
        ("online", "3 Ngày làm việc", [7000], "Nộp qua mạng."),
        ("counter", "1", [0], ""),
    ]
    assert [(p.name, p.original, p.copies, p.forms) for p in record.papers] == [
        ("Tờ khai (Mẫu CT01).", 1, 0, ("Mẫu CT01.docx",)),
        ("Giấy tờ nhà", 1, 1, ()),
        ("Lưu ý gì đó.", 0, 0, ()),
    ]
    assert [law.number for law in record.laws] == ["53/2025/TT-BCA", "68/2020/QH14"]
    assert record.result == "Thông báo"


def test_a_page_that_was_copied_as_one_text_is_read() -> None:
    text = (
        "Trang chủ Chi tiết thủ tục hành chính Cấp hộ chiếu Xem chi tiết Bước 1: Chuẩn bị. Bước 2: Nộp. Phí: 160000 Đồng "
        "Xem chi tiết Phí: 200000 Đồng Xem chi tiết nộp trực tiếp. Tờ khai TK01.doc Bản chính: 1 - Bản sao: 0 Ảnh mới chụp "
        "Bản chính: 2 - Bản sao: 0 Yêu cầu, điều kiện thực hiện Không thuộc diện cấm. Chọn cơ quan thực hiện"
    )
    record = one_of(text.encode(), "trang/flattened_1.001456.txt")
    assert (record.code, record.name) == ("1.001456", "Cấp hộ chiếu")
    assert record.steps == "Bước 1: Chuẩn bị.\nBước 2: Nộp."
    assert [p.original for p in record.papers] == [1, 2]
    made_of = guide_of(record, TODAY, {})
    assert isinstance(made_of, Made)
    assert [fee["amount"] for fee in made_of.content["fees"]] == [160_000, 200_000]
    assert all("nhiều mức" in fee["note"] for fee in made_of.content["fees"])


def samples() -> Iterator[tuple[str, bytes]]:
    yield "a.json", json.dumps(PAGE).encode()
    yield "a.docx", word(EXPORT)
    yield "a.xlsx", workbook([["1.000001", "A"]])
    yield "a.jsonl", json.dumps(row()).encode()
    yield (
        "a.txt",
        b"Chi ti\xe1\xba\xbft th\xe1\xbb\xa7 t\xe1\xbb\xa5c h\xc3\xa0nh ch\xc3\xadnh A Xem chi ti\xe1\xba\xbft B",
    )


@given(st.sampled_from(list(samples())), st.integers(0, 3000), st.binary(max_size=8), st.integers(0, 40))
@CALM
def test_whatever_is_broken_in_a_file_is_told_and_never_raised(
    sample: tuple[str, bytes], at: int, put: bytes, gone: int
) -> None:
    name, data = sample
    for one in records_of(data[:at] + put + data[at + gone :], name):
        if isinstance(one, Record):
            assert isinstance(guide_of(one, TODAY, {}), Made | Unreadable)
        else:
            assert one.why


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**7) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = [*row(), *PAGE, "executionMethods", "executionCases", "isWard", "updatedAt", "fees", "channels"]


@given(
    st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8),
    st.sampled_from([row(), PAGE, {"executionMethods": [], "code": "1.000001"}]),
)
@CALM
def test_any_values_in_a_record_make_a_sound_guide_or_a_reason(values: dict[str, Any], base: dict[str, Any]) -> None:
    for one in records_of(json.dumps({**base, **values}).encode(), "a.json"):
        result = guide_of(one, TODAY, {}) if isinstance(one, Record) else one
        if isinstance(result, Made):
            content = {**result.content, "field": result.field}
            assert result.text
            assert content["name"]


@pytest.mark.parametrize("official", ["Hộ tịch", "Hải quan", "Cấp, quản lý căn cước", "", "Việc lạ chưa ai biết"])
def test_every_record_lands_in_a_field_that_exists(official: str) -> None:
    assert field_of(official) in {field.id for field in fields()}
    assert field_of("Việc lạ chưa ai biết") == "khac"


def test_untouched_samples_of_the_portal_are_read() -> None:
    if not RAW.is_dir():  # a checkout alone has no samples; the formats above are the same ones, made here
        return
    found = [one for one in read_source(RAW) if isinstance(one, Record) and not one.partial]
    assert {"1.008004", "1.001776", "1.004222", "2.002481", "1.001193", "1.004194", "1.013227", "1.001456"} <= {
        one.code for one in found
    }
    for one in found:
        made_of = guide_of(one, TODAY, {})
        if isinstance(made_of, Made):
            assert made_of.content["documents"], one.where
            assert made_of.content["steps"], one.where
