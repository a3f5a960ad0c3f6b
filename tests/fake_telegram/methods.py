"""What each method of the Bot API does to the state, and what it answers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any, get_args

from .checks import Request, Upload
from .markup import Marked
from .models import METHODS, MessageModel
from .pictures import picture_size
from .state import Json, Message, State, Stored, bad
from .topics import topic_of

MEGABYTE = 1024 * 1024
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
# method -> the field with the file, and the folder of its path
FILES = {
    "sendphoto": ("photo", "photos"),
    "senddocument": ("document", "documents"),
    "sendvoice": ("voice", "voice"),
    "sendaudio": ("audio", "music"),
    "sendvideo": ("video", "videos"),
    "sendanimation": ("animation", "animations"),
    "sendsticker": ("sticker", "stickers"),
}
PROFILE = re.compile(r"(set|get|delete)my(commands|name|description|shortdescription)")
PROFILE_FIELD = {
    "commands": "commands",
    "name": "name",
    "description": "description",
    "shortdescription": "short_description",
}


def answer(state: State, request: Request) -> Any:
    """Do it and give `result`. Raises RefusedError as Telegram would. getUpdates and webhooks are the server's."""
    if (method := request.method) in ANSWERS:
        return ANSWERS[method](state, request)
    if method in FILES:
        return send_file(state, request)
    if PROFILE.fullmatch(method):
        return profile(state, request)
    returned = METHODS[method].__returning__
    if returned is bool or bool in get_args(returned):
        if "chat_id" in request.values:
            topic_of(state, request, state.chat_to_write(request.values["chat_id"]), None)
        return True
    if returned is MessageModel and "chat_id" in request.values:
        return written(state, request, body=request.body, attachment=_parts(request)).json()
    raise bad(f"the fake Bot API does not do {request.name}: it answers neither True nor a message")


def written(state: State, request: Request, **content: Any) -> Message:
    """A new message of the bot."""
    chat = state.chat_to_write(request.values["chat_id"])
    reply = request.get("reply_parameters") or {}
    target = reply.get("message_id", request.get("reply_to_message_id"))
    answered = None if target is None else state.find(chat["id"], target)
    if target is not None and answered is None:
        lenient = reply.get("allow_sending_without_reply") or request.get("allow_sending_without_reply")
        if not lenient:
            raise bad("message to be replied not found")
    topic, answers = topic_of(state, request, chat, answered), None if answered is None else answered.id
    return state.add(chat, state.bot, markup=_markup(request), topic=topic, answers=answers, **content)


def send_message(state: State, request: Request) -> Json:
    return written(state, request, body=request.body).json()


def send_file(state: State, request: Request) -> Json:
    state.chat_to_write(request.values["chat_id"])
    field, folder = FILES[request.method]
    given = request.values[field]
    file = _stored(state, given, folder) if isinstance(given, Upload) else state.files.get(given)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    shown: Any = (
        photo_sizes(file) if field == "photo" else {**file.json(), "file_name": file.name, "mime_type": file.mime}
    )
    if field != "photo":
        shown |= {"duration": 1} if field in ("voice", "audio", "video", "animation") else {}
        shown |= {"width": 512, "height": 512} if field in ("video", "animation", "sticker") else {}
        shown |= {"is_animated": False, "is_video": False, "type": "regular"} if field == "sticker" else {}
    return written(state, request, body=request.body, attachment={field: shown}, file=file).json()


def photo_sizes(file: Stored) -> list[Json]:
    """The picture's JSON; refuses what Telegram cannot read as a photo."""
    if (size := picture_size(file.data)) is None:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return [{**file.json(), "width": width, "height": height}]


def _stored(state: State, upload: Upload, folder: str) -> Stored:
    if not upload.data:
        raise bad("file must be non-empty")
    if len(upload.data) > (10 if folder == "photos" else 50) * MEGABYTE:
        raise bad("file is too big")
    return state.store(upload.name, upload.data, upload.mime, folder)


