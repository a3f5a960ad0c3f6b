"""The web page's addresses: what may be asked for, in what form, and what is answered when something is amiss."""

from __future__ import annotations

import asyncio
import logging
import math
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import papers
from bot.channels.web import forms, kiosk_mode, offline, uploads
from bot.channels.web.forms import Form, FormRefused
from bot.channels.web.kiosk_mode import Turns
from bot.channels.web.looks import Looked, Paper
from bot.channels.web.pace import ADDRESS, SESSION, Pace, of_address
from bot.channels.web.pages import Again, Pages, Trouble, to_telegram
from bot.channels.web.public.answers import Public
from bot.channels.web.sessions import Sessions
from bot.channels.web.static_files import StaticFiles
from bot.desk import Address, Arrival, Desk, StoreError
from flows.codes import INVITATION, PAYLOAD, code_in, invitation_in
from flows.engine import LIST_LINK
from flows.events import Started
from flows.replies import Appointment, Letter, Reply, Sheet
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)

B = TypeVar("B", Sheet, Appointment, Letter)

SECURITY: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # Not "no-referrer": with that, browsers send forms of our own pages with "Origin: null".
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

STATUS: Mapping[Trouble, int] = {
    "bad": 400,
    "lost": 403,
    "foreign": 403,
    "not_found": 404,
    "not_allowed": 405,
    "too_long": 413,
    "slow": 408,
    "too_fast": 429,
    "broken": 500,
    "store": 503,
    "not_yet": 503,
}

BREATH = 3
"""Seconds within which the button of a guide's page, pressed twice by one person, was pressed once."""

_GUIDE = re.compile(r"[a-z0-9-]{1,62}")
"""With "g_" before it, still a payload that Telegram takes too."""


def app(
    desk: Desk,
    texts: Mapping[Language, Say],
    *,
    public_url: str | None,
    secret: bytes,
    health: Callable[[], Awaitable[bool]],
    ready: Callable[[], bool] = lambda: True,
    telegram: Callable[[], str] = str,
    paper: Paper = "a5",
    clock: Callable[[], float] = time.monotonic,
    kept: Path | None = None,
) -> Starlette:
    """The page as an ASGI application.

    `public_url` is where people reach it, when that is not the address it listens at; https there makes cookies
    secure. `secret` seals form tokens and must outlive a restart. `health` tells whether the store answers, `ready`
    whether there are guides to speak of. `telegram` gives the bot's name once it is known; `paper` is what a kiosk
    prints on. `clock` gives seconds, for the pace at which forms are taken and for turns at a kiosk. `kept` is a folder
    for what the next start need not make again.
    """
    static = StaticFiles()
    sessions = Sessions(secret, https=(public_url or "").startswith("https://"))
    pages, turns = Pages(texts, static, public_url, telegram, kept), Turns(clock)
    paces = Pace(SESSION, clock), Pace(ADDRESS, clock)
    public = Public(desk, pages, public_url)
    kiosk = Kiosk(desk, pages, public, sessions, static, public_url, health, ready, *paces, turns)
    squeezed = [Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)]
    page = Starlette(
        routes=[
            Route("/", kiosk.page, middleware=squeezed),
            Route("/say", kiosk.hear, methods=["POST"]),
            Route("/press", kiosk.hear, methods=["POST"]),
            Route("/start", kiosk.hear, methods=["POST"]),
            Route("/send", kiosk.attach, methods=["POST"]),
            Route("/thu-tuc/{guide}", kiosk.begin, methods=["POST"]),
            *public.routes,
            Route("/g/{guide}", kiosk.opening),
            Route("/c/{code}", kiosk.carried),
            Route("/i/{code}", kiosk.invited),
            Route("/danh-sach.pdf", kiosk.sheet),
            Route("/danh-sach.svg", kiosk.qr),
            Route("/ngay-hen.ics", kiosk.appointment),
            Route("/thu.pdf", kiosk.letter),
            Route("/bao-cao.xlsx", kiosk.workbook),
            Route("/health", kiosk.health),
            Route("/ready", kiosk.ready),
            Route("/favicon.svg", kiosk.icon),
            *kiosk_mode.routes(desk, kiosk.pages, sessions, turns, public_url),
            *offline.routes(kiosk.pages, static),
            Route("/static/{print}/{name:path}", kiosk.file),
        ],
        middleware=[Middleware(Secured), Middleware(Looked, sessions=sessions, paper=paper)],
        exception_handlers={
            HTTPException: kiosk.no_such_page,
            ClientDisconnect: kiosk.nobody_waits,
            papers.NotYet: kiosk.not_yet,
            Exception: kiosk.broken,
        },
    )
    page.router.redirect_slashes = False  # the redirect would repeat whatever the Host header claims
    return page


