"""What every command begins with, and the one that serves: settings, log, and an end that says why in one sentence."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

from bot import assembly, serving, settings
from bot.settings import Settings, WrongSettings
from bot.shelf import NoGuides
from bot.store import StoreError
from flows.texts import WrongTexts


def serve() -> None:
    """Serve the page, and Telegram when a token is set, until stopped."""
    ours = settings_or_stop()
    log_to(ours)
    try:
        sock = serving.listen(ours)
    except serving.CannotListen as error:
        stop(str(error))
    with sock:
        run(_serve(ours, sock), _loop if ours.telegram_token or ours.zalo_token else None)


async def _serve(ours: Settings, sock: socket.socket) -> None:
    async with assembly.build(ours) as parts:
        await serving.serve(parts, sock, lambda line: print(line, flush=True))


def settings_or_stop() -> Settings:
    """The settings; all that is wrong with them is said and ends the program."""
    try:
        return settings.read(os.environ)
    except WrongSettings as error:
        stop(str(error))


def log_to(ours: Settings) -> None:
    """Begin to log, as loud as the settings say."""
    logging.basicConfig(level=ours.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("bot.shelf").setLevel(min(logging.getLogger().level, logging.INFO))  # who edits wants to know
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines at INFO hold the token


def _loop() -> asyncio.AbstractEventLoop:
    """Where a bot is on, everything is installed before the start, and many connections are open."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop  # noqa: PLC0415 - the page alone does without

    return uvloop.new_event_loop()


def run(main: Coroutine[Any, Any, None], loop: Callable[[], asyncio.AbstractEventLoop] | None = None) -> None:
    """Run to the end, on such a loop; a trouble that the operator can mend is said in its own sentence."""
    try:
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(main)
    except (StoreError, NoGuides, WrongTexts) as error:
        stop(str(error))
    except (KeyboardInterrupt, BrokenPipeError):
        raise SystemExit(0) from None


def stop(message: str) -> NoReturn:
    """Say why on standard error, and end with exit status 1."""
    print(message, file=sys.stderr)
    raise SystemExit(1)
