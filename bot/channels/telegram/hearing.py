"""What a Telegram update means: an arrival at the desk, or nothing for us.

Updates are read as the JSON they are. Making the client's objects of them costs as much as a turn of the talk, and one
update of a shape that the client does not know would stop all that come behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.channels.telegram.groups import GROUPS, Me, addressed
from bot.channels.telegram.places import Json, held_at
from bot.desk import Address, Arrival
from bot.messaging.captions import with_words
from flows.events import Event, Left, Pressed, Said, Sent, Sort, Started
from flows.state import Language

WANTED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that we ask Telegram for, beside inline queries."""

WAYS: Final = frozenset({"back", "home", "help", "language"})
"""Choices that lead elsewhere; only what answers a question is worth reading again above the next page."""

_SORTS: Final[Mapping[str, Sort]] = {
    "photo": "photo",
    "document": "file",
    "voice": "voice",
    "audio": "voice",
    "video_note": "voice",
    "sticker": "sticker",
}

_NOT_SAID: Final = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "chat_background_set",
        "write_access_allowed",
        "connected_website",
        "users_shared",
        "chat_shared",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "proximity_alert_triggered",
        "boost_added",
        "gift",
        "unique_gift",
        "successful_payment",
        "refunded_payment",
    }
)
"""What Telegram itself writes into a chat of two when something is done there: nobody waits for an answer."""

FROM_INLINE: Final = "inline"
"""What the link above the answers to an inline query carries: no guide, just the way to us."""

ASKED: Final = "?"

