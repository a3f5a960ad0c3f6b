"""Thousands of guides are read by another process: what comes of it is the same, and without it they are read here."""

from __future__ import annotations

import logging
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.shelf import NoGuides, Shelf

TODAY = date(2026, 11, 22)
FIELDS = ("ho-tich", "dat-dai")
FILES = 40
"""In each field; more than are read before the others are shared out."""
GUIDE = """\
id: {id}
code: "{code}"
name: Cấp giấy {id} cho người {number}
status: imported
channels:
  - {{how: counter, where: Một cửa, source: s1}}
sources:
  - {{id: s1, title: Bản ghi, checked_on: 2026-11-22, certainty: verified}}
"""


class Eye:
    """Sees which files of a folder this very process opens; once there, a hook stays until the end."""

    def __init__(self, folder: Path) -> None:
        self.opened: list[str] = []
        self._folder = str(folder)
        sys.addaudithook(self._see)

    def _see(self, event: str, given: tuple[object, ...]) -> None:
        if event == "open" and str(given[0]).startswith(self._folder):
            self.opened.append(str(given[0]))

    def taken(self) -> list[str]:
        """Those opened since this was asked last."""
        seen, self.opened = self.opened, []
        return seen


@pytest.fixture
def guides(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Path:
    caplog.set_level(logging.INFO)
    folder = tmp_path / "guides"
    for at, field in enumerate(FIELDS):
        (folder / field).mkdir(parents=True)
        for number in range(FILES):
            write(folder, field, at * FILES + number)
    (folder / FIELDS[0] / "viec-7.yaml").write_text("id: [", encoding="utf-8")
    (folder / FIELDS[1] / "viec-77.yaml").write_text(GUIDE.format(id="viec-77", code="1.000003", number=77), "utf-8")
    return folder


def write(folder: Path, field: str, number: int) -> None:
    text = GUIDE.format(id=f"viec-{number}", code=f"1.{number:06}", number=number)
    (folder / field / f"viec-{number}.yaml").write_text(text, encoding="utf-8")


def test_another_process_reads_the_same_with_the_same_troubles(
    tmp_path: Path, guides: Path, caplog: pytest.LogCaptureFixture
) -> None:
    here = Shelf((guides,), lambda: TODAY)
    said = list(caplog.messages)
    assert len(here.library.guides) == 2 * FILES - 2
    eye = Eye(guides)
    for _ in range(2):  # the second start finds what was kept
        caplog.clear()
        aside = Shelf((guides,), lambda: TODAY, tmp_path / "cache", many=2 * FILES)
        assert eye.taken() == []
        assert caplog.messages == said
        assert aside.held_back == here.held_back == 2
        assert list(aside.library.guides.items()) == list(here.library.guides.items())
        for words in ("giay viec 5", "cấp giấy cho người 61"):
            assert aside.library.find(words, TODAY) == here.library.find(words, TODAY)


def test_the_other_process_reads_only_what_changed_and_holds_on_to_the_last_good_version(
    tmp_path: Path, guides: Path
) -> None:
    Shelf((guides,), lambda: TODAY, tmp_path / "cache", many=1)
    good = guides / FIELDS[0] / "viec-5.yaml"
    good.write_text(good.read_text(encoding="utf-8") + "fees: [\n", encoding="utf-8")
    write(guides, FIELDS[0], 7)
    eye = Eye(guides)
    shelf = Shelf((guides,), lambda: TODAY, tmp_path / "cache", many=1)
    assert eye.taken() == []
    assert shelf.library.guides["viec-5"].name == "Cấp giấy viec-5 cho người 5"
    assert shelf.library.guides["viec-7"].name == "Cấp giấy viec-7 cho người 7"
    assert shelf.held_back == 2


def test_an_edit_while_people_are_served_is_read_by_the_other_process_too(
    tmp_path: Path, guides: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = Shelf((guides,), lambda: TODAY, tmp_path / "cache", many=1)
    assert shelf.look() is False
    good, bad = guides / FIELDS[0] / "viec-5.yaml", guides / FIELDS[1] / "viec-50.yaml"
    good.write_text(good.read_text(encoding="utf-8").replace("người 5", "cả nhà"), encoding="utf-8")
    bad.write_text("id: [", encoding="utf-8")
    eye = Eye(guides)
    caplog.clear()
    assert shelf.look() is True
    assert eye.taken() == []
    assert shelf.library.guides["viec-5"].name == "Cấp giấy viec-5 cho cả nhà"
    assert shelf.library.guides["viec-50"].name == "Cấp giấy viec-50 cho người 50"
    assert shelf.held_back == 3
    assert f"Đã nhận 1 tệp: {good}." in caplog.messages
    assert shelf.look() is False


def test_few_files_are_read_here_and_so_are_many_where_nothing_can_be_kept(tmp_path: Path, guides: Path) -> None:
    (tmp_path / "file").write_text("")
    eye = Eye(guides)
    for cache, many in ((tmp_path / "few", 2 * FILES + 1), (tmp_path / "file" / "cache", 1)):
        shelf = Shelf((guides,), lambda: TODAY, cache, many=many)
        assert len(shelf.library.guides) == 2 * FILES - 2
        assert len(eye.taken()) >= 2 * FILES


def test_when_no_guide_can_be_used_the_troubles_are_said(tmp_path: Path) -> None:
    (tmp_path / "guides" / "ho-tich").mkdir(parents=True)
    (tmp_path / "guides" / "ho-tich" / "hong.yaml").write_text("id: [", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(NoGuides, match=r"hong\.yaml"):
            Shelf((tmp_path / "guides",), lambda: TODAY, tmp_path / "cache", many=1)
