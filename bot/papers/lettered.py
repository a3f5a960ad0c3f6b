"""A PDF in our letters, and a QR drawn on it: what every paper of ours begins with."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Final

from fpdf import FPDF

from bot.papers.qr import modules

FONTS: Final = Path(__file__).parent / "fonts"
FAMILY: Final = "Be Vietnam Pro"
POINT: Final = 0.3528
"""Millimetres of a point."""


class Lettered(FPDF):
    """Upright pages, measured in millimetres, with margins all round."""

    def __init__(self, size: tuple[float, float], margin: float) -> None:
        super().__init__(orientation="portrait", unit="mm", format=size)
        self.add_font(FAMILY, "", FONTS / "BeVietnamPro-Regular.ttf")
        self.add_font(FAMILY, "B", FONTS / "BeVietnamPro-SemiBold.ttf")
        self.set_margins(margin, margin, margin)

    def qr(self, link: str, left: float, top: float, side: float) -> None:
        """The QR of a link, drawn as squares; `side` is its width."""
        rows = modules(link)
        square = side / len(rows)
        self.set_fill_color(0, 0, 0)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    self.rect(left + x * square, top + y * square, square, square, style="F")


def composed(text: str) -> str:
    """The text in NFC, because a mark that stands apart would be printed beside its letter."""
    return unicodedata.normalize("NFC", text)
