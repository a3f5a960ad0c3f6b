"""Where the parts meet: settings in, store, shelf, desk and page out; nothing else makes any of them."""

from __future__ import annotations

import secrets
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from starlette.applications import Starlette

from bot.chance import pooled
from bot.channels.web.app import app as page_of
from bot.desk import Desk
from bot.pictures.album import Album
from bot.settings import Settings
from bot.shelf import Shelf
from bot.store import Store, StoreBroken, StoreError
from bot.store.sqlite import SQLiteStore
from flows import codes, texts
from flows.state import Language
from flows.texts import Say
from flows.turn import VIETNAM, World
from knowledge.loading import GUIDES

CACHE = "cache"
"""The folder in DATA that may be thrown away: the next start takes longer once."""


@dataclass(slots=True)
class Found:
    """What is known only some time after the start."""

    telegram: str = ""  # the name of the bot, as in t.me/name; empty where there is none


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that one start of the product is made of."""

    settings: Settings
    texts: Mapping[Language, Say]
    shelf: Shelf
    store: Store
    desk: Desk
    page: Starlette
    secret: bytes = field(repr=False)
    found: Found


def now() -> datetime:
    """The one clock, in UTC; what day it is in Vietnam is the World's business."""
    return datetime.now(UTC)


def today() -> date:
    """The day in Vietnam."""
    return now().astimezone(VIETNAM).date()


def shelf(guides: tuple[Path, ...], data: Path) -> Shelf:
    """The product's own guides and those of the folders beside them; what was read is kept under `data`."""
    return Shelf((GUIDES, *guides), today, data / CACHE)


@asynccontextmanager
async def build(settings: Settings) -> AsyncIterator[Parts]:
    """The parts, ready for use; StoreError, NoGuides or WrongTexts when one cannot be made."""
    sentences = texts.load()
    books = shelf(settings.guides, settings.data)
    found = Found()
    store = await SQLiteStore.open(settings.data / "thu-tu.sqlite3")
    below = pooled()
    try:

        def world() -> World:
            return World(
                books.library,
                sentences,
                now(),
                code=codes.draw(below),
                home=settings.province,
                keeps_pictures=settings.attach_days,
                desks=books.desks,
                invitation=codes.draw_invitation(below),
                page=settings.public_url or "",
                telegram=found.telegram,
            )

        async def answers() -> bool:
            try:
                await store.facts(limit=1)
            except StoreError:
                return False
            return True

        desk = Desk(store, world, album=Album(_secret(settings.data / "pictures.key")), now=now)
        secret = _secret(settings.data / "page.key")
        page = page_of(
            desk,
            sentences,
            public_url=settings.public_url,
            secret=secret,
            health=answers,
            ready=lambda: bool(books.library.guides),
            telegram=lambda: found.telegram,
            paper=settings.kiosk_paper,
            kept=settings.data / CACHE,
        )
        yield Parts(settings, sentences, books, store, desk, page, secret, found)
    finally:
        await store.close()


def loopback() -> socket.socket:
    """A listening socket at a free port of this machine, for measurements."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.bind(("127.0.0.1", 0))
    sock.listen()
    return sock


def _secret(path: Path) -> bytes:
    """A key of 32 bytes, made once; readable by its owner only: one seals the page's form tokens, one the pictures."""
    try:
        if path.exists():
            return path.read_bytes()
        key = secrets.token_bytes(32)
        path.touch(mode=0o600)
        path.write_bytes(key)
    except OSError as error:
        raise StoreBroken(f"Không đọc hoặc ghi được {path}: {error.strerror}. Xem lại quyền của thư mục.") from error
    return key
