"""`./run import`: what is new, changed, left alone or named as unreadable when records are brought in, and again."""

import json
import os
from datetime import date
from pathlib import Path

from bot.gathering import list_names, list_words
from bot.importing import bring_in
from knowledge.checking import check
from tests.content.records import TODAY, row, workbook, write


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
