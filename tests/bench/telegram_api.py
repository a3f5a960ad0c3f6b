"""A Bot API that answers fast and judges nothing, and people who call the bot's webhook: the load of the benchmark.

tests/fake_telegram judges every request, which costs more than the bot does; so it cannot load one.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

Json = dict[str, Any]

BOT = {"id": 123, "is_bot": True, "first_name": "Thử tải", "username": "thu_tai_bot"}
SAYING = frozenset({"sendmessage", "editmessagetext"})


@dataclass(frozen=True, slots=True)
class Said:
    """A page that the bot put into a chat: when, and its buttons' data."""

    at: float
    chat: int
    message: int
    text: str
    buttons: tuple[str, ...]
    edit: bool


class Unmodified(Exception):
    """The message looks so already."""


UNMODIFIED = {"ok": False, "error_code": 400, "description": "Bad Request: message is not modified"}


@dataclass
class Api:
    """Every chat, and what has been said there. `latency` in seconds, half of it before a request counts as taken."""

    latency: float
    webhook: tuple[str, int, str, str] | None = None
    calls: int = 0
    updates: int = 0
    said: dict[int, list[Said]] = field(default_factory=lambda: defaultdict(list))
    heard: Callable[[Said], object] = repr
    set_up: asyncio.Event = field(default_factory=asyncio.Event)
    _message: int = 0
    _looks: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    async def listen(self) -> tuple[asyncio.Server, int]:
        """A server at a free port of this machine."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        return server, server.sockets[0].getsockname()[1]

    def next_update(self) -> int:
        """A number that no update has had."""
        self.updates += 1
        return self.updates

    def take(self, method: str, sent: Json) -> Any:
        """Do it; the result. Unmodified where an edit would change nothing, which Telegram refuses: nobody sees it twice."""
        self.calls += 1
        if method in SAYING:
            return self._say(sent, edit=method == "editmessagetext")
        match method:
            case "getme":
                return BOT
            case "setwebhook":
                host, port, path = _parts(sent["url"])
                self.webhook = host, port, path, sent.get("secret_token", "")
                self.set_up.set()
            case "getwebhookinfo":
                host, port, path, _ = self.webhook or ("", 0, "", "")
                url = f"http://{host}:{port}{path}" if self.webhook else ""
                return {"url": url, "has_custom_certificate": False, "pending_update_count": 0}
            case "getmycommands":
                return []
            case _:
                pass
        return True

    def _say(self, sent: Json, *, edit: bool) -> Json:
        chat = int(sent["chat_id"])
        if not edit:
            self._message += 1
        message = int(sent["message_id"]) if edit else self._message
        markup = sent.get("reply_markup") or {}
        rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard", [])
        buttons = tuple(button["callback_data"] for row in rows for button in row)
        said = Said(time.perf_counter(), chat, message, sent["text"], buttons, edit)
        looks = said.text, said.buttons
        if edit and self._looks.get(message) == looks:
            raise Unmodified
        self._looks[message] = looks
        self.said[chat].append(said)
        self.heard(said)
        person = {"id": chat, "type": "private", "first_name": "Lan"}
        return {"message_id": message, "date": 1_790_000_000, "chat": person, "from": BOT, "text": sent["text"]}


def _parts(url: str) -> tuple[str, int, str]:
    address, _, path = url.removeprefix("http://").partition("/")
    host, _, port = address.partition(":")
    return host, int(port), f"/{path}"


class _Connection(asyncio.Protocol):
    """HTTP as our clients speak it: a length, a form or JSON, one request after the other."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _length(head)
            if len(self._buffer) < end + 4 + length:
                return
            body, self._buffer = self._buffer[end + 4 : end + 4 + length], self._buffer[end + 4 + length :]
            method = head.split(b" ", 2)[1].rpartition(b"/")[2].decode().lower()
            sent = _read(head, body)
            half = self._api.latency / 2
            if half:
                asyncio.get_running_loop().call_later(half, self._taken, method, sent, half)
            else:
                self._taken(method, sent, 0)

    def _taken(self, method: str, sent: Json, half: float) -> None:
        try:
            status, answer = "200 OK", {"ok": True, "result": self._api.take(method, sent)}
        except Unmodified:
            status, answer = "400 Bad Request", UNMODIFIED
        content = json.dumps(answer).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        if half:
            asyncio.get_running_loop().call_later(half, self._transport.write, head.encode() + content)
        else:
            self._transport.write(head.encode() + content)


def _length(head: bytes) -> int:
    at = head.lower().find(b"\r\ncontent-length:")
    return 0 if at < 0 else int(head[at + 17 :].split(b"\r\n", 1)[0])


def _read(head: bytes, body: bytes) -> Json:
    kind = head.lower()
    if b"application/json" in kind:
        found: Json = json.loads(body)
        return found
    if b"multipart/form-data" in kind:  # aiogram sends everything so
        boundary = b"--" + head[kind.find(b"boundary=") + 9 :].split(b"\r\n", 1)[0].strip(b'"')
        parts = (part.split(b"\r\n\r\n", 1) for part in body.split(boundary)[1:-1])
        return {top.split(b'name="')[1].split(b'"')[0].decode(): value[:-2].decode() for top, value in parts}
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


class Calls:
    """Calls of the webhook as Telegram makes them: `open` at once at most, again until taken, a chat's in order."""

    def __init__(self, api: Api, connections: int = 100) -> None:
        self._api = api
        self._free: deque[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = deque()
        self._slots = asyncio.Semaphore(connections)
        self._chats: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.refused = 0

    async def push(self, update: Json, chat: int) -> None:
        """Have the bot take it."""
        body = json.dumps(update).encode()
        async with self._chats[chat]:
            pause = 0.05
            while True:
                async with self._slots:
                    if await self._once(body):
                        return
                self.refused += 1
                await asyncio.sleep(pause)
                pause = min(pause * 2, 1.0)

    async def _once(self, body: bytes) -> bool:
        if self._api.webhook is None:
            return False
        host, port, path, secret = self._api.webhook
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            reader, writer = self._free.pop() if self._free else await asyncio.open_connection(host, port)
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(_length(answer))
        except (OSError, EOFError, asyncio.IncompleteReadError):
            return False
        if b"connection: close" in answer.lower():
            writer.close()
        else:
            self._free.append((reader, writer))
        return answer.startswith(b"HTTP/1.1 200")

    def close(self) -> None:
        """Close what is open."""
        for _, writer in self._free:
            writer.close()
