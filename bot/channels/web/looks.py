"""How a page has to look for whoever asks for it: the size of its letters, and whether it stands on a kiosk."""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, Literal, get_args
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.sessions import Sessions

Letters = Literal["nho", "vua", "lon", "rat-lon"]
SIZES: Final[tuple[Letters, ...]] = get_args(Letters)
COOKIE: Final = "co-chu"
_PATH = re.compile(r"(/[a-z0-9.-]+)*/?")
KEPT_SECONDS: Final = 365 * 24 * 3600

Paper = Literal["a5", "80mm"]
"""What a kiosk prints on: a sheet, or the roll of a receipt printer."""


@dataclass(frozen=True, slots=True)
class Look:
    """What style.css and the templates go by."""

    letters: Letters = "vua"
    kiosk: bool = False
    paper: Paper = "a5"

    @property
    def smaller(self) -> Letters:
        """The next size down; the same at the end."""
        return SIZES[max(SIZES.index(self.letters) - 1, 0)]

    @property
    def larger(self) -> Letters:
        """The next size up; the same at the end."""
        return SIZES[min(SIZES.index(self.letters) + 1, len(SIZES) - 1)]


PLAIN: Final = Look()

_LOOK: ContextVar[Look] = ContextVar("look")


def look() -> Look:
    """The look of the page that is being answered; pages of trouble have it too, from wherever they are raised."""
    return _LOOK.get(PLAIN)


class Looked:
    """Reads the look from the cookies of each request. The server answers each in a context of its own."""

    def __init__(self, app: ASGIApp, sessions: Sessions, paper: Paper) -> None:
        self._app = app
        self._sessions = sessions
        self._paper = paper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            session = self._sessions.of(request)
            kiosk = session is not None and self._sessions.in_kiosk(session)
            _LOOK.set(Look(_letters(request.cookies.get(COOKIE)), kiosk, self._paper if kiosk else "a5"))
        await self._app(scope, receive, send)


def keep(response: Response, wanted: str | None, *, https: bool) -> None:
    """Have the browser keep the size of the letters; what is no size of ours is the usual one."""
    response.set_cookie(
        COOKIE, _letters(wanted), max_age=KEPT_SECONDS, secure=https, httponly=True, samesite="lax", path="/"
    )


def forget(response: Response) -> None:
    """The next person begins with letters of the usual size."""
    response.delete_cookie(COOKIE, path="/")


def came_from(request: Request) -> str:
    """The page of ours that a form was sent from, as a path; "/" when none of ours says so."""
    page = urlsplit(request.headers.get("referer", ""))
    ours = page.netloc == request.headers.get("host") and _PATH.fullmatch(page.path)
    return page.path if ours else "/"


def _letters(named: str | None) -> Letters:
    return next((size for size in SIZES if size == named), "vua")
