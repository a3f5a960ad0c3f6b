"""What a Telegram update means: an arrival at the desk, or nothing for us.

Updates are read as the JSON they are. Making the client's objects of them costs as much as a turn of the talk, and one
update of a shape that the client does not know would stop all that come behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.channels.telegram.about import About
from bot.channels.telegram.buttons import WAYS, pressed, tapped
from bot.channels.telegram.groups import GROUPS, Me, addressed
from bot.channels.telegram.places import Json, held_at
from bot.desk import Address, Arrival
from bot.messaging.captions import with_words
from flows.events import Event, Left, Said, Sent, Sort, Started
from flows.state import Language

WANTED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that we ask Telegram for, beside inline queries."""

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
    about = About(id, "" if event.choice in WAYS else tapped(query))
    return Arrival(Address("telegram", held_at(message)), number, event, language(query.get("from")), about.text())


def language(user: object) -> Language:
    """English for a phone in English, Vietnamese for all others and where nobody is named."""
    match user:
        case {"language_code": str(code)} if code.startswith("en"):
            return "en"
        case _:
            return "vi"
