"""When a group speaks to us: a command with our name, a mention, an answer to us. All other talk is none of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.channels.telegram.places import Json

GROUPS: Final = frozenset({"group", "supergroup"})


@dataclass(frozen=True, slots=True)
class Me:
    """Who we are on Telegram."""

    id: int
    username: str


def addressed(message: Json, me: Me) -> str | None:
    """What is said to us in a group, typed or below a picture, without our name; None for all other talk."""
    name = re.compile(rf"@{re.escape(me.username)}\b", re.IGNORECASE)
    match message:
        case {"from": {"is_bot": True}} if "sender_chat" not in message:
            return None  # another bot; who leads a group without a name stands there as one too
        case {"text": str(text)} if text.startswith("/"):
            return text if name.search(text.split(maxsplit=1)[0]) else None
        case {"text": str(text), "reply_to_message": {"from": {"id": id}}} | {
            "caption": str(text),
            "reply_to_message": {"from": {"id": id}},
        } if id == me.id:
            return name.sub("", text).strip()
        case {"text": str(text)} | {"caption": str(text)} if name.search(text):
            return name.sub("", text).strip()
        case _:
            return None
