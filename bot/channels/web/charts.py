"""How a chart is drawn on the page: where each bar begins and ends, in units of its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flows.replies import Chart

WIDTH: Final = 360
"""About the pixels of a narrow phone, so that letters are there as large as all others."""

ROW: Final = 26
THICK: Final = 16
LETTER: Final = 9
"""Units that a letter takes, on average."""

SAYS: Final = 64
"""Units kept behind the longest bar for what it says."""

BESIDE: Final = 9
"""Letters of a label that stands beside its bar; where one is longer they all stand above theirs."""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar: where its label stands, where what it says does, its upper edge, its length."""

    label: str
    says: str
    named: int
    middle: int
    top: int
    length: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """The bars, and the room that they and their labels take."""

    bars: tuple[DrawnBar, ...]
    left: int
    height: int
    width: int = WIDTH
    thick: int = THICK


def drawn(chart: Chart) -> Drawn:
    """The chart as bars that lie, one below the other."""
    letters = max((len(bar.label) for bar in chart.bars), default=0)
    above = ROW if letters > BESIDE else 0
    left, row = (0, 2 * ROW) if above else (letters * LETTER + 8, ROW)
    longest = max((bar.value for bar in chart.bars), default=0) or 1
    room = WIDTH - left - SAYS
    bars = tuple(
        DrawnBar(
            bar.label,
            bar.says,
            named=at * row + ROW // 2,
            middle=at * row + above + ROW // 2,
            top=at * row + above + (ROW - THICK) // 2,
            length=round(bar.value / longest * room),
        )
        for at, bar in enumerate(chart.bars)
    )
    return Drawn(bars, left, len(bars) * row)
