"""What comes from Zalo means: an arrival at the desk, or nothing for us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.desk import Address, Arrival
from bot.messaging.captions import with_words
from flows.events import Event, Said, Sent, Started

Json = Mapping[str, Any]


def update_of(given: object) -> Json | None:
    """The update in a call or in the answer to a poll; None when it holds none.

    The documentation wraps it as {"ok", "result"}; calls seen in public projects come without.
    """
    update = given.get("result", given) if isinstance(given, dict) else None
    return update if isinstance(update, dict) and isinstance(update.get("message"), dict) else None


def person(update: Json) -> str:
    """Whose lane the update belongs to; nobody's ("") where no chat is named."""
    match update:
        case {"message": {"chat": {"id": str(chat)}}}:
            return chat
        case _:
            return ""


def arrival(update: Json) -> Arrival | None:
    """The arrival; None for what is not meant for us, or not of a kind we answer.

    Groups are left alone: they are a trial of Zalo's, and nothing documented says who is spoken to there.
    """
    match update:
        case {"message": {"from": {"is_bot": True}}} | {"event_name": "message.reaction.received"}:
            return None
        case {"message": {"chat": {"id": str(chat), "chat_type": "PRIVATE"}, "message_id": str(id)} as message}:
            return Arrival(Address("zalo", chat), id, _event(message))
        case _:
            return None


def picture(update: Json) -> str:
    """Where the picture lies that was sent; empty for none. Documented as `photo`, seen as `photo_url`."""
    match update:
        case {"message": {"photo": str(url)}} | {"message": {"photo_url": str(url)}}:
            return url
        case _:
            return ""


def _event(message: Json) -> Event:
    match message:
        case {"text": str(text)}:
            return _words(text)
        case {"photo": _} | {"photo_url": _}:
            return with_words(Sent("photo"), message.get("caption"))
        case {"sticker": _}:
            return Sent("sticker")
        case {"voice_url": _}:
            return Sent("voice")
        case _:
            return Sent("other")


def _words(text: str) -> Event:
    command, _, payload = text.strip().partition(" ")
    return Started(payload.strip()) if command == "/start" else Said(text)
