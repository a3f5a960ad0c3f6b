"""The Bot API as HTTP: nine methods as documented, one update a poll, a webhook with its secret, and faults."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlsplit

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fake_http import Cut, Server, listening

from .person import Json, Person

TOKEN = "123:zalo"

ME: Json = {"id": "1459232241454765289", "account_name": "bot.ThuTu", "account_type": "BASIC", "can_join_groups": False}

SENT = 1_749_632_637_199
"""When every message was sent: the fake has no clock, and the bot need not look at it."""

MOST = 2000

METHODS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "getMe": (frozenset(), frozenset()),
    "getUpdates": (frozenset(), frozenset({"timeout"})),
    "setWebhook": (frozenset({"url", "secret_token"}), frozenset()),
    "deleteWebhook": (frozenset(), frozenset()),
    "getWebhookInfo": (frozenset(), frozenset()),
    "sendMessage": (frozenset({"chat_id", "text"}), frozenset({"parse_mode", "text_styles"})),
    "sendPhoto": (frozenset({"chat_id", "photo"}), frozenset({"caption"})),
    "sendSticker": (frozenset({"chat_id", "sticker"}), frozenset()),
    "sendChatAction": (frozenset({"chat_id", "action"}), frozenset()),
}
"""What each must be given, and what it may be given."""


@dataclass(frozen=True)
class Call:
    """One request as it came, and what became of it."""

    method: str
    values: Json
    code: int
    at: float

    @property
    def ok(self) -> bool:
        return self.code == 200


@dataclass
class _Fault:
    method: str
    chat: str
    left: int
    code: int
    cut: Literal["", "before", "after"]
    slow: float
    retry_after: int | None
    page: str


class _Refused(Exception):
    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass
class FakeZalo:
    """A Bot API for one bot: `async with FakeZalo() as api`, then point the client at `api.url`."""

    token: str = TOKEN
    wrapped: bool = True
    """Whether a call comes as the documentation has it, in {"ok", "result"}, or bare, as others have seen it."""
    calls: list[Call] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    webhook: tuple[str, str] | None = None
    revoked: bool = False
    doubled: int = 0
    url: str = ""
    answers: list[int] = field(default_factory=list)
    """The status of each call to the webhook."""
    _faults: list[_Fault] = field(default_factory=list)
    _waiting: deque[Json] = field(default_factory=deque)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _calling: set[asyncio.Task[None]] = field(default_factory=set)
    _number: int = 0

    # -- driving ------------------------------------------------------------------------------------------

    def user(self, id: str = "6ede9afa66b88fe6d6a9", name: str = "Lan") -> Person:
        return self.people.setdefault(id, Person(id, name, self.push))

    def push(self, update: Json) -> None:
        """Bring any update on its way; twice while `doubled` says so."""
        times = 2 if self.doubled else 1
        self.doubled = max(0, self.doubled - 1)
        for _ in range(times):
            self._waiting.append(update)
        self._ring()

    def picture(self, content: bytes) -> str:
        """Keep a picture; its address."""
        self._number += 1
        self.pictures[str(self._number)] = content
        return f"{self.url}/pictures/{self._number}"

    def fault(
        self,
        method: str,
        *,
        code: int = 0,
        cut: Literal["", "before", "after"] = "",
        slow: float = 0.0,
        times: int = 1,
        chat: str = "",
        retry_after: int | None = None,
        page: str = "",
    ) -> None:
        """Plan one for the next `times` requests of a method, of one chat if given.

        code: refused with it, nothing is done, `page` in place of JSON. slow: seconds before the answer. cut: the
        reply ends in its middle, "before" the request is done or "after".
        """
        self._faults.append(_Fault(method, chat, times, code, cut, slow, retry_after, page))

    def called(self, method: str, *, ok: bool | None = None) -> list[Call]:
        return [call for call in self.calls if call.method == method and (ok is None or call.ok is ok)]

    async def until(self, condition: Callable[[], bool], within: float = 10.0) -> None:
        """Wait until it holds; asked again after every change and call, and now and then for what is not seen here."""
        try:
            async with asyncio.timeout(within):
                while not condition():
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), 0.05)
        except TimeoutError:
            last = [(call.method, call.code) for call in self.calls[-8:]]
            raise AssertionError(f"did not come true in {within} s; last calls: {last}") from None

    async def drained(self, within: float = 10.0) -> None:
        """Wait until every update is handed over."""
        await self.until(lambda: not self._waiting and not self._calling, within)

    # -- start and stop -----------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        sock, self.url = listening()
        routes = [
            Route("/bot{token}/{method}", self._answer, methods=["POST"]),
            Route("/pictures/{name}", self._picture),
        ]
        config = uvicorn.Config(Starlette(routes=routes), log_config=None, access_log=False, ws="none")
        self._server = Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[sock]))
        await self._server.ready.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.revoked = True
        self._server.ended.set()
        self._ring()
        for task in self._calling:
            task.cancel()
        await asyncio.gather(self._serving, *self._calling, return_exceptions=True)

    def _ring(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
        while self.webhook is not None and self._waiting:
            task = asyncio.create_task(self._call(self._waiting.popleft()))
            self._calling.add(task)
            task.add_done_callback(self._called)

    def _called(self, task: asyncio.Task[None]) -> None:
        self._calling.discard(task)
        self._ring()

    # -- answering ----------------------------------------------------------------------------------------

    async def _answer(self, http: Request) -> Response:
        method, fault = http.path_params["method"], None
        sent: Json = {}
        try:
            self._admit(http)
            sent = await _json(http)
            fault = self._fault_of(method, sent)
            result = await self._done(method, sent, fault)
            body: Json = {"ok": True} if result is None else {"ok": True, "result": result}
            code = 200
        except _Refused as refused:
            body, code = {"ok": False, "description": str(refused), "error_code": refused.code}, refused.code
        self.calls.append(Call(method, sent, code, time.monotonic()))
        self._ring()
        return await self._respond(body, code, fault)

    async def _respond(self, body: Json, code: int, fault: _Fault | None) -> Response:
        if fault is not None and fault.slow:
            await asyncio.sleep(fault.slow)
        content = json.dumps(body, ensure_ascii=False).encode()
        if fault is not None and fault.cut:
            return Cut(content, media_type="application/json")
        if fault is not None and fault.page:
            return Response(fault.page, code, media_type="text/html")
        # The documentation speaks of error_code in the body; that the status is 200 then is the harder case.
        headers = {} if fault is None or fault.retry_after is None else {"retry-after": str(fault.retry_after)}
        return Response(content, 200 if code < 500 else code, media_type="application/json", headers=headers)

    def _admit(self, http: Request) -> None:
        if http.path_params["token"] != self.token or self.revoked:
            raise _Refused(401, "Unauthorized")

    def _fault_of(self, method: str, sent: Json) -> _Fault | None:
        for fault in self._faults:
            if fault.method == method and fault.chat in ("", sent.get("chat_id")):
                fault.left -= 1
                if fault.left == 0:
                    self._faults.remove(fault)
                return fault
        return None

    async def _done(self, method: str, sent: Json, fault: _Fault | None) -> Any:
        if fault is not None and fault.code:
            raise _Refused(fault.code, "Quota exceeded" if fault.code == 429 else "Injected")
        return None if fault is not None and fault.cut == "before" else await self._do(method, sent)

    async def _do(self, method: str, sent: Json) -> Any:
        must, may = METHODS.get(method, (frozenset(), frozenset()))
        if method not in METHODS:
            raise _Refused(404, "Not found")
        if must - sent.keys() or sent.keys() - must - may or not all(isinstance(sent[name], str) for name in must):
            raise _Refused(400, "Bad request")
        match method:
            case "getMe":
                return ME
            case "getUpdates":
                return await self._poll(float(sent.get("timeout", 30)))
            case "setWebhook":
                return self._set_webhook(sent["url"], sent["secret_token"])
            case "deleteWebhook":
                self.webhook = None
                return {"url": "", "updated_at": SENT}
            case "getWebhookInfo":
                return {"url": self.webhook[0] if self.webhook else "", "updated_at": SENT}
            case "sendChatAction":
                if sent["action"] != "typing":
                    raise _Refused(400, "Bad request")
                self._person(sent).typing += 1
                return None
            case _:
                text = sent["text"] if method == "sendMessage" else sent.get("caption", "-")
                if not 1 <= len(text.encode("utf-16-le")) // 2 <= MOST:
                    raise _Refused(400, "Bad request")
                self._person(sent).texts.append(text)
                self._number += 1
                return {"message_id": f"{self._number:020x}", "date": SENT}

    def _person(self, sent: Json) -> Person:
        if sent["chat_id"] not in self.people:
            raise _Refused(404, "Not found")
        return self.people[sent["chat_id"]]

    def _set_webhook(self, url: str, secret: str) -> Json:
        own = urlsplit(url).hostname == "127.0.0.1"  # a test has no certificate
        if not (url.startswith("https://") or own) or not 8 <= len(secret) <= 256:
            raise _Refused(400, "Bad request")
        self.webhook = (url, secret)
        return {"url": url, "updated_at": SENT}

    async def _poll(self, seconds: float) -> Json:
        """One update, which is then forgotten here: no offset, no confirmation is documented."""
        if self.webhook is not None:
            raise _Refused(400, "Bad request: webhook is set")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self._waiting and not self.revoked:
                    await self._changed.wait()
        if self.revoked:
            raise _Refused(401, "Unauthorized")
        if not self._waiting:
            raise _Refused(408, "Request timeout")
        return self._waiting.popleft()

    async def _call(self, update: Json) -> None:
        """Call the webhook, once more each moment until it is taken: what Zalo itself does then is not documented."""
        async with httpx.AsyncClient() as client:
            while self.webhook is not None:
                url, secret = self.webhook
                content = {"ok": True, "result": update} if self.wrapped else update
                with contextlib.suppress(httpx.HTTPError):
                    answer = await client.post(url, json=content, headers={"X-Bot-Api-Secret-Token": secret})
                    self.answers.append(answer.status_code)
                    if answer.status_code == 200:
                        return
                await asyncio.sleep(0.05)

    async def _picture(self, http: Request) -> Response:
        content = self.pictures.get(http.path_params["name"])
        self.calls.append(Call("picture", {}, 404 if content is None else 200, time.monotonic()))
        return Response(status_code=404) if content is None else Response(content, media_type="image/jpeg")


async def _json(http: Request) -> Json:
    try:
        given = json.loads(await http.body() or b"{}")
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise _Refused(400, "Bad request")
    return given
