"""What makes the page installable and the guides last read readable without a network; a talk is never kept."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.pages import Pages
from bot.channels.web.static_files import StaticFiles

WORKER = "offline/worker.js"
PAPER = "#f6f5f1"
BRAND = "#0f5f57"
"""As in style.css."""


def routes(pages: Pages, static: StaticFiles) -> list[Route]:
    """The worker, at the root so that it may answer for every guide, its page, and the page's description."""
    offline = Offline(pages, static)
    return [
        Route("/sw.js", offline.worker),
        Route("/manifest.webmanifest", offline.manifest),
        Route("/ngoai-mang", offline.page),
    ]


@dataclass(frozen=True, slots=True)
class Offline:
    """What each of these addresses answers."""

    pages: Pages
    static: StaticFiles

    async def worker(self, request: Request) -> Response:
        """The worker of this release: another release has other files, so the browser brings the new one."""
        script = f'const STATIC = "{self.static.at}";\n{self.static.text(WORKER)}'
        return Response(script, media_type="text/javascript; charset=utf-8", headers={"cache-control": "no-cache"})

    async def manifest(self, request: Request) -> Response:
        """What a phone shows once the page is put on its first screen."""
        say = self.pages.texts["vi"]
        icon = {"src": "/favicon.svg", "type": "image/svg+xml", "sizes": "any"}
        described = {
            "name": say("web.name"),
            "short_name": say("web.name"),
            "description": say("web.tagline"),
            "lang": "vi",
            "id": "/",
            "start_url": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": BRAND,
            "icons": [icon | {"purpose": "any"}, icon | {"purpose": "maskable"}],
        }
        kept = {"cache-control": "public, max-age=3600"}
        return JSONResponse(described, media_type="application/manifest+json", headers=kept)

    async def page(self, request: Request) -> Response:
        """What the worker shows where there is no network; it writes the guides that were kept into the list."""
        return HTMLResponse(self.pages.offline())
