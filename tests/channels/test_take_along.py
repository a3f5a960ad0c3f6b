"""A list taken along: the PDF and its QR read back, the code that opens it elsewhere, and a day for the calendar."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from icalendar import Calendar

from bot import papers
from bot.channels.web.app import app
from bot.desk import Address, Arrival, Desk
from bot.guesses import ONE, WHILE
from bot.store.sqlite import SQLiteStore
from flows import facts
from flows.codes import ALPHABET, code_in, draw, is_code
from flows.events import Said, Started
from flows.replies import Appointment, Heading, Notice, Reply, Sheet
from flows.turn import World
from tests import own
from tests.channels.page import WebDriver
from tests.channels.telegram_driver import TelegramDriver
from tests.channels.telegram_driver import serving as serving_telegram
from tests.fake_http import serving
from tests.fake_telegram import FakeTelegram

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TEXTS = own.sentences()
SAY = TEXTS["vi"]
DONE = SAY("collecting.done")
TAKE = SAY("summary.take")
CODES = ("K7M3PQ", "B2C3D4", "X9W8V7", "H2J3K4")


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclasses.dataclass
class Place:
    """A desk on a real file, whose codes come in a known order."""

    store: SQLiteStore
    desk: Desk
    clock: Clock
    world: World


@pytest.fixture(scope="module")
def world() -> World:
    return World(own.library(), TEXTS, NOW)


@pytest.fixture
async def place(tmp_path: Path, world: World) -> AsyncIterator[Place]:
    store = await SQLiteStore.open(tmp_path / "thu-tu.db")
    clock = Clock()
    here = Place(store, Desk(store, lambda: here.world, clock), clock, dataclasses.replace(world, code=CODES[0]))
    yield here
    await store.close()


async def say(desk: Desk, who: Address, *words: str) -> Reply:
    number = count(1)
    reply: Reply | None = None
    for text in words:
        heard = await desk.hear(Arrival(who, f"{text}-{next(number)}", Said(text)))
        reply = heard.reply
    assert reply is not None
    return reply


def heading(reply: Reply) -> str:
    return next(block.text for block in reply.blocks if isinstance(block, Heading))


def notices(reply: Reply) -> str:
    return " ".join(block.text for block in reply.blocks if isinstance(block, Notice))


LAN = Address("web", "lan")
MINH = Address("telegram", "7")


def collecting(reply: Reply) -> bool:
    return any(choice.id == "done" for choice in reply.choices)


async def taken(desk: Desk, who: Address) -> Reply:
    """A list begun, one paper ticked, taken along."""
    reply = await say(desk, who, "2.000815", "Chuẩn bị giấy tờ")
    for _ in range(8):
        if collecting(reply):
            break
        reply = await say(desk, who, reply.choices[0].label)
    first = next(choice for choice in reply.choices if choice.group == "paper")
    await say(desk, who, first.label)
    await say(desk, who, DONE)
    return await say(desk, who, TAKE)


async def test_the_pdf_says_the_list_and_its_qr_leads_back_to_it(place: Place) -> None:
    reply = await taken(place.desk, LAN)
    link = "https://thutu.example/c/K7M3PQ"
    pdf = pypdfium2.PdfDocument(papers.pdf_of(reply, SAY, link, NOW))
    words = " ".join("".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    assert "Mã danh sách: K7M3PQ" in words
    for text in (heading(reply), "dùng đến hết 20/12/2026", "Nơi nộp", "2.000815"):
        assert " ".join(text.split()) in words
    width, height = pdf[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (148, 210)
    picture = pdf[0].render(scale=2).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [link]


async def test_a_pdf_without_a_public_address_has_no_qr(place: Place) -> None:
    reply = await taken(place.desk, LAN)
    pdf = pypdfium2.PdfDocument(papers.pdf_of(reply, SAY, "", NOW))
    assert zxingcpp.read_barcodes(pdf[0].render(scale=2).to_pil()) == []


async def test_every_guide_makes_a_pdf_with_all_its_words(place: Place) -> None:
    """The longest names, the most papers: every word of the summary is there, in order."""
    for at, guide in enumerate(place.world.library.guides):
        who = Address("web", f"person-{at}")
        place.world = dataclasses.replace(place.world, code="")
        reply = await say(place.desk, who, place.world.library.guides[guide].code, "Chuẩn bị giấy tờ")
        for _ in range(8):
            if collecting(reply):
                break
            reply = await say(place.desk, who, SAY("asking.unsure"))
        if not collecting(reply):
            continue  # "chưa rõ" leads to no list there
        await say(place.desk, who, DONE)
        reply = await say(place.desk, who, TAKE)
        pdf = pypdfium2.PdfDocument(papers.pdf_of(reply, SAY, "", NOW))
        words = "".join("".join(page.get_textpage().get_text_bounded() for page in pdf).split()).replace("￾", "-")
        assert "".join(heading(reply).split()) in words, guide
        assert len(pdf) <= 6, guide


async def test_a_code_continues_the_same_list_on_another_channel(place: Place) -> None:
    await taken(place.desk, LAN)
    for words in ("k7m 3pq", "mã K7M3PQ", "K7M-3PQ"):
        reply = await say(place.desk, Address("telegram", words), words)
        assert "Đã mở danh sách" in notices(reply)
        assert sum(choice.ticked is True for choice in reply.choices) == 1
    heard = await place.desk.hear(Arrival(MINH, "1", Started("c_K7M3PQ")))
    assert heard.reply is not None
    assert "Đã mở danh sách" in notices(heard.reply)
    kept = [facts.load(one.body) for one in await place.store.facts()]
    assert sum(isinstance(one, facts.Carried) and one.how == "out" for one in kept) == 1
    assert sum(isinstance(one, facts.Carried) and one.how == "in" for one in kept) == 4


async def test_a_code_of_nobody_is_said_so_and_many_wrong_ones_are_not_looked_up(place: Place) -> None:
    await taken(place.desk, LAN)
    for number in range(ONE):
        reply = await say(place.desk, MINH, f"B2B2C{ALPHABET[number]}")
        assert "Không có danh sách nào mang mã này" in notices(reply)
    locked = notices(await say(place.desk, MINH, "K7M3PQ"))
    assert "chờ mười phút" in locked
    assert "Không có danh sách" not in locked
    assert "Đã mở" in notices(await say(place.desk, Address("telegram", "8"), "K7M3PQ"))
    place.clock.seconds = WHILE + 1
    heard = await place.desk.hear(Arrival(MINH, "later", Said("K7M3PQ")))
    assert heard.reply is not None
    assert "Đã mở" in notices(heard.reply)


async def test_a_code_ends_after_its_last_day_and_goes_with_what_is_erased(place: Place) -> None:
    await taken(place.desk, LAN)
    today = place.world.today
    assert await place.store.carried("K7M3PQ", today + timedelta(days=30))
    assert await place.store.carried("K7M3PQ", today + timedelta(days=31)) is None
    await place.store.prune(NOW + timedelta(days=30))
    assert await place.store.carried("K7M3PQ", today)
    await say(place.desk, LAN, "xóa dữ liệu", SAY("forgetting.yes"))
    assert await place.store.carried("K7M3PQ", today) is None


async def test_two_lists_never_share_a_code(place: Place) -> None:
    """The second gets none, is told that nothing was kept, and succeeds with the next code."""
    await taken(place.desk, LAN)
    with pytest.raises(Exception, match="Mã vừa rút"):
        await taken(place.desk, Address("web", "minh"))
    place.world = dataclasses.replace(place.world, code=CODES[1])
    reply = await say(place.desk, Address("web", "minh"), TAKE + " ")
    assert next(block.code for block in reply.blocks if isinstance(block, Sheet)) == CODES[1]


async def test_on_the_web_pdf_qr_and_calendar_are_links_of_one_person(place: Place) -> None:
    await taken(place.desk, Address("web", "somebody-else"))
    place.world = dataclasses.replace(place.world, code=CODES[1])
    page = app(place.desk, TEXTS, public_url="http://thutu.example", secret=b"s" * 32, health=_answers)
    async with serving(page) as url:
        web = WebDriver(url)
        await web.start()
        assert (await web.http.get("/danh-sach.pdf")).status_code == 404
        await web.start("c_K7M3PQ")
        assert "Đã mở danh sách" in " ".join(web.words)
        await web.press(DONE)
        await web.press(TAKE)
        pdf = await web.http.get("/danh-sach.pdf")
        assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
        assert pdf.headers["cache-control"] == "no-store"
        assert pdf.content.startswith(b"%PDF-")
        picture = await web.http.get("/danh-sach.svg")
        assert picture.headers["content-type"].startswith("image/svg+xml")
        await web.say("1.004222")
        await web.say("em nộp hôm nay rồi")
        assert (await web.http.get("/ngay-hen.ics")).status_code == 404
        await web.press(SAY("awaiting.keep"))
        day = await web.http.get("/ngay-hen.ics")
        assert day.headers["content-type"].startswith("text/calendar")
        assert (await web.http.get("/danh-sach.pdf")).status_code == 404
        link = await web.http.get("/c/B2C3D4")
        assert link.status_code == 200
        assert 'value="c_B2C3D4"' in link.text
        assert "Mở danh sách giấy tờ" in link.text
        assert "hướng dẫn" not in link.text
        for wrong in ("/c/xxx", "/c/%3Cscript%3E", "/c/" + "B" * 500):
            assert (await web.http.get(wrong)).status_code == 404
        await web.close()


async def _answers() -> bool:
    return True


async def test_on_telegram_the_pdf_comes_as_a_file_once(place: Place) -> None:
    async with FakeTelegram() as api, serving_telegram(api, place.desk, TEXTS):
        lan = TelegramDriver(api, api.user(7, "Lan"))
        await lan.start("g_chung-thuc-ban-sao")
        await lan.press("Chuẩn bị giấy tờ")
        for _ in range(8):
            if any(label == DONE for _, label in lan.screen.choices):
                break
            await lan.press("1")
        await lan.press(DONE)
        await lan.press(TAKE)
        await api.until(lambda: any(call.method == "sendDocument" for call in api.calls))
        await asyncio.wait_for(_delivered(place), 5)
        assert sum(call.method == "sendDocument" for call in api.calls) == 1


async def _delivered(place: Place) -> None:
    """Asks the store's own thread again and again."""
    while await place.store.undelivered("telegram", 1):
        pass


