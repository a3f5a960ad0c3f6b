"""A person with a phone: writes, presses, sends pictures, and sees what the bot has put on the screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .markup import units
from .pictures import picture_size
from .state import Json, Message, Press, State, Stored
from .updates import Mailbox


@dataclass(frozen=True)
class Seen:
    """One message as it is on the screen: HTML is read, buttons are their labels in rows."""

    id: int
    text: str
    buttons: tuple[tuple[str, ...], ...]
    keyboard: tuple[tuple[str, ...], ...]
    edited: bool
    from_bot: bool
    file: Stored | None
    revision: int
    answers: int | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for row in self.buttons for label in row)


@dataclass(frozen=True)
class Person:
    """One person in one chat (their own with the bot, or a group or one of its topics through `inside`)."""

    state: State
    mailbox: Mailbox
    user: Json
    chat: Json
    topic: int | None = None

    @property
    def id(self) -> int:
        return int(self.user["id"])

    def inside(self, chat: Json, topic: int | None = None) -> Person:
        """The same person writing and reading in a group made by `FakeTelegram.group`, outside all topics or in one."""
        return Person(self.state, self.mailbox, self.user, chat, topic)

    @property
    def messages(self) -> list[Seen]:
        """All that is on the screen now, oldest first, the person's own messages among them."""
        return [_seen(message) for message in self._all()]

    @property
    def answers(self) -> list[Seen]:
        """The bot's messages only."""
        return [message for message in self.messages if message.from_bot]

    @property
    def mark(self) -> int:
        """A point in time for `sees(..., after=mark)`: every new or changed message has a higher revision."""
        return self.state.revision

    # -- what a person does -------------------------------------------------------------------------------

    async def says(self, text: str, **extra: Any) -> int:
        """Write a message; returns its id. `extra` goes into the message as it is (forward_origin, ...)."""
        self._meet()
        message = self.state.add(self.chat, self.user, topic=self.topic)
        body: Json = {**message.json(), **self._below(), "text": text, **extra}
        if text.startswith("/"):
            length = units(text.split(maxsplit=1)[0])
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        message.attachment = {k: v for k, v in body.items() if k in ("text", "entities") or k in extra}
        self._post("message", body)
        return message.id

    async def answers_to(self, message_id: int, text: str) -> int:
        """Write a message as the answer to one of before."""
        message = self.state.find(self.chat["id"], message_id)
        assert message is not None, f"no message {message_id}"
        chained = {"message_thread_id": message_id} if self.chat["type"] == "supergroup" and not self.topic else {}
        return await self.says(text, reply_to_message=message.json(), **chained)

    async def follows_link(self, payload: str) -> int:
        """Open t.me/<bot>?start=<payload> and press Start."""
        return await self.says(f"/start {payload}")

    async def edits(self, message_id: int, text: str) -> None:
        """Change an own message of before."""
        message = self.state.find(self.chat["id"], message_id)
        assert message is not None, f"no message {message_id}"
        assert not message.from_bot, f"message {message_id} is the bot's"
        message.edited = int(time.time())
        message.attachment = {"text": text}
        self.state.touch(message)
        self._post("edited_message", message.json())

    async def presses(self, label: str | int) -> Press:
        """Press a button of the newest message with buttons: by its label, else by its number from 1."""
        for message in reversed(self._all()):
            rows = (message.markup or {}).get("inline_keyboard") if message.from_bot else None
            if rows:
                button = _chosen([b for row in rows for b in row], label)
                if "callback_data" not in button:
                    raise AssertionError(f"{button['text']!r} opens a link and calls nobody")
                return await self.presses_data(message.id, button["callback_data"])
        raise AssertionError(f"no buttons on the screen to press {label!r}:\n{self.screen()}")

    async def presses_data(self, message_id: int, data: str) -> Press:
        """Press with any data on any message, real or not: an old phone, a forged client."""
        press = Press(str(4_000_000_000_000 + self.state.number()), data)
        self.state.presses[press.id] = press
        message = self.state.find(self.chat["id"], message_id)
        gone: Json = {"chat": self.chat, "message_id": message_id, "date": 0}
        query = {
            "id": press.id,
            "from": self.user,
            "message": message.json() if message else gone,
            "chat_instance": str(self.chat["id"]),
            "data": data,
        }
        self._post("callback_query", query)
        return press

    async def sends_photo(self, data: bytes, caption: str = "", size: int | None = None) -> int:
        """Send a picture (bytes need not be one); `size` is the size Telegram declares for it."""
        file = self.state.store("photo.jpg", data, "image/jpeg", "photos", size)
        width, height = picture_size(data) or (800, 600)
        sizes = [{**file.json(), "width": width, "height": height}]
        return self._send({"photo": sizes, **({"caption": caption} if caption else {})}, file)

    async def sends_document(
        self, data: bytes, name: str, mime: str = "application/pdf", size: int | None = None, caption: str = ""
    ) -> int:
        file = self.state.store(name, data, mime, "documents", size)
        body: Json = {"document": {**file.json(), "file_name": name, "mime_type": mime}}
        return self._send({**body, **({"caption": caption} if caption else {})}, file)

    async def sends_sticker(self, emoji: str = "👍") -> int:
        file = self.state.store("sticker.webp", b"RIFF", "image/webp", "stickers")
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return self._send({"sticker": {**file.json(), **shape, "emoji": emoji}}, file)

    async def sends_voice(self, seconds: int = 3) -> int:
        file = self.state.store("voice.ogg", b"OggS", "audio/ogg", "voice")
        return self._send({"voice": {**file.json(), "duration": seconds, "mime_type": "audio/ogg"}}, file)

    async def sends_location(self, latitude: float, longitude: float) -> int:
        return self._send({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_contact(self, phone: str) -> int:
        contact = {"phone_number": phone, "first_name": self.user["first_name"], "user_id": self.id}
        return self._send({"contact": contact})

    async def asks_inline(self, query: str) -> str:
        """Type @bot query in another chat; returns the inline query's id (the answer is in `api.calls`)."""
        number = str(5_000_000_000_000 + self.state.number())
        body = {"id": number, "from": self.user, "query": query, "offset": "", "chat_type": "private"}
        self._post("inline_query", body)
        return number

    async def blocks_bot(self) -> None:
        """From now on the bot gets 403 for this person, and is told so by a my_chat_member update."""
        self.state.blocked.add(self.chat["id"])
        self._post("my_chat_member", self._membership("member", "kicked"))

    async def unblocks_bot(self) -> None:
        self.state.blocked.discard(self.chat["id"])
        self._post("my_chat_member", self._membership("kicked", "member"))

    # -- what a person sees -------------------------------------------------------------------------------

    async def sees(self, what: str | Callable[[Seen], bool], within: float = 5.0, *, after: int = 0) -> Seen:
        """Wait for a message of the bot that has the words (or fits), newest first, changed later than `after`."""

        def found() -> Seen | None:
            fits = (lambda m: what in m.text) if isinstance(what, str) else what
            return next((m for m in reversed(self.answers) if m.revision > after and fits(m)), None)

        await self.state.bell.seen(lambda: found() is not None, within)
        seen = found()
        if seen is None:
            raise AssertionError(f"not seen in {within} s: {what!r}\n{self.screen()}")
        return seen

    async def sees_answer(self, press: Press, within: float = 5.0) -> str | None:
        """Wait until the bot has answered the press (the spinner stops); returns the notice, if any."""
        if not await self.state.bell.seen(lambda: press.answered, within):
            raise AssertionError(f"the press of {press.data!r} was not answered in {within} s\n{self.screen()}")
        return press.notice

    def screen(self) -> str:
        """The screen as text, for a failing test."""
        lines = []
        for message in self.messages:
            lines.append(f"{'bot' if message.from_bot else 'person'} {message.id}: {message.text}")
            lines += ["    " + " ".join(f"[{label}]" for label in row) for row in message.buttons + message.keyboard]
        return "\n".join(lines)

    # -- inside -------------------------------------------------------------------------------------------

    def _all(self) -> list[Message]:
        return [one for one in self.state.messages.get(self.chat["id"], []) if one.topic == self.topic]

    def _below(self) -> Json:
        """In a topic each message that answers no other hangs below the one about its opening."""
        opened = self.state.find(self.chat["id"], self.topic) if self.topic is not None else None
        return {} if opened is None else {"reply_to_message": opened.json()}

    def _meet(self) -> None:
        self.state.chats.setdefault(self.chat["id"], self.chat)

    def _post(self, kind: str, body: Json) -> int:
        return self.mailbox.add(kind, body, self.chat["id"])

    def _send(self, attachment: Json, file: Stored | None = None) -> int:
        self._meet()
        message = self.state.add(self.chat, self.user, attachment=attachment, file=file, topic=self.topic)
        self._post("message", {**message.json(), **self._below()})
        return message.id

    def _membership(self, before: str, now: str) -> Json:
        def member(status: str) -> Json:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"status": status, "user": self.state.bot, **until}

        times = {"date": int(time.time()), "old_chat_member": member(before), "new_chat_member": member(now)}
        return {"chat": self.chat, "from": self.user, **times}


def _seen(message: Message) -> Seen:
    def rows(key: str) -> tuple[tuple[str, ...], ...]:
        markup = message.markup or {}
        return tuple(tuple(b if isinstance(b, str) else b["text"] for b in row) for row in markup.get(key, ()))

    own = message.attachment.get("text") or message.attachment.get("caption") or ""
    return Seen(
        id=message.id,
        text=message.body.text if message.body else own,
        buttons=rows("inline_keyboard"),
        keyboard=rows("keyboard"),
        edited=message.edited is not None,
        from_bot=message.from_bot,
        file=message.file,
        revision=message.revision,
        answers=message.answers,
    )


def _chosen(buttons: list[Json], label: str | int) -> Json:
    for button in buttons:
        if button["text"] == label:
            return button
    number = int(label) if str(label).isdecimal() else 0
    if 1 <= number <= len(buttons):
        return buttons[number - 1]
    raise AssertionError(f"no button {label!r} among {[b['text'] for b in buttons]}")
