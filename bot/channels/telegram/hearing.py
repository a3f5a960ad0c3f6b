"""What a Telegram update means: an arrival at the desk, or nothing for us."""

from __future__ import annotations

from typing import Final

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User

from bot.desk import Address, Arrival
from flows.events import Event, Left, Pressed, Said, Sent, Sort, Started
from flows.state import Language

WANTED: Final = ("message", "callback_query", "my_chat_member")
"""The kinds of updates that we ask Telegram for."""

_SORTS: Final[tuple[tuple[str, Sort], ...]] = (
    ("photo", "photo"),
    ("document", "file"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video_note", "voice"),
    ("sticker", "sticker"),
)


def arrival(update: Update) -> Arrival | None:
    """The arrival; None for what is not from a person in a private chat, or not of a kind we answer."""
    if update.message is not None:
        return _message(update.update_id, update.message)
    if update.callback_query is not None:
        return _press(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member)
    return None


def _message(number: int, message: Message) -> Arrival | None:
    if message.chat.type != Chat.PRIVATE:
        return None
    event: Event
    if message.text is not None:
        event = _words(message.text)
    else:
        event = Sent(next((sort for name, sort in _SORTS if getattr(message, name)), "other"))
    return Arrival(_address(message.chat.id), str(number), event, _language(message.from_user))


def _words(text: str) -> Event:
    if not text.startswith("/"):
        return Said(text)
    command, *rest = text.split(maxsplit=1)
    command, payload = command.partition("@")[0], "".join(rest).strip()
    return Started(payload) if command == "/start" else Said(f"{command} {payload}".strip())


def _press(number: int, query: CallbackQuery) -> Arrival | None:
    if query.message is None or query.message.chat.type != Chat.PRIVATE:
        return None
    about = str(query.message.message_id)
    address = _address(query.from_user.id)
    return Arrival(address, str(number), pressed(query.data or ""), _language(query.from_user), about)


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
    gone = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
    if change.chat.type != Chat.PRIVATE or not gone:
        return None
    return Arrival(_address(change.chat.id), str(number), Left(), _language(change.from_user))


def _address(chat: int) -> Address:
    return Address("telegram", str(chat))


def _language(user: User | None) -> Language:
    return "en" if user is not None and (user.language_code or "").startswith("en") else "vi"
