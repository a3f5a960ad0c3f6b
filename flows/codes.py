"""The short code of a list: how it looks, how it is drawn, and how it is known among other words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No letter or digit that looks like another, and no vowel, so that no code is a word: 27**6 are 387 million codes."""

LENGTH: Final = 6

PAYLOAD: Final = "c_"
"""A start payload that opens a list: c_K7M3PQ."""


def draw(choose: Callable[[Sequence[str]], str]) -> str:
    """A code, each sign by `choose`; at least one digit and one letter, so that it is no abbreviation and no number."""
    while not is_code(code := "".join(choose(ALPHABET) for _ in range(LENGTH))):
        pass
    return code


def is_code(text: str) -> bool:
    """Whether the text has the form of a code, as it is written."""
    digits = sum(sign.isdigit() for sign in text)
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and 0 < digits < LENGTH


def code_in(text: str) -> str:
    """The code, if one is all that was typed: "k7m 3pq", "mã K7M3PQ", or the payload of a link; else empty."""
    plain = text.strip().casefold().removeprefix(PAYLOAD)
    for word in ("mã số", "ma so", "mã", "ma", "code"):
        plain = plain.removeprefix(word + " ")
    plain = plain.strip().replace(" ", "").replace("-", "").upper()
    return plain if is_code(plain) else ""
