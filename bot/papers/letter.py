"""A letter of an office on A4: the letterhead, the place and day, the words, and room to sign above the name."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from fpdf.enums import XPos, YPos

from bot.papers.lettered import FAMILY, POINT, Lettered, composed
from flows.replies import Letter
from flows.state import Language

A4: Final = (210.0, 297.0)
MARGIN: Final = 28.0
LEAD: Final = 1.5
BODY: Final = (14, 13, 12, 11, 10)
"""Letter sizes of the words, the largest at which the letter is one page."""
HAND: Final = 26.0
"""Millimetres left free for a signature and a stamp."""
SOFT: Final = (82, 96, 92)
BLACK: Final = (0, 0, 0)


def pdf(letter: Letter, language: Language, creator: str, now: datetime) -> bytes:
    """The letter; `now` (aware) is when it was made. On one page unless even the smallest letters need more."""
    for size in BODY:
        paper = _A4(letter.foot)
        paper.set_title(letter.title)
        paper.set_lang("vi-VN" if language == "vi" else "en")
        paper.set_creator(creator)
        paper.set_creation_date(now)
        paper.write_out(letter, size)
        if paper.page_no() == 1:
            break
    return bytes(paper.output())


class _A4(Lettered):
    def __init__(self, foot: str) -> None:
        super().__init__(A4, MARGIN)
        self._foot = foot
        self.set_auto_page_break(auto=True, margin=MARGIN)

    def footer(self) -> None:
        """What the letter is not, small, on every page."""
        self.set_y(-MARGIN + 6)
        self._write(self._foot, 8.5, colour=SOFT, align="C")

    def write_out(self, letter: Letter, size: float) -> None:
        """The whole letter, its words in that size."""
        self.add_page()
        self._write(letter.office, 14, bold=True)
        self._write(letter.address, 10.5, colour=SOFT)
        self.ln(3)
        self.set_draw_color(*SOFT)
        self.line(MARGIN, self.get_y(), self.w - MARGIN, self.get_y())
        self.ln(9)
        self._write(letter.date, 11, align="R")
        self.ln(18)
        self._write(letter.title, 20, bold=True, align="C")
        self.ln(14)
        self._write(letter.to, size, bold=True)
        for paragraph in letter.body:
            self.ln(5)
            self._write(paragraph, size)
        self._sign(letter)

    def _sign(self, letter: Letter) -> None:
        """Who signs, in the right half, never parted from their name by the end of a page."""
        if self.get_y() + HAND + 40 > self.h - MARGIN:
            self.add_page()
        self.ln(18)
        self.set_left_margin(self.w / 2 - 8)
        self.set_x(self.l_margin)
        self._write(letter.signed, 12, bold=True, align="C")
        self.ln(HAND)
        self._write(letter.name, 12, bold=True, align="C")
        self.set_left_margin(MARGIN)

    def _write(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: tuple[int, int, int] = BLACK,
        align: Literal["L", "R", "C"] = "L",
    ) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)
        self.multi_cell(0, size * LEAD * POINT, composed(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
