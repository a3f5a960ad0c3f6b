"""All that can happen: a person starts, speaks, presses, sends no words, leaves; the clock or the office calls."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter

Sort = Literal["photo", "file", "voice", "sticker", "edited", "other"]

Verdict = Literal[
    "good",
    "empty",
    "wrong_type",
    "too_large",
    "broken",
    "locked",
    "too_many_pages",
    "too_small",
    "too_dark",
    "blank",
    "blurred",
    "cut_off",
    "several",
    "no_room",
]
"""Why a photo or PDF of a paper is not taken, or that it is good.

empty: no bytes; broken: not to be opened, or a bomb; locked: with a password; several: more than one at once;
no_room: there is no room for one more. The others are what their names say.
"""


@dataclass(frozen=True, slots=True)
class Started:
    """The talk was opened; `payload` is what a deep link carried, e.g. `g_dang-ky-khai-sinh`."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Words, as typed; `masked` when they hold a number or address that is hidden before they are kept.

    `beside` is what they were written below, a photo perhaps, where nobody looks at that.
    """

    text: str
    masked: bool = False
    beside: Sort | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A choice by its id, and the number of the turn it was offered in."""

    choice: str
    turn: int


@dataclass(frozen=True, slots=True)
class Look:
    """What was found when a photo or PDF was opened; its bytes stay with the desk.

    `size` in bytes as it came, `number` under which it will be kept if the talk takes it: empty unless it is good.
    """

    verdict: Verdict
    size: int = 0
    pages: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not words; `look` where it was a photo or file that was awaited and has been opened."""

    sort: Sort
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """The person closed or blocked the channel; nobody is there to read an answer."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """The clock, not the person: a reminder that was asked for has come due, about a list whose file was handed in."""

    list: str
    kind: Literal["reminded"] = "reminded"


Matter = Literal[
    "joined",
    "knocked",
    "post_ended",
    "roster_changed",
    "shift_tomorrow",
    "shift_wanted",
    "shift_sick",
    "shift_taken",
    "went_unsaid",
    "request_waits",
    "request_given",
    "request_unanswered",
    "request_over",
    "request_line",
    "request_taken",
    "request_moved",
    "request_returned",
    "request_somebody",
    "request_closed",
    "request_past",
    "request_forsaken",
    "request_day_over",
    "letter_came",
    "letter_refused",
    "letters_wait",
    "quiz_opened",
    "quiz_closed",
    "unknown",
]
"""What the office calls somebody about; unknown: a newer release wrote it."""


@dataclass(frozen=True, slots=True)
class Called:
    """The office, not the person: something happened there that concerns them; `id` says which (a shift, a letter)."""

    matter: Matter
    id: str
    kind: Literal["called"] = "called"


Due = Annotated[Reminded | Called, Discriminator("kind")]
"""What happens to a person at its time, without their doing."""

Event = Started | Said | Pressed | Sent | Left | Reminded | Called


@cache
def _adapter() -> TypeAdapter[Due]:
    """Built when first used: a start has nothing to read yet."""
    return TypeAdapter(Due)


def dump(due: Due) -> str:
    """What is to happen as JSON."""
    return _adapter().dump_json(due).decode()


def load(text: str) -> Due:
    """What `dump` wrote; pydantic.ValidationError if it is none."""
    return _adapter().validate_json(text)
