"""What a button carries, and what a press of it says."""

from __future__ import annotations

import re
from typing import Final

from bot.channels.telegram.places import Json
from flows.events import Pressed

WAYS: Final = frozenset({"back", "home", "help", "language"})
"""Choices that lead elsewhere; only what answers a question is worth reading again above the next page."""

_NUMBERED = re.compile(r"\d+\. (?P<label>.+)", re.DOTALL)


def pressed(data: str) -> Pressed:
    """What a button's data says: turn and choice; data that is not ours is a press of an unknown, old button."""
    turn, colon, choice = data.partition(":")
    if colon and choice and turn.isascii() and turn.isdecimal() and len(turn) <= 9:
        return Pressed(choice, int(turn))
    return Pressed(data, -1)


def data(choice: str, turn: int) -> str:
    """What a button carries: at most 64 bytes, since a choice id is ASCII of at most 53 characters."""
    return f"{turn}:{choice}"


def tapped(query: Json) -> str:
    """What the pressed button says behind its number; empty for a paper, whose mark shows it, and an old button."""
    match query:
        case {"message": {"reply_markup": {"inline_keyboard": list(rows)}}, "data": data}:
            for button in (button for row in rows if isinstance(row, list) for button in row):
                match button:
                    case {"text": str(text), "callback_data": carried} if carried == data:
                        numbered = _NUMBERED.fullmatch(text)
                        return numbered["label"] if numbered is not None else ""
                    case _:
                        pass
        case _:
            pass
    return ""
