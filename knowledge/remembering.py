"""What was made of a short text, kept for the next time: the phrases that are waited for return with every message."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

SHORT: Final = 160
"""Characters up to which a text counts as a phrase: all that are waited for, and most messages."""

PHRASES: Final = 8_192
"""Phrases of which each function keeps what it made; the one asked for longest ago goes first."""

MESSAGES: Final = 64
"""Longer texts that are kept: each is looked at from many sides within one step, and then hardly ever again."""


def remembered(make: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """The same pure function of a text, which looks at the same text only once; what it gives must not be changed."""
    of_phrases: Callable[..., R] = lru_cache(maxsize=PHRASES)(make)
    of_messages: Callable[..., R] = lru_cache(maxsize=MESSAGES)(make)

    @wraps(make)
    def made(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
        kept = of_phrases if len(text) <= SHORT else of_messages
        return kept(text, *args, **kwargs)

    return made
