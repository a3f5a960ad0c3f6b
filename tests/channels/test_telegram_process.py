"""The whole product as a process with a webhook: killed in the middle of answers, started again, told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.telegram_place import SAY
from tests.fake_telegram import FakeTelegram

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def api() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as api:
        yield api


def free() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


async def settled(data: Path) -> None:
    """Wait until everything that was said is marked as delivered, as the file shows it."""

    def left() -> int:
        with contextlib.closing(sqlite3.connect(data / "thu-tu.sqlite3")) as db:
            count: int = db.execute("select count(*) from outgoing where ended is null").fetchone()[0]
            return count

    async with asyncio.timeout(30):
        while await asyncio.to_thread(left):
            pass


async def started(api: FakeTelegram, data: Path, port: int) -> asyncio.subprocess.Process:
    """`./run` with a webhook at its own page, once Telegram knows of it."""
    before = len(api.called("setWebhook", ok=True))
    environ = {"TELEGRAM_TOKEN": api.state.token, "TELEGRAM_API_URL": api.url, "TELEGRAM_WEBHOOK": "on"}
    environ |= {"PUBLIC_URL": f"http://127.0.0.1:{port}", "PORT": str(port), "DATA": str(data), "TELEGRAM_RATE": "0"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot", "serve"),
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environ},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    await api.until(lambda: len(api.called("setWebhook", ok=True)) > before, within=60)
    return process


async def test_killed_in_the_middle_of_answers_nothing_is_lost_and_stopped_it_takes_its_leave(
    api: FakeTelegram, tmp_path: Path
) -> None:
    people, port = [api.user(id, f"Người {id}") for id in range(10, 20)], free()
    process = await started(api, tmp_path, port)
    for one in people:
        await one.says("/start")
    await api.until(lambda: all(one.answers for one in people), within=30)
    for _ in range(3):
        await settled(tmp_path)
        mark = len(api.called("sendMessage"))
        for one in people[1:]:
            await one.says("/help")
        await api.until(lambda mark=mark: len(api.called("sendMessage")) == mark + 9, within=30)  # type: ignore[misc]
        await settled(tmp_path)
        api.faults.next("sendMessage", slow=5)
        await people[0].says("/help")
        await api.until(lambda mark=mark: len(api.called("sendMessage")) == mark + 10, within=30)  # type: ignore[misc]
        process.kill()
        await process.wait()
        api.faults.clear()
        process = await started(api, tmp_path, port)
    await api.drained(within=30)
    await api.until(lambda: all(len(one.answers) >= 4 for one in people), within=30)
    process.send_signal(signal.SIGTERM)
    _, complaints = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in complaints
    assert api.mailbox.webhook is None
    helped = [sum(seen.text.startswith(SAY("help.title")) for seen in one.answers) for one in people]
    assert all(count >= 3 for count in helped)
    assert sum(helped) - 30 <= 3, "doubled is only the one that Telegram had taken when the process died"
