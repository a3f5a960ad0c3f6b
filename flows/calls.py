"""What the office calls people about, and what each hears of it where they stand."""

from __future__ import annotations

from typing import assert_never

from flows import joining, letter_calls, quiz_calls, relay, shift_calls
from flows.events import Called
from flows.state import Talk
from flows.turn import Move, Stay, World


def heard(talk: Talk, event: Called, world: World) -> Move | Stay | None:
    """What comes of a call; None when there is nothing to be said any more."""
    match event.matter:
        case "joined" | "knocked" | "post_ended":
            aside = joining.told(event.matter, event.id, talk, world)
            return None if aside is None else Stay((aside,))
        case "roster_changed" | "went_unsaid" | "shift_tomorrow" | "shift_wanted" | "shift_sick" | "shift_taken":
            return shift_calls.heard(talk, event.matter, event.id, world)
        case (
            "request_waits"
            | "request_given"
            | "request_unanswered"
            | "request_over"
            | "request_line"
            | "request_taken"
            | "request_moved"
            | "request_returned"
            | "request_somebody"
            | "request_closed"
            | "request_past"
            | "request_forsaken"
            | "request_day_over"
        ):
            return relay.called(talk, event, world)
        case "letter_came" | "letter_refused" | "letters_wait":
            return letter_calls.heard(talk, event.matter, event.id, world)
        case "quiz_opened" | "quiz_closed":
            return quiz_calls.heard(talk, event.matter, event.id, world)
        case "unknown":
            return None
        case _:
            assert_never(event.matter)
