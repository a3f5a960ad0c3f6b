"""Faults of the fake Bot API, each on demand: refusals, cut and slow answers, doubled and late updates."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut

from tests.fake_telegram import FakeTelegram
from tests.fakes.calling import TOKEN, polling


async def test_refusals_on_demand(api: FakeTelegram, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without it the client warns, at every 429, of a type that will change; it reads the setting each time.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    lan = api.user(met=True)
    api.faults.next("sendMessage", status=429, retry_after=3)
    api.faults.next("sendMessage", status=502)
    api.faults.next("sendMessage", status=502, page="<html>Bad Gateway</html>")
    api.faults.next("*", status=403, description="Forbidden: user is deactivated")
    with pytest.raises(RetryAfter) as later:
        await bot.send_message(7, "a")
    assert str(later.value) == "Flood control exceeded. Retry in 0:00:03"
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(7, "a")
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(7, "a")
    assert lan.messages == []
    await bot.send_message(7, "b")
    assert [m.text for m in lan.messages] == ["b"]
    assert dict(api.faults.injected) == {"sendmessage 429": 1, "sendmessage 502": 2, "sendmessage 403": 1}
    assert [c.status for c in api.called("sendMessage")] == [429, 502, 502, 403, 200]


async def test_a_fault_for_one_chat_leaves_the_others_alone(api: FakeTelegram, bot: Bot) -> None:
    api.user(7, met=True)
    api.user(8, met=True)
    api.faults.next("sendMessage", status=500, chat=8, times=None)
    await bot.send_message(7, "a")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(8, "a")
    api.faults.clear()
    await bot.send_message(8, "a")


@pytest.mark.parametrize(("cut", "recorded"), [("before", 0), ("after", 1)])
async def test_a_cut_reply_may_or_may_not_have_been_recorded(
    api: FakeTelegram, bot: Bot, cut: Any, recorded: int
) -> None:
    lan = api.user(met=True)
    api.faults.next("sendMessage", cut=cut)
    with pytest.raises(NetworkError):
        await bot.send_message(7, "a")
    assert len(lan.messages) == recorded
    await bot.send_message(7, "b")
    assert lan.messages[-1].text == "b"


async def test_a_slow_answer_times_out_although_the_message_was_taken(api: FakeTelegram, bot: Bot) -> None:
    lan = api.user(met=True)
    api.faults.next("sendMessage", slow=30)
    with pytest.raises(TimedOut):
        await bot.send_message(7, "a", read_timeout=0.05)
    assert (await lan.sees("a")).from_bot


def test_a_fault_that_does_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="one of status, slow, cut"):
        FakeTelegram(TOKEN).faults.next("sendMessage")


async def test_duplicate_and_late_updates_by_polling(api: FakeTelegram) -> None:
    lan = api.user()
    api.faults.duplicate()
    async with polling(api):
        await lan.says("một")
        await api.until(lambda: len([m for m in lan.answers if m.text == "nghe: một"]) == 2)
        api.faults.out_of_order()
        await lan.says("hai")
        await lan.says("ba")
        await api.drained()
        await lan.sees("nghe: hai")
    assert [m.text for m in lan.answers] == ["nghe: một", "nghe: một", "nghe: ba", "nghe: hai"]
