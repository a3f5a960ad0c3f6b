"""The product as it runs, and people before it with a browser each, of whom no console and no other site hears."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Error, Locator, Page, Request, StorageState, expect

from bot import assembly, settings
from bot.assembly import Parts
from tests.fake_http import listening, serving

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
Size = Literal["phone", "tablet", "kiosk"]
SIZES: Final[dict[Size, tuple[int, int]]] = {"phone": (360, 740), "tablet": (820, 1180), "kiosk": (1080, 1920)}
TOKEN = "main [name=token]"
"""Every page has its own token, so another one means that the answer is there."""
PATIENCE: Final = 20_000
"""Milliseconds to wait for what must come: a machine that also runs everything else is slow, not wrong."""
expect.set_options(timeout=PATIENCE)
SHOTS = os.environ.get("SHOTS", "")
"""A folder for pictures of the states that the tests walk through; empty for none."""


def pictures() -> list[Path]:
    """The folder for pictures, if any are wanted."""
    if not SHOTS:
        return []
    folder = Path(SHOTS)
    folder.mkdir(parents=True, exist_ok=True)
    return [folder]


@dataclass(frozen=True)
class Served:
    """A running product: where it answers, and its parts."""

    url: str
    parts: Parts

    def named(self, bot: str) -> None:
        """Telegram has told the bot its name."""
        self.parts.found.telegram = bot.removeprefix("@")


@asynccontextmanager
async def product(folder: Path, like: Served | None = None, **environ: str) -> AsyncIterator[Served]:
    """All of it but the signals: settings, shelf, store on a file, desk and page, at a free port.

    A second one opens like a second start: with the guides as the first one has read them.
    """
    if like is not None:
        shutil.copytree(like.parts.settings.data / "cache", folder / "cache")
    sock, url = listening()
    given = settings.read({"DATA": str(folder), "PUBLIC_URL": url, "PROVINCE": "ha-noi"} | environ)
    async with assembly.build(given) as parts, serving(parts.page, sock):
        yield Served(url, parts)


@dataclass
class Visitor:
    """One person before the page. `heard` is what the console said, `elsewhere` what was asked of other sites."""

    page: Page
    url: str
    size: Size
    heard: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", self._broke)
        self.page.context.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        self.heard.append(message.text)

    def _broke(self, error: Error) -> None:
        self.heard.append(str(error))

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme in {"http", "https"} and not request.url.startswith(self.url + "/"):
            self.elsewhere.append(request.url)

    async def opens(self, path: str = "/") -> None:
        await self.page.goto(self.url + path)

    async def says(self, words: str) -> None:
        await self.page.locator("#words").fill(words)
        async with self.answered():
            await self.page.locator("#words").press("Enter")

    async def presses(self, label: str) -> None:
        async with self.answered():
            await self.button(label).click()

    @asynccontextmanager
    async def answered(self) -> AsyncIterator[None]:
        """What is done inside brings a new page, with or without a script."""
        before = await self.page.locator(TOKEN).first.input_value()
        yield
        await expect(self.page.locator(TOKEN).first).not_to_have_value(before)

    def button(self, label: str) -> Locator:
        return self.page.get_by_role("button", name=re.compile(rf"(^|\d\.? *){re.escape(label)}$")).first

    @property
    def title(self) -> Locator:
        return self.page.locator("h1")

    async def letters(self) -> float:
        """How large a letter is, in pixels."""
        size: float = await self.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        return size

    async def resize(self, width: int = 0, height: int = 0) -> None:
        """Another size of window; its own again when none is said."""
        wide, high = SIZES[self.size]
        await self.page.set_viewport_size({"width": width or wide, "height": height or high})

    async def reaches_the_list(self) -> None:
        """From a guide's page through its questions, by the first answer each time."""
        for _ in range(12):
            if await self.page.locator(".tick").count():
                return
            async with self.answered():
                await self.page.locator(".choices button").first.click()
        raise AssertionError(await self.title.text_content())

    async def shot(self, name: str) -> None:
        """A picture of the whole page, when pictures are wanted."""
        for folder in pictures():
            await self.page.screenshot(path=folder / f"{name}-{self.size}.png", full_page=True)


@dataclass
class Visitors:
    """Lets people in; when the test ends, none of them may have made a console speak or another site hear."""

    browser: Browser
    served: Served
    leaving: AsyncExitStack

    async def one(
        self,
        size: Size = "phone",
        *,
        scripted: bool = True,
        dark: bool = False,
        kept: StorageState | None = None,
    ) -> Visitor:
        width, height = SIZES[size]
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripted,
            color_scheme="dark" if dark else "light",
            has_touch=size != "tablet",
            locale="vi",
            reduced_motion="reduce",
            storage_state=kept,
            timezone_id="Asia/Ho_Chi_Minh",
        )
        context.set_default_timeout(PATIENCE)
        visitor = Visitor(await context.new_page(), self.served.url, size)
        visitor.listen()

        async def leave() -> None:
            await context.close()
            assert (visitor.heard, visitor.elsewhere) == ([], [])

        self.leaving.push_async_callback(leave)
        return visitor


@asynccontextmanager
async def arrived(browser: Browser, served: Served) -> AsyncIterator[Visitors]:
    """People before that product until the end of the block."""
    async with AsyncExitStack() as leaving:
        yield Visitors(browser, served, leaving)
