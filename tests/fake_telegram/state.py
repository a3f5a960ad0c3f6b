"""What Telegram would remember: people, chats, messages, files, presses and the bot's own profile."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .markup import Marked

Json = dict[str, Any]


class RefusedError(Exception):
    """An answer other than yes, with Telegram's own status and description."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters

    def json(self) -> Json:
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad(description: str) -> RefusedError:
    return RefusedError(400, f"Bad Request: {description}")


class Bell:
    """Wakes everyone who waits for a condition whenever anything changed, so nobody looks at a clock."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.broken: Exception | None = None

    def breaks(self, error: Exception) -> None:
        """The fake itself has failed: nobody who waits for the bot need wait on."""
        self.broken = self.broken or error
        self.ring()

    def ring(self) -> None:
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    async def seen(self, condition: Callable[[], bool], seconds: float) -> bool:
        """For tests: as `until`, but AssertionError at once when the fake itself has failed."""
        held = await self.until(lambda: self.broken is not None or condition(), seconds)
        if self.broken is not None:
            raise AssertionError(f"the fake Bot API has failed: {self.broken!r}") from self.broken
        return held

    async def until(self, condition: Callable[[], bool], seconds: float | None) -> bool:
        """True as soon as the condition holds, False when the seconds are over (None: no end)."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await self._rung.wait()
        except TimeoutError:
            return condition()
        return True


@dataclass(frozen=True)
class Stored:
    """A file that Telegram keeps; `size` is what it declares, which a test may set apart from the data."""

    id: str
    name: str
    mime: str
    data: bytes
    size: int
    path: str

    def json(self) -> Json:
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": self.size}


@dataclass
class Message:
    """One message in one chat, from a person or from the bot; `revision` grows with every visible change."""

    id: int
    chat: Json
    sender: Json
    date: int
    body: Marked | None = None
    markup: Json | None = None
    attachment: Json = field(default_factory=dict)
    file: Stored | None = None
    edited: int | None = None
    revision: int = 0
    topic: int | None = None
    answers: int | None = None

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    def json(self) -> Json:
        shown: Json = {"message_id": self.id, "date": self.date, "chat": self.chat, "from": self.sender}
        if self.body is not None and self.body.text:
            word = "caption" if self.attachment else "text"
            shown[word] = self.body.text
            if self.body.entities:
                shown["caption_entities" if self.attachment else "entities"] = list(self.body.entities)
        if self.topic is not None:
            shown |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.edited is not None:
            shown["edit_date"] = self.edited
        # A reply keyboard belongs to the chat, not to the message, and Telegram does not give it back.
        if self.markup is not None and "inline_keyboard" in self.markup:
            shown["reply_markup"] = self.markup
        return {**shown, **self.attachment}


@dataclass
class Press:
    """One press of an inline button, and what the bot answered to it."""

    id: str
    data: str
    answered: bool = False
    notice: str | None = None
    alert: bool = False
    too_old: bool = False


@dataclass
class State:
    """All of it. Nothing here is kept after the test."""

    token: str
    bell: Bell = field(default_factory=Bell)
    stopping: bool = False
    revoked: bool = False
    users: dict[int, Json] = field(default_factory=dict)
    chats: dict[int, Json] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    messages: dict[int, list[Message]] = field(default_factory=dict)
    files: dict[str, Stored] = field(default_factory=dict)
    topics: dict[tuple[int, int], bool] = field(default_factory=dict)
    """By the numbers of group and topic, whether people may write there."""
    upgraded: dict[int, int] = field(default_factory=dict)
    """Groups that got another number."""
    presses: dict[str, Press] = field(default_factory=dict)
    profile: dict[tuple[str, ...], Any] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _revisions: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    revision: int = 0

    @property
    def bot(self) -> Json:
        return {
            "id": int(self.token.split(":", 1)[0]),
            "is_bot": True,
            "first_name": "Thử nghiệm",
            "username": "thu_nghiem_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }

    def number(self) -> int:
        return next(self._numbers)

    def touch(self, message: Message) -> None:
        """Note that what people see has changed, and wake those who wait for it."""
        self.revision = message.revision = next(self._revisions)
        self.bell.ring()

    def add(self, chat: Json, sender: Json, **content: Any) -> Message:
        message = Message(self.number(), chat, sender, int(time.time()), **content)
        self.messages.setdefault(chat["id"], []).append(message)
        self.touch(message)
        return message

    def find(self, chat_id: int, message_id: int) -> Message | None:
        return next((m for m in self.messages.get(chat_id, ()) if m.id == message_id), None)

    def store(self, name: str, data: bytes, mime: str, folder: str, size: int | None = None) -> Stored:
        number = self.number()
        suffix = f".{name.rsplit('.', 1)[1]}" if "." in name else ""
        file = Stored(
            id=f"fake-file-{number}",
            name=name,
            mime=mime,
            data=data,
            size=len(data) if size is None else size,
            path=f"{folder}/file_{number}{suffix}",
        )
        self.files[file.id] = file
        return file

    def chat_to_write(self, chat_id: int | str) -> Json:
        """The chat the bot may write to now, or Telegram's refusal."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad("chat not found")
        if (number := self.upgraded.get(chat["id"])) is not None:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise RefusedError(400, words, migrate_to_chat_id=number)
        if chat["id"] in self.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        return chat
