"""Each guide file is judged by itself: good edits are taken, of a wrong one the last good version stays, also later."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.shelf import Shelf

TODAY = date(2026, 11, 22)
GUIDE = """\
id: {id}
code: "{code}"
name: {name}
status: imported
asks:
  - id: han
    text: Còn hạn không?
    choices: {{con: Còn hạn, qua: Quá hạn}}
fees:
  - {{what: Lệ phí, set_by: province, when: {{han: qua}}, source: s1}}
channels:
  - {{how: counter, where: Một cửa, source: s1}}
sources:
  - {{id: s1, title: Bản ghi, checked_on: 2026-11-22, certainty: verified}}
"""
LOCAL = """\
sources:
  - {id: s1, title: Nghị quyết của tỉnh, checked_on: 2026-11-22, certainty: copied}
guides:
  "1.000001":
    fees:
      - {what: Lệ phí, amount: 7000, when: {han: [qua]}, source: s1}
"""


class Office:
    """A folder of guides as officials edit it, and a bot that is started on it and looks at it."""

    def __init__(self, folder: Path, log: pytest.LogCaptureFixture) -> None:
        self.folder = folder / "guides"
        (self.folder / "ho-tich").mkdir(parents=True)
        self.cache = folder / "cache"
        self.log = log
        self.codes = {"an": "1.000001", "binh": "1.000002", "chi": "1.000003"}
        for id in self.codes:
            self.save(id)
        self.start()

    def file(self, id: str) -> Path:
        return self.folder / "ho-tich" / f"{id}.yaml"

    def save(self, id: str, name: str = "", code: str = "", ending: str = "") -> None:
        text = GUIDE.format(id=id, name=name or f"Thủ tục {id}", code=code or self.codes.get(id, "1.000009"))
        self.file(id).write_text(text + ending, encoding="utf-8")

    def start(self) -> None:
        settle()
        self.log.clear()
        self.shelf = Shelf((self.folder,), lambda: TODAY, self.cache)

    def look(self) -> bool:
        self.log.clear()
        return self.shelf.look()

    @property
    def names(self) -> list[str]:
        return sorted(guide.name for guide in self.shelf.library.guides.values())

    def says(self, *words: str) -> bool:
        return any(all(word in line for word in words) for line in self.log.messages)


def settle() -> None:
    for thread in threading.enumerate():
        if thread.name == "cache":
            thread.join()


@pytest.fixture
def office(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Office]:
    caplog.set_level(logging.INFO)
    yield Office(tmp_path, caplog)
    settle()


def test_a_wrong_file_holds_back_no_other_and_its_last_good_version_stays(office: Office) -> None:
    office.save("an", "Thủ tục an, sửa lại")
    office.save("binh", "Thủ tục bình, sửa lại", ending="fees: [\n")
    assert office.look()
    assert office.names == ["Thủ tục an, sửa lại", "Thủ tục binh", "Thủ tục chi"]
    assert office.shelf.held_back == 1
    assert office.says(f"{office.file('binh')}:16:1: ")
    assert office.says(str(office.file("binh")), "vẫn dùng bản trước của tệp này; sửa các lỗi trên rồi lưu lại")
    assert office.says("Đã nhận 1 tệp", str(office.file("an")))
    assert not office.says("Đã nhận", str(office.file("binh")))


def test_the_last_good_version_outlives_restarts_and_is_told_of_each_time(office: Office) -> None:
    office.save("binh", ending="fees: [\n")
    office.save("an", "Thủ tục an, sửa lại")
    for _ in range(2):
        office.start()
        assert office.names == ["Thủ tục an, sửa lại", "Thủ tục binh", "Thủ tục chi"]
        assert office.shelf.held_back == 1
        assert office.says(f"{office.file('binh')}:16:1: ")
    office.save("binh", "Thủ tục bình, sửa xong")
    assert office.look()
    assert "Thủ tục bình, sửa xong" in office.names
    assert office.shelf.held_back == 0
    assert office.says("Đã nhận 1 tệp", str(office.file("binh")))
    office.start()
    assert "Thủ tục bình, sửa xong" in office.names
    assert office.log.messages == []


def test_an_edit_while_another_file_is_still_wrong_is_taken(office: Office) -> None:
    office.save("binh", ending="fees: [\n")
    office.look()
    office.save("an", "Thủ tục an, sửa lại")
    assert office.look()
    assert office.names == ["Thủ tục an, sửa lại", "Thủ tục binh", "Thủ tục chi"]
    assert office.says(f"{office.file('binh')}:16:1: "), "and what is still wrong is told again"


def test_a_new_file_that_was_never_good_is_not_used(office: Office) -> None:
    office.save("moi", ending="fees: [\n")
    assert office.look()
    assert office.names == ["Thủ tục an", "Thủ tục binh", "Thủ tục chi"]
    assert office.says(str(office.file("moi")), "chưa dùng tệp này; sửa các lỗi trên rồi lưu lại")
    office.save("moi", "Thủ tục mới")
    assert office.look()
    assert "Thủ tục mới" in office.names


@pytest.mark.parametrize(("edited", "taken_from"), [("chi", "an"), ("an", "chi")])
def test_two_guides_at_odds_leave_the_one_that_was_there_first(office: Office, edited: str, taken_from: str) -> None:
    office.save(edited, "Mang mã của người khác", code=office.codes[taken_from])
    office.save("binh", "Thủ tục bình, sửa lại")
    for again in (office.look, office.start):
        again()
        assert office.names == sorted([f"Thủ tục {edited}", f"Thủ tục {taken_from}", "Thủ tục bình, sửa lại"])
        assert office.shelf.held_back == 1
        assert office.says(f"mã {office.codes[taken_from]} đã có ở")


def test_a_new_file_at_odds_with_an_old_one_stays_out_until_it_is_mended(office: Office) -> None:
    office.save("aaa", "Mang mã của an", code=office.codes["an"])  # before the other by name, yet later here
    office.save("zzz", "Không vướng ai", code="1.000008")
    for again in (office.look, office.start):
        again()
        assert office.names == ["Không vướng ai", "Thủ tục an", "Thủ tục binh", "Thủ tục chi"]
    office.save("aaa", "Mã riêng", code="1.000007")
    assert office.look()
    assert "Mã riêng" in office.names


def test_guides_that_change_places_are_taken_together(office: Office) -> None:
    office.save("an", "Thủ tục an", code=office.codes["chi"])
    office.save("chi", "Thủ tục chi", code=office.codes["an"])
    assert office.look()
    assert office.shelf.held_back == 0
    assert office.shelf.library.guides["an"].code == office.codes["chi"]


def test_a_file_that_is_taken_away_is_gone_and_one_that_cannot_be_read_is_not(office: Office, tmp_path: Path) -> None:
    office.file("an").unlink()
    office.file("chi").rename(tmp_path / "elsewhere.yaml")
    office.file("chi").symlink_to(tmp_path / "elsewhere.yaml")  # not even root reads this one
    for again in (office.look, office.start):
        again()
        assert office.names == ["Thủ tục binh", "Thủ tục chi"]
        assert office.says(str(office.file("chi")), "vẫn dùng bản trước")


def test_when_every_file_goes_wrong_at_once_all_stay(office: Office) -> None:
    for id in office.codes:
        office.file(id).write_bytes(b"\x00\xff\xfe not a guide")
    for again in (office.look, office.start):
        again()
        assert office.names == ["Thủ tục an", "Thủ tục binh", "Thủ tục chi"]
        assert office.shelf.held_back == 3


def test_an_emptied_folder_leaves_the_running_bot_what_it_has(office: Office) -> None:
    for id in office.codes:
        office.file(id).unlink()
    assert not office.look()
    assert office.names == ["Thủ tục an", "Thủ tục binh", "Thủ tục chi"]
    assert office.says("Không còn hướng dẫn nào dùng được, nên vẫn dùng các bản trước")


def fee(office: Office) -> int | None:
    guide = office.shelf.library.local("an", "hai-phong")
    assert guide is not None
    return guide.fees[0].amount


def test_what_a_province_decides_is_seen_and_held_in_the_same_way(office: Office) -> None:
    file = office.folder / "provinces" / "hai-phong.yaml"
    file.parent.mkdir()
    file.write_text(LOCAL, encoding="utf-8")
    assert office.look()
    assert fee(office) == 7000
    assert office.says("Đã nhận 1 tệp", str(file))
    file.write_text(LOCAL.replace("7000", "bảy nghìn"), encoding="utf-8")
    for again in (office.look, office.start):
        again()
        assert fee(office) == 7000
        assert office.says(f"{file}:6:")
        assert office.says(str(file), "vẫn dùng bản trước")
    file.unlink()
    assert office.look()
    assert fee(office) is None
