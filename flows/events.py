"""All that can happen: a person starts, says something, presses, sends what is not words, leaves; a reminder is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["photo", "file", "voice", "sticker", "edited", "other"]


@dataclass(frozen=True, slots=True)
class Started:
    """The talk was opened; `payload` is what a deep link carried, e.g. `g_dang-ky-khai-sinh`."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Words, as typed; `masked` when they hold a number or address that is hidden before they are kept."""

    text: str
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A choice by its id, and the number of the turn it was offered in."""

    choice: str
    turn: int


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not words."""

    sort: Sort


@dataclass(frozen=True, slots=True)
class Left:
    """The person closed or blocked the channel; nobody is there to read an answer."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """The clock, not the person: a reminder that was asked for has come due, about a file that was handed in."""

    guide: str


Event = Started | Said | Pressed | Sent | Left | Reminded
