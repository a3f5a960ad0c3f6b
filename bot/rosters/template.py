"""A roster to fill in as an Excel file: the coming friendly days, with whoever is planned there already."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from xlsxwriter import Workbook

from bot.rosters.table import COLUMNS
from flows.office.roster import Shift
from flows.telling.shifts import day_of, weekday_and_day
from flows.texts import Say
from flows.turn import VIETNAM
from knowledge.calendar import Calendar
from knowledge.desks import Desk
from knowledge.friendly_day import FriendlyDay, next_friendly_day

DAYS = 4
"""Friendly days that are filled in."""


def template(
    desk: Desk | None, team: Sequence[str], there: Sequence[Shift], now: datetime, calendar: Calendar, say: Say
) -> bytes:
    """The file, for a desk, its team by name and the shifts on its roster; without a desk only headed."""
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
    for row, (day, begins, ends, who) in enumerate(_rows(desk, there, now, calendar), 1):
        sheet.write_datetime(row, 0, datetime.combine(day, time()), days)
        sheet.write_datetime(row, 1, begins, times)
        sheet.write_datetime(row, 2, ends, times)
        sheet.write_string(row, 3, who)
    help = book.add_worksheet("Cách điền")
    help.set_column(0, 0, 100)
    for row, text in enumerate(_how(desk, team, now, say)):
        help.write_string(row, 0, text)
    book.close()
    return made.getvalue()


def _rows(
    desk: Desk | None, there: Sequence[Shift], now: datetime, calendar: Calendar
) -> Iterable[tuple[date, time, time, str]]:
    """Day, hours, names: what is planned, and empty the hours of the friendly day in which nothing is."""
    for friendly in _days(desk, now, calendar):
        those = [one for one in there if day_of(one.begins) == friendly.day]
        rows = [(*_local(one), one.member.called) for one in those if one.member is not None]
        named = {span: ", ".join(who for *its, who in rows if tuple(its) == span) for span in {row[:2] for row in rows}}
        free = [(*_local(one), "") for one in those if one.member is None]
        planned = [_local(one) for one in those]
        empty = [
            (begins, ends, "")
            for begins, ends in friendly.hours
            if not any(first < ends and last > begins for first, last in planned)
        ]
        for begins, ends, who in sorted([*((*span, who) for span, who in named.items()), *free, *empty]):
            yield friendly.day, begins, ends, who


def _local(one: Shift) -> tuple[time, time]:
    return one.begins.astimezone(VIETNAM).time(), one.ends.astimezone(VIETNAM).time()


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
    yield "Nhập lại tệp đã sửa thì chỉ những chỗ khác mới thay đổi; ca không có trong tệp chỉ bị bỏ khi thêm --replace."
    yield f"Nhập bằng lệnh: ./run roster import TÊN-TỆP --desk {desk.id if desk is not None else 'TÊN-BÀN'}"
    if team:
        yield f"Tên gọi trong nhóm: {', '.join(team)}."
