"""A reminder comes once, at its hour, to the channel that can be written to; and not when it is no longer wanted."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.desk import Address, Arrival, Desk
from bot.store.sqlite import SQLiteStore
from flows import replies
from flows.events import Said
from flows.replies import Notice, Reply
from flows.turn import World
from tests import own
from tests.channels.telegram_driver import TelegramDriver, serving
from tests.fake_telegram import FakeTelegram

FRIDAY = datetime(2026, 11, 20, 3, tzinfo=UTC)
TEXTS = own.sentences()
SAY = TEXTS["vi"]
REMIND = SAY("awaiting.remind")
LAN = Address("telegram", "7")
MINUTE = timedelta(minutes=1)
GUIDE = "1.004222"


@dataclass
class Place:
    """A desk on a real file, and a clock that the test turns."""

    store: SQLiteStore
    desk: Desk
    world: World
    number: count[int]

    async def say(self, who: Address, *words: str) -> Reply:
        reply = None
        for text in words:
            reply = (await self.desk.hear(Arrival(who, str(next(self.number)), Said(text)))).reply
        assert reply is not None
        return reply

    async def at(self, now: datetime) -> list[str]:
        """What is written to people at that time, each message's notices in one."""
        for left in await self.store.undelivered("telegram", 100):
            await self.store.delivered(left.number, now)
        self.world = dataclasses.replace(self.world, now=now)
        await self.desk.remind("telegram")
        return [notices(replies.load(one.body)) for one in await self.store.undelivered("telegram", 100)]


def notices(reply: Reply) -> str:
    return " ".join(block.text for block in reply.blocks if isinstance(block, Notice))


@pytest.fixture(scope="module")
def world() -> World:
    return World(own.library(), TEXTS, FRIDAY)


@pytest.fixture
async def place(tmp_path: Path, world: World) -> AsyncIterator[Place]:
    store = await SQLiteStore.open(tmp_path / "thu-tu.db")
    here = Place(store, Desk(store, lambda: here.world), world, count(1))
    yield here
    await store.close()


async def due_day(place: Place) -> datetime:
    """Eight in the morning of the day before, as the store keeps it."""
    (first, *_) = await place.store.due("telegram", FRIDAY + timedelta(days=400), 10)
    low, high = FRIDAY, FRIDAY + timedelta(days=400)
    while high - low > MINUTE:
        middle = low + (high - low) / 2
        if any(one.number == first.number for one in await place.store.due("telegram", middle, 10)):
            high = middle
        else:
            low = middle
    return high


async def test_it_comes_on_the_day_before_and_on_the_day_each_once(place: Place) -> None:
    reply = await place.say(LAN, GUIDE, "em nộp hôm nay rồi", REMIND)
    assert "Sẽ nhắn vào 8 giờ sáng" in notices(reply)
    first = await due_day(place)
    assert first.astimezone(UTC).hour == 1  # eight in Vietnam
    assert await place.at(first - timedelta(hours=1)) == []
    (said,) = await place.at(first + MINUTE)
    assert "sắp đến ngày có kết quả" in said
    assert await place.at(first + 2 * MINUTE) == []
    again = Desk(place.store, lambda: place.world)
    assert not await again.remind("telegram")
    assert await place.at(first + timedelta(hours=20)) == []
    (today,) = await place.at(first + timedelta(days=1, minutes=1))
    assert "Đã nhận được chưa?" in today
    assert await place.at(first + timedelta(days=3)) == []


@pytest.mark.parametrize(
    "then",
    [
        (SAY("awaiting.remind_not"),),
        (SAY("awaiting.received"), SAY("receiving.early")),
        (SAY("awaiting.another_day"), "19/11"),
        ("xóa dữ liệu", SAY("forgetting.yes")),
    ],
)
async def test_it_does_not_come_when_it_is_no_longer_wanted(place: Place, then: tuple[str, ...]) -> None:
    await place.say(LAN, GUIDE, "em nộp hôm nay rồi", REMIND, *then)
    assert await place.at(FRIDAY + timedelta(days=60)) == []


async def test_a_page_that_cannot_write_first_says_so_and_promises_nothing(place: Place) -> None:
    reply = await place.say(Address("web", "lan"), GUIDE, "em nộp hôm nay rồi", REMIND)
    assert "không nhắn trước được" in notices(reply)
    assert REMIND in [choice.label for choice in reply.choices]
    assert await place.store.due("web", FRIDAY + timedelta(days=400), 10) == ()


async def test_it_outlives_the_pruning_of_idle_talks_and_a_restart(place: Place, tmp_path: Path) -> None:
    await place.say(LAN, GUIDE, "em nộp hôm nay rồi", REMIND)
    await place.store.prune(FRIDAY + timedelta(days=45))
    again = await SQLiteStore.open(tmp_path / "thu-tu.db")
    assert await again.due("telegram", FRIDAY + timedelta(days=45), 10)
    await again.close()


async def test_two_desks_at_once_say_it_once(place: Place) -> None:
    await place.say(LAN, GUIDE, "em nộp hôm nay rồi", REMIND)
    first = await due_day(place)
    due = await place.store.due("telegram", first, 10)
    place.world = dataclasses.replace(place.world, now=first)
    await place.desk.remind("telegram")
    before = len(await place.store.undelivered("telegram", 100))
    await place.desk._hear(Arrival(LAN, f"reminder-{due[0].number}", Said("")), due[0].number)
    assert len(await place.store.undelivered("telegram", 100)) == before


async def test_on_telegram_it_arrives_as_a_message(place: Place) -> None:
    async with FakeTelegram() as api:
        await place.say(LAN, GUIDE, "em nộp hôm nay rồi", REMIND)
        first = await due_day(place)
        await place.at(FRIDAY)
        place.world = dataclasses.replace(place.world, now=first)
        lan = TelegramDriver(api, api.user(7, "Lan", met=True))
        async with serving(api, place.desk, TEXTS):
            await api.until(lambda: any(call.method == "sendMessage" for call in api.calls), within=20)
        assert "sắp đến ngày có kết quả" in lan.page.text
