"""The talk files of the tests; how a talk is read and played is the workshop's, as officials use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.workshop.playing import (
    ACTS,
    CHECKS,
    Alone,
    Channel,
    NotAsSaid,
    Screen,
    Step,
    TalkFile,
    act,
    check,
    play,
    read_talks,
    screen_of,
)

__all__ = [
    "ACTS",
    "CHECKS",
    "TESTS",
    "Alone",
    "Channel",
    "NotAsSaid",
    "Screen",
    "Step",
    "TalkFile",
    "act",
    "check",
    "play",
    "screen_of",
    "talks",
]

TESTS = Path(__file__).resolve().parents[1]


def talks() -> Iterator[TalkFile]:
    """Every talk: those of the guides' mirrors and those about no one guide."""
    for path in sorted((TESTS / "guides").rglob("*.yaml")):
        yield from _talks(path, "talks")
    for path in sorted((TESTS / "talks").rglob("*.yaml")):
        yield from _talks(path, None)


def _talks(path: Path, key: str | None) -> tuple[TalkFile, ...]:
    found, problems = read_talks(path, key, path.relative_to(TESTS).as_posix())
    assert problems == (), [str(problem) for problem in problems]
    return found
