"""What a Telegram update means: an arrival at the desk, or nothing for us."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User

from bot.desk import Address, Arrival
from flows.events import Event, Left, Pressed, Said, Sent, Sort, Started
from flows.state import Language

WANTED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that we ask Telegram for, beside inline queries."""

GROUPS: Final = frozenset({Chat.GROUP, Chat.SUPERGROUP})

WAYS: Final = frozenset({"back", "home", "help", "language"})
"""Choices that lead elsewhere; only what answers a question is worth reading again above the next page."""

_SORTS: Final[tuple[tuple[str, Sort], ...]] = (
    ("photo", "photo"),
    ("document", "file"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video_note", "voice"),
    ("sticker", "sticker"),
)

_NUMBERED = re.compile(r"\d+\. (?P<label>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Me:
    """Who we are on Telegram."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class About:
    """The message whose button was pressed, and what the button said, where that is to be read again."""

    message: int
    tapped: str = ""

    def text(self) -> str:
        """As it is kept with the answer."""
        return f"{self.message} {self.tapped}".strip()

    @classmethod
    def read(cls, text: str) -> About | None:
        """What `text` wrote; None when the answer is about no message."""
        message, _, tapped = text.partition(" ")
        return cls(int(message), tapped) if message else None


def person(update: Update) -> int:
    """Whose lane the update belongs to: the chat, else whoever it is from, else nobody's (0)."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0


def arrival(update: Update, me: Me) -> Arrival | None:
    """The arrival; None for what is not meant for us, or not of a kind we answer."""
    if update.message is not None:
        return _message(update.update_id, update.message, me)
    if update.edited_message is not None:
        return _edited(update.update_id, update.edited_message)
    if update.callback_query is not None:
        return _press(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member)
    return None


def _message(number: int, message: Message, me: Me) -> Arrival | None:
    event: Event
    if message.chat.type in GROUPS:
        words = _addressed(message, me)
        if words is None:
            return None
        event = _words(words) if words else Started()
    elif message.chat.type != Chat.PRIVATE or (message.via_bot is not None and message.via_bot.id == me.id):
        return None  # the second: a guide that was shared inline, into the chat with ourselves
    elif message.text is not None:
        event = _words(message.text)
    else:
        event = Sent(next((sort for name, sort in _SORTS if getattr(message, name)), "other"))
    return Arrival(_address(message.chat.id), str(number), event, _language(message.from_user))


def _addressed(message: Message, me: Me) -> str | None:
    """What is said to us in a group: a command with our name, a mention, an answer to us; None for all other talk."""
    text, name = message.text, re.compile(rf"@{re.escape(me.username)}\b", re.IGNORECASE)
    if text is None or message.from_user is None or message.from_user.is_bot:
        return None
    if text.startswith("/"):
        return text if name.search(text.split(maxsplit=1)[0]) else None
    answers = message.reply_to_message is not None and message.reply_to_message.from_user is not None
    to_us = answers and message.reply_to_message.from_user.id == me.id  # type: ignore[union-attr]
    return name.sub("", text).strip() if to_us or name.search(text) else None


def _words(text: str) -> Event:
    if not text.startswith("/"):
        return Said(text)
    command, *rest = text.split(maxsplit=1)
    command, payload = command.partition("@")[0], "".join(rest).strip()
    return Started(payload) if command == "/start" else Said(f"{command} {payload}".strip())


def _edited(number: int, message: Message) -> Arrival | None:
    """Words that were changed afterwards; a place that moves along is edited all the time and means nothing."""
    if message.chat.type != Chat.PRIVATE or message.text is None:
        return None
    return Arrival(_address(message.chat.id), str(number), Sent("edited"), _language(message.from_user))


def _press(number: int, query: CallbackQuery) -> Arrival | None:
    if query.message is None or query.message.chat.type not in {Chat.PRIVATE, *GROUPS}:
        return None
    chat = query.message.chat
    if chat.type == Chat.PRIVATE and chat.id != query.from_user.id:
        return None
    event = pressed(query.data or "")
    about = About(query.message.message_id, "" if event.choice in WAYS else _tapped(query))
    return Arrival(_address(chat.id), str(number), event, _language(query.from_user), about.text())


def _tapped(query: CallbackQuery) -> str:
    """What the pressed button says behind its number; empty for a paper, whose mark shows it, and an old button."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    for row in markup.inline_keyboard if markup is not None else ():
        for button in row:
            numbered = _NUMBERED.fullmatch(button.text) if button.callback_data == query.data else None
            if numbered is not None:
                return numbered["label"]
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


def _membership(number: int, change: ChatMemberUpdated) -> Arrival | None:
    """Someone blocked us, or a group sent us out."""
    gone = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
    if change.chat.type not in {Chat.PRIVATE, *GROUPS} or not gone:
        return None
    return Arrival(_address(change.chat.id), str(number), Left(), _language(change.from_user))


def _address(chat: int) -> Address:
    return Address("telegram", str(chat))


def _language(user: User | None) -> Language:
    return language(user.language_code if user is not None else None)


def language(code: str | None) -> Language:
    """English for a phone in English, Vietnamese for all others."""
    return "en" if (code or "").startswith("en") else "vi"
