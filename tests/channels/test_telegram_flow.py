"""How fast and in what order: one person's flood, many people at once, Telegram's own limits, and who is gone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.telegram.pace import BURST, OVERALL
from bot.desk import Address, Arrival, Desk
from bot.messaging.lanes import Lanes
from bot.messaging.reception import MOST
from flows.events import Said
from flows.turn import World
from tests.channels.telegram_driver import serving
from tests.channels.telegram_place import NOW, SAY, TEXTS, Place, place

GUIDE = "dang-ky-khai-sinh"
SLOW_GUIDE = "dang-ky-thuong-tru"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    async with place(tmp_path) as here:
        yield here


def limited(here: Place) -> AbstractAsyncContextManager[object]:
    return serving(here.api, here.desk, TEXTS, rate=OVERALL)


def sent(here: Place, chat: int) -> list[float]:
    """When each message to a chat arrived there."""
    return [call.at for call in here.api.called("sendMessage", ok=True) if call.values["chat_id"] == chat]


async def test_what_one_person_says_is_answered_in_order(here: Place) -> None:
    lan = here.person(met=True)
    async with here.serving():
        for at in range(20, 100, 10):
            for number in range(at, at + 10):
                await lan.person.says(f"số {number}")
            await here.all_delivered()
            await here.api.drained()
            await here.all_delivered()
    wanted = [SAY("aside.no_such_number", about=f"số {number}") for number in range(20, 100)]
    assert [seen.text.split("\n")[0] for seen in lan.person.answers] == wanted


async def test_who_floods_is_told_once_and_holds_up_nobody(here: Place) -> None:
    lan, hoa = here.person(met=True), here.person(8, "Hoa", met=True)
    async with here.serving():
        here.api.faults.next("sendMessage", chat=7, slow=0.5, times=None)
        for number in range(200):
            await lan.person.says(f"số {number + 100}")
        began = time.monotonic()
        await hoa.start()
        assert time.monotonic() - began < 20, "the flood is answered at two a second"
        await lan.person.sees(SAY("telegram.flood"))
        here.api.faults.clear()
        await here.api.drained()
        await here.all_delivered()
        texts = [seen.text.split("\n")[0] for seen in lan.person.answers]
        assert texts.count(SAY("telegram.flood")) == 1
        answered = [text for text in texts if text != SAY("telegram.flood")]
        assert MOST <= len(answered) < 200
        await lan.say("/help")
        assert SAY("help.title") in lan.screen.words[0], "whoever has waited is heard again"
    assert here.log.lines == []


async def test_who_presses_too_fast_is_told_at_the_button(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start(f"g_{GUIDE}")
        here.api.faults.next("editMessageText", slow=0.5, times=None)
        presses = [await lan.person.presses_data(lan.page.id, "0:home") for _ in range(3 * MOST)]
        notices = [await lan.person.sees_answer(press, within=20) for press in presses]
        here.api.faults.clear()
        await here.all_delivered()
    assert SAY("telegram.flood") in notices
    assert notices[0] is None


async def test_one_chat_is_written_to_once_a_second_after_a_burst(here: Place) -> None:
    lan, hoa = here.person(met=True), here.person(8, "Hoa", met=True)
    async with limited(here):
        for _ in range(BURST + 2):
            await lan.person.says("/help")
        await here.api.until(lambda: len(sent(here, 7)) >= BURST, within=20)
        await hoa.start()
        await here.api.until(lambda: len(sent(here, 7)) == BURST + 2, within=20)
    times = sent(here, 7)
    assert times[BURST + 1] - times[0] >= 1.0


async def test_all_chats_together_keep_to_thirty_a_second(here: Place) -> None:
    people = [here.person(id, met=True) for id in range(100, 160)]
    async with limited(here):
        await asyncio.gather(*(one.person.says("/help") for one in people))
        await here.api.until(lambda: len(here.api.called("sendMessage", ok=True)) == len(people), within=30)
    times = [call.at for call in here.api.called("sendMessage", ok=True)]
    assert times[-1] - times[0] >= 0.5
    assert all(later - earlier >= 0.3 for earlier, later in zip(times, times[OVERALL + 20 :], strict=False))


async def test_a_group_is_written_to_twenty_times_a_minute(here: Place) -> None:
    inside = here.person().person.inside(here.api.group())
    async with limited(here):
        for _ in range(BURST * 4 + 1):
            await inside.says("/help@thu_nghiem_bot")
            await here.api.drained()
        await here.api.until(lambda: len(sent(here, -500)) == 20, within=20)
        await inside.says("/help@thu_nghiem_bot")
        await here.api.drained()
        assert len(sent(here, -500)) == 20


async def test_it_is_shown_that_an_answer_is_being_written_only_when_it_takes_long(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        await lan.say("làm giấy khai sinh cho con")
        await lan.say("/help")
        assert not here.api.called("sendChatAction"), "half a second is no wait"
        here.api.faults.next("sendMessage", slow=1.0)
        await lan.person.says("/help")
        await here.api.until(lambda: len(here.api.called("sendChatAction", ok=True)) == 1)
        await here.all_delivered()
    assert len(here.api.called("sendChatAction")) == 1


async def test_one_who_blocked_us_gets_no_reminder_and_nothing_that_was_left(here: Place) -> None:
    lan = here.person()
    later = Desk(here.store, lambda: World(here.library, TEXTS, NOW + timedelta(days=60)))
    async with here.serving():
        await lan.start(f"g_{SLOW_GUIDE}")
        await lan.say("em nộp hôm nay rồi")
        await lan.press(SAY("awaiting.remind"))
        assert await here.store.due("telegram", NOW + timedelta(days=60), 10)
        here.api.faults.next("sendMessage", status=429, retry_after=1, times=2)
        await lan.person.says("/help")
        await here.api.until(lambda: bool(here.api.called("sendMessage", ok=False)))
        await lan.person.says("/start")
        await lan.person.blocks_bot()
        await here.api.drained()
        assert await here.undelivered() == ()
        assert not await later.remind("telegram")
        assert await here.store.due("telegram", NOW + timedelta(days=60), 10) == ()
        await lan.person.unblocks_bot()
        await lan.start()
        await lan.say("hồ sơ của tôi")
        await here.all_delivered()
        assert not await later.remind("telegram")


async def test_a_block_that_nobody_told_us_of_is_noticed_at_the_first_refusal(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start(f"g_{SLOW_GUIDE}")
        await lan.say("em nộp hôm nay rồi")
        await lan.press(SAY("awaiting.remind"))
        here.api.state.blocked.add(7)
        for words in ("/help", "/start", "/help"):
            await here.desk.hear(Arrival(Address("telegram", "7"), f"lost-{words}-{time.monotonic()}", Said(words)))
    calls = len(here.api.called("sendMessage"))
    async with here.serving():
        await here.all_delivered()
        await here.api.until(lambda: len(here.api.called("sendMessage")) == calls + 1)
    assert await here.store.due("telegram", NOW + timedelta(days=60), 10) == ()
    assert len(here.api.called("sendMessage")) == calls + 1, "after the first refusal no other is asked for"


async def test_lanes_let_in_by_order_of_asking_and_keep_nothing() -> None:
    lanes, heard = Lanes(), list[tuple[int, int]]()

    async def one(person: int, number: int) -> None:
        async with lanes.turn(str(person)):
            await asyncio.sleep(0)
            heard.append((person, number))

    await asyncio.gather(*(one(person, number) for number in range(5) for person in range(3)))
    for person in range(3):
        assert [number for who, number in heard if who == person] == list(range(5))
        assert lanes.inside(str(person)) == 0
