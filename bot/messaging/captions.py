"""Words below a picture or file: they are what the person says, unless the picture was asked for."""

from __future__ import annotations

from flows.events import Event, Said, Sent


def with_words(sent: Sent, caption: object) -> Said | Sent:
    """What was sent as the words below it; as it is where there are none."""
    if isinstance(caption, str) and any(sign.isalnum() for sign in caption):
        return Said(caption, beside=sent.sort)
    return sent


def without_words(event: Event) -> Sent | None:
    """What was sent, with words below it or not; None where nothing was."""
    match event:
        case Said(beside=sort) if sort is not None:
            return Sent(sort)
        case Sent():
            return event
        case _:
            return None
