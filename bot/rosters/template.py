"""An empty roster as an Excel file: the coming friendly days are there already, only the names are to be filled in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from xlsxwriter import Workbook

from bot.rosters.table import COLUMNS
from flows.telling.shifts import weekday_and_day
from flows.texts import Say
from flows.turn import VIETNAM
from knowledge.calendar import Calendar
from knowledge.desks import Desk
from knowledge.friendly_day import FriendlyDay, next_friendly_day

DAYS = 4
"""Friendly days that are filled in."""


def template(desk: Desk | None, team: Sequence[str], now: datetime, calendar: Calendar, say: Say) -> bytes:
    """The file, for a desk and its team by name; without a desk only headed."""
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#DDE7F0", "border": 1})
    days = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    times = book.add_format({"num_format": "hh:mm", "align": "left"})
    sheet = book.add_worksheet("Lịch trực")
    sheet.set_column(0, 2, 14)
    sheet.set_column(3, 3, 60)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    for at, name in enumerate(COLUMNS):
        sheet.write_string(0, at, name, head)
    for row, (day, begins, ends) in enumerate(_shifts(desk, now, calendar), 1):
        sheet.write_datetime(row, 0, datetime.combine(day, time()), days)
        sheet.write_datetime(row, 1, begins, times)
        sheet.write_datetime(row, 2, ends, times)
    help = book.add_worksheet("Cách điền")
    help.set_column(0, 0, 100)
    for row, text in enumerate(_how(desk, team, now, say)):
        help.write_string(row, 0, text)
    book.close()
    return made.getvalue()


def _shifts(desk: Desk | None, now: datetime, calendar: Calendar) -> Iterable[tuple[date, time, time]]:
    for friendly in _days(desk, now, calendar):
        for begins, ends in friendly.hours:
            yield friendly.day, begins, ends


def _days(desk: Desk | None, now: datetime, calendar: Calendar) -> Iterable[FriendlyDay]:
    local = now.astimezone(VIETNAM)
    for _ in range(DAYS if desk is not None else 0):
        found = None if desk is None else next_friendly_day(desk, local, calendar)
        if found is None:
            return
        yield found
        local = datetime.combine(found.day + timedelta(days=1), time(), VIETNAM)


def _how(desk: Desk | None, team: Sequence[str], now: datetime, say: Say) -> Iterable[str]:
    if desk is not None:
        yield f"Lịch trực {desk.name}, mẫu lập {weekday_and_day(now.astimezone(VIETNAM).date(), say)}."
    yield "Mỗi dòng một ca. Ngày ghi như 25/11/2026, giờ ghi như 7:30."
    yield "Người trực: tên gọi trong nhóm, nhiều người cách nhau bằng dấu phẩy. Bỏ trống: ca chờ người nhận."
    yield "Nhập lại tệp đã sửa thì chỉ những chỗ khác mới thay đổi; ngày không có trong tệp thì giữ nguyên."
    yield f"Nhập bằng lệnh: ./run roster import TÊN-TỆP --desk {desk.id if desk is not None else 'TÊN-BÀN'}"
    if team:
        yield f"Tên gọi trong nhóm: {', '.join(team)}."
