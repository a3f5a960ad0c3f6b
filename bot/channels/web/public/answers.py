"""What the addresses of the public pages answer: the page, the way to where it is now, or that there is none."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Hashable
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web.pages import Pages
from bot.channels.web.public.addresses import Known, Moved, NameOnly, Over, place
from bot.channels.web.public.frame import EVENTS, FIELDS, LIST, Frame, address
from bot.channels.web.public.guides import GuidePages
from bot.channels.web.public.listing import LEVELS, LONGEST, Listing, leaf
from bot.channels.web.public.lists import ListPages
from bot.channels.web.public.rendered import Rendered, Shelved, rendered
from bot.desk import Desk
from flows.state import Language
from flows.turn import World

QUERY: Final = 2000
"""Bytes after the question mark that any page of ours asks for."""

ROBOTS: Final = ("/c/", "/g/", "/static/", "/danh-sach.", "/ngay-hen.", "/thu-tuc?q=", "/thu-tuc?ten=")


class Public:
    """Answers for the pages that are the same for everybody; needs no session and touches no store."""

    def __init__(self, desk: Desk, pages: Pages, public_url: str | None) -> None:
        self._desk = desk
        self._pages = pages
        self._frame = Frame(pages, public_url or "")
        self._guides = GuidePages(self._frame)
        self._lists = ListPages(self._frame)
        self._shelved = Shelved[Rendered]()
        self._homes = Shelved[Markup]()
        self._typed = Shelved[Rendered]()  # apart, so that no flood of words can push the pages out
        self._listings: dict[Language, Listing] = {}

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route(LIST, self.list),
            Route(f"{LIST}/{{id:path}}", self.guide),
            Route(FIELDS, self.fields),
            Route(f"{FIELDS}/{{id:path}}", self.field),
            Route(EVENTS, self.events),
            Route(f"{EVENTS}/{{id:path}}", self.event),
            Route("/sitemap.xml", self.sitemap),
            Route("/robots.txt", self.robots),
        ]

    async def guide(self, request: Request) -> Response:
        """A guide by its id; by a code, an old one or a name with marks the way to it; else what there is to say."""
        asked, language, world = request.path_params["id"], _language(request), self._desk.world()
        match place(asked, world):
            case Known(guide):
                return self._page(
                    ("guide", guide.id, language),
                    request,
                    world,
                    lambda: rendered(self._guides.guide(guide, language, world)),
                )
            case Moved(path):
                return _moved(path, language)
            case NameOnly(code, name):
                return self._page(
                    ("name", code, language),
                    request,
                    world,
                    lambda: rendered(self._guides.name_only(code, name, language, world)),
                )
            case Over(guide):
                return self._page(
                    ("gone", guide.id, language),
                    request,
                    world,
                    lambda: rendered(self._guides.gone(guide, language, world), status=410),
                )
            case None:
                return self._unknown(asked, language, world)

    async def list(self, request: Request) -> Response:
        """All procedures, a level, a page of them; or what was found for what was typed."""
        if len(request.scope["query_string"]) > QUERY:
            return self._unknown("", "vi", self._desk.world(), 414)
        language, world, asked = _language(request), self._desk.world(), request.query_params
        listing = self._listing(language, world)
        words = " ".join(asked.get("q", "")[:LONGEST].split())
        if ("phan" in asked or words) and not listing.prepared:
            await asyncio.to_thread(listing.prepare)  # thousands of imported names take a second
        if "phan" in asked:
            return self._typed.page(
                (words.casefold(), language),
                world,
                lambda: rendered(self._lists.part(listing, listing.find(words), world)),
            ).answer(request, "no-store")
        if words:
            return _squeezed(request, self._lists.found(listing, words, listing.find(words), world))
        if "ten" in asked:
            names = leaf(listing.by_name, _number(request))
            key: Hashable = ("names", names.number, language)
            return self._page(key, request, world, lambda: rendered(self._lists.names(listing, names)))
        level = _level(request)
        page = leaf(listing.some(level=LEVELS.get(level, "")), _number(request))
        return self._page(
            ("list", level, page.number, language),
            request,
            world,
            lambda: rendered(self._lists.all(listing, page, level, world.library.events)),
        )

    async def fields(self, request: Request) -> Response:
        """Every field."""
        language, world = _language(request), self._desk.world()
        return self._page(
            ("fields", language),
            request,
            world,
            lambda: rendered(self._lists.fields(self._listing(language, world))),
        )

    async def field(self, request: Request) -> Response:
        """The procedures of a field."""
        asked, language, world = request.path_params["id"], _language(request), self._desk.world()
        if not asked:
            return _moved(FIELDS, language)
        listing, level = self._listing(language, world), _level(request)
        field = next((field for field, _ in listing.fields if field.id == asked), None)
        if field is None:
            return self._unknown(asked, language, world)
        page = leaf(listing.some(field.id, LEVELS.get(level, "")), _number(request))
        return self._page(
            ("field", field.id, level, page.number, language),
            request,
            world,
            lambda: rendered(self._lists.field(listing, field, page, level)),
        )

    async def events(self, request: Request) -> Response:
        """Every life event."""
        language, world = _language(request), self._desk.world()
        return self._page(
            ("events", language),
            request,
            world,
            lambda: rendered(self._lists.events(world.library.events, language)),
        )

    async def event(self, request: Request) -> Response:
        """The procedures of a life event."""
        asked, language, world = request.path_params["id"], _language(request), self._desk.world()
        event = world.library.life_event(asked)
        if not asked:
            return _moved(EVENTS, language)
        if event is None:
            return self._unknown(asked, language, world)
        return self._page(
            ("event", event.id, language),
            request,
            world,
            lambda: rendered(self._lists.event(event, language, world)),
        )

    async def sitemap(self, request: Request) -> Response:
        """Every address worth finding, for search engines."""
        world, base = self._desk.world(), self._frame.base or _own(request)
        listing = self._listing("vi", world)
        paths = (
            "/",
            LIST,
            FIELDS,
            EVENTS,
            *(f"{FIELDS}/{field.id}" for field, _ in listing.fields),
            *(f"{EVENTS}/{event.id}" for event in world.library.events),
            *(one.at for one in listing.all),
        )
        return self._page(
            ("sitemap", base),
            request,
            world,
            lambda: rendered(
                self._pages.render("public/sitemap.xml", addresses=[base + path for path in paths]), "application/xml"
            ),
        )

    async def robots(self, request: Request) -> Response:
        """What search engines need not read, and where the list of all addresses is."""
        rules = ["User-agent: *", *(f"Disallow: {path}" for path in ROBOTS)]
        return PlainTextResponse("\n".join([*rules, f"Sitemap: {self._frame.base or _own(request)}/sitemap.xml", ""]))

    def home(self, language: Language) -> Markup:
        """What stands on the first page under the most asked.

        Those are the talk's own choices, in the order that fields.yaml gives them: the editors' judgement. Until a
        place has counted some thousand opened guides of its own, its counts would only mirror that order.
        """
        world = self._desk.world()
        return self._homes.page(
            language, world, lambda: self._lists.home(self._listing(language, world), world.library.events)
        )

    def _listing(self, language: Language, world: World) -> Listing:
        listing = self._listings.get(language)
        if listing is None or listing.library is not world.library or listing.today != world.today:
            listing = self._listings[language] = Listing(world.library, world.today, language)
        return listing

    def _page(self, key: Hashable, request: Request, world: World, write: Callable[[], Rendered]) -> Response:
        return self._shelved.page(key, world, write).answer(request)

    def _unknown(self, asked: str, language: Language, world: World, status: int = 404) -> Response:
        words = " ".join(asked[:LONGEST].replace("-", " ").replace("/", " ").split())
        near = self._listing(language, world).find(words).listed[:5]
        return HTMLResponse(self._guides.unknown(words, near, language), status)


def _language(request: Request) -> Language:
    return "en" if b"lang=en" in request.scope["query_string"][:QUERY].split(b"&") else "vi"


def _level(request: Request) -> str:
    asked = request.query_params.get("cap", "") if request.scope["query_string"] else ""
    return asked if asked in LEVELS else ""


def _number(request: Request) -> int:
    asked = request.query_params.get("trang", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _moved(path: str, language: Language) -> Response:
    # For a day, not for ever: what took the place of a procedure may be replaced in its turn.
    return RedirectResponse(address(path, language), 301, {"cache-control": "public, max-age=86400"})


def _squeezed(request: Request, page: str) -> Response:
    headers = {"cache-control": "no-store", "vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(page, headers=headers)
    return HTMLResponse(gzip.compress(page.encode(), 4, mtime=0), headers=headers | {"content-encoding": "gzip"})


def _own(request: Request) -> str:
    """Where this very socket listens: what a request says of its host is not believed."""
    host, port = request.scope["server"]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
