"""What a citizen and a volunteer say to each other, as either of them reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flows.office.requests import Side, Spoken
from flows.replies import Line
from flows.texts import Say

SHOWN: Final = 8
"""Lines on a page that shows what was said before too."""


def lines_of(lines: Sequence[Spoken], side: Side, news: int | None, called: str, say: Say) -> tuple[Line, ...]:
    """The lines as `side` reads them: so many of the other's last ones, or the last of both where `news` is None."""
    if news is None:
        return tuple(Line(_told(one, side, called, say)) for one in lines[-SHOWN:])
    others = [one for one in lines if one.side != side]
    return tuple(Line(_told(one, side, called, say)) for one in others[len(others) - news :])


def _told(line: Spoken, side: Side, called: str, say: Say) -> str:
    if line.side == side:
        return say("requests.said_me", text=line.text)
    name = called if line.side == "member" else say("requests.citizen")
    return say("requests.said", name=name, text=line.text)
