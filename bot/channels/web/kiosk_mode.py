"""A machine that everybody uses: when a turn at it is over, and that nothing of it is left for the next person."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web import forms, looks
from bot.channels.web.pages import Pages
from bot.channels.web.sessions import Sessions
from bot.desk import Address, Desk, StoreError

log = logging.getLogger(__name__)

SILENT: Final = 15 * 60.0
"""Seconds without a form after which a turn is over even if no page said so: the machine slept, its browser died."""

KNOWN: Final = 10_000
"""Turns remembered at most."""

ENDED: Final = float("-inf")

LETTERS_BYTES: Final = 100
"""More than the form for the size of letters ever sends."""

UNKEPT: Final = {"cache-control": "no-store"}


class Turns:
    """When each session of a kiosk last sent a form; in memory only, for those that no browser ends."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sent: OrderedDict[str, float] = OrderedDict()

    def goes_on(self, session: str) -> bool:
        """A form of that session was taken; False when its turn had ended meanwhile."""
        if self.over(session):
            return False
        self._note(session, self._clock())
        return True

    def over(self, session: str) -> bool:
        """Whether that turn has ended or was silent for too long; one that nobody knows has only just begun."""
        return self._clock() - self._sent.get(session, self._clock()) > SILENT

    def silent(self) -> tuple[str, ...]:
        """The sessions that were silent for too long and have not been ended yet."""
        return tuple(session for session, sent in self._sent.items() if sent != ENDED and self.over(session))

    def end(self, session: str) -> None:
        """Whatever is still under way for that session comes too late."""
        self._note(session, ENDED)

    def _note(self, session: str, sent: float) -> None:
        self._sent[session] = sent
        self._sent.move_to_end(session)
        while len(self._sent) > KNOWN:
            self._sent.popitem(last=False)


def routes(desk: Desk, pages: Pages, sessions: Sessions, turns: Turns, public_url: str | None) -> list[Route]:
    """The address that a kiosk opens with, and returns to whenever a person has gone."""
    kiosk = KioskMode(desk, pages, sessions, turns, public_url)
    return [
        Route("/kiosk", kiosk.next_person),
        Route("/kiosk/con-day-khong", kiosk.still_there),
        Route("/kiosk/thoi", kiosk.leaving),
        Route("/kiosk/thoi", kiosk.leave, methods=["POST"]),
        Route("/co-chu", kiosk.letters, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class KioskMode:
    """What each of these addresses answers. They take no token: another site's page reaches none of them."""

    desk: Desk
    pages: Pages
    sessions: Sessions
    turns: Turns
    public_url: str | None

    async def next_person(self, request: Request) -> Response:
        """Let go of whoever was here; the next person finds a page on which nothing has happened yet."""
        if forms.foreign(request, self.public_url):
            return HTMLResponse(self.pages.trouble("foreign"), 403, UNKEPT)
        await self._part(request)
        response = RedirectResponse("/", 303, UNKEPT)
        self.sessions.keep(response, self.sessions.new(kiosk=True))
        looks.forget(response)
        return response

    async def still_there(self, request: Request) -> Response:
        """Where no script asks whether anybody is there, this page does, and goes on to the next person by itself."""
        return HTMLResponse(self.pages.still_there(), headers=UNKEPT)

    async def leaving(self, request: Request) -> Response:
        """For whoever looks after the machine: the button that makes it an ordinary browser again."""
        return HTMLResponse(self.pages.leaving_kiosk(), headers=UNKEPT)

    async def leave(self, request: Request) -> Response:
        """Let go of whoever was here, and of being a kiosk."""
        if forms.foreign(request, self.public_url):
            return HTMLResponse(self.pages.trouble("foreign"), 403, UNKEPT)
        await self._part(request)
        response = RedirectResponse("/", 303, UNKEPT)
        self.sessions.leave_kiosk(response)
        looks.forget(response)
        return response

    async def letters(self, request: Request) -> Response:
        """Another size of letters, for the page that asked for it and all that follow."""
        if forms.foreign(request, self.public_url):
            return HTMLResponse(self.pages.trouble("foreign"), 403, UNKEPT)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LETTERS_BYTES:
                break
        response = RedirectResponse(looks.came_from(request), 303, UNKEPT)
        looks.keep(response, body.decode("ascii", "replace").removeprefix("co="), https=self.sessions.https)
        return response

    async def _part(self, request: Request) -> None:
        """Only a turn at a kiosk ends so; a person's own session is not touched."""
        session = self.sessions.of(request)
        here = () if session is None or not self.sessions.in_kiosk(session) else (session,)
        for one in {*here, *self.turns.silent()}:
            self.turns.end(one)
            try:
                await self.desk.part(Address("web", one))
            except StoreError:
                # Nobody has the session any more, so nobody can see the talk; pruning lets it go in time.
                log.exception("a turn at a kiosk is over, but its talk could not be let go at once")
