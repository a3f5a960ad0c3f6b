"""The formats that records come in: the portal's answers, Word, Excel and copied pages, whole and broken."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.importing import read_source
from knowledge.importing.fees import prices_of
from knowledge.importing.fields import field_of
from knowledge.importing.guide_of import Made, guide_of
from knowledge.importing.record import Record, Unreadable
from knowledge.importing.sources import records_of
from knowledge.loading import fields
from tests.content.records import TODAY, row, workbook

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of the importer's: these tests ask what comes out, not how fast."""
RAW = Path(__file__).resolve().parents[3] / "shared" / "data" / "raw"


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
