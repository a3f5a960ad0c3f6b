"""A chart as a picture: bars that lie one below the other, in our letters; for chats, which draw nothing themselves."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.papers.lettered import FONTS, composed
from flows.replies import Chart

WIDTH: Final = 1080
MARGIN: Final = 48
ROW: Final = 64
THICK: Final = 36
TITLE: Final = 40
TEXT: Final = 28
GAP: Final = 20
INK: Final = (27, 36, 34)
BRAND: Final = (15, 95, 87)
PAPER: Final = (255, 255, 255)

MOST_FOR_LABELS: Final = 420
"""Pixels that labels take at most; a longer one is cut."""


def png(chart: Chart) -> bytes:
    """The picture, 1,080 pixels wide: sharp on a phone, a few dozen kilobytes."""
    bold = ImageFont.truetype(str(FONTS / "BeVietnamPro-SemiBold.ttf"), TITLE)
    plain = ImageFont.truetype(str(FONTS / "BeVietnamPro-Regular.ttf"), TEXT)
    title = _fitting(chart.title, bold, WIDTH - 2 * MARGIN)
    labels = [_fitting(bar.label, plain, MOST_FOR_LABELS) for bar in chart.bars]
    left = MARGIN + max((plain.getlength(label) for label in labels), default=0) + GAP
    behind = max((plain.getlength(bar.says) for bar in chart.bars), default=0) + GAP
    longest = max((bar.value for bar in chart.bars), default=0) or 1
    top = 2 * MARGIN + TITLE
    image = Image.new("RGB", (WIDTH, top + ROW * len(chart.bars) + MARGIN // 2), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN, MARGIN), title, INK, bold)
    for at, (bar, label) in enumerate(zip(chart.bars, labels, strict=True)):
        middle = top + ROW * at + ROW // 2
        end = left + bar.value / longest * (WIDTH - MARGIN - behind - left)
        draw.text((MARGIN, middle), label, INK, plain, anchor="lm")
        if bar.value:
            draw.rounded_rectangle((left, middle - THICK // 2, end, middle + THICK // 2), 4, BRAND)
        draw.text((end + GAP // 2, middle), composed(bar.says), INK, plain, anchor="lm")
    made = io.BytesIO()
    image.save(made, "png", optimize=True)
    return made.getvalue()


def _fitting(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """The text, cut where it would be wider than that."""
    text = composed(text)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
