"""A poster for the wall on A4: a name, a few lines, a QR to the page and one to Telegram, whom to call, the date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fpdf.enums import MethodReturnValue, XPos, YPos

from bot.papers.lettered import FAMILY, POINT, Lettered, composed

A4: Final = (210.0, 297.0)
MARGIN: Final = 20.0
BRAND: Final = (15, 95, 87)
SOFT: Final = (82, 96, 92)
LEAD: Final = 1.3
TITLE: Final = (46, 40, 34, 28, 24)
"""Letter sizes of a name, the largest that keeps it on three lines."""
TEXT: Final = (18, 16, 14, 13, 12, 11, 10)
"""Letter sizes of the lines, the largest at which all of them stay above the QRs."""
LABEL: Final = 12
GAP: Final = 4.0
QR_SIDE: Final = 62.0
FOOT: Final = 38.0
"""Below the QRs: their words, whom to call, the date."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a QR leads to, and the words below it."""

    link: str
    says: str


@dataclass(frozen=True, slots=True)
class Poster:
    """What one poster says. `lines` are (label, text) pairs; `foot` stands small at the bottom."""

    above: str
    title: str
    lines: tuple[tuple[str, str], ...]
    targets: tuple[Target, ...]
    call: str
    foot: str


def posters(all: Sequence[Poster], language: str, creator: str, now: datetime) -> bytes:
    """The posters as one PDF, a page each; `now` (aware) is when it was made."""
    sheet = _A4()
    sheet.set_title(all[0].title)
    sheet.set_lang(language)
    sheet.set_creator(creator)
    sheet.set_creation_date(now)
    for one in all:
        sheet.poster(one)
    return bytes(sheet.output())


class _A4(Lettered):
    def __init__(self) -> None:
        super().__init__(A4, MARGIN)
        self.set_auto_page_break(auto=False)

    def poster(self, one: Poster) -> None:
        """One page."""
        self.add_page()
        self.set_fill_color(*BRAND)
        self.rect(0, 0, self.w, 9, style="F")
        self.set_y(MARGIN)
        self._write(one.above, 15, colour=SOFT)
        self.ln(3)
        self._write(one.title, self._largest(one.title), bold=True, colour=BRAND)
        self.ln(7)
        size = self._fitting(one.lines)
        for label, text in one.lines:
            self._write(label, LABEL, colour=SOFT)
            self._write(text, size)
            self.ln(GAP)
        self._targets(one.targets)
        self.set_y(self.h - MARGIN - 16)
        if one.call:
            self._write(one.call, 18, bold=True, align="C")
        self.set_y(self.h - MARGIN - 2)
        self._write(one.foot, 9, colour=SOFT, align="C")

    def _targets(self, targets: Sequence[Target]) -> None:
        """The QRs side by side above the foot, each with what it is for."""
        top = self._qrs_from
        room = (self.w - 2 * MARGIN) / max(len(targets), 1)
        for at, target in enumerate(targets):
            left = MARGIN + room * at + (room - QR_SIDE) / 2
            self.qr(target.link, left, top, QR_SIDE)
            self.set_xy(MARGIN + room * at, top + QR_SIDE + 2)
            self.set_text_color(0, 0, 0)
            self.set_font(FAMILY, "B", 12)
            self.multi_cell(room, 12 * LEAD * POINT, composed(target.says), align="C")

    @property
    def _qrs_from(self) -> float:
        return self.h - MARGIN - FOOT - QR_SIDE

    def _fitting(self, lines: Sequence[tuple[str, str]]) -> float:
        """The largest size at which the lines, from here on, end above the QRs."""
        for size in TEXT:
            rows = sum(self._rows(text, size) for _, text in lines)
            labels = len(lines) * (LABEL * LEAD * POINT + GAP)
            if self.get_y() + labels + rows * size * LEAD * POINT <= self._qrs_from:
                return size
        return TEXT[-1]

    def _rows(self, text: str, size: float, style: str = "") -> int:
        self.set_font(FAMILY, style, size)
        rows = self.multi_cell(0, 1, composed(text), dry_run=True, output=MethodReturnValue.LINES)
        return len(rows) if isinstance(rows, list) else 1

    def _largest(self, text: str) -> float:
        """The largest size at which the name takes three lines at most; the smallest whatever it takes."""
        for size in TITLE:
            if self._rows(text, size, "B") <= 3:
                return size
        return TITLE[-1]

    def _write(
        self, text: str, size: float, *, bold: bool = False, colour: tuple[int, int, int] = (0, 0, 0), align: str = "L"
    ) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)
        self.multi_cell(
            0,
            size * LEAD * POINT,
            composed(text),
            align=align,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
