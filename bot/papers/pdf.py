"""A page as a PDF on A5, two sides of which fit one sheet of A4: the list, its boxes to tick, its code and QR."""

from __future__ import annotations

from datetime import datetime
from itertools import dropwhile
from typing import Final, assert_never

from fpdf.enums import XPos, YPos

from bot.papers.lettered import FAMILY, POINT, Lettered, composed
from flows.replies import (
    Appointment,
    Block,
    Bullets,
    Chart,
    Heading,
    Letter,
    Line,
    Mark,
    Notice,
    Paper,
    Papers,
    Reply,
    Rows,
    Sheet,
    Table,
    Upload,
    Workbook,
)
from flows.texts import Say

A5: Final = (148.0, 210.0)
MARGIN: Final = 12.0
BODY: Final = 9.5
SMALL: Final = 8.0
LEAD: Final = 1.35
"""Line height over letter size."""

QR_SIDE: Final = 24.0
BOX: Final = 3.2


def sheet(reply: Reply, say: Say, link: str, now: datetime) -> bytes:
    """The page as a PDF; `link` is what the QR holds, empty for none; `now` (aware) is when it was made."""
    paper = _A5(say)
    title = next((block.text for block in reply.blocks if isinstance(block, Heading)), say("web.name"))
    paper.set_title(title)
    paper.set_lang("vi-VN" if reply.language == "vi" else "en")
    paper.set_creator(say("web.name"))
    paper.set_creation_date(now)
    paper.add_page()
    if link:
        # At the upper right; the text beside it keeps its distance on the first lines.
        paper.qr(link, paper.w - MARGIN - QR_SIDE, MARGIN, QR_SIDE)
    # What is said once above the heading is for the screen.
    for block in dropwhile(lambda block: not isinstance(block, Heading), reply.blocks):
        paper.block(block)
    return bytes(paper.output())


class _A5(Lettered):
    """A5 with our letters, and how each block is written."""

    def __init__(self, say: Say) -> None:
        super().__init__(A5, MARGIN)
        self._say = say
        self.set_auto_page_break(auto=True, margin=MARGIN + 4)

    def footer(self) -> None:
        """The name of the product, that it is no office, and the page's number."""
        self.set_y(-MARGIN)
        self.set_font(FAMILY, "", 7)
        self.cell(0, 4, f"{self._say('web.name')} · {self._say('web.machine')} · {self.page_no()}", align="C")

    def block(self, block: Block) -> None:
        """One block below the other."""
        match block:
            case Heading(text=text):
                self._write(text, 14, bold=True, above=0)
            case Sheet(text=text):
                self._write(text, BODY, bold=True)
            case Line(text=text):
                self._write(text, BODY)
            case Notice(text=text):
                self._write(text, SMALL)
            case Rows(rows=rows):
                for row in rows:
                    self._write(f"{row.label}:", BODY, bold=True, above=1.6)
                    for value in row.values:
                        self._write(value, BODY, above=0)
            case Bullets(items=items, title=title, ordered=ordered):
                self._title(title)
                for number, item in enumerate(items, 1):
                    self._write(f"{number}. {item}" if ordered else f"•  {item}", BODY, above=0.6)
            case Papers(papers=papers, title=title):
                self._title(title)
                for paper in papers:
                    self._paper(paper)
            case Letter(lines=lines):
                for line in lines:
                    self._write(line, BODY)
            case Table(title=title, rows=rows):
                self._title(title)
                for name, *cells in rows:
                    self._write(f"{name}: {' · '.join(cells)}", BODY, above=0.6)
            case Appointment() | Upload() | Chart() | Workbook():
                pass
            case _:
                assert_never(block)

    def _title(self, title: str) -> None:
        if title:
            self._write(title, BODY + 1, bold=True, above=2.6)

    def _paper(self, paper: Paper) -> None:
        """A box to tick, ticked where the person has it, and the paper beside it."""
        if self.get_y() + 3 * BODY * LEAD * POINT > self.h - MARGIN - 4:
            self.add_page()
        self.ln(1.2)
        top = self.get_y() + 0.7
        self._box(MARGIN, top, paper.mark)
        self.set_left_margin(MARGIN + BOX + 2)
        self.set_x(MARGIN + BOX + 2)
        name = f"{paper.name} – {paper.amount}" if paper.amount else paper.name
        self._write(name, BODY, bold=True, above=0)
        for detail in paper.details:
            self._write(detail, SMALL, above=0)
        self.set_left_margin(MARGIN)

    def _box(self, x: float, y: float, mark: Mark) -> None:
        match mark:
            case "have":
                self.rect(x, y, BOX, BOX)
                self.line(x + 0.6, y + 1.6, x + 1.3, y + 2.5)
                self.line(x + 1.3, y + 2.5, x + 2.7, y + 0.6)
            case "missing":
                self.rect(x, y, BOX, BOX)
            case "open":
                self.ellipse(x, y, BOX, BOX)
            case _:
                assert_never(mark)

    def _write(self, text: str, size: float, *, bold: bool = False, above: float = 1.4) -> None:
        """A paragraph."""
        if above:
            self.ln(above)
        beside_qr = self.page_no() == 1 and self.get_y() < MARGIN + QR_SIDE
        self.set_font(FAMILY, "B" if bold else "", size)
        width = self.w - self.l_margin - MARGIN - (QR_SIDE + 4 if beside_qr else 0)
        self.multi_cell(
            width,
            size * LEAD * POINT,
            composed(text),
            align="L",
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
