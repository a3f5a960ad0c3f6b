"""Where on Telegram a talk is held: a chat of two, a group, or one topic of a group; each has a talk of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Json = Mapping[str, Any]


class Place(NamedTuple):
    """Where to write: the chat, the number of the topic if it is one's; `plain`: nothing written before is there."""

    chat: int
    topic: int | None = None
    plain: bool = False


def held_at(message: Json) -> str:
    """The address of the talk that a message belongs to: "7", "-500", or "-500/42" in a topic.

    A thread number that is not a topic's is that of a chain of answers: nothing can be sent there.
    """
    chat: int = message["chat"]["id"]
    if chat < 0 and message.get("is_topic_message"):
        match message:
            case {"message_thread_id": int(topic)}:
                return f"{chat}/{topic}"
            case _:
                pass
    return str(chat)


def place_of(address: str) -> Place:
    """Where a talk is answered, by the address that `held_at` made of it."""
    chat, _, topic = address.partition("/")
    return Place(int(chat), int(topic) if topic else None)
