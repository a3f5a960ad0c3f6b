"""What is masked before it is kept, and what is left because a report needs it."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy import DIGITS, EMAIL, PAPER, PHONE, PLATE, masked

MASKED = [
    # citizen identity cards and the older identity cards
    ("cccd 001099012345 làm lại ở đâu", f"cccd {PAPER} làm lại ở đâu"),
    ("căn cước của tôi là 079 203 012 345", f"căn cước của tôi là {PAPER}"),
    ("001.099.012.345", PAPER),
    ("001-099-012-345 hết hạn", f"{PAPER} hết hạn"),
    ("001 - 099 - 012345", PAPER),
    ("số001099012345ạ", f"số{PAPER}ạ"),
    ("CCCD001099012345", f"CCCD{PAPER}"),
    ("００１０９９０１２３４５", PAPER),
    ("٠٠١٠٩٩٠١٢٣٤٥", PAPER),
    ("0010\u200b9901\u200b2345", PAPER),
    ("001\u00a0099\u00a0012\u00a0345", PAPER),
    ("001–099–012–345", PAPER),
    ("001099012345 cấp ngày 22/11/2021", f"{PAPER} cấp ngày 22/11/2021"),
    ("001099012345 22-11-2021", f"{PAPER} 22-11-2021"),
    ("cmnd 123456789", f"cmnd {PAPER}"),
    ("CMND cũ: 123 456 789", f"CMND cũ: {PAPER}"),
    ("chứng minh 012.345.678", f"chứng minh {PAPER}"),
    ("cccd 6 số cuối 012345", "cccd 6 số cuối 012345"),
    ("cccd: 012345", f"cccd: {PAPER}"),
    ("cmt số 12345678", f"cmt số {PAPER}"),
    # telephone numbers
    ("gọi 0912345678", f"gọi {PHONE}"),
    ("0912 345 678", PHONE),
    ("0912.345.678", PHONE),
    ("0912-345-678 k biết gọi ai", f"{PHONE} k biết gọi ai"),
    ("091 234 5678", PHONE),
    ("0912 345 6789", DIGITS),
    ("0912 345 678 5 người", f"{PHONE} 5 người"),
    ("0912 345.678 k", f"{PHONE} k"),
    ("+84912345678", PHONE),
    ("+84 912 345 678", PHONE),
    ("+84 (0) 912 345 678", PHONE),
    ("84912345678", PHONE),
    ("0084 912345678", PHONE),
    ("(024) 3822 1234", PHONE),
    ("024.38221234", PHONE),
    ("sdt0987654321nhé", f"sdt{PHONE}nhé"),
    ("năm 2025 0912345678", f"năm 2025 {PHONE}"),
    ("０９１２３４５６７８", PHONE),
    ("sđt 38221234", f"sđt {PHONE}"),
    ("zalo: 3822 123", f"zalo: {PHONE}"),
    # e-mail
    ("gửi về nguyen.van.a@gmail.com nhé", f"gửi về {EMAIL} nhé"),
    ("A_B+c@mail.example.vn", EMAIL),
    ("mail:ten@coquan.gov.vn.", f"mail:{EMAIL}."),
    ("ten＠gmail.com", EMAIL),
    ("hoa.trần@ví-dụ.vn", EMAIL),
    # licence plates
    ("biển 29A-123.45", f"biển {PLATE}"),
    ("29A12345", PLATE),
    ("29A 123.45", PLATE),
    ("59-X1 123.45", PLATE),
    ("59X1-12345", PLATE),
    ("29-E1 12345", PLATE),
    ("29e1 12345", PLATE),
    ("51F-123.45 bị mất", f"{PLATE} bị mất"),
    ("xe 29a 12345", f"xe {PLATE}"),
    ("30K-1234", PLATE),
    ("29-MĐ1 123.45", PLATE),
    ("51LD-123.45", PLATE),
    ("80-011-NG-01", PLATE),
    ("TM-12-34", PLATE),
    ("59 X1 123.45", PLATE),
    ("２９Ａ－１２３．４５", PLATE),
    # passports, social insurance, tax, bank and card numbers
    ("hộ chiếu C1234567", f"hộ chiếu {PAPER}"),
    ("hộ chiếu b12345678 hết hạn", f"hộ chiếu {PAPER} hết hạn"),
    ("hộ chiếuC1234567", f"hộ chiếu{PAPER}"),
    ("passport N 1234567", f"passport {PAPER}"),
    ("mã bhxh 7912345678", f"mã bhxh {PAPER}"),
    ("bhxh 0112345678", f"bhxh {PAPER}"),
    ("bhxh: 79 1234 5678", f"bhxh: {PAPER}"),
    ("GD4797912345678", f"GD{DIGITS}"),
    ("mst 0101234567-001", f"mst {PAPER}"),
    ("stk 12345678", f"stk {DIGITS}"),
    ("tài khoản 19012345678901", f"tài khoản {DIGITS}"),
    ("thẻ 4123 4567 8901 2345", f"thẻ {DIGITS}"),
    ("9704 0512 3456 7890 123", DIGITS),
    ("1234567890123456789", DIGITS),
    ("84.912.345.678", PHONE),
    # one-time codes and passwords
    ("otp 123456", f"otp {DIGITS}"),
    ("OTP là 1234", f"OTP là {DIGITS}"),
    ("mã xác nhận: 987 654", f"mã xác nhận: {DIGITS}"),
    ("ma xac thuc 4321", f"ma xac thuc {DIGITS}"),
    ("mật khẩu của tôi là Abc@1234", f"mật khẩu của tôi là {DIGITS}"),
    ("mật khẩu: matkhau", f"mật khẩu: {DIGITS}"),
    ("Mã PIN 2580", f"Mã PIN {DIGITS}"),
    # several at once
    (
        "Tôi là A, 001099012345, 0912345678, a@b.vn, xe 29A-123.45",
        f"Tôi là A, {PAPER}, {PHONE}, {EMAIL}, xe {PLATE}",
    ),
    ("lệ phí 50.000 đồng, gọi 0912345678", f"lệ phí 50.000 đồng, gọi {PHONE}"),
]

LEFT = [
    "thủ tục 1.001193",
    "1.001193 và 2.000815",
    "mã 1.001193 2.000815 3.000722",
    "1.001193, 1.004873.",
    "1.116410-1.115978",
    "lệ phí 8.000đ",
    "phí 200000đ",
    "hộ chiếu 200000đ",
    "hộ chiếu 200.000",
    "căn cước 50.000đ",
    "1.500.000 đồng",
    "1.500.000.000 đồng",
    "250.000.000đ",
    "mua nhà 1.500.000.000",
    "20 triệu",
    "phạt 2.500.000 - 3.000.000 đồng",
    "50.000 70.000 100.000",
    "1,500,000 VND",
    "lương 20.000.000",
    "từ 300.000.000 đồng đến 500.000.000 đồng",
    "22/11/2026",
    "1-7-2025",
    "22.11.2026",
    "2026-11-22 10:30",
    "từ 01/07/2025 đến 31/12/2026",
    "01-07-2025 - 31-12-2026",
    "sinh ngày 5/6/1990",
    "sinh 05061990",
    "năm 2025 2026 2027",
    "giai đoạn 2021-2025",
    "118/2025/NĐ-CP",
    "66.22/2026/NQ-CP",
    "Nghị định 66.22/2026",
    "Luật 59/2020/QH14",
    "Quyết định 3195/QĐ-BTP ngày 2/8/2026",
    "Điều 12 khoản 3 điểm a",
    "số 12 ngõ 34/56 phố Huế",
    "số nhà 123A đường 3/2",
    "mẫu CT01",
    "CT01, CT02 và CT07",
    "bằng lái A1, B2",
    "hạng A1 175 phân khối",
    "gọi 113",
    "gọi 113, 114, 115, 111",
    "tổng đài 1900 1234",
    "hotline 18001096",
    "điện thoại 1022",
    "8h00 - 11h30",
    "7:30-11:30 13:30-17:00",
    "sau 15 ngày làm việc",
    "đất 120m2, thửa 345 tờ bản đồ 67",
    "đất 50m2 1234",
    "trẻ 14 tuổi",
    "sinh đôi 2 bé",
    "lớp 12A 2025",
    "quên mật khẩu VNeID thì làm sao",
    "mật khẩu là gì",
    "VNeID mức độ 2",
    "mã OTP 5 phút hết hạn",
    "không nhận được OTP",
    "tài khoản định danh mức 2",
    "thẻ căn cước 12 số",
    "đổi cmnd 9 số sang cccd 12 số",
    "3 bản @ 5000",
    "😀😀😀",
    "",
    "đăng ký khai sinh cho con",
]


@pytest.mark.parametrize(("text", "kept"), MASKED)
def test_what_names_a_person_is_masked(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize("text", LEFT)
def test_what_a_report_needs_is_left(text: str) -> None:
    assert masked(text) == text
    assert masked(unicodedata.normalize("NFD", text)) == text


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(LEFT) >= 40
    assert len([text for text, kept in MASKED if text != kept]) >= 60


PIECES = st.sampled_from(
    ["0", "1", "912345678", "09", "84", "+", " ", ".", "-", "/", "(", ")", "@", "a", "Z", "đ", "đồng", "k", "\n", ",",
     "2026", "22-11-2026", "1.001193", "500.000", "otp", "mật khẩu", ":", "là", "cccd", "sđt", "stk", "29A", "X1",
     "10A0000", "29A-123.45", "AB-12-34", "C1234567", "A 1234567", "a@b.vn", "2025 - 2026", "8.000đ", "118/2025/",
     "[", "]", "[dãy số]", "٣", "９", "²", "\u200b", "\u0301", "_"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_long_run_of_digits_is_ever_kept(text: str) -> None:
    assert re.search(r"\d{9}", masked(text)) is None


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_masking_twice_is_masking_once(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.integers(0, 10**12 - 1), st.sampled_from(["", " ", ".", "-", " - "]), st.text())
def test_an_identity_number_is_never_kept_whatever_stands_around_it(
    before: str, number: int, join: str, after: str
) -> None:
    digits = f"0{number:012d}"[:12]
    written = join.join(digits[at : at + 3] for at in range(0, 12, 3))
    assert written not in masked(f"{before} {written} {after}")


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1.0",
        "a@",
        "a",
        "ạ",
        "otp ",
        "mật khẩu: ",
        "+84",
        "500.000 ",
        "22-11-2026 ",
        "cccd 12345 ",
        "sđt: là ",
    ],
)
def test_a_hundred_thousand_characters_take_no_more_than_their_share(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        start = time.process_time()
        masked(text)
        return time.process_time() - start

    # Four times the text: four times the work, sixteen times if a rule were quadratic.
    assert seconds(100_000) < 10 * max(seconds(25_000), seconds(25_000), 0.005)
