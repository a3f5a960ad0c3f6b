"""The whole product with a Zalo webhook: killed in the middle of answers, started again, told to stop."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from tests.channels.product import free, settled, started
from tests.channels.telegram_place import SAY
from tests.fake_zalo import FakeZalo


async def hooked(api: FakeZalo, data: Path, port: int) -> asyncio.subprocess.Process:
    before = len(api.called("setWebhook", ok=True))
    process = await started(data, port, ZALO_TOKEN=api.token, ZALO_API_URL=api.url, ZALO_WEBHOOK="on")
    await api.until(lambda: len(api.called("setWebhook", ok=True)) > before, within=60)
    return process


async def test_killed_in_the_middle_of_answers_nothing_is_lost(tmp_path: Path) -> None:
    async with FakeZalo() as api:
        people, port = [api.user(f"{id:020x}", f"Người {id}") for id in range(10)], free()
        process = await hooked(api, tmp_path, port)
        for one in people:
            one.says("/start")
        await api.until(lambda: all(one.texts for one in people), within=30)
        await settled(tmp_path)
        api.fault("sendMessage", slow=5, times=len(people))
        for one in people:
            one.says("/help")
        await api.until(lambda: all(len(one.texts) > 1 for one in people), within=30)
        process.kill()
        await process.wait()
        process = await hooked(api, tmp_path, port)
        people[0].says("/start")
        await api.until(lambda: people[0].texts[-1].startswith(SAY("home.title")), within=30)
        await settled(tmp_path)
        process.send_signal(signal.SIGTERM)
        _, complaints = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in complaints
    helped = [sum(text.startswith(SAY("help.title")) for text in one.texts) for one in people]
    assert all(1 <= count <= 2 for count in helped), "doubled is at most what Zalo had taken when the process died"
