"""Topics of a group: switched on, opened, closed and deleted; which of them a message of the bot goes to, or why to none."""

from __future__ import annotations

from .checks import Request
from .state import Json, Message, State, bad


def open_topic(state: State, group: Json, name: str) -> int:
    """A new topic; its number, which is that of the message about its opening."""
    group |= {"type": "supergroup", "is_forum": True}
    opener = {"id": 99, "is_bot": False, "first_name": "Trưởng nhóm"}
    opened = state.add(group, opener, attachment={"forum_topic_created": {"name": name, "icon_color": 7322096}})
    opened.topic = opened.id
    state.topics[group["id"], opened.id] = True
    return opened.id


def close_topic(state: State, group: Json, topic: int) -> None:
    """Nobody may write there any more, but those who lead the group."""
    state.topics[group["id"], topic] = False


def delete_topic(state: State, group: Json, topic: int) -> None:
    """It is gone, with all that was written there."""
    del state.topics[group["id"], topic]
    state.messages[group["id"]] = [message for message in state.messages[group["id"]] if message.topic != topic]


def upgrade(state: State, group: Json, number: int) -> Json:
    """The group becomes a supergroup of another number, as by switching on topics; nothing is taken under the old."""
    state.upgraded[group["id"]] = number
    return state.chats.setdefault(number, {**group, "id": number, "type": "supergroup"})


def topic_of(state: State, request: Request, chat: Json, answered: Message | None) -> int | None:
    """Where a message goes: where it is told to, else where what it answers stands, else to no topic ("General")."""
    topic: int | None = request.get("message_thread_id")
    if topic is None and answered is not None:
        topic = answered.topic
    if topic is None or (open := state.topics.get((chat["id"], topic))):
        return topic
    raise bad("message thread not found" if open is None else "TOPIC_CLOSED")
