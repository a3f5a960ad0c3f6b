"""A person on Zalo: what they write, and what they have been sent."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
_NUMBERS = itertools.count(1)


@dataclass
class Person:
    """One chat. `send` brings an update on its way to the bot; `texts` are the bot's messages, oldest first."""

    id: str
    name: str
    send: Callable[[Json], None]
    texts: list[str] = field(default_factory=list)
    typing: int = 0

    def says(self, text: str) -> str:
        """Write something; the id of the message."""
        return self._sends("message.text.received", text=text)

    def sends_photo(self, url: str, caption: str = "") -> str:
        """Send a photo that lies at that address."""
        return self._sends("message.image.received", photo=url, **({"caption": caption} if caption else {}))

    def sends_sticker(self) -> str:
        return self._sends("message.sticker.received", sticker="0e078a2fb66a5f34067b", url="https://zalo.example/s.png")

    def sends_voice(self) -> str:
        return self._sends("message.voice.received", voice_url="https://zalo.example/v.aac")

    def sends_a_file(self) -> str:
        """A kind that Zalo gives to no bot: it comes without its content."""
        return self._sends("message.unsupported.received")

    def _sends(self, event: str, **content: str) -> str:
        id = f"{next(_NUMBERS):020x}"
        message = {
            "from": {"id": self.id, "display_name": self.name, "is_bot": False},
            "chat": {"id": self.id, "chat_type": "PRIVATE"},
            "message_id": id,
            "date": 1_750_316_131_602,
            **content,
        }
        self.send({"event_name": event, "message": message})
        return id
