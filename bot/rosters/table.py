"""What a table of shifts says, row by row, from XLSX or CSV; every cell that cannot be is named with its cure."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from flows import planning
from flows.office.people import Member
from flows.office.roster import Planned
from flows.planning import Unclear
from flows.texts import Say
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

LARGEST: Final = 5 * 2**20
"""Bytes of a file that is read."""

ROWS: Final = 5000
"""Rows that are read; a year of three desks has fewer."""

_HEAD: Final = 10
"""Rows in which the heading is looked for."""

Cell = object
"""Text, number, day, time of day or None, as the program that wrote the file left it."""


class Unreadable(Exception):
    """The file is no such table; the message says why and the cure."""


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
    cells = enumerate(_cells(path), 1)
    columns = _columns(cells, path)
    rows: list[Row] = []
    wrong: list[Wrong] = []
    over = 0
    for number, row in cells:
        said = {name: row[at] if at < len(row) else None for name, at in columns.items()}
        if all(_is_empty(cell) for cell in said.values()):
            continue
        try:
            shifts = _shifts(said, desk, team, today)
        except _WrongCell as found:
            if found.why.sentence == "planning.past":
                over += 1
            else:
                wrong.append(Wrong(number, found.column, say(found.why.sentence, about=found.why.about)))
            continue
        rows.extend(Row(number, shift) for shift in shifts)
    kept, clashing = _apart(rows)
    return Table(kept, (*wrong, *clashing), over)


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
    return str(cell or "").strip()


def _time(cell: Cell) -> time:
    match cell:
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


def _after_midnight(minutes: float) -> time:
    return time(*divmod(round(minutes) % (24 * 60), 60))


def _columns(cells: Iterator[tuple[int, Sequence[Cell]]], path: Path) -> dict[str, int]:
    """Which column is which, from the heading; the rows up to it are gone then."""
    for _, row in islice(cells, _HEAD):
        found = {_ALSO[fold(str(cell))]: at for at, cell in enumerate(row) if cell and fold(str(cell)) in _ALSO}
        if len(found) == len(COLUMNS):
            return found
        if len(found) > 1:
            missing = ", ".join(name for name in COLUMNS if name not in found)
            raise Unreadable(f"{path.name}: thiếu cột {missing}; hàng đầu phải có đủ: {', '.join(COLUMNS)}.")
    raise Unreadable(
        f"{path.name}: không thấy hàng đầu có các cột {', '.join(COLUMNS)}; lấy mẫu bằng ./run roster template."
    )


def _cells(path: Path) -> Iterator[Sequence[Cell]]:
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise Unreadable(f"{path}: không mở được ({error.strerror}); xem lại đường dẫn.") from error
    if data is None:
        raise Unreadable(f"{path.name}: tệp lớn hơn {LARGEST >> 20} MB; bỏ bớt hình ảnh, trang thừa rồi lưu lại.")
    match path.suffix.lower():
        case ".xlsx":
            return _limited(_of_xlsx(data, path), path)
        case ".csv":
            return _limited(_of_csv(data, path), path)
        case _:
            raise Unreadable(f"{path.name}: chỉ đọc tệp .xlsx và .csv; mở tệp trong Excel rồi lưu lại dạng .xlsx.")


def _limited(cells: Iterator[Sequence[Cell]], path: Path) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(cells):
        if number > ROWS:
            raise Unreadable(f"{path.name}: nhiều hơn {ROWS} dòng; chia tệp theo tháng.")
        yield row


def _of_xlsx(data: bytes, path: Path) -> Iterator[Sequence[Cell]]:
    import openpyxl  # noqa: PLC0415 - a third of a second that only this command pays

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from (tuple(row) for row in sheet.iter_rows(values_only=True))
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError, SyntaxError) as error:
        why = f"{path.name}: không đọc được như tệp Excel; mở trong Excel rồi lưu lại dạng .xlsx."
        raise Unreadable(why) from error


def _of_csv(data: bytes, path: Path) -> Iterator[Sequence[Cell]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        why = f"{path.name}: chữ không phải UTF-8; trong Excel chọn lưu dạng “CSV UTF-8”."
        raise Unreadable(why) from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable(f"{path.name}: không đọc được như tệp CSV; lưu lại từ Excel.") from error