def _parts(request: Request) -> Json:
    """The body of a message that is all parameters: a place, a contact, a die."""
    match request.method:
        case "sendlocation":
            return {"location": {k: request.values[k] for k in ("latitude", "longitude")}}
        case "sendcontact":
            names = ("phone_number", "first_name", "last_name")
            return {"contact": {k: request.values[k] for k in names if k in request.values}}
        case _:
            return {}


def _markup(request: Request) -> Json | None:
    markup: Json | None = request.get("reply_markup")
    return markup if markup and markup.get("inline_keyboard") != [] else None


def _own(state: State, request: Request, purpose: str) -> Message:
    chat = state.chat_to_write(request.get("chat_id") or 0)
    message = state.find(chat["id"], request.get("message_id") or 0)
    if message is None:
        raise bad(f"message to {purpose} not found")
    if not message.from_bot and purpose == "edit":
        raise bad("message can't be edited")
    return message


def _change(state: State, message: Message, body: Marked | None, markup: Json | None) -> Json:
    if (message.body, message.markup) == (body, markup):
        raise bad(NOT_MODIFIED)
    if message.body != body:
        message.edited = int(time.time())
    message.body, message.markup = body, markup
    state.touch(message)
    return message.json()


def edit_text(state: State, request: Request) -> Json:
    message = _own(state, request, "edit")
    if request.body is None:
        raise bad("message text is empty")
    if message.attachment:
        raise bad("there is no text in the message to edit")
    return _change(state, message, request.body, _markup(request))


def edit_caption(state: State, request: Request) -> Json:
    message = _own(state, request, "edit")
    if not message.attachment:
        raise bad("there is no caption in the message to edit")
    return _change(state, message, request.body, _markup(request))


def edit_markup(state: State, request: Request) -> Json:
    message = _own(state, request, "edit")
    return _change(state, message, message.body, _markup(request))


def delete_message(state: State, request: Request) -> bool:
    message = _own(state, request, "delete")
    state.messages[message.chat["id"]].remove(message)
    state.touch(message)
    return True


def delete_messages(state: State, request: Request) -> bool:
    chat = state.chat_to_write(request.values["chat_id"])
    for number in request.values["message_ids"]:
        if (message := state.find(chat["id"], number)) is not None:
            state.messages[chat["id"]].remove(message)
            state.touch(message)
    return True


def answer_press(state: State, request: Request) -> bool:
    press = state.presses.get(request.values["callback_query_id"])
    if press is None or press.too_old:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    press.answered, press.alert = True, bool(request.get("show_alert"))
    press.notice = request.get("text")
    state.bell.ring()
    return True


def get_file(state: State, request: Request) -> Json:
    file = state.files.get(request.values["file_id"])
    if file is None:
        raise bad("invalid file_id")
    if file.size > 20 * MEGABYTE:
        raise bad("file is too big")
    return {**file.json(), "file_path": file.path}


def get_chat(state: State, request: Request) -> Json:
    chat = state.chats.get(request.values["chat_id"])
    if chat is None:
        raise bad("chat not found")
    return {
        **chat,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def profile(state: State, request: Request) -> Any:
    """Commands and descriptions for each language; a language without its own falls back to the general ones."""
    found = PROFILE.fullmatch(request.method)
    assert found is not None
    verb, what = found.groups()
    scope = repr(sorted((request.get("scope") or {"type": "default"}).items())) if what == "commands" else ""
    language = request.get("language_code") or ""
    field = PROFILE_FIELD[what]
    if verb == "set":
        state.profile[what, scope, language] = request.get(field) or ([] if what == "commands" else "")
        return True
    if verb == "delete":
        state.profile.pop((what, scope, language), None)
        return True
    empty: Any = [] if what == "commands" else ""
    value = state.profile.get((what, scope, language), empty)
    if what == "commands":
        return value
    return {field: value or state.profile.get((what, scope, ""), empty)}


ANSWERS: dict[str, Callable[[State, Request], Any]] = {
    "getme": lambda state, _: state.bot,
    "sendmessage": send_message,
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_press,
    "getfile": get_file,
    "getchat": get_chat,
}
