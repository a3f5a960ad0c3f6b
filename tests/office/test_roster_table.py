"""A roster brought in from Excel or CSV through the command line: every bad row named, the second time only changes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import date, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from bot.desk import Address
from bot.rosters.bringing import NotBrought, bring
from bot.rosters.desks import FILE
from bot.rosters.template import template
from flows.office.roster import Rename
from flows.telling.shifts import day_of, hours
from knowledge.calendar import calendar
from tests.office.conftest import DESKS
from tests.office.rig import Office, Person

ROOT = Path(__file__).resolve().parents[2]
HEAD = "Ngày;Từ;Đến;Người trực"


def _said(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


class Place:
    """An office and files to bring in."""

    def __init__(self, office: Office, at: Path) -> None:
        self.office = office
        self.at = at

    async def brought(self, text: str, *, dry: bool = False, replace: bool = False) -> str:
        file = self.at / "lich.csv"
        file.write_text(text, encoding="utf-8")
        return "\n".join(await bring(self.office.desk, file, "vinh-hai", dry=dry, replace=replace))

    async def told(self) -> list[str]:
        begins = self.office.now - timedelta(days=1)
        shifts = await self.office.desk.office(
            lambda office: office.roster.planned("vinh-hai", begins, begins + timedelta(days=400))
        )
        return [f"{_said(day_of(one.begins))} {hours(one)} {one.member.called if one.member else ''}" for one in shifts]


@pytest.fixture
async def place(tmp_path: Path, office: Office) -> Place:
    """With Lan, Minh and two who are called Hà in the team."""
    for address in ("Lan", "Minh", "Hà", "Ha"):
        await office.member(address, "volunteer", "vinh-hai")
    with sqlite3.connect(office.path) as db:
        db.execute("update members set called = 'Hà' where called = 'Ha'")
    db.close()
    return Place(office, tmp_path)


async def test_a_table_is_brought_in_and_again_only_what_changed(place: Place) -> None:
    first = f"{HEAD}\n2/12/2026;7:30;11:30;Lan, Minh\n2/12/2026;13h30;17h;\n9/12/2026;7:30;11:30;Lan\n"
    assert "4 ca mới, 0 ca bỏ, 0 ca giữ nguyên" in await place.brought(first)
    there = [
        "2/12/2026 7:30 - 11:30 Lan",
        "2/12/2026 7:30 - 11:30 Minh",
        "2/12/2026 13:30 - 17:00 ",
        "9/12/2026 7:30 - 11:30 Lan",
    ]
    assert await place.told() == there
    assert "0 ca mới, 0 ca bỏ, 4 ca giữ nguyên" in await place.brought(first)
    assert await place.told() == there
    changed = f"{HEAD}\n2/12/2026;7:30;11:30;Lan\n2/12/2026;13:30;17:00;Minh\n"
    told = await place.brought(changed, dry=True, replace=True)
    assert "1 ca mới, 1 ca bỏ, 1 ca giữ nguyên" in told
    assert "bỏ: thứ Tư 2/12/2026, 7:30 - 11:30 (Minh)" in told
    assert await place.told() == there
    told = await place.brought(changed)
    assert "1 ca mới, 0 ca bỏ, 1 ca giữ nguyên" in told
    assert "Không bỏ ca nào. 1 ca sau" in told
    assert "vẫn giữ: thứ Tư 2/12/2026, 7:30 - 11:30 (Minh)" in told
    assert await place.told() == [*there[:2], "2/12/2026 13:30 - 17:00 Minh", there[3]]
    await place.brought(changed, replace=True)
    assert await place.told() == [there[0], "2/12/2026 13:30 - 17:00 Minh", there[3]]


async def test_every_bad_cell_is_named_and_nothing_is_brought_in(place: Place) -> None:
    rows = (
        "2/12/2026;7:30;11:30;Lan",
        "31/11/2026;7:30;11:30;Lan",
        "hôm nào đó;7:30;11:30;Lan",
        "2/12/2026;bảy giờ;11:30;Lan",
        "2/12/2026;13:30;11:30;Minh",
        "2/12/2026;7:30;11:30;Hùng",
        "2/12/2026;13:00;14:00;Hà",
        "2/12/2026;11:00;12:00;Lan",
        ";;;",
        "1/12/2028;7:30;11:30;Lan",
    )
    with pytest.raises(NotBrought) as refused:
        await place.brought("\n".join((HEAD, *rows)))
    said = str(refused.value).splitlines()
    for told in (
        "dòng 3, cột Ngày: Không có ngày 31/11/2026",
        "dòng 4, cột Ngày: Chưa thấy ngày",
        "dòng 5, cột Từ: “bảy giờ” không phải giờ",
        "dòng 6, cột Đến: “13:30 - 11:30”",
        "dòng 7, cột Người trực: Trong nhóm không có ai tên “Hùng”",
        "dòng 8, cột Người trực: Trong nhóm có hơn một người tên “Hà”",
        "dòng 9, cột Từ: trùng giờ với dòng 2",
        "dòng 11, cột Ngày: Ngày 1/12/2028",
    ):
        assert any(line.startswith(told) for line in said), (told, said)
    assert len(said) == 9
    assert await place.told() == []


async def test_a_row_that_overlaps_a_shift_at_another_desk_is_named(place: Place) -> None:
    with sqlite3.connect(place.office.path) as db:
        db.execute("insert into posts select member, role, 'loc-tho', since from posts")
    db.close()
    lead = await place.office.member("Hoa", "lead", "loc-tho")
    await lead.says("lịch: 2/12 11:00-12:00 Lan")
    with pytest.raises(NotBrought, match="dòng 2, cột Từ: người này đã có ca thứ Tư 2/12/2026, 11:00 - 12:00"):
        await place.brought(f"{HEAD}\n2/12/2026;7:30;11:30;Lan\n")


async def test_days_that_are_over_are_passed_by(place: Place) -> None:
    told = await place.brought(f"{HEAD}\n1/1/2020;7:30;11:30;Lan\n2/12/2026;7:30;11:30;Lan\n")
    assert "1 dòng của ngày đã qua được bỏ qua" in told
    assert len(await place.told()) == 1


async def test_what_was_swapped_since_stays_with_whoever_took_it(place: Place) -> None:
    text = f"{HEAD}\n2/12/2026;7:30;11:30;Lan\n"
    await place.brought(text)
    with sqlite3.connect(place.office.path) as db:
        (minh,) = db.execute("select id from members where called = 'Minh'").fetchone()
        db.execute("update shifts set before = member, member = ?", (minh,))
    db.close()
    assert "0 ca mới, 0 ca bỏ, 1 ca giữ nguyên" in await place.brought(text)
    assert await place.told() == ["2/12/2026 7:30 - 11:30 Minh"]


async def test_the_template_is_filled_in_and_brought_in(place: Place) -> None:
    file = place.at / "mau.xlsx"
    office = place.office
    file.write_bytes(template(office.desks["vinh-hai"], ("Lan",), (), office.now, calendar(), office.texts["vi"]))
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Ngày", "Từ", "Đến", "Người trực"]
    assert sheet.max_row == 9
    sheet["D2"] = "Lan"
    sheet["B3"] = time(14, 0)
    book.save(file)
    await bring(office.desk, file, "vinh-hai", dry=False)
    told = await place.told()
    assert told[:2] == ["25/11/2026 7:30 - 11:30 Lan", "25/11/2026 14:00 - 17:00 "]
    assert len(told) == 8


async def test_what_excel_makes_of_a_cell_is_named_or_understood(place: Place) -> None:
    """A number where a time of day is waited for, a formula that nobody worked out, merged cells, a page before."""
    file = place.at / "mau.xlsx"
    office = place.office

    def filled() -> openpyxl.Workbook:
        body = template(office.desks["vinh-hai"], ("Lan",), (), office.now, calendar(), office.texts["vi"])
        file.write_bytes(body)
        return openpyxl.load_workbook(file)

    book = filled()
    sheet = book.worksheets[0]
    sheet["B2"], sheet["B4"] = 8, 7.5
    sheet["D3"], sheet["D5"] = "=D2", "chị Lan"
    sheet.merge_cells("A6:A7")
    book.save(file)
    with pytest.raises(NotBrought) as refused:
        await bring(office.desk, file, "vinh-hai", dry=False)
    said = str(refused.value).splitlines()[1:]
    for line, told in zip(
        said, ("lưu lại, hoặc gõ", "“7.5” không phải giờ", "Có phải là “Lan”?", "bỏ gộp"), strict=True
    ):
        assert told in line, said
    book = filled()
    book.worksheets[0]["B2"], book.worksheets[0]["D2"] = 8, "Lan"
    book.save(file)
    assert "thêm: thứ Tư 25/11/2026, 8:00 - 11:30 (Lan)" in "\n".join(
        await bring(office.desk, file, "vinh-hai", dry=True)
    )
    book.create_sheet("Ghi chú", 0)
    book.save(file)
    with pytest.raises(NotBrought, match="chỉ đọc trang đầu tiên"):
        await bring(office.desk, file, "vinh-hai", dry=True)


async def test_a_name_that_nobody_has_comes_with_the_names_there_are(place: Place) -> None:
    with pytest.raises(NotBrought, match=r"Trong nhóm có: .*Lan.*Minh"):
        await place.brought(f"{HEAD}\n2/12/2026;7:30;11:30;Nguyễn Tuấn Kiệt\n")


async def test_the_template_has_what_is_planned_and_wipes_nothing(place: Place) -> None:
    planned = f"{HEAD}\n2/12/2026;8:00;11:00;Lan, Minh\n2/12/2026;8:00;11:00;\n25/11/2026;13:30;17:00;Lan\n"
    await place.brought(planned)
    office, file = place.office, place.at / "mau.xlsx"
    there = await office.desk.office(
        lambda one: one.roster.planned("vinh-hai", office.now, office.now + timedelta(days=400))
    )
    file.write_bytes(template(office.desks["vinh-hai"], ("Lan",), there, office.now, calendar(), office.texts["vi"]))
    book = openpyxl.load_workbook(file)
    rows = [tuple(cell.value for cell in row) for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [(f"{day:%d/%m} {begins:%H:%M}", who or "") for day, begins, _, who in rows[:5]] == [
        ("25/11 07:30", ""),
        ("25/11 13:30", "Lan"),
        ("02/12 08:00", ""),
        ("02/12 08:00", "Lan, Minh"),
        ("02/12 13:30", ""),
    ]
    before = await place.told()
    told = "\n".join(await bring(office.desk, file, "vinh-hai", dry=False))
    assert "0 ca bỏ, 4 ca giữ nguyên" in told
    assert "vẫn giữ" not in told
    assert set(before) < set(await place.told())


async def test_a_row_that_moves_a_shift_says_how_the_old_one_goes(place: Place) -> None:
    await place.brought(f"{HEAD}\n2/12/2026;7:30;11:30;Lan\n")
    moved = f"{HEAD}\n2/12/2026;8:00;11:30;Lan\n"
    with pytest.raises(NotBrought, match="nhập với --replace để bỏ ca kia"):
        await place.brought(moved)
    await place.brought(moved, replace=True)
    assert await place.told() == ["2/12/2026 8:00 - 11:30 Lan"]


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("lich.xlsx", b"PK\x03\x04 nothing", "không đọc được như tệp Excel"),
        ("lich.csv", "Ngày;Từ;Đến;Người trực".encode("utf-16"), "không phải UTF-8"),
        ("lich.csv", b"", "không thấy hàng đầu"),
        ("lich.csv", "Ngày;Từ;Đến\n".encode(), "thiếu cột Người trực"),
        ("lich.doc", b"x", "chỉ đọc tệp .xlsx và .csv"),
    ],
    ids=["broken", "utf-16", "empty", "a column short", "doc"],
)
async def test_what_is_no_table_is_said_so(place: Place, name: str, body: bytes, told: str) -> None:
    (place.at / name).write_bytes(body)
    with pytest.raises(NotBrought, match=told):
        await bring(place.office.desk, place.at / name, "vinh-hai", dry=False)
    with pytest.raises(NotBrought, match="không mở được"):
        await bring(place.office.desk, place.at / "khong-co.csv", "vinh-hai", dry=False)


async def test_people_and_shifts_go_with_a_desk_that_is_renamed(place: Place) -> None:
    await place.brought(f"{HEAD}\n2/12/2026;7:30;11:30;Lan\n")
    office = place.office
    office.desks = {"vinh-hoa": DESKS["vinh-hai"].model_copy(update={"id": "vinh-hoa"})}
    await office.desk.operate(Rename("vinh-hai", "vinh-hoa"))
    team = await office.desk.office(lambda office: office.roster.team("vinh-hoa"))
    assert [one.called for one in team] == ["Hà", "Hà", "Lan", "Minh"]
    assert await place.told() == []
    lan = Person(office, Address("telegram", "Lan"), arrivals=50)
    await lan.says("ca của tôi")
    assert "2/12/2026, 7:30 - 11:30 tại Một cửa phường Vĩnh Hải" in lan.text


def test_the_command_line_says_what_is_wrong_and_what_was_done(tmp_path: Path) -> None:
    (tmp_path / "desks").mkdir()
    (tmp_path / "desks" / "vinh-hai.yaml").write_text(
        FILE.format(id="vinh-hai", folder="", schema="", today="2026-11-22")
    )

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "GUIDES": str(tmp_path), "DATA": str(tmp_path / "data")}
        command = [sys.executable, "-m", "bot", "roster", *words]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False, timeout=200, text=True)

    file = tmp_path / "lich.xlsx"
    assert ran("template", "--desk", "vinh-hai", "--into", str(file)).returncode == 0
    done = ran("import", str(file), "--desk", "vinh-hai")
    assert (done.returncode, "8 ca mới" in done.stdout or "7 ca mới" in done.stdout) == (0, True), done.stderr
    wrong = ran("import", str(file), "--desk", "hon-tre")
    assert wrong.returncode != 0
    assert "Không có bàn “hon-tre”" in wrong.stderr
