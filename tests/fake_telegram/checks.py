"""Which requests Telegram would refuse: aiogram's generated method models, and the limits that types cannot say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from .markup import BadMarkupError, Marked, read_html, units
from .models import BufferedInputFile, InputFile, TelegramMethod, method_model
from .state import Json, RefusedError, bad

# Texts that are no message: (method, field) -> the most characters, and the refusal.
LENGTHS: dict[tuple[str, str], tuple[int, str]] = {
    ("answercallbackquery", "text"): (200, "MESSAGE_TOO_LONG"),
    ("setmyname", "name"): (64, "name is too long"),
    ("setmydescription", "description"): (512, "description is too long"),
    ("setmyshortdescription", "short_description"): (120, "short description is too long"),
}
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Upload:
    """One file of a multipart request."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class Request:
    """A request that has passed: values as JSON would give them, uploads in place of `attach://` names."""

    method: str
    name: str
    values: Mapping[str, Any]
    body: Marked | None

    def get(self, field: str) -> Any:
        return self.values.get(field)


def examine(name: str, sent: Mapping[str, Any], files: Mapping[str, Upload]) -> Request:
    """`sent` holds text from a form or values from JSON. Raises RefusedError as Telegram would."""
    if (model := method_model(name)) is None:
        raise RefusedError(404, "Not Found")
    method = model.__api_method__.lower()
    unknown = sorted(set(sent) - set(model.model_fields))
    if unknown:
        raise bad(f"unknown parameter {unknown[0]}")
    values = {name: _decoded(model, name, value) for name, value in sent.items()}
    uploads = {name: files[name] for name in _attached(values) if name in files}
    uploads |= {name: file for name, file in files.items() if name in model.model_fields}
    if lost := sorted(set(files) - set(uploads)):
        raise bad(f"unknown parameter {lost[0]}")
    values = {name: _with_uploads(value, uploads) for name, value in values.items()}
    values |= {name: file for name, file in files.items() if name in model.model_fields}
    body = _body(method, values)
    _check_buttons(values.get("reply_markup"))
    try:
        read = model.model_validate({k: _for_model(v) for k, v in values.items()})
    except ValidationError as error:
        raise bad(_first(error)) from None
    if extra := next(_extras(read, ()), None):
        raise bad(f"unknown field {extra}")
    _check_limits(method, values)
    return Request(method, model.__api_method__, values, body)


def _decoded(model: type[TelegramMethod[Any]], name: str, value: Any) -> Any:
    """Form fields are text unless the model says otherwise: "7" is a chat id but stays text as a callback id."""
    if not isinstance(value, str):
        return value
    kinds = {model.model_fields[name].annotation, *get_args(model.model_fields[name].annotation)}
    if int in kinds and re.fullmatch(r"-?\d{1,19}", value):
        return int(value)
    if str in kinds or InputFile in kinds:
        return value
    if bool in kinds and value.lower() in ("true", "false"):
        return value.lower() == "true"
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {name}: it must be JSON of the documented type") from None


def _attached(value: Any) -> Iterator[str]:
    match value:
        case str() if value.startswith("attach://"):
            yield value.removeprefix("attach://")
        case dict():
            for inner in value.values():
                yield from _attached(inner)
        case list():
            for inner in value:
                yield from _attached(inner)
        case _:
            return


def _with_uploads(value: Any, uploads: Mapping[str, Upload]) -> Any:
    if isinstance(value, str) and value.startswith("attach://"):
        if value.removeprefix("attach://") not in uploads:
            raise bad("wrong file identifier/HTTP URL specified")
        return uploads[value.removeprefix("attach://")]
    return value


def _for_model(value: Any) -> Any:
    return BufferedInputFile(value.data, value.name) if isinstance(value, Upload) else value


def _first(error: ValidationError) -> str:
    """The first complaint, in Telegram's words where they are known and in pydantic's where not."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    known = {
        "chat_id": "chat_id is empty",
        "text": "message text is empty",
        "photo": "there is no photo in the request",
    }
    known["document"] = "there is no document in the request"
    if first["type"] == "missing" and place in known:
        return known[place]
    return f"can't parse {place}: {first['msg']}"


def _extras(value: Any, place: tuple[str, ...]) -> Iterator[str]:
    """Fields at any depth that aiogram's models do not know: a misspelt one would be silently lost."""
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield ".".join((*place, name))
        for name in type(value).model_fields:
            yield from _extras(getattr(value, name), (*place, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _extras(inner, (*place, str(position)))


def _body(method: str, values: Mapping[str, Any]) -> Marked | None:
    """The text or caption after its entities are parsed and its ends trimmed, within its limit."""
    field = next((name for name in ("text", "caption") if isinstance(values.get(name), str)), None)
    if field is None:
        return None
    source, mode = values[field], str(values.get("parse_mode") or "")
    if mode.lower() == "html":
        try:
            body = read_html(source)
        except BadMarkupError as error:
            raise bad(f"can't parse entities: {error}") from None
    elif mode:
        raise bad("unsupported parse_mode")
    else:
        body = Marked(source, tuple(values.get("entities") or values.get("caption_entities") or ()))
    body = body.trimmed()
    if method == "answercallbackquery":
        return body
    if field == "text" and not body.text:
        raise bad("message text is empty")
    if units(body.text) > (1024 if field == "caption" else 4096):
        raise bad("message caption is too long" if field == "caption" else "message is too long")
    return body


def _check_buttons(markup: Any) -> None:
    if not isinstance(markup, dict) or not isinstance(markup.get("inline_keyboard"), list):
        return
    buttons = [b for row in markup["inline_keyboard"] if isinstance(row, list) for b in row]
    if len(buttons) > 100:
        raise bad("reply markup is too long")
    for button in buttons:
        if not isinstance(button, dict) or not isinstance(button.get("text"), str) or not button["text"].strip():
            raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
        actions = set(button) - {"text", "style", "icon_custom_emoji_id"}
        if not actions or button.get("callback_data") == "":
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if len(actions) > 1:
            raise bad("can't parse inline keyboard button: exactly one optional field must be used")
        data, url = button.get("callback_data"), button.get("url")
        if isinstance(data, str) and not 1 <= len(data.encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
        if isinstance(url, str) and urlsplit(url).scheme not in ("http", "https", "tg"):
            raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")


def _check_limits(method: str, values: Mapping[str, Any]) -> None:
    for (owner, field), (most, words) in LENGTHS.items():
        if owner == method and units(values.get(field) or "") > most:
            raise bad(words)
    match method:
        case "sendchataction" if values["action"] not in ACTIONS:
            raise bad("wrong parameter action in request")
        case "setmycommands":
            _check_commands(values["commands"])
        case "answerinlinequery":
            ids = [result.get("id") for result in values["results"]]
            if len(ids) > 50:
                raise bad("RESULTS_TOO_MUCH")
            if len(set(ids)) < len(ids):
                raise bad("RESULT_ID_DUPLICATE")
        case "setwebhook":
            _check_webhook(values)
        case _:
            return


def _check_commands(commands: list[Json]) -> None:
    if len(commands) > 100:
        raise bad("too much commands specified")
    for command in commands:
        if not COMMAND.fullmatch(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def _check_webhook(values: Mapping[str, Any]) -> None:
    address = urlsplit(values["url"])
    # Telegram wants HTTPS; its self-hosted server takes plain HTTP too, and so does a test on this machine.
    if values["url"] and address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    secret = values.get("secret_token") or ""
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    if not 1 <= values.get("max_connections", 40) <= 100:
        raise bad("max_connections must be between 1 and 100")
