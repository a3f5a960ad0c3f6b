"""The letterhead in a desk's file: off unless it is written, and every mistake named with its place and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.desks import Letterhead, read_desks

DESK = """\
id: vinh-bao
name: Một cửa xã Vĩnh Bảo
address: Số 1, đường làng
opening:
  - days: [monday]
    hours: "7:30 - 11:30"
checked_on: 2026-11-01
"""
LETTERS = """\
letters:
  place: Hải Phòng
  signed_by: Nguyễn Thị Hoa
  title: Chủ tịch Ủy ban nhân dân xã
"""


def read(folder: Path, text: str) -> tuple[Letterhead | None, str]:
    """The letterhead of the one desk, and all problems as an official reads them."""
    (folder / "desks").mkdir()
    (folder / "desks" / "vinh-bao.yaml").write_text(text, encoding="utf-8")
    found = read_desks((folder,))
    desk = found.desks.get("vinh-bao")
    return (None if desk is None else desk.letters), "\n".join(map(str, found.problems))


def test_no_letters_unless_they_are_written(tmp_path: Path) -> None:
    assert read(tmp_path, DESK) == (None, "")


def test_letters_are_approved_unless_it_is_said_that_they_go_free(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    head, problems = read(tmp_path / "one", DESK + LETTERS)
    assert head is not None
    assert (head.go, head.signed_by, problems) == ("approved", "Nguyễn Thị Hoa", "")
    head, _ = read(tmp_path / "two", DESK + LETTERS + "  go: free\n")
    assert head is not None
    assert head.go == "free"


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("  signed_by: Nguyễn Thị Hoa\n", "", "Họ tên người ký thư"),
        ("  place: Hải Phòng\n", "", "Địa danh ghi trên thư"),
        ("  place:", "  plac:", "place"),
        ("  title: Chủ tịch Ủy ban nhân dân xã\n", "  title: Chủ tịch\n  go: always\n", "approved"),
        (LETTERS, "letters: off\n", "letters"),
        (LETTERS, "letters: Nguyễn Thị Hoa\n", "place, signed_by, title"),
    ],
)
def test_each_mistake_is_told_with_its_line(wrong: str, right: str, told: str, tmp_path: Path) -> None:
    text = DESK + LETTERS
    assert wrong in text
    head, problems = read(tmp_path, text.replace(wrong, right))
    assert head is None
    assert told in problems
    assert "desks/vinh-bao.yaml:" in problems
