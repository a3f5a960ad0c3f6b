"""Rules: what a schema cannot say is refused with its place, in one guide and between guides."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.loading import load
from knowledge.rules import RULES, SHELF_RULES
from knowledge.yaml_lines import DATA_LIMIT, read

BAD = Path(__file__).parent / "bad"
TODAY = date(2026, 11, 22)
GOOD = (BAD / "khai-sinh-mau.yaml").read_text(encoding="utf-8")


def table(name: str) -> list[Mapping[str, Any]]:
    document = read((BAD / name).read_bytes(), name, limit=DATA_LIMIT)
    assert document.ok, document.problems
    return list(document.value)


def case(row: Mapping[str, Any]) -> str:
    return str(row["case"])


def said(folder: Path, today: date | None = TODAY) -> list[str]:
    return [str(problem).replace(f"{folder.as_posix()}/", "") for problem in load([folder], today).problems]


def write(folder: Path, guide: str, text: str) -> None:
    (folder / "ho-tich").mkdir(exist_ok=True)
    (folder / "ho-tich" / f"{guide}.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("row", table("against-the-rules.yaml"), ids=case)
def test_what_breaks_a_rule_is_told_with_its_place(tmp_path: Path, row: Mapping[str, Any]) -> None:
    text = GOOD
    for old, new in row["change"].items():
        assert old in text, f"not in the good guide: {old}"
        text = text.replace(old, new, 1)
    write(tmp_path, "khai-sinh-mau", text)
    assert said(tmp_path) == [f"ho-tich/khai-sinh-mau.yaml:{line}" for line in row["says"]]


def test_every_rule_has_a_row_that_breaks_it(tmp_path: Path) -> None:
    """A rule that no table breaks may have stopped working without anyone seeing."""
    broken = " ".join(line for row in table("against-the-rules.yaml") for line in row["says"])
    for words in (
        "dùng 2 lần",
        "2048 trường hợp khác nhau",
        "hiện hai lần",
        "không bao giờ hiện", "không có trong sources", "không có câu hỏi này", "Chưa rõ", "cùng một kết quả", "danh sách của người này trống",
        "chưa kiểm chứng", "phí bằng 0", "trước ngày bắt đầu", "có online", "thủ tục đang dùng (published) phải có", "quá ngày xem lại",
        "lịch sự và trung tính", "câu dài", "chữ khó", "dấu chấm than", "không làm đổi điều gì", "lẫn giấy thay nó", "hai con số khác nhau",
        "không có ngày hết dùng", "còn bỏ ngỏ", "dẫn về", "mà nhận ảnh", "asked để trống", "không có chữ nào", "gộp nhiều cách hỏi", "là tên của cả thủ tục",
    ):  # fmt: skip
        assert words in broken, words
    assert len(RULES) == 23
    assert len(SHELF_RULES) == 4


def copy(guide: str, change: Mapping[str, Any]) -> str:
    """The good guide under another id; what is changed comes first, one key a line from line 2 on."""
    value = {**read(GOOD, "good").value, "id": guide, **change}
    ordered = [
        key
        for key in ("id", "code", "replaces", "replaced_by", "same", "status", "event", "name", "phrases")
        if key in value
    ]
    lines = [f"{key}: {json.dumps(value[key], ensure_ascii=False)}" for key in ordered if key != "phrases"]
    lines += ["phrases:", *(f"- {phrase}" for phrase in value["phrases"])]
    rest = GOOD[GOOD.index("asks:") :]
    return "\n".join([*lines, "summary: Tóm tắt.", rest])


@pytest.mark.parametrize("row", table("between-guides.yaml"), ids=case)
def test_what_two_guides_may_not_share(tmp_path: Path, row: Mapping[str, Any]) -> None:
    write(tmp_path, "khai-sinh-mau", GOOD)
    for name in ("b", "c"):
        if name in row:
            write(tmp_path, name, copy(name, row[name]))
    found = [line.replace(f"{tmp_path.as_posix()}/", "") for line in said(tmp_path)]
    assert len(found) == len(row["says"]), found
    for line, start in zip(found, row["says"], strict=True):
        assert line.startswith(f"ho-tich/{start}"), found


def test_without_a_day_nothing_depends_on_the_day(tmp_path: Path) -> None:
    write(tmp_path, "khai-sinh-mau", GOOD.replace("review_by: 2027-03-01", "review_by: 2020-01-01"))
    assert said(tmp_path, None) == []
    assert said(tmp_path, date(2019, 12, 31)) != said(tmp_path, date(2020, 1, 2))


def test_an_imported_record_needs_not_be_whole_nor_well_said(tmp_path: Path) -> None:
    record = '{id: a, code: "1.000001", name: N, status: imported, sources: [{id: s, title: T, checked_on: 2026-01-01,'
    step = f"certainty: copied}}], steps: [{{text: Bạn {'rất ' * 40}, source: s}}]}}"
    write(tmp_path, "a", f"{record} {step}")
    assert said(tmp_path) == []