@dataclass(frozen=True, slots=True)
class Kiosk:
    """What each address answers."""

    desk: Desk
    pages: Pages
    public: Public
    sessions: Sessions
    static: StaticFiles
    public_url: str | None
    store_answers: Callable[[], Awaitable[bool]]
    has_guides: Callable[[], bool]
    session_pace: Pace
    address_pace: Pace
    turns: Turns

    async def page(self, request: Request) -> Response:
        """Where the talk stands; looking changes nothing."""
        session = self.sessions.of(request) or self.sessions.new()
        if self.turns.over(session):
            return RedirectResponse("/kiosk", 303)
        try:
            reply = await self.desk.see(Address("web", session))
        except StoreError:
            log.exception("the store did not answer; the page says that nothing was lost")
            return self._trouble("store")
        return self._kept(_html(self.pages.talk(reply, self.sessions.token(session), self.public.home)), session)

    async def opening(self, request: Request) -> Response:
        """The page of a link to a guide, with the button that opens it."""
        guide = request.path_params["guide"]
        if not _GUIDE.fullmatch(guide):
            return self._trouble("not_found")
        session = self.sessions.of(request) or self.sessions.new()
        return self._kept(_html(self.pages.opening(f"g_{guide}", self.sessions.token(session))), session)

    async def carried(self, request: Request) -> Response:
        """The page of a link to a list, with the button that opens it."""
        code = code_in(request.path_params["code"])
        if not code:
            return self._trouble("not_found")
        session = self.sessions.of(request) or self.sessions.new()
        return self._kept(_html(self.pages.opening(PAYLOAD + code, self.sessions.token(session))), session)

    async def invited(self, request: Request) -> Response:
        """The page of an invitation's link, with the button that opens it."""
        code = invitation_in(request.path_params["code"])
        if not code:
            return self._trouble("not_found")
        session = self.sessions.of(request) or self.sessions.new()
        return self._kept(_html(self.pages.opening(INVITATION + code, self.sessions.token(session))), session)

    async def sheet(self, request: Request) -> Response:
        """The list that the talk shows just now, as a PDF."""
        found = await self._shown(request, Sheet)
        if isinstance(found, Response):
            return found
        reply, block = found
        say, link = self.pages.texts[reply.language], self._link(block)
        # The letters are embedded: a tenth of a second that must not keep everybody else waiting.
        pdf = await asyncio.to_thread(lambda: papers.pdf_of(reply, say, link, self.desk.now()))
        return _file(pdf, "application/pdf", "danh-sach.pdf")

    async def qr(self, request: Request) -> Response:
        """The QR of the list that the talk shows just now."""
        found = await self._shown(request, Sheet)
        if isinstance(found, Response):
            return found
        at_telegram = request.query_params.get("o") == "telegram"
        link = to_telegram(self.pages.telegram(), found[1]) if at_telegram else self._link(found[1])
        return _file(papers.qr_of(link), "image/svg+xml") if link else self._trouble("not_found")

    async def appointment(self, request: Request) -> Response:
        """The day that the talk shows just now, for a calendar."""
        found = await self._shown(request, Appointment)
        if isinstance(found, Response):
            return found
        return _file(papers.ics_of(found[1], self.desk.now()), "text/calendar; charset=utf-8", "ngay-hen.ics")

    async def letter(self, request: Request) -> Response:
        """The letter that the talk shows just now, as a PDF."""
        found = await self._shown(request, Letter)
        if isinstance(found, Response):
            return found
        language, block = found[0].language, found[1]
        creator = self.pages.texts[language]("web.name")
        pdf = await asyncio.to_thread(lambda: papers.letter_of(block, language, creator, self.desk.now()))
        return _file(pdf, "application/pdf", "thu.pdf")

    async def workbook(self, request: Request) -> Response:
        """A report as an Excel file, for whoever may see it; nobody else learns that there is one."""
        session = self.sessions.of(request)
        try:
            report = session and await self.desk.report(Address("web", session), request.url.query)
        except StoreError:
            log.exception("the store did not answer; the report can be asked for again")
            return self._trouble("store")
        if not report:
            return self._trouble("not_found")
        say, world = self.pages.texts["vi"], self.desk.world()
        file = await asyncio.to_thread(papers.xlsx_of, report, world, say)
        period = report.scope.period
        name = say("reports.file_name", first=period.first.isoformat(), last=period.last.isoformat())
        return _file(file, XLSX, name)

    async def _shown(self, request: Request, kind: type[B]) -> tuple[Reply, B] | Response:
        """Where the talk stands and its block of that kind; a page of trouble when there is none."""
        session = self.sessions.of(request)
        session = None if session is None or self.turns.over(session) else session
        try:
            reply = await self.desk.see(Address("web", session)) if session is not None else None
        except StoreError:
            log.exception("the store did not answer; the file can be asked for again")
            return self._trouble("store")
        block = next((block for block in reply.blocks if isinstance(block, kind)), None) if reply is not None else None
        return self._trouble("not_found") if reply is None or block is None else (reply, block)

    def _link(self, sheet: Sheet) -> str:
        return f"{self.public_url}/c/{sheet.code}" if self.public_url and sheet.code else ""

    async def hear(self, request: Request) -> Response:
        """A form: take it, then send the browser to the page, so that a reload sends nothing twice."""
        try:
            form = await forms.read(request, self.public_url)
            event = form.event()
        except FormRefused as refused:
            return self._trouble(refused.trouble)
        session = self.sessions.of(request)
        if session is None or not self.sessions.belongs(form.token, session):
            return self._lost(form, session)
        arrival = Arrival(Address("web", session), form.arrival, event)
        return await self._take(request, arrival, Again(form.action, {**form.fields, "token": form.token}))

    async def attach(self, request: Request) -> Response:
        """A photo or PDF from the page that asks for one; then the page, as after any other form."""
        try:
            upload = await uploads.read(request, self.public_url)
        except FormRefused as refused:
            return self._trouble(refused.trouble)
        session = self.sessions.of(request)
        if session is None or not self.sessions.belongs(upload.token, session):
            return self._kept(self._trouble("lost"), session or self.sessions.new())
        return await self._take(request, upload.arrival(Address("web", session)), None)

    async def _take(self, request: Request, arrival: Arrival, again: Again | None) -> Response:
        """The answer to a form of ours; `again` is the form to send once more where it could not be taken now."""
        session = arrival.address.id
        if self.turns.over(session):
            return RedirectResponse("/kiosk", 303)
        wait = self.address_pace.wait(of_address(request)) or self.session_pace.wait(session)
        if wait:
            later = self._trouble("too_fast", again)
            later.headers["retry-after"] = str(math.ceil(wait))
            return later
        try:
            await self.desk.hear(arrival)
        except StoreError:
            log.exception("the store did not answer; the page offers the same form again")
            return self._trouble("store", again)
        if self.sessions.in_kiosk(session) and not self.turns.goes_on(session):
            await self.desk.part(arrival.address)  # the next person had come while this form was taken
        return self._kept(RedirectResponse("/", 303), session)

    async def begin(self, request: Request) -> Response:
        """The button of a guide's own page, which is the same for everybody and so holds no token of a session.

        A browser that says that the form is ours begins the list at once; for another the same is asked with a token.
        """
        guide = request.path_params["guide"]
        if not _GUIDE.fullmatch(guide):
            return self._trouble("not_found")
        try:
            form = await forms.read(request, self.public_url)
        except FormRefused as refused:
            return self._trouble(refused.trouble)
        session = self.sessions.of(request) or self.sessions.new()
        if not forms.surely_ours(request, self.public_url):
            return self._kept(_html(self.pages.opening(LIST_LINK + guide, self.sessions.token(session))), session)
        # Two presses in the same breath are one.
        id = f"begin-{guide}-{int(self.desk.now().timestamp() / BREATH)}"
        language: Language = "en" if form.fields.get("lang") == "en" else "vi"
        return await self._take(
            request, Arrival(Address("web", session), id, Started(LIST_LINK + guide), language), None
        )

    async def health(self, request: Request) -> Response:
        """For whoever watches the process: 200 while the store answers."""
        if await self.store_answers():
            return PlainTextResponse("ok")
        return PlainTextResponse("the store does not answer", 503)

    async def ready(self, request: Request) -> Response:
        """For whoever sends people here: 200 once the store answers and there are guides to speak of."""
        if not self.has_guides():
            return PlainTextResponse("there are no guides yet", 503)
        return await self.health(request)

    async def icon(self, request: Request) -> Response:
        """The icon, at the address that browsers and bookmarks keep."""
        return self.static.answer(request, "icon.svg", forever=False) or self._trouble("not_found")

    async def file(self, request: Request) -> Response:
        """A file of the page. One asked for by the print of another release is given, but not to keep."""
        name, printed = request.path_params["name"], request.path_params["print"]
        found = self.static.answer(request, name, forever=self.static.at == f"/static/{printed}/")
        return found or self._trouble("not_found")

    async def no_such_page(self, request: Request, error: Exception) -> Response:
        """An address, or a way to ask for it, that we do not have."""
        not_allowed = isinstance(error, HTTPException) and error.status_code == STATUS["not_allowed"]
        response = self._trouble("not_allowed" if not_allowed else "not_found")
        if isinstance(error, HTTPException):
            response.headers.update(error.headers or {})
        return response

    async def nobody_waits(self, request: Request, error: Exception) -> Response:
        """The browser went away before its form was whole: nothing was taken."""
        return Response(status_code=STATUS["bad"])

    async def not_yet(self, request: Request, error: Exception) -> Response:
        """A file that cannot be made yet, in the first seconds of a first start."""
        return self._trouble("not_yet")

    async def broken(self, request: Request, error: Exception) -> Response:
        """A fault of ours. The server logs it; the person reads a way on."""
        response = self._trouble("broken")
        response.headers.update(SECURITY)  # this answer is made outside every middleware
        return response

    def _lost(self, form: Form, session: str | None) -> Response:
        """A page of another session, or of before the secret changed: its words are offered again, a press is not."""
        session = session or self.sessions.new()
        fields = {**form.fields, "token": self.sessions.token(session)}
        again = None if form.action == "/press" else Again(form.action, fields)
        return self._kept(self._trouble("lost", again), session)

    def _trouble(self, trouble: Trouble, again: Again | None = None) -> Response:
        return _html(self.pages.trouble(trouble, again), STATUS[trouble])

    def _kept(self, response: Response, session: str) -> Response:
        if not self.sessions.in_kiosk(session):  # there an answer that comes late must not bring a turn back
            self.sessions.keep(response, session)
        return response


def _file(content: bytes, kind: str, name: str = "") -> Response:
    """A file of one person: never kept on the way; with a name it is for keeping, not for showing."""
    headers = {"cache-control": "no-store"}
    if name:
        headers["content-disposition"] = f'attachment; filename="{name}"'
    return Response(content, media_type=kind, headers=headers)


def _html(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, {"cache-control": "no-store"})


class Secured:
    """Says in every answer what a browser must not do with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY)
            await send(message)

        await self._app(scope, receive, secured)
