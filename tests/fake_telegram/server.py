"""The Bot API as HTTP: routes, forms, faults and the log of calls, on a port of this machine."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from tests.fake_http import Cut, Server, listening

from . import methods, topics
from .checks import Upload, examine
from .faults import Fault, Faults
from .person import Person
from .state import Json, RefusedError, State
from .updates import Mailbox


@dataclass(frozen=True)
class Call:
    """One request as it came, and what became of it. `fault` says what was injected, if anything."""

    method: str
    values: Json
    status: int
    result: Any
    description: str
    fault: str
    at: float

    @property
    def ok(self) -> bool:
        return self.status == 200


TOKEN = "123:abc"


class FakeTelegram:
    """A Bot API for one bot: `async with FakeTelegram(token="123:abc") as api`, then point the client at `api.url`."""

    def __init__(self, token: str = TOKEN, port: int = 0, webhook_retry: float = 0.05) -> None:
        """`port` 0 takes a free one; webhook_retry: seconds before the first repeat, doubled each time up to 1 s."""
        self.state = State(token)
        self.faults = Faults()
        self.mailbox = Mailbox(self.state, self.faults, webhook_retry, answered=self._answered)
        self.calls: list[Call] = []
        self._port = port
        self._tasks: list[asyncio.Task[None]] = []

    # -- driving ------------------------------------------------------------------------------------------

    def user(self, id: int = 7, name: str = "Lan", language: str = "vi", *, met: bool = False) -> Person:
        """A person; the bot may write to them only after their first message, or if they have `met` before."""
        user = self.state.users.setdefault(
            id, {"id": id, "is_bot": False, "first_name": name, "language_code": language}
        )
        chat: Json = {"id": id, "type": "private", "first_name": user["first_name"]}
        if met:
            self.state.chats.setdefault(id, chat)
        return Person(self.state, self.mailbox, user, chat)

    def group(self, chat_id: int = -500, title: str = "Tổ dân phố") -> Json:
        """A group that the bot is in; people write there through `person.inside(group)`."""
        return self.state.chats.setdefault(chat_id, {"id": chat_id, "type": "group", "title": title})

    def topic(self, group: Json, name: str = "Khai sinh") -> int:
        """A new topic of a group; people write there through `person.inside(group, topic)`."""
        return topics.open_topic(self.state, group, name)

    def push(self, kind: str, body: Json, queue: int = 0) -> int:
        """Send the bot any update at all, one of an unknown kind too; returns its update_id."""
        return self.mailbox.add(kind, body, queue)

    def called(self, method: str, *, ok: bool | None = None) -> list[Call]:
        """The calls of a method so far; only accepted (ok=True) or refused (ok=False) ones if asked."""
        wanted = method.lower()
        return [c for c in self.calls if c.method.lower() == wanted and (ok is None or c.ok is ok)]

    async def until(self, condition: Callable[[], bool], within: float = 5.0) -> None:
        """Wait until the condition on anything here holds; asked again after every change and call."""
        if not await self.state.bell.seen(condition, within):
            last = [(c.method, c.status, c.description) for c in self.calls[-8:]]
            raise AssertionError(f"did not come true in {within} s; last calls: {last}")

    async def drained(self, within: float = 5.0) -> None:
        """Wait until the bot has confirmed every update (by a higher offset, or 200 from its webhook)."""
        await self.until(lambda: not self.mailbox.waiting, within)

    def expire_presses(self) -> None:
        """Every press so far becomes too old to be answered."""
        for press in self.state.presses.values():
            press.too_old = True

    def revoke_token(self) -> None:
        """From now on every call is 401, as after /revoke at BotFather."""
        self.state.revoked = True
        self.state.bell.ring()

    # -- start and stop -----------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        sock, self.url = listening(self._port)
        self.base_url, self.base_file_url = f"{self.url}/bot", f"{self.url}/file/bot"
        routes = [
            Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._download),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes), log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=2
        )
        self._server = Server(config)
        self._tasks = [
            asyncio.create_task(self._server.serve(sockets=[sock])),
            asyncio.create_task(self.mailbox.push_forever()),
        ]
        await self._server.ready.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.state.stopping = True
        self._server.ended.set()
        self.state.bell.ring()
        await asyncio.gather(*self._tasks)

    # -- answering ----------------------------------------------------------------------------------------

    def _known(self, http: HttpRequest) -> None:
        token = http.path_params["token"]
        if ":" not in token:
            raise RefusedError(404, "Not Found")
        if token != self.state.token or self.state.revoked:
            raise RefusedError(401, "Unauthorized")

    async def _answer(self, http: HttpRequest) -> Response:
        name, result = http.path_params["method"], None
        sent: Json = {}
        fault: Fault | None = None
        try:
            self._known(http)
            sent, files = await _read(http)
            fault = self.faults.take(name.lower(), sent)
            if fault is not None:
                fault.refuse()
            if fault is None or fault.cut != "before":
                result = await self._do(examine(name, sent, files))
            body, status, words = {"ok": True, "result": result}, 200, ""
        except RefusedError as refused:
            body, status, words = refused.json(), refused.status, refused.description
        except ClientDisconnect:
            body, status, words = {"ok": False}, 499, "the client went away in the middle of its request"
        except Exception as error:
            self.state.bell.breaks(error)
            raise
        kind = fault.kind if fault else ""
        self.calls.append(Call(name, sent, status, result, words, kind, time.monotonic()))
        self.state.bell.ring()
        return await self._respond(body, status, fault)

    def _answered(self, sent: Json) -> None:
        """A request in the answer to a webhook's call: done like any other, but nobody is told what came of it."""
        name, result, status, words = str(sent.pop("method", "")), None, 200, ""
        try:
            if (fault := self.faults.take(name.lower(), sent)) is not None:
                fault.refuse()
            result = methods.answer(self.state, examine(name, sent, {}))
        except RefusedError as refused:
            status, words = refused.status, refused.description
        except Exception as error:
            self.state.bell.breaks(error)
            raise
        self.calls.append(Call(name, sent, status, result, words, "", time.monotonic()))
        self.state.bell.ring()

    async def _do(self, request: Any) -> Any:
        match request.method:
            case "getupdates":
                updates = await self.mailbox.poll(dict(request.values))
                if self.state.revoked:
                    raise RefusedError(401, "Unauthorized")
                return updates
            case "setwebhook" | "deletewebhook":
                self.mailbox.set_webhook(dict(request.values))
                return True
            case "getwebhookinfo":
                return self.mailbox.webhook_info()
            case _:
                return methods.answer(self.state, request)

    async def _respond(self, body: Json, status: int, fault: Fault | None) -> Response:
        pause = self.faults.latency + (fault.slow if fault else 0)
        if pause:
            await self.state.bell.until(lambda: self.state.stopping, pause)
        content = json.dumps(body, ensure_ascii=False).encode()
        if fault is not None and fault.page is not None:
            return Response(fault.page, status, media_type="text/html")
        if fault is not None and fault.cut is not None:
            return Cut(content, status, media_type="application/json")
        return Response(content, status, media_type="application/json")

    async def _download(self, http: HttpRequest) -> Response:
        try:
            self._known(http)
            if (fault := self.faults.take("file", {})) is not None:
                fault.refuse()
                await self.state.bell.until(lambda: self.state.stopping, fault.slow)
        except RefusedError as refused:
            return Response(json.dumps(refused.json()), refused.status, media_type="application/json")
        path = http.path_params["path"]
        file = next((f for f in self.state.files.values() if f.path == path), None)
        if file is None:
            return Response(json.dumps(RefusedError(404, "Not Found").json()), 404, media_type="application/json")
        return Response(file.data, media_type="application/octet-stream")


async def _read(http: HttpRequest) -> tuple[Json, dict[str, Upload]]:
    """Parameters and files from the address, a form or JSON, as the Bot API takes them."""
    sent: Json = dict(http.query_params)
    files: dict[str, Upload] = {}
    if http.headers.get("content-type", "").startswith("application/json"):
        try:
            given = json.loads(await http.body() or b"{}")
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise RefusedError(400, "Bad Request: can't parse request: the body must be a JSON object")
        return {**sent, **given}, files
    async with http.form(max_part_size=4 * 1024 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                mime = value.content_type or "application/octet-stream"
                files[name] = Upload(value.filename or name, mime, await value.read())
            else:
                sent[name] = value
    return sent, files
