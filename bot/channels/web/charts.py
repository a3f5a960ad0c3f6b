"""How a chart is drawn on the page: where each bar begins and ends, in units of its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flows.replies import Chart

WIDTH: Final = 640
ROW: Final = 34
THICK: Final = 20
LETTER: Final = 8.5
"""Units that a letter takes, on average."""

SAYS: Final = 90
"""Units kept behind the longest bar for what it says."""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar: the line its words stand on, its upper edge, its length."""

    label: str
    says: str
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
    left = min(round(max((len(bar.label) for bar in chart.bars), default=0) * LETTER) + 10, WIDTH // 2)
    longest = max((bar.value for bar in chart.bars), default=0) or 1
    room = WIDTH - left - SAYS
    bars = tuple(
        DrawnBar(
            bar.label, bar.says, at * ROW + ROW // 2, at * ROW + (ROW - THICK) // 2, round(bar.value / longest * room)
        )
        for at, bar in enumerate(chart.bars)
    )
    return Drawn(bars, left, len(bars) * ROW)