def test_the_calendar_file_is_read_by_a_calendar() -> None:
    day = Appointment(
        date(2026, 11, 26), "Có kết quả: Đăng ký thường trú; nhớ, mang giấy", "Mang giấy hẹn.\nXin cảm ơn", "x"
    )
    event = Calendar.from_ical(papers.ics_of(day, NOW).decode(), multiple=False).walk("VEVENT")[0]
    assert event.decoded("dtstart") == date(2026, 11, 26)
    assert event["summary"] == day.title
    assert event["description"] == day.note
    assert papers.ics_of(day, NOW) == papers.ics_of(day, NOW)


@pytest.mark.parametrize(
    "text", ["cccd", "29B234 ơi", "dkkhtt", "1.001193", "123456", "KKKKKK", "", "K7M3PQX", "làm ks cho"]
)
def test_other_words_are_no_code(text: str) -> None:
    assert code_in(text) == ""


def test_codes_are_drawn_until_they_have_the_form_of_one() -> None:
    def number(signs: str) -> int:
        return sum(ALPHABET.index(sign) * len(ALPHABET) ** at for at, sign in enumerate(signs))

    numbers = iter((number("BCDFGH"), number("234567"), number("B2C3D4")))
    assert draw(lambda most: next(numbers) % most) == "B2C3D4"
    assert is_code("B2C3D4")
