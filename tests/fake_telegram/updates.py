"""How updates reach the bot: kept until confirmed, by long polling or pushed to a webhook."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile

import httpx

from .faults import Faults
from .state import Json, RefusedError, State

BY_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass
class Waiting:
    """An update on its way. `copies` more times it must be confirmed; `late`: its number may be below the offset."""

    id: int
    kind: str
    body: Json
    queue: int
    copies: int = 1
    held: bool = False
    late: bool = False
    handed: bool = False
    failures: int = 0

    def json(self) -> Json:
        return {"update_id": self.id, self.kind: self.body}


@dataclass
class Webhook:
    url: str
    secret: str
    connections: int
    last_error: tuple[int, str] | None = None


@dataclass
class Mailbox:
    """Updates not yet confirmed, oldest first, and the ways out."""

    state: State
    faults: Faults
    retry: float
    waiting: dict[int, Waiting] = field(default_factory=dict)
    allowed: frozenset[str] | None = None
    webhook: Webhook | None = None
    answered: Callable[[Json], object] = repr
    """What is told of the request that a webhook's answer may hold."""
    sent: int = 100_000
    _held: list[Waiting] = field(default_factory=list)
    _poller: object | None = None
    _flying: set[int] = field(default_factory=set)
    _flights: set[asyncio.Task[None]] = field(default_factory=set)

    def add(self, kind: str, body: Json, queue: int) -> int:
        """Queue an update, if the bot asked for its kind; returns its update_id. Updates of one queue keep order."""
        self.sent += 1
        wanted = kind not in BY_REQUEST_ONLY if self.allowed is None else kind in self.allowed
        if wanted:
            update = Waiting(self.sent, kind, body, queue)
            if self.faults.doubled:
                self.faults.doubled -= 1
                self.faults.injected["update duplicate"] += 1
                update.copies = 2
            if self.faults.late:
                self.faults.late -= 1
                self.faults.injected["update out of order"] += 1
                update.held = update.late = True
                self._held.append(update)
            self.waiting[update.id] = update
            self.state.bell.ring()
        return self.sent

    def listen_to(self, kinds: list[str] | None) -> None:
        """Remember `allowed_updates`: None keeps the earlier list, an empty one means the usual kinds."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    @property
    def polled(self) -> bool:
        """True while a long poll of the bot is waiting here."""
        return self._poller is not None

    def forget(self) -> None:
        self.waiting.clear()
        self._held.clear()
        self.state.bell.ring()

    def confirmed(self, update: Waiting) -> None:
        update.copies -= 1
        if update.copies:
            update.handed, update.late = False, True
        else:
            self.waiting.pop(update.id, None)
        for other in [held for held in self._held if held.id < update.id]:
            other.held = False
            self._held.remove(other)
        self.state.bell.ring()

    async def poll(self, values: Json) -> list[Json]:
        """getUpdates: what is waiting from `offset` on; confirms what lies below it."""
        if self.webhook is not None:
            raise RefusedError(409, WEBHOOK_ACTIVE)
        limit = min(max(values.get("limit") or 100, 1), 100)
        self.listen_to(values.get("allowed_updates"))
        self._confirm_below(values.get("offset") or 0)
        me = self._poller = object()
        self.state.bell.ring()
        seconds = min(max(values.get("timeout") or 0, 0), 50)
        await self.state.bell.until(lambda: self._interrupted(me) or any(True for _ in self._ready()), seconds)
        if self._poller is not me:
            raise RefusedError(409, OTHER_POLLER)
        self._poller = None
        if self.webhook is not None:
            raise RefusedError(409, WEBHOOK_ACTIVE)
        batch = list(islice(self._ready(), limit))
        for update in batch:
            update.handed = True
        return [update.json() for update in batch]

    def _confirm_below(self, offset: int) -> None:
        if offset < 0:
            self.waiting = dict(list(self.waiting.items())[offset:])
            return
        # Numbers only grow along the mailbox, so the first at or above the offset ends the search.
        for update in list(takewhile(lambda waiting: waiting.id < offset, self.waiting.values())):
            # A late one was never shown to the bot, so the bot's higher offset does not speak of it.
            if update.handed or not update.late:
                self.confirmed(update)

    def _interrupted(self, me: object) -> bool:
        gone = self.state.stopping or self.state.revoked
        return gone or self._poller is not me or self.webhook is not None

    def _ready(self) -> Iterator[Waiting]:
        return (update for update in self.waiting.values() if not update.held)

    def set_webhook(self, values: Json) -> None:
        if values.get("drop_pending_updates"):
            self.forget()
        self.listen_to(values.get("allowed_updates"))
        url = values.get("url") or ""
        secret, connections = values.get("secret_token") or "", values.get("max_connections") or 40
        self.webhook = Webhook(url, secret, connections) if url else None
        self.state.bell.ring()

    def webhook_info(self) -> Json:
        hook = self.webhook
        shown: Json = {
            "url": hook.url if hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.waiting),
        }
        if self.allowed is not None:
            shown["allowed_updates"] = sorted(self.allowed)
        if hook:
            shown["max_connections"] = hook.connections
            if hook.last_error:
                shown["last_error_date"], shown["last_error_message"] = hook.last_error
        return shown

    async def push_forever(self) -> None:
        """Deliver to the webhook while one is set: one queue in order, different ones side by side."""
        # No certificates are loaded: it costs time in every test, and webhooks here are plain HTTP on this machine.
        async with httpx.AsyncClient(timeout=60, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)) as client:
            try:
                while not self.state.stopping:
                    await self.state.bell.until(lambda: self.state.stopping or self._next() is not None, None)
                    if (update := self._next()) is not None:
                        self._flying.add(update.queue)
                        flight = asyncio.create_task(self._push(client, update))
                        self._flights.add(flight)
                        flight.add_done_callback(self._flights.discard)
            finally:
                flights = list(self._flights)
                for flight in flights:
                    flight.cancel()
                await asyncio.gather(*flights, return_exceptions=True)

    def _next(self) -> Waiting | None:
        if self.webhook is None or self.state.stopping or len(self._flying) >= self.webhook.connections:
            return None
        return next((u for u in self._ready() if u.queue not in self._flying), None)

    async def _push(self, client: httpx.AsyncClient, update: Waiting) -> None:
        hook = self.webhook
        assert hook is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        problem = ""
        try:
            answer = await client.post(hook.url, json=update.json(), headers=headers)
            if not answer.is_success:
                problem = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
            elif answer.content:
                self.answered(answer.json())
        except httpx.HTTPError as error:
            problem = f"Connection failed: {type(error).__name__}"
        if problem:
            hook.last_error = (int(time.time()), problem)
            update.failures += 1
            self.state.bell.ring()
            pause = min(self.retry * 2 ** (update.failures - 1), 1.0)
            await self.state.bell.until(lambda: self.state.stopping or self.webhook is not hook, pause)
        elif update.id in self.waiting:
            self.confirmed(update)
        self._flying.discard(update.queue)
        self.state.bell.ring()
