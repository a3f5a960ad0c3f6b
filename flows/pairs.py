"""Two procedures in one message: "xin giấy độc thân rồi đăng ký kết hôn", "vừa đổi căn cước vừa nhập khẩu"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.turn import World
from knowledge.entries import Finding
from knowledge.guide import Guide

CLEAR = 0.95
"""From this score on, half a message names a procedure although it might be another one, too."""

_BETWEEN = re.compile(
    r"[;+]|\b(?:và|với|luôn tiện|sẵn tiện|tiện thể|đồng thời|cùng với"
    r"|va|voi|luon tien|san tien|tien the|dong thoi|cung voi"
    r"|(?:rồi|roi)(?! (?:giờ|gio|bây giờ|bay gio|nay|mà|ma)\b))\b",
    re.IGNORECASE,
)
"""What may stand between two procedures in one message; "mất rồi giờ muốn sang tên" asks for one."""

_BOTH = re.compile(r"\b(?:vừa|vua)\b(.+?)\b(?:vừa|vua)\b(.+)", re.IGNORECASE)
"""Two procedures at once: "vừa đổi căn cước vừa nhập khẩu"."""

_TWO_IN = 200
"""Characters of a message that may name two procedures; a longer one is a story."""

_CUTS = 3
"""Places at which a message is tried as two."""


def two_in(words: str, whole: Finding, world: World) -> tuple[Guide, str] | None:
    """The guide of one procedure and the id of another that one message asks for, each clear when it stands alone.

    The other may be known by name only; then the id is its code. None when one procedure does both in one go, which
    the whole message finds then.
    """
    if len(words) > _TWO_IN:
        return None
    near = [one.id for one in whole.found]
    for halves in _halves(words):
        first = _alone(halves[0], near, world)
        second = _alone(halves[1], near, world) if first is not None else None
        if first is None or second is None or first == second:
            continue
        if whole.decision == "answer" and whole.found[0].id not in {first, second}:
            return None
        for one, other in ((first, second), (second, first)):
            guide = world.library.get(one)
            if guide is not None:
                return guide, other
    return None


def _halves(words: str) -> list[tuple[str, str]]:
    """A message in two, at each place that may stand between two procedures: "vừa ... vừa ..." before all."""
    both = _BOTH.search(words)
    cuts = list(_BETWEEN.finditer(words))[:_CUTS]
    return [
        *([(both[1], both[2])] if both is not None else []),
        *((words[: cut.start()], words[cut.end() :]) for cut in cuts),
    ]


def _alone(part: str, near: Sequence[str], world: World) -> str | None:
    """The id of what one half names: surely, or as the best of a choice that the whole message names too."""
    finding = world.library.find(part, world.today)
    first = finding.found[0] if finding.found else None
    if first is None or finding.decision == "unknown":
        return None
    clear = finding.decision == "answer" or (first.score >= CLEAR and first.id in near)
    return first.id if clear else None
