"""How many wrong codes are looked up: few for one address, not many for all, so that no list is found by trying."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from typing import Final

ONE: Final = 5
"""Wrong codes of one address within WHILE."""

ALL: Final = 120
"""Wrong codes of everybody within WHILE. With a thousand lists open, finding one would take half a year on average."""

WHILE: Final = 600.0
"""Seconds."""


class Guesses:
    """The wrong codes of the last while; kept in memory only, and at most ALL of them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: deque[tuple[float, Hashable]] = deque()

    def may(self, address: Hashable) -> bool:
        """Whether one more code of that address is looked up."""
        while self._wrong and self._wrong[0][0] <= self._clock() - WHILE:
            self._wrong.popleft()
        return len(self._wrong) < ALL and sum(one == address for _, one in self._wrong) < ONE

    def wrong(self, address: Hashable) -> None:
        """Count a wrong one."""
        self._wrong.append((self._clock(), address))
