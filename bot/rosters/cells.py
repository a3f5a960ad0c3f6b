"""The cells of a table that somebody made in Excel or as CSV, row by row, and why a file cannot be read."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

LARGEST: Final = 5 * 2**20
"""Bytes of a file that is read."""

ROWS: Final = 5000
"""Rows that are read; a year of three desks has fewer."""

FORMULA: Final = "=…"
"""What stands for a formula that no program has worked out."""

Cell = object
"""Text, number, day, time of day or None, as the program that wrote the file left it."""


class Unreadable(Exception):
    """The file is no such table; the message says why and the cure."""


def cells(path: Path) -> Iterator[Sequence[Cell]]:
    """The rows of a file; Unreadable when it is no table, or too large."""
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
        sheets = [
            openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=results).worksheets[0]
            for results in (True, False)
        ]
        for sheet in sheets:
            sheet.reset_dimensions()
        for results, typed in zip(*(sheet.iter_rows(values_only=True) for sheet in sheets), strict=True):
            yield tuple(
                FORMULA if result is None and cell is not None else result
                for result, cell in zip(results, typed, strict=True)
            )
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
