"""Numbers that nobody can foretell, drawn for codes at every turn."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

NUMBER: Final = 8
"""Bytes that one number takes."""

RANGE: Final = 256**NUMBER

AT_ONCE: Final = 256
"""Numbers that the system is asked for at once: at each asking another thread gets in between."""


def pooled(source: Callable[[int], bytes] = secrets.token_bytes) -> Callable[[int], int]:
    """As secrets.randbelow, for up to RANGE; `source` gives so many bytes by chance."""
    pool = bytearray()

    def below(most: int) -> int:
        while True:
            if not pool:
                pool.extend(source(NUMBER * AT_ONCE))
            number = int.from_bytes(pool[-NUMBER:])
            del pool[-NUMBER:]
            if number < RANGE - RANGE % most:  # else the first of them would come more often
                return number % most

    return below
