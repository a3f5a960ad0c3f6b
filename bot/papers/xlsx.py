"""A report as an Excel file, laid out for print: a sheet a side, percentages beside their counts, no text a formula."""

from __future__ import annotations

import io
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.papers.lettered import composed
from flows.office.reports import VIEWS, Middle, Report, Share
from flows.replies import Heading, Line
from flows.telling.figures import many
from flows.telling.report import Cell, Grid, head, of_view, outcomes, said
from flows.texts import Say
from flows.turn import World

A4: Final = 9
"""As Excel numbers paper."""

NAMES: Final = 34
FIGURES: Final = 10
"""Letters that the first column holds, and the others; two dozen of these still read well on a page."""

WORDS: Final = 70
"""Letters of the first column where it holds questions or papers."""

LONGEST_TITLE: Final = 31
"""Characters that the name of a sheet may have."""


def workbook(report: Report, world: World, say: Say) -> bytes:
    """The file; `world` knows what desks, guides and papers are called."""
    made = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(made, safe)
    book.set_properties({"title": say("reports.page_title"), "author": say("web.name")})
    pen = _Pen(book, say)
    told = [block.text for block in head(report, world, say) if isinstance(block, Heading | Line)]
    first = pen.sheet(say("reports.sheet_summary"), told[0])
    row = 0
    for at, text in enumerate(told):
        pen.text(first, row, 0, text, pen.title if at == 0 else pen.plain)
        row += 1
    for grid in (of_view(report, "summary", world, say), outcomes(report, say)):
        row = pen.grid(first, row + 1, grid) if grid.rows else row
    for view in VIEWS[1:]:
        grid = of_view(report, view, world, say)
        sheet = pen.sheet(say(f"reports.{view}"), told[0], WORDS if len(grid.columns) < 5 else NAMES)
        pen.grid(sheet, 0, grid)
        sheet.repeat_rows(1)
        sheet.freeze_panes(2, 1)
    book.close()
    return made.getvalue()


class _Pen:
    """Writes grids into the sheets of a book."""

    def __init__(self, book: Workbook, say: Say) -> None:
        self._book = book
        self._say = say
        self.plain: Format = book.add_format({"font_name": "Arial", "font_size": 10})
        self.title: Format = book.add_format({"font_name": "Arial", "font_size": 14, "bold": True})
        self._head = self._bordered({"bold": True, "bg_color": "#E5F0ED", "text_wrap": True, "valign": "top"})
        self._cell = self._bordered({"text_wrap": True, "valign": "top"})
        self._number = self._bordered({"num_format": "#,##0", "valign": "top"})
        self._percent = self._bordered({"num_format": "0.0%", "valign": "top"})
        self._minutes = self._bordered({"num_format": "#,##0.0", "valign": "top"})

    def _bordered(self, look: dict[str, str | bool]) -> Format:
        return self._book.add_format({"font_name": "Arial", "font_size": 10, "border": 1, **look})

    def sheet(self, name: str, header: str, name_width: int = NAMES) -> Worksheet:
        """A new sheet: A4 on its side, as wide as the page, the heading above and the page's number below each page."""
        sheet = self._book.add_worksheet(composed(name)[:LONGEST_TITLE])
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.75, 0.75)
        sheet.set_header(f"&L{composed(header).replace('&', '&&')}")
        sheet.set_footer("&C&P / &N")
        sheet.set_column(0, 0, name_width)
        sheet.set_column(1, 40, FIGURES)
        return sheet

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
        """Words as words, whatever they begin with."""
        sheet.write_string(row, column, composed(text), look)

    def grid(self, sheet: Worksheet, row: int, grid: Grid) -> int:
        """A title, a row of headings and the rows from there on; the first row below. A share takes two columns."""
        self.text(sheet, row, 0, grid.title, self.title)
        wide = [any(not isinstance(line[at], str | int) for line in grid.rows) for at in range(len(grid.columns))]
        row += 1
        column = 0
        for name, two in zip(grid.columns, wide, strict=True):
            self.text(sheet, row, column, name, self._head)
            if two:
                self.text(sheet, row, column + 1, self._say("reports.rests_on"), self._head)
            column += 1 + two
        for line in grid.rows:
            row += 1
            column = 0
            for cell, two in zip(line, wide, strict=True):
                self._write(sheet, row, column, cell, two=two)
                column += 1 + two
        if not grid.rows:
            row += 1
            self.text(sheet, row, 0, self._say("reports.no_data"), self._cell)
        return row + 1

    def _write(self, sheet: Worksheet, row: int, column: int, cell: Cell, *, two: bool) -> None:
        """A figure as a number, and beside it what it rests on; what nobody reported in words."""
        beside = ""
        match cell:
            case Share(part=part, of=of) if of:
                sheet.write_number(row, column, part / of, self._percent)
                beside = f"{part}/{of}"
            case Middle(seconds=float() | int() as seconds, of=of):
                sheet.write_number(row, column, seconds / 60, self._minutes)
                beside = self._say("reports.minutes_of", of=of)
            case int() if cell:
                sheet.write_number(row, column, cell, self._number)
            case int():
                self.text(sheet, row, column, many(0, self._say), self._cell)
            case _:
                self.text(sheet, row, column, said(cell, self._say), self._cell)
        if two:
            self.text(sheet, row, column + 1, beside, self._cell)
