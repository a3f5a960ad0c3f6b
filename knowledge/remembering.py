"""What was made before, kept for the next time: people's words, pages and the phrases that are waited for return."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from threading import Lock
from typing import Concatenate, Final, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

SHORT: Final = 160
"""Characters up to which a text counts as a phrase: all that are waited for, and most messages."""

PHRASES: Final = 1_024
"""Phrases of which each function keeps what it made; the one asked for longest ago goes first."""

MESSAGES: Final = 64
"""Longer texts that are kept: each is looked at from many sides within one step, and then hardly ever again."""

OBJECTS: Final = 256
"""Things of which each function keeps what it made."""


def remembered(make: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """The same pure function of a text, which looks at the same text only once; what it gives must not be changed."""
    of_phrases: Callable[..., R] = lru_cache(maxsize=PHRASES)(make)
    of_messages: Callable[..., R] = lru_cache(maxsize=MESSAGES)(make)

    @wraps(make)
    def made(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
        kept = of_phrases if len(text) <= SHORT else of_messages
        return kept(text, *args, **kwargs)

    return made


class Kept(Generic[K, T]):
    """What was made of each of the last keys; for any thread. What it gives must not be changed."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: dict[K, T] = {}
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], T]) -> T:
        """What was made of an equal key, or else what `make` gives now: the key has to say all that it goes by."""
        with self._lock:
            if key in self._made:
                made = self._made[key] = self._made.pop(key)  # the last again
                return made
        made = make()
        with self._lock:
            self._made[key] = made
            if len(self._made) > self._most:
                del self._made[next(iter(self._made))]
        return made


def remembered_of(make: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """The same pure function of something that never changes, known by its identity: to hash it takes too long."""
    kept: Kept[Hashable, tuple[T, R]] = Kept(OBJECTS)

    @wraps(make)
    def made(one: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (id(one), *args, *kwargs.items())
        return kept.get(key, lambda: (one, make(one, *args, **kwargs)))[1]  # held: its id is nobody else's meanwhile

    return made
