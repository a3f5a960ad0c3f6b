"""What really happened on a made day, noted by those who made it: the report is held against this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass
class Ledger:
    """Notes of the day; times in seconds."""

    helped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(desk, member) -> people."""

    outcomes: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    """The desk of who took it -> people who had a person to talk to."""

    filed: int = 0
    waited: dict[str, list[float]] = field(default_factory=dict)
    """desk -> how long each person stood there before their turn."""

    took: dict[str, list[float]] = field(default_factory=dict)
    relayed: list[float] = field(default_factory=list)
    """How long each waited for a person to talk to."""

    taps: list[int] = field(default_factory=list)
    """The volunteer's taps for each person, papers aside."""

    papers: int = 0
    sent_home: int = 0
    """People who stood there when the desks closed."""

    kept_before: int = 0
    made_after: int = 0
    """Turns under way at the restart: kept by then, and made when they were delivered once more."""

    not_once: list[str] = field(default_factory=list)
    """Whose question under way at the restart is not kept exactly once."""

    refused: int = 0
    notes: list[str] = field(default_factory=list)


def middle(seconds: Sequence[float]) -> str:
    """Median and ninth decile in minutes, and of how many."""
    if len(seconds) < 2:
        return f"{len(seconds)} lượt"
    ninth = quantiles(seconds, n=10)[-1]
    return f"giữa {median(seconds) / 60:.0f} phút, chín phần mười dưới {ninth / 60:.0f} phút ({len(seconds)} lượt)"
