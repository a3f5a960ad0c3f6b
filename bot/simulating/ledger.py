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

    long: list[str] = field(default_factory=list)
    """What took more taps than it should, and of them how many were answers."""

    papers: int = 0
    sent_home: int = 0
    """People who stood there when the desks closed."""

    at_desk: int = 0
    at_home: int = 0
    """Citizens who came to a desk, and who did not."""

    in_vain: int = 0
    """Who asked for a person to talk to and had none."""

    kept_before: int = 0
    made_after: int = 0
    """Turns under way at the restart: kept by then, and made when they were delivered once more."""

    not_once: list[str] = field(default_factory=list)
    """Whose question under way at the restart is not kept exactly once."""

    refused: int = 0
    notes: list[str] = field(default_factory=list)

    def without_figure(self) -> dict[str, int]:
        """Citizens of whom no help and no dossier was to be counted, by why."""
        helped, answered = self.helped.total(), self.requests.total()
        return {
            "còn đứng chờ khi hết giờ": self.sent_home,
            "lượt không ghi được kết quả": self.refused,
            "tới muộn hoặc đang được giúp khi hết giờ": self.at_desk - helped - self.refused - self.sent_home,
            "nhắn cần người mà chưa ai giúp xong": self.in_vain,
            "chỉ hỏi hoặc xem giấy tờ ở nhà, chưa báo đã nộp": self.at_home - answered - self.in_vain - self.filed,
        }


def middle(seconds: Sequence[float]) -> str:
    """Median and ninth decile in minutes, and of how many."""
    if len(seconds) < 2:
        return f"{len(seconds)} lượt"
    ninth = quantiles(seconds, n=10)[-1]
    return f"giữa {median(seconds) / 60:.0f} phút, chín phần mười dưới {ninth / 60:.0f} phút ({len(seconds)} lượt)"
