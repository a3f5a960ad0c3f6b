"""A photo of a paper on Telegram, through the real client: fetched only where agreed to, checked before, kept sealed."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.pictures.album import Album
from flows.facts import Attached
from flows.turn import World
from tests.channels.telegram_driver import TelegramDriver, serving
from tests.channels.telegram_place import NOW, SAY, TEXTS, Place, place
from tests.fake_telegram import FakeTelegram
from tests.own import library
from tests.storage import papers_drawn as drawn

SEND = "Gửi ảnh xem thử: Hợp đồng thuê nhà, thuê phòng trọ"


@dataclass
class Office:
    """A bot that takes pictures."""

    here: Place
    drawn: int = 0

    @property
    def api(self) -> FakeTelegram:
        return self.here.api

    def world(self) -> World:
        self.drawn += 1
        return World(library(), TEXTS, NOW, code=f"B{self.drawn:05d}", keeps_pictures=3)

    @property
    def desk(self) -> Desk:
        return Desk(self.here.store, self.world, album=Album(b"k" * 32))

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        async with serving(self.api, self.desk, TEXTS):
            yield

    async def verdicts(self) -> list[str]:
        return [fact.verdict for fact in await self.here.facts() if isinstance(fact, Attached)]

    async def numbers(self) -> list[str]:
        return [picture.number for picture in await self.here.store.pictures(NOW)]

    def fetched(self) -> int:
        return sum(call.method == "getFile" for call in self.api.calls)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with place(tmp_path) as here:
        office = Office(here)
        async with office.open():
            yield office


@pytest.fixture
def lan(office: Office) -> TelegramDriver:
    return office.here.person()


async def at_the_list(lan: TelegramDriver) -> None:
    await lan.start("g_dang-ky-tam-tru")
    await to_the_list(lan)


async def to_the_list(lan: TelegramDriver) -> None:
    await lan.press("Chuẩn bị giấy tờ")
    while "Bấm vào giấy nào đã có" not in lan.screen.words[0]:
        labels = [label for _, label in lan.screen.choices]
        await lan.press(next((label for label in labels if label.startswith(("Nhà thuê", "Thuê nhà"))), labels[0]))


async def agreed(lan: TelegramDriver) -> None:
    await at_the_list(lan)
    await lan.press(SEND)
    await lan.press("Đồng ý, gửi ảnh")


@cache
def good() -> bytes:
    return drawn.jpeg(drawn.on_a_table(drawn.page()))


async def sends(lan: TelegramDriver, content: bytes, *, file: bool = False, size: int | None = None) -> str:
    """What the page says after a photo, or the same as a file."""
    mark = lan._mark()
    if file:
        await lan.person.sends_document(content, "hop-dong.pdf", size=size)
    else:
        await lan.person.sends_photo(content, size=size)
    return (await lan._answered(mark)).words[0]


async def test_a_photo_is_taken_where_it_was_agreed_to(office: Office, lan: TelegramDriver) -> None:
    await agreed(lan)
    assert "Gửi ảnh hoặc tệp PDF ở đây" in lan.screen.words[0]
    said = await sends(lan, good())
    (number,) = await office.numbers()
    assert f"Số của ảnh: {number}" in said
    pages = await office.desk.open_picture(number, "Hoa", "xem trước")
    assert pages is not None
    assert len(pages) == 1


async def test_words_below_a_photo_that_is_awaited_change_nothing(office: Office, lan: TelegramDriver) -> None:
    await agreed(lan)
    mark = lan._mark()
    await lan.person.sends_photo(good(), "đăng ký kết hôn")
    said = (await lan._answered(mark)).words[0]
    assert "Đã nhận" in said
    assert SAY("aside.beside_photo") not in said
    assert len(await office.numbers()) == 1


async def test_a_pdf_as_a_file_is_taken_with_its_pages(office: Office, lan: TelegramDriver) -> None:
    await agreed(lan)
    assert "Đã nhận" in await sends(lan, drawn.pdf(2), file=True)
    pages = await office.desk.open_picture((await office.numbers())[0], "Hoa", "xem trước")
    assert pages is not None
    assert len(pages) == 2


async def test_without_consent_not_a_byte_is_fetched(office: Office, lan: TelegramDriver) -> None:
    await lan.start()
    assert "chưa đọc được ảnh" in await sends(lan, good())
    await at_the_list(lan)
    assert "khi chưa rõ của giấy nào" in await sends(lan, good())
    await lan.press(SEND)
    assert "trả lời câu hỏi dưới đây trước" in await sends(lan, good())
    await lan.press("Đồng ý, gửi ảnh")
    await lan.press("Thôi, không gửi nữa")
    assert "khi chưa rõ của giấy nào" in await sends(lan, good(), file=True)
    assert office.fetched() == 0
    assert await office.verdicts() == []
    assert await office.numbers() == []


async def test_what_says_it_is_too_large_is_not_fetched(office: Office, lan: TelegramDriver) -> None:
    await agreed(lan)
    assert "quá 10 MB" in await sends(lan, good(), file=True, size=11 << 20)
    assert "quá 10 MB" in await sends(lan, good(), file=True, size=50 << 20)
    assert office.fetched() == 0


async def test_what_is_larger_than_it_said_is_let_go_on_the_way(office: Office, lan: TelegramDriver) -> None:
    await agreed(lan)
    assert "quá 10 MB" in await sends(lan, b"\xff\xd8\xff" + bytes(11 << 20), size=90_000)
    assert await office.verdicts() == ["too_large"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"MZ" + bytes(3000), "không phải ảnh hay PDF"),
        (b"%PDF-1.7", "bị hỏng"),
        (b"", "Tệp trống"),
        (drawn.png_bomb(), "bị hỏng"),
        (drawn.pdf_bomb(), "Không thấy chữ nào"),
        (drawn.jpeg(drawn.blurred(drawn.page(), 4)), "lau ống kính"),
    ],
    ids=["a program", "no PDF", "nothing", "a bomb", "a PDF bomb", "out of focus"],
)
async def test_what_is_no_use_is_told(office: Office, lan: TelegramDriver, content: bytes, says: str) -> None:
    await agreed(lan)
    assert says in await sends(lan, content, file=True)
    assert await office.numbers() == []


async def test_two_photos_at_once_are_two_pictures(office: Office, lan: TelegramDriver) -> None:
    """An album is a message for each photo."""
    await agreed(lan)
    await lan.person.sends_photo(good())
    await lan.person.sends_photo(drawn.jpeg(drawn.page(20)))
    await lan.person.sees("Đã gửi 2 ảnh", within=20)
    assert len(await office.numbers()) == 2


async def test_an_update_that_comes_twice_is_kept_once(office: Office, lan: TelegramDriver) -> None:
    await agreed(lan)
    office.api.faults.duplicate()
    await sends(lan, good())
    await office.api.drained()
    await lan.say("việc của tôi")
    assert len(await office.numbers()) == 1
    assert await office.verdicts() == ["good"]


async def test_what_telegram_cannot_give_now_is_tried_again(office: Office, lan: TelegramDriver) -> None:
    await agreed(lan)
    office.api.faults.next("getFile", status=502)
    assert "Đã nhận" in await sends(lan, good())
    assert office.fetched() == 2


async def test_what_telegram_never_gives_is_told_and_the_talk_goes_on(office: Office, lan: TelegramDriver) -> None:
    await agreed(lan)
    office.api.faults.next("getFile", status=502, times=10)
    assert "bị hỏng hoặc chưa tải xong" in await sends(lan, good())
    office.api.faults.clear()
    assert "Đã nhận" in await sends(lan, good())


async def test_a_photo_that_takes_long_holds_up_nobody_else(office: Office, lan: TelegramDriver) -> None:
    hoa = office.here.person(8, "Hoa", met=True)
    await agreed(lan)
    mark = lan.person.mark
    office.api.faults.next("getFile", slow=3.0)
    await lan.person.sends_photo(good())
    await lan.person.says("/help")
    await office.api.until(lambda: office.fetched() == 1)
    for _ in range(3):
        await hoa.say("/help")
    assert [seen for seen in lan.person.answers if seen.revision > mark] == [], "her own words wait for her photo"
    await office.api.drained()
    await office.here.all_delivered()
    first, second = (seen.text for seen in lan.person.answers if seen.revision > mark)
    assert "Đã nhận" in first
    assert SAY("help.title") in second
    assert len(hoa.person.answers) == 3
    assert office.here.log.lines == []


async def test_who_floods_with_photos_that_are_slow_to_come_stops_nobody(office: Office, lan: TelegramDriver) -> None:
    """Telegram gives no more than 100 updates beyond one that is not confirmed, and here all of them are hers."""
    hoa = office.here.person(8, "Hoa", met=True)
    await agreed(lan)
    office.api.faults.next("file", slow=4.0, times=None)
    for _ in range(150):
        await lan.person.sends_photo(good())
    began = time.monotonic()
    for _ in range(3):
        await hoa.say("/help")
    assert time.monotonic() - began < 4, "not even one of her photos has come by then"
    office.api.faults.clear()
    await office.api.drained(within=20)
    await office.here.all_delivered(within=20)
    said = [seen.text for seen in lan.person.answers]
    assert any("chưa tải xong" in text for text in said)
    assert sum(SAY("telegram.flood") in text for text in said) <= 1
    assert "Đã nhận" in await sends(lan, good()), "whoever has waited is heard again"


async def test_a_photo_that_is_slow_to_come_gives_way_to_a_crowd(office: Office, lan: TelegramDriver) -> None:
    """What the others said is known already, and polled again and again until her photo can be confirmed."""
    people = [office.here.person(id, met=True) for id in range(100, 220)]
    await agreed(lan)
    office.api.faults.next("file", slow=4.9, times=None)
    await lan.person.sends_photo(good())
    await office.api.until(lambda: office.fetched() == 1)
    began = time.monotonic()
    for one in people:
        await one.person.says("/help")
    await asyncio.gather(*(one.person.sees(SAY("help.title"), within=20) for one in people))
    assert time.monotonic() - began < 4.5
    await lan.person.sees("chưa tải xong")
    assert await office.verdicts() == ["broken"]


async def test_a_photo_is_waited_for_while_few_others_write(office: Office, lan: TelegramDriver) -> None:
    hoa = office.here.person(8, "Hoa", met=True)
    await agreed(lan)
    office.api.faults.next("file", slow=4.0)
    await lan.person.sends_photo(good())
    for _ in range(10):
        await hoa.say("/help")
    await lan.person.sees("Đã nhận", within=20)
    assert await office.verdicts() == ["good"]


async def test_a_store_that_cannot_keep_it_gets_it_again(office: Office, lan: TelegramDriver) -> None:
    """The update is not confirmed, so nothing is lost: when there is room it is kept, once."""
    await agreed(lan)
    with sqlite3.connect(office.here.file, isolation_level=None) as other:
        other.execute("begin immediate")
        await lan.person.sends_photo(good())
        await office.here.log.says("chưa ghi được")
        other.execute("rollback")
    await lan.person.sees("Đã gửi 1 ảnh", within=20)
    assert len(await office.numbers()) == 1


async def test_in_a_group_no_picture_is_asked_for(office: Office) -> None:
    """Others read along there; the same list in one's own chat asks."""
    group = office.api.group()
    for chat, offered in ((group, False), (None, True)):
        person = office.here.person(8 if chat else 9).person
        inside = TelegramDriver(office.api, person.inside(chat) if chat else person)
        await inside.say(
            f"/start@{office.api.state.bot['username']} g_dang-ky-tam-tru" if chat else "/start g_dang-ky-tam-tru"
        )
        await to_the_list(inside)
        assert (SEND in [label for _, label in inside.screen.choices]) is offered
