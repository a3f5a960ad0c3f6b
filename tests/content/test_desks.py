"""The file of a desk: as the page for officials shows it, as `./run desk new` writes it, and what is said of one that is wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest

from knowledge import checking
from knowledge.desks import Desk, closing, hours_on, read_desks

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "knowledge" / "DESKS.md").read_text(encoding="utf-8")
SHOWN = re.search(r"```yaml\n(# yaml-language-server: \$schema=\S+desk\.schema\.json\n.*?)```", PAGE, re.DOTALL)


def _folder(tmp_path: Path, text: str, name: str = "vinh-hai") -> Path:
    (tmp_path / "desks").mkdir()
    (tmp_path / "desks" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def _shown() -> str:
    assert SHOWN is not None
    return SHOWN[1]


def _desk(tmp_path: Path) -> Desk:
    return read_desks((_folder(tmp_path, _shown()),)).desks["vinh-hai"]


def test_the_example_of_the_readme_is_a_desk(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    assert hours_on(desk, 5) == ((time(7, 30), time(11, 30)),)
    assert closing(desk, date(2026, 11, 25)) == time(17)
    assert closing(desk, date(2026, 11, 22)) is None


def test_a_folder_of_desks_alone_is_checked(tmp_path: Path) -> None:
    checked = checking.check([_folder(tmp_path, _shown())], date(2026, 11, 22))
    assert (checked.status, checked.said) == (0, ("1 nơi tiếp nhận: không có lỗi, 0 cảnh báo",))


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"7:30 - 11:30"', '"sáng"', "không phải giờ làm việc"),
        ('"7:30 - 11:30"', '"11:30 - 7:30"', "giờ đóng phải sau giờ mở"),
        ('"7:30 - 11:30"', '"7:30 - 24:30"', "không phải giờ làm việc"),
        ("friendly_day: wednesday", "friendly_day: thứ tư", "có phải là “wednesday”?"),
        ("[saturday]", "[thứ bảy]", "có phải là “saturday”?"),
        ('hotline: "0258 000 0000"', "letters: {place: a, signed_by: b, title: Chủ tịch, phường}", "dấu phẩy giữa { }"),
        ("id: vinh-hai", "id: vinh-hoa", "khác tên tệp"),
        ("names: false", "names: không", "true hoặc false"),
    ],
)
def test_a_wrong_line_is_named_with_its_cure(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    checked = checking.check([_folder(tmp_path, _shown().replace(right, wrong))], date(2026, 11, 22))
    assert checked.status == 1
    assert len(checked.said) == 1
    assert "desks/vinh-hai.yaml:" in checked.said[0]
    assert told in checked.said[0]


def test_a_friendly_day_on_which_the_desk_is_closed_is_warned_of(tmp_path: Path) -> None:
    checked = checking.check([_folder(tmp_path, _shown().replace("y: wednesday", "y: sunday"))], date(2026, 11, 22))
    assert checked.status == 0
    assert "cảnh báo: ngày thân thiện “sunday” không có trong opening" in "".join(checked.warned)


def test_a_new_desk_is_written_once_and_is_right(tmp_path: Path) -> None:
    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "GUIDES": str(tmp_path), "DATA": str(tmp_path / "data")}
        command = [sys.executable, "-m", "bot", "desk", "new", *words]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False, timeout=60, text=True)

    assert ran("loc-tho").returncode == 0
    desks = read_desks((tmp_path,))
    assert not desks.problems
    assert desks.desks["loc-tho"].friendly_day == "wednesday"
    again = ran("loc-tho")
    assert again.returncode != 0
    assert "đã có" in again.stderr
    wrong = ran("Lộc Thọ")
    assert wrong.returncode != 0
    assert "không dùng làm tên ngắn được" in wrong.stderr
