"""One process that serves every channel until it is told to stop, and then stops cleanly within five seconds."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from bot.assembly import Parts, now
from bot.channels.web.connections import Prompt
from bot.desk import Desk
from bot.messaging.calls import Doors
from bot.settings import Settings
from bot.store import Store, StoreError

log = logging.getLogger(__name__)

PATIENCE = 3
"""Seconds a request or a delivery under way may still take after the stop."""

REST = 0.5
"""Seconds between the start and the rehearsal of a talk."""

ERASE_EVERY = 60.0
"""Seconds between two looks for pictures whose time is over."""

CALL_EVERY = 5.0
"""Seconds after which what another process did at the office is looked for."""

PRUNE_EVERY = 6 * 3600.0
"""Seconds between two rounds of letting go what is older than it has to be kept."""


class CannotListen(Exception):
    """The address cannot be listened at; the message says why and the cure."""


def listen(settings: Settings) -> socket.socket:
    """A socket at HOST and PORT; CannotListen when it is taken, not ours, or not allowed."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # else asyncio leaves Nagle's delay on
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((settings.host, settings.port))
        sock.listen(socket.SOMAXCONN)
    except OSError as error:
        sock.close()
        raise CannotListen(_why(settings, error)) from error
    return sock


def _why(settings: Settings, error: OSError) -> str:
    at = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return f"Cổng {settings.port} đang có chương trình khác dùng; hãy chọn cổng khác, ví dụ: PORT=8090 ./run"
    if error.errno == errno.EACCES:
        return f"Không có quyền mở {at}; hãy chọn cổng từ 1024 trở lên, ví dụ: PORT=8080 ./run"
    return f"Không mở được {at} ({error.strerror}); hãy xem lại HOST, ví dụ: HOST=127.0.0.1 ./run"


def listening(page: ASGIApp, proxies: tuple[str, ...]) -> uvicorn.Config:
    """How the page is served. What a request says of whom it is passed on for is believed from `proxies` alone."""
    return uvicorn.Config(
        page,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
        http=Prompt,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
    )


async def serve(parts: Parts, sock: socket.socket, say: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT. `say` is given the lines for whoever started us: what is on, and where."""
    doors = Doors(parts.page)
    server = uvicorn.Server(listening(doors, parts.settings.proxies))
    host, port = sock.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    aside: list[Coroutine[Any, Any, None]] = [
        parts.shelf.watch(),
        _prune(parts.store),
        _erase(parts.store),
        _rehearse(parts.desk),
        _call(parts.desk),
    ]
    if parts.settings.telegram_token is not None:
        aside.append(_telegram(parts, doors, parts.settings.telegram_token, say))
    if parts.settings.zalo_token is not None:
        aside.append(_zalo(parts, doors, parts.settings.zalo_token, say))
    tasks = [asyncio.create_task(coroutine) for coroutine in aside]
    # uvicorn raises the signal once more after its own stop: the rest of us must still close in peace.
    signal.signal(signal.SIGTERM, lambda *_: None)
    say(f"Thứ Tư đang chạy: {address} (Ctrl+C để dừng)")
    if parts.shelf.held_back:
        say(f"{parts.shelf.held_back} tệp hướng dẫn có lỗi (xem các dòng trên); đang dùng bản trước của tệp, nếu có.")
    try:
        await server.serve(sockets=[sock])
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                log.error("a task beside the page had failed", exc_info=outcome)


def _telegram(parts: Parts, doors: Doors, token: str, say: Callable[[str], None]) -> Coroutine[Any, Any, None]:
    """The Telegram channel, and where there is a webhook its address among the page's."""
    from bot.channels.telegram.bot import TelegramBot, Way  # noqa: PLC0415 - half of a start's time
    from bot.channels.telegram.webhook import PATH  # noqa: PLC0415 - same
    from bot.messaging.calls import hook  # noqa: PLC0415 - same

    ours = parts.settings
    at = ours.telegram_webhook
    hooked = None if at is None else hook(f"{at}{PATH}", parts.secret, "telegram", token)
    way = Way(token, ours.telegram_api_url, hooked, ours.telegram_rate, ours.telegram_inline)

    def on(name: str) -> None:
        parts.found.telegram = name.removeprefix("@")
        say(f"Telegram: bật, {name}")

    bot = TelegramBot(parts.desk, parts.texts, way, on)
    if hooked is not None:
        doors.open(PATH, bot.called)
    return bot.serve()


def _zalo(parts: Parts, doors: Doors, token: str, say: Callable[[str], None]) -> Coroutine[Any, Any, None]:
    """The Zalo channel, and where there is a webhook its address among the page's."""
    from bot.channels.zalo.bot import PATH, Way, ZaloBot  # noqa: PLC0415 - no start without Zalo pays for it
    from bot.messaging.calls import hook  # noqa: PLC0415 - same

    ours = parts.settings
    at = ours.zalo_webhook
    hooked = None if at is None else hook(f"{at}{PATH}", parts.secret, "zalo", token)
    way = Way(token, ours.zalo_api_url, hooked, ours.public_url)
    bot = ZaloBot(parts.desk, parts.texts, way, lambda name: say(f"Zalo: bật, {name}"))
    if hooked is not None:
        doors.open(PATH, bot.called)
    return bot.serve()


async def _rehearse(desk: Desk) -> None:
    """Meanwhile, once whoever has waited for the start has the page."""
    await asyncio.sleep(REST)
    await asyncio.to_thread(desk.rehearse)


async def _erase(store: Store) -> None:
    """People were told when their pictures are gone, so it is not left to the next round of pruning."""
    while True:
        try:
            await store.let_pictures_go(now())
        except StoreError:
            log.exception("could not erase pictures whose time is over; tried again later")
        await asyncio.sleep(ERASE_EVERY)


async def _call(desk: Desk) -> None:
    """Let what the office calls people about happen to those who see it on the page they have open."""
    while True:
        try:
            while await desk.remind("web"):
                pass
        except StoreError:
            log.exception("could not look for what is due on the page; looked again later")
        await desk.called("web", CALL_EVERY)


async def _prune(store: Store) -> None:
    while True:
        try:
            await store.prune(now())
        except StoreError:
            log.exception("could not let go of old data; tried again later")
        await asyncio.sleep(PRUNE_EVERY)