_NUMBERED = re.compile(r"\d+\. (?P<label>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class About:
    """The message whose button was pressed, and what the button said, where that is to be read again.

    Or, where it was `asked`, a question in a group: others wrote since, so the answer shows what it answers.
    """

    message: int
    tapped: str = ""
    asked: bool = False

    def text(self) -> str:
        """As it is kept with the answer: "9", "9 Ở nhà", or "?9" of a question."""
        return f"{ASKED if self.asked else ''}{self.message} {self.tapped}".strip()

    @classmethod
    def read(cls, text: str) -> About | None:
        """What `text` wrote; None when the answer is about no message."""
        message, _, tapped = text.partition(" ")
        return cls(int(message.removeprefix(ASKED)), tapped, message.startswith(ASKED)) if message else None


@dataclass(frozen=True, slots=True)
class Query:
    """Words typed behind our name in some chat, by whom, and the language of the phone."""

    id: str
    person: int
    words: str
    language: Language


def person(update: Json) -> str:
    """Whose lane the update belongs to: the talk's, else that of whoever it is from, else nobody's ("")."""
    match update:
        case {"callback_query": {"message": {"chat": {"id": int()}} as message}}:
            return held_at(message)
        case {"callback_query": {"from": {"id": int(user)}}}:
            return str(user)
        case (
            {"message": {"chat": {"id": int()}} as message}
            | {"edited_message": {"chat": {"id": int()}} as message}
            | {"my_chat_member": {"chat": {"id": int()}} as message}
        ):
            return held_at(message)
        case _:
            return ""


def press(update: Json) -> str | None:
    """The id of a press, which wants an answer whatever was pressed."""
    match update:
        case {"callback_query": {"id": str(id)}}:
            return id
        case _:
            return None


def query(update: Json) -> Query | None:
    """An inline query."""
    match update:
        case {"inline_query": {"id": str(id), "query": str(words), "from": {"id": int(person)} as user}}:
            return Query(id, person, words, language(user))
        case _:
            return None


def arrival(update: Json, me: Me) -> Arrival | None:
    """The arrival; None for what is not meant for us, or not of a kind we answer."""
    number = str(update["update_id"])
    match update:
        case {"message": {"chat": {"id": int(), "type": "private"}} as message}:
            return _arrived(number, _private(message, me), message)
        case {"message": {"chat": {"id": int(), "type": kind}, "message_id": int(id)} as message} if kind in GROUPS:
            return _arrived(number, _in_group(message, me), message, About(id, asked=True))
        case {"edited_message": {"chat": {"id": int(), "type": "private"}, "text": str()} as message}:
            return _arrived(number, Sent("edited"), message)
        case {"callback_query": {"message": {"chat": {"id": int()}, "message_id": int(id)} as message} as query}:
            return _pressed(number, id, message, query)
        case {"my_chat_member": {"chat": {"id": int()}, "new_chat_member": {"status": "kicked" | "left"}} as change}:
            return _arrived(number, Left(), change)
        case _:
            return None


def _arrived(number: str, event: Event | None, message: Json, about: About | None = None) -> Arrival | None:
    """Of a message, where it came of one."""
    if event is None:
        return None
    address, kept = Address("telegram", held_at(message)), "" if about is None else about.text()
    return Arrival(address, number, event, language(message.get("from")), kept)


def _private(message: Json, me: Me) -> Event | None:
    match message:
        case {"via_bot": {"id": id}} if id == me.id:
            return None  # a guide that was shared inline, into the chat with ourselves
        case {"text": str(text)}:
            return _words(text)
        case _ if not _NOT_SAID.isdisjoint(message):
            return None
        case _:
            return with_words(_sent(message), message.get("caption"))


def _in_group(message: Json, me: Me) -> Event | None:
    words = addressed(message, me)
    if words is None:
        return None
    if "text" in message:
        return _words(words) if words else Started()
    return with_words(_sent(message), words)


def _sent(message: Json) -> Sent:
    return Sent(next((sort for name, sort in _SORTS.items() if name in message), "other"))


def _words(text: str) -> Event:
    if not text.startswith("/"):
        return Said(text)
    command, *rest = text.split(maxsplit=1)
    command, payload = command.partition("@")[0], "".join(rest).strip()
    if command == "/start":
        return Started("" if payload == FROM_INLINE else payload)
    return Said(f"{command} {payload}".strip())


def _pressed(number: str, id: int, message: Json, query: Json) -> Arrival | None:
    match query:
        case {"message": {"chat": {"type": "private", "id": chat}}, "from": {"id": user}} if user == chat:
            pass
        case {"message": {"chat": {"type": kind}}} if kind in GROUPS:
            pass
        case _:
            return None
    event = pressed(str(query.get("data", "")))
    about = About(id, "" if event.choice in WAYS else _tapped(query))
    return Arrival(Address("telegram", held_at(message)), number, event, language(query.get("from")), about.text())


def _tapped(query: Json) -> str:
    """What the pressed button says behind its number; empty for a paper, whose mark shows it, and an old button."""
    match query:
        case {"message": {"reply_markup": {"inline_keyboard": list(rows)}}, "data": data}:
            for button in (button for row in rows if isinstance(row, list) for button in row):
                match button:
                    case {"text": str(text), "callback_data": carried} if carried == data:
                        numbered = _NUMBERED.fullmatch(text)
                        return numbered["label"] if numbered is not None else ""
                    case _:
                        pass
        case _:
            pass
    return ""


def pressed(data: str) -> Pressed:
    """What a button's data says: turn and choice; data that is not ours is a press of an unknown, old button."""
    turn, colon, choice = data.partition(":")
    if colon and choice and turn.isascii() and turn.isdecimal() and len(turn) <= 9:
        return Pressed(choice, int(turn))
    return Pressed(data, -1)


def data(choice: str, turn: int) -> str:
    """What a button carries: at most 64 bytes, since a choice id is ASCII of at most 53 characters."""
    return f"{turn}:{choice}"


def language(user: object) -> Language:
    """English for a phone in English, Vietnamese for all others and where nobody is named."""
    match user:
        case {"language_code": str(code)} if code.startswith("en"):
            return "en"
        case _:
            return "vi"
