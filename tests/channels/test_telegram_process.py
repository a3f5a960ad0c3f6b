"""The whole product as a process with a webhook: killed in the middle of answers, started again, told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.product import free, settled, started
from tests.channels.telegram_place import SAY
from tests.fake_telegram import FakeTelegram


@pytest.fixture
async def api() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as api:
        yield api


async def hooked(api: FakeTelegram, data: Path, port: int) -> asyncio.subprocess.Process:
    """`./run` with a webhook at its own page, once Telegram knows of it."""
    before = len(api.called("setWebhook", ok=True))
    telegram = {"TELEGRAM_TOKEN": api.state.token, "TELEGRAM_API_URL": api.url, "TELEGRAM_WEBHOOK": "on"}
    process = await started(data, port, **telegram, TELEGRAM_RATE="0")
    await api.until(lambda: len(api.called("setWebhook", ok=True)) > before, within=60)
    return process


async def test_killed_in_the_middle_of_answers_nothing_is_lost_and_stopped_it_takes_its_leave(
    api: FakeTelegram, tmp_path: Path
) -> None:
    people, port = [api.user(id, f"Người {id}") for id in range(10, 20)], free()
    process = await hooked(api, tmp_path, port)
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
        process = await hooked(api, tmp_path, port)
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
