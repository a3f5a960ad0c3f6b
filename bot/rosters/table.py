"""What a table of shifts says, row by row, from XLSX or CSV; every cell that cannot be is named with its cure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from bot.rosters.cells import FORMULA, Cell, Unreadable, cells
from flows import planning
from flows.office.people import Member
from flows.office.roster import Planned
from flows.planning import Unclear
from flows.texts import Say
from knowledge.problems import nearest
from knowledge.vietnamese import fold

DAY, FROM, TO, WHO = "Ngày", "Từ", "Đến", "Người trực"
COLUMNS: Final = (DAY, FROM, TO, WHO)
"""The columns, as the template heads them."""

_ALSO: Final[Mapping[str, str]] = {
    "ngay": DAY,
    "ngay truc": DAY,
    "tu": FROM,
    "tu gio": FROM,
    "bat dau": FROM,
    "gio bat dau": FROM,
    "den": TO,
    "den gio": TO,
    "ket thuc": TO,
    "gio ket thuc": TO,
    "nguoi truc": WHO,
    "ten": WHO,
    "ho ten": WHO,
    "ho va ten": WHO,
    "tinh nguyen vien": WHO,
}

_HEAD: Final = 10
"""Rows in which the heading is looked for."""

MERGED: Final = "Ô gộp chỉ có chữ ở dòng đầu: bỏ gộp, rồi ghi ở từng dòng."
NAMES_BETWEEN: Final = ", "
SHOWN: Final = 12
"""Names of a team that are told where one is not known."""

_FIRST_YEAR: Final = 2000
_EPOCH: Final = datetime(1899, 12, 31)  # noqa: DTZ001 - the day from which Excel counts, of no time zone


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be: its row as the program that wrote it counts them, its column, and why."""

    row: int
    column: str
    why: str

    def __str__(self) -> str:
        return f"dòng {self.row}, cột {self.column}: {self.why}"


@dataclass(frozen=True, slots=True)
class Row:
    """A shift of the table and the number of its row."""

    number: int
    shift: Planned


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says: the shifts, the cells that cannot be, how many rows are of days that are over."""

    rows: tuple[Row, ...]
    wrong: tuple[Wrong, ...]
    over: int


def read(path: Path, desk: str, team: Sequence[Member], today: date, say: Say) -> Table:
    """The shifts of a file for a desk; Unreadable when it is no table of shifts."""
    numbered = enumerate(cells(path), 1)
    columns = _columns(numbered, path)
    rows: list[Row] = []
    wrong: list[Wrong] = []
    over = 0
    for number, row in numbered:
        said = {name: row[at] if at < len(row) else None for name, at in columns.items()}
        if all(_is_empty(cell) for cell in said.values()):
            continue
        try:
            shifts = _shifts(said, desk, team, today)
        except _WrongCell as found:
            if found.why.sentence == "planning.past":
                over += 1
            else:
                wrong.append(Wrong(number, found.column, _told(found.why, team, say)))
            continue
        rows.extend(Row(number, shift) for shift in shifts)
    kept, clashing = _apart(rows)
    return Table(kept, (*wrong, *clashing), over)


def _told(why: Unclear, team: Sequence[Member], say: Say) -> str:
    """Why a cell cannot be and the cure; of a name, whom the team has."""
    if not why.about:
        return f"ô này trống. {MERGED}"
    if why.about == FORMULA:
        return "ô này là công thức chưa có kết quả. Mở tệp trong Excel rồi lưu lại, hoặc gõ thẳng vào ô."
    told = say(why.sentence, about=why.about)
    if why.sentence != "planning.unknown_name":
        return told
    called = sorted({one.called for one in team})
    near = nearest(why.about, called)
    return f"{told} {f'Có phải là “{near}”?' if near else f'Trong nhóm có: {NAMES_BETWEEN.join(called[:SHOWN])}.'}"


class _WrongCell(Exception):
    def __init__(self, column: str, why: Unclear) -> None:
        super().__init__(column)
        self.column = column
        self.why = why


def _shifts(said: Mapping[str, Cell], desk: str, team: Sequence[Member], today: date) -> Iterable[Planned]:
    column = DAY
    try:
        day = planning.day_in(_day(said[DAY]), today)
        column = FROM
        begins = _time(said[FROM])
        column = TO
        ends = _time(said[TO])
        planning.in_order(begins, ends)
        column = WHO
        names = planning.names(str(said[WHO] or ""))
        members = [planning.member(name, team).id for name in names] or [""]
    except Unclear as why:
        raise _WrongCell(column, why) from None
    return [planning.planned(desk, day, (begins, ends), member) for member in members]


def _apart(rows: Iterable[Row]) -> tuple[tuple[Row, ...], tuple[Wrong, ...]]:
    """The rows without those said twice, and those of somebody who is to be in two places at once."""
    kept: list[Row] = []
    wrong: list[Wrong] = []
    for row in rows:
        one = row.shift
        same = [other for other in kept if one.member and other.shift.member == one.member]
        if any(other.shift == one for other in same):
            continue
        over = next((o for o in same if o.shift.begins < one.ends and o.shift.ends > one.begins), None)
        if over is not None:
            wrong.append(Wrong(row.number, FROM, f"trùng giờ với dòng {over.number} của cùng một người; sửa một dòng"))
        else:
            kept.append(row)
    return tuple(kept), tuple(wrong)


def _is_empty(cell: Cell) -> bool:
    return cell is None or not str(cell).strip()


def _day(cell: Cell) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if cell == FORMULA:
        raise Unclear("planning.no_day", FORMULA)
    return str(cell or "").strip()


def _time(cell: Cell) -> time:
    match cell:
        case datetime() if cell.year < _FIRST_YEAR:  # a bare number, typed where Excel waits for a time of day
            return _bare_hour((cell - _EPOCH) / timedelta(days=1))
        case datetime():
            return cell.time().replace(second=0, microsecond=0)
        case time():
            return cell.replace(second=0, microsecond=0)
        case timedelta():
            return _after_midnight(cell.total_seconds() / 60)
        case float() if 0 <= cell < 1:  # a time of day that nobody has formatted as one
            return _after_midnight(cell * 24 * 60)
        case _:
            return planning.clock(str(cell if cell is not None else "").strip())


def _bare_hour(number: float) -> time:
    """The full hour that somebody typed as a number; "7.5" may be 7:50 or half past seven, so it is none."""
    if number != int(number):
        raise Unclear("planning.no_time", f"{number:g}")
    return planning.clock(f"{number:g}h")


def _after_midnight(minutes: float) -> time:
    return time(*divmod(round(minutes) % (24 * 60), 60))


def _columns(numbered: Iterator[tuple[int, Sequence[Cell]]], path: Path) -> dict[str, int]:
    """Which column is which, from the heading; the rows up to it are gone then."""
    for _, row in islice(numbered, _HEAD):
        found = {_ALSO[fold(str(cell))]: at for at, cell in enumerate(row) if cell and fold(str(cell)) in _ALSO}
        if len(found) == len(COLUMNS):
            return found
        if len(found) > 1:
            missing = ", ".join(name for name in COLUMNS if name not in found)
            raise Unreadable(f"{path.name}: thiếu cột {missing}; hàng đầu phải có đủ: {', '.join(COLUMNS)}.")
    raise Unreadable(
        f"{path.name}: không thấy hàng đầu có các cột {', '.join(COLUMNS)} (chỉ đọc trang đầu tiên của tệp); "
        "đưa trang lịch lên đầu, hoặc lấy mẫu bằng ./run roster template."
    )
