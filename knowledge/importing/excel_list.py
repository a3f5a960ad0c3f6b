"""The portal's Excel list of procedures: code, name, who decides, who does it, field; no papers, fees or times."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final

from knowledge.importing.office import MOST_BYTES, WrongFile
from knowledge.importing.record import Record, Unreadable, levels_of
from knowledge.importing.text import clean_line

_COLUMNS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("code", ("mã thủ tục", "mã tthc", "mã số", "mã")),
    ("name", ("tên thủ tục", "tên tthc", "tên")),
    ("ministry", ("cơ quan ban hành", "cơ quan công bố", "bộ")),
    ("agency", ("cơ quan thực hiện",)),
    ("field", ("lĩnh vực",)),
    ("level", ("cấp thực hiện",)),
)
_HEAD_ROWS: Final = 20
_MOST_ROWS: Final = 50_000


def records(data: bytes, where: str) -> Iterator[Record | Unreadable]:
    """The procedures of a workbook's first sheet that has a list; each record is known by its row."""
    try:
        rows = _rows(data)
    except WrongFile as error:
        yield Unreadable(where, str(error))
        return
    for at, row in enumerate(rows[:_HEAD_ROWS]):
        columns = _columns(row)
        if "code" in columns and "name" in columns:
            yield from _under(rows[at + 1 :], columns, where, at + 2)
            return
    yield Unreadable(where, "không thấy hàng tiêu đề có “Mã thủ tục” và “Tên thủ tục”")


def _under(rows: Sequence[Sequence[str]], columns: dict[str, int], where: str, first: int) -> Iterator[Record]:
    for number, row in enumerate(rows, first):

        def cell(name: str, row: Sequence[str] = row) -> str:
            at = columns.get(name)
            return row[at] if at is not None and at < len(row) else ""

        if any(row):
            yield Record(
                where=f"{where}:{number}",
                code=cell("code"),
                name=cell("name"),
                levels=levels_of(cell("level")),
                field=cell("field"),
                agency=cell("agency"),
                ministry=cell("ministry"),
                partial=True,
            )


def _columns(row: Sequence[str]) -> dict[str, int]:
    heads = [clean_line(cell).casefold() for cell in row]
    found: dict[str, int] = {}
    for name, words in _COLUMNS:
        at = next((heads.index(word) for word in words if word in heads), None)
        if at is not None:
            found[name] = at
    return found


def _rows(data: bytes) -> list[list[str]]:
    """The cells of the first sheet as texts. Raises WrongFile."""
    import openpyxl  # noqa: PLC0415 - only this command reads Excel; every start would pay for it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(one.file_size for one in archive.infolist())
        book = None if size > MOST_BYTES else openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises many kinds for a broken file
        raise WrongFile(f"bảng tính không đọc được ({type(error).__name__})") from error
    if book is None:
        raise WrongFile("bảng tính quá lớn")
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True, max_row=_MOST_ROWS)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except Exception as error:  # same: it reads each row only now
        raise WrongFile(f"bảng tính không đọc được ({type(error).__name__})") from error
