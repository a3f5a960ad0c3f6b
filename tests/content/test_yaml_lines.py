"""Reading YAML: values keep their places, tricks and traps are refused, and no bytes crash the reader."""

import time
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.yaml_lines import DATA_LIMIT, GUIDE_LIMIT, MAX_DEPTH, read

VALUES: list[tuple[str, Any]] = [
    ("a: 7:30", "7:30"),
    ("a: no", "no"),
    ("a: on", "on"),
    ("a: 010", "010"),
    ("a: 1_000", "1_000"),
    ("a: 8.000", "8.000"),
    ("a: 1.001193", "1.001193"),
    ("a: 0x1F", "0x1F"),
    ("a: 1e3", "1e3"),
    ("a: .inf", ".inf"),
    ("a: ~", "~"),
    ("a: True", "True"),
    ("a: =", "="),
    ("a: <<", "<<"),
    ("a: 8000", 8000),
    ("a: -3", -3),
    ("a: 0", 0),
    ("a: '8000'", "8000"),
    ("a: " + "9" * 30, "9" * 30),
    ("a: true", True),
    ("a: false", False),
    ("a: null", None),
    ("a:", None),
    ("a: ''", ""),
    ("a: 2026-11-22", date(2026, 11, 22)),
    ("a: '2026-11-22'", "2026-11-22"),
    ("a: 2026-02-30", "2026-02-30"),
    ("a: 2026-11-22 10:00:00", "2026-11-22 10:00:00"),
    ("a: [1, b]", (1, "b")),
    ("a: {no: x}", {"no": "x"}),
    ("a: |\n  một\n  hai\n", "một\nhai\n"),
    ("a: một câu dài\n  xuống dòng", "một câu dài xuống dòng"),
    ("a: b # ghi chú", "b"),
    ("a: 1\r\nb: 2\r\n".replace("b: 2\r\n", ""), 1),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_only_what_looks_like_a_number_or_a_date_is_one(text: str, value: Any) -> None:
    document = read(text, "a.yaml")
    assert document.problems == ()
    assert document.value == {"a": value}
    assert type(document.value["a"]) is type(value)


def test_decimals_are_numbers_only_where_asked_for() -> None:
    assert read("a: 0.5", "a.yaml", decimals=True).value == {"a": 0.5}
    assert read("a: 0.5", "a.yaml").value == {"a": "0.5"}


def test_windows_line_ends_a_byte_order_mark_and_comments_are_read() -> None:
    document = read(b"\xef\xbb\xbf# \xc4\x91\r\na: 1\r\nb:\r\n  - c\r\n", "a.yaml")
    assert (document.value, document.problems) == ({"a": 1, "b": ("c",)}, ())
    assert document.place(("b", 0)) == (4, 5)


def test_every_part_has_its_place() -> None:
    document = read("đầu: x\nlist:\n  - {a: 1, b: [2, 3]}\n  - đ: 4\n", "a.yaml")
    assert document.place(()) == (1, 1)
    assert document.place(("đầu",)) == (1, 6)
    assert document.place(("đầu",), key=True) == (1, 1)
    assert document.place(("list", 0, "b", 1)) == (3, 19)
    assert document.place(("list", 1, "đ")) == (4, 8)
    assert document.place(("list", 1, "missing", 0)) == (4, 5)


def test_text_of_loose_marks_is_joined_and_said_so() -> None:
    document = read(unicodedata.normalize("NFD", "a: 1\nb: Giấy khai sinh").encode(), "a.yaml")
    assert document.value == {"a": 1, "b": "Giấy khai sinh"}
    assert [(p.line, p.severity) for p in document.problems] == [(2, "warning")]
    assert "NFD" in str(document.problems[0])


def test_words_behind_a_sign_that_cuts_them_off_are_warned_of() -> None:
    document = read("a: Mẫu #2 ở xã\nb: 1  # ghi chú của tệp\nc: '#3'\nd: C#\n", "a.yaml")
    assert document.value == {"a": "Mẫu", "b": 1, "c": "#3", "d": "C#"}
    assert [(p.line, p.severity) for p in document.problems] == [(1, "warning")]
    assert "dấu # cắt ngang" in str(document.problems[0])


BAD: list[tuple[str, bytes, str]] = [
    ("anchor", b"a: &x 1", "a.yaml:1:4: neo “&x”"),
    ("alias", b"a: &x 1\nb: *x", "a.yaml:2:4: tham chiếu “*x”"),
    ("alias as key", b"a: &x 1\n*x : 2", "a.yaml:2:1: tham chiếu “*x”"),
    ("merge key", b"a: &x {b: 1}\nc: {<<: *x}", "a.yaml:2:9: tham chiếu “*x”"),
    ("tag", b"a: !!python/object:os.system x", "a.yaml:1:4: thẻ kiểu “tag:yaml.org,2002:python/object:os.system”"),
    ("tag on map", b"!!map\na: 1", "a.yaml:1:1: thẻ kiểu"),
    ("key twice", b"a: 1\nb: 2\na: 3", "a.yaml:3:1: khóa “a” ghi hai lần, đã có ở dòng 1 cột 1"),
    ("key twice inside", b"a:\n  - b: 1\n    b: {c: 1}", "a.yaml:3:5: khóa “b” ghi hai lần, đã có ở dòng 2 cột 5"),
    ("list as key", b"? [a]\n: 1", "a.yaml:1:3: tên khóa không phải là chữ"),
    ("no key", b"a: 1\n'': 2", "a.yaml:2:1: thiếu tên khóa"),
    ("two documents", b"a: 1\n---\nb: 2", "a.yaml:2:1: có hai phần ngăn bằng ---"),
    ("colon", "a: Lưu ý: nộp".encode(), "a.yaml:1:9: dấu hai chấm thừa"),
    ("list beside key", b"a: - b", "a.yaml:1:4: dấu gạch đầu dòng sai chỗ"),
    ("list glued to words", b"a: b\n  - c", "a.yaml:1:4: danh sách bị dính vào câu ở dòng trên"),
    ("no colon", b"a: 1\nb\nc: 2", "a.yaml:2:1: thiếu dấu hai chấm"),
    ("no space behind a colon", "a: 1\nb:Lê\nc: 2".encode(), "a.yaml:2:2: thiếu dấu cách sau dấu hai chấm"),
    ("no space behind the first colon", b"a:x\nc: 2", "a.yaml:1:2: thiếu dấu cách sau dấu hai chấm"),
    ("wide colon", "a: 1\nb：2\nc: 3".encode(), "a.yaml:2:2: dấu hai chấm rộng"),
    ("no space behind a dash", b"a:\n  -b\n  - c", "a.yaml:2:3: thiếu dấu cách sau dấu gạch đầu dòng"),
    ("no space behind a later dash", b"a:\n  - b\n  -c\n  - d", "a.yaml:3:3: thiếu dấu cách sau dấu gạch đầu dòng"),
    ("words behind quotes", 'a:\n  - b: "Đơn" mượn\n    c: 1'.encode(), "a.yaml:2:14: có chữ sau ngoặc kép đóng"),
    ("open quote", b'a: 1\nb: "x\nc: 2\n', "a.yaml:2:4: mở ngoặc kép"),
    ("open quote, and another below", b'a: 1\nb: "x\nc: 2\nd: "y"\n', "a.yaml:2:4: mở ngoặc kép"),
    ("open bracket", b"a: [1, 2\nb: 3", "a.yaml:1:4: danh sách trong [ ] chưa đóng"),
    ("open brace", b"a: {b: 1\nc: 3\n", "a.yaml:1:4: nhóm trong { } chưa đóng"),
    ("not in line", b"a:\n  - b\n - c", "a.yaml:3:2: dòng thụt vào sai"),
    ("word in a list", b"- a\nb: c", "a.yaml:2:1: dòng này không thẳng hàng"),
    ("at sign", b"a: @x", "a.yaml:1:4: câu bắt đầu bằng ký tự đặc biệt"),
    ("backslash", b'a: "\\q"', "a.yaml:1:5: dấu \\ trong ngoặc kép"),
    ("surrogate", b'a: "\\ud800"', "a.yaml:1:7: mã ký tự \\u"),
    ("nul escape", b'a: "x\\0"', "a.yaml:1:4: ký tự điều khiển trong câu"),
    ("words after |", b"a: |x\n b", "a.yaml:1:5: có chữ ngay sau dấu |"),
    ("ampersand", b"a: & b", "a.yaml:1:5: câu bắt đầu bằng dấu & hoặc *"),
    ("exclamation", b"a: !e!x y", "a.yaml:1:4: câu bắt đầu bằng dấu !"),
    ("tab", b"a:\n\t- b", "a.yaml:2:1: dấu tab ở đầu dòng"),
    ("tab after space", b"a:\n  b: 1\n \tc: 2", "a.yaml:3:2: dấu tab ở đầu dòng"),
    ("no-break space", "a:\n\u00a0 b: 1".encode(), "a.yaml:2:1: dấu cách lạ"),
    ("control character", b"a: b\x07", "a.yaml:1:5: ký tự điều khiển U+0007"),
    ("zero-width space", "a: b\u200bc".encode(), "a.yaml:1:5: ký tự vô hình U+200B"),
    ("right-to-left", "a: b\u202ec".encode(), "a.yaml:1:5: ký tự vô hình U+202E"),
    ("windows-1258", "a: Đăng ký\nb: kh\xe1c".encode("cp1258", "replace"), "a.yaml:1:4: tệp không phải UTF-8"),
    ("utf-16", "a: Đăng ký".encode("utf-16"), "a.yaml:1:1: tệp lưu bằng bảng mã UTF-16"),
    ("utf-16 without mark", b"a: 1 b".decode().encode("utf-16-be"), "a.yaml:1:1: tệp lưu bằng bảng mã UTF-16"),
    ("nul", b"a: 1\nb: x\0y", "a.yaml:2:5: tệp nhị phân"),
    ("word file", b"PK\x03\x04\x14\0\x06\0", "a.yaml:1:1: đây là tệp nén, Word hoặc Excel"),
    ("pdf", b"%PDF-1.7\n\xff", "a.yaml:1:1: đây là tệp PDF"),
    ("picture", b"\x89PNG\r\n\x1a\n\0\0", "a.yaml:1:1: đây là tệp ảnh"),
    ("2 MB", b"a: " + b"x" * 2_000_000, "a.yaml:1:1: tệp quá lớn (1953 KiB), mỗi tệp tối đa 64 KiB"),
    ("deep", b"a: " + b"[" * 50_000, "a.yaml:1:15: lồng quá sâu"),
    ("deep lines", "".join(f"{'  ' * n}a:\n" for n in range(40)).encode(), "a.yaml:13:25: lồng quá sâu"),
    ("many", b"a: [" + b"1," * 12_000 + b"]", "quá nhiều mục"),
]


@pytest.mark.parametrize(("data", "line"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_each_trap_is_one_clear_line(data: bytes, line: str) -> None:
    document = read(data, "a.yaml")
    assert document.value is None
    assert not document.ok
    said = [str(problem) for problem in document.problems]
    assert any(line in one for one in said), said
    assert all(p.what and p.why and p.cure for p in document.problems)


def test_billion_laughs_costs_nothing() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    began = time.perf_counter()
    assert not read(bomb, "a.yaml").ok
    assert time.perf_counter() - began < 1


def test_several_problems_of_one_file_are_told_at_once() -> None:
    said = [str(p) for p in read(b"a: &x 1\na: 2\nb: !t 3\n", "a.yaml").problems]
    assert [line.split(": ")[0] for line in said] == ["a.yaml:1:4", "a.yaml:2:1", "a.yaml:3:4"]


def test_depth_up_to_the_limit_is_read() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH, "a.yaml").ok
    assert not read("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "a.yaml").ok


def test_an_empty_file_says_nothing_and_a_larger_limit_reads_more() -> None:
    assert read(b"", "a.yaml").value is None
    assert read(b"# only a comment\n", "a.yaml").ok
    large = b"a: " + b"x" * GUIDE_LIMIT
    assert not read(large, "a.yaml").ok
    assert read(large, "a.yaml", limit=DATA_LIMIT).ok


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300), st.text("-:[]{}&*!|>'\"%@`#,? \n\tađ1~", max_size=80)))
@settings(max_examples=600, deadline=None)
def test_no_bytes_crash_the_reader(data: bytes | str) -> None:
    document = read(data, "a.yaml")
    assert document.ok or document.value is None
    for problem in document.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in f"{problem.what}{problem.why}{problem.cure}"
