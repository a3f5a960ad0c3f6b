"""A letter on every channel: a PDF over HTTP for its own reader only, a file on Telegram once, all its words everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from bot import papers
from bot.channels import terminal
from bot.channels.telegram import showing as telegram_showing
from bot.channels.web.app import app
from bot.channels.zalo import showing as zalo_showing
from bot.desk import Desk
from bot.store.sqlite import SQLiteStore
from flows import replies
from flows.office.letters import Draft
from flows.replies import Letter, Reply
from flows.telling.letters import letter_of
from flows.turn import World
from knowledge import desks
from tests import own
from tests.channels.page import WebDriver
from tests.channels.telegram_driver import TelegramDriver
from tests.channels.telegram_driver import serving as serving_telegram
from tests.fake_http import serving
from tests.fake_telegram import FakeTelegram

TEXTS = own.sentences()
DESK = desks.Desk(
    id="vinh-hai",
    name="Bộ phận Một cửa phường Vĩnh Hải",
    address="Số 1, đường Vĩnh Hải",
    opening=(desks.Opening(days=("monday",), hours="7:30 - 11:30"),),
    hotline="0258 000 000",
    checked_on=date(2026, 11, 1),
    letters=desks.Letterhead(
        place="Nha Trang", signed_by="Nguyễn Thị Hoa", title="Chủ tịch Ủy ban nhân dân phường", go="free"
    ),
)
KINDS: tuple[Draft, ...] = (
    Draft("thanks", "vinh-hai"),
    Draft("birth", "vinh-hai", "dang-ky-khai-sinh"),
    Draft("marriage", "vinh-hai", "dang-ky-ket-hon"),
    Draft("business", "vinh-hai", "dang-ky-ho-kinh-doanh"),
    Draft("death", "vinh-hai", "dang-ky-khai-tu"),
    Draft("apology", "vinh-hai", "dang-ky-tam-tru"),
    Draft("apology", "vinh-hai", "dang-ky-tam-tru", new_day=date(2026, 12, 3), late_since=date(2026, 11, 20)),
)


@pytest.fixture(scope="module")
def world() -> World:
    return World(own.library(), TEXTS, datetime(2026, 11, 25, 2, tzinfo=UTC), desks={"vinh-hai": DESK})


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SQLiteStore]:
    store = await SQLiteStore.open(tmp_path / "thu-tu.db")
    yield store
    await store.close()


def letter(draft: Draft, world: World, language: str = "vi") -> Letter:
    found = letter_of(draft, date(2026, 11, 25), world, TEXTS["en" if language == "en" else "vi"])
    assert found is not None
    return found


def read(pdf: bytes) -> tuple[str, int]:
    """All words of a PDF on one line, and how many pages it has."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    pages = len(document)
    document.close()
    return " ".join(words.split()), pages


@pytest.mark.parametrize("draft", KINDS, ids=lambda draft: f"{draft.letter}-{bool(draft.new_day)}")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_letter_is_one_page_with_every_word_in_order_and_none_of_joy_too_much(
    draft: Draft, language: str, world: World
) -> None:
    one = letter(draft, world, language)
    words, pages = read(papers.letter_of(one, "en" if language == "en" else "vi", "Thứ Tư", world.now))
    assert pages == 1
    for line in one.lines:
        assert " ".join(line.split()) in words
    assert "!" not in words
    assert not any("quyết định" in line for line in one.body)


def test_a_long_letterhead_stays_on_one_page(world: World) -> None:
    long = DESK.model_copy(
        update={"name": "Trung tâm Phục vụ hành chính công của Ủy ban nhân dân " * 3, "address": "Số 1, đường dài " * 8}
    )
    one = letter(KINDS[1], World(world.library, TEXTS, world.now, desks={"vinh-hai": long}))
    assert read(papers.letter_of(one, "vi", "Thứ Tư", world.now))[1] == 1


def test_every_channel_says_every_word(world: World) -> None:
    one = letter(KINDS[1], world)
    reply = Reply((one,), (), 1, "vi")
    assert set(one.lines) <= set(replies.words(reply))
    shown = (
        terminal.text(reply),
        "\n".join(telegram_showing.show(reply).texts),
        "\n".join(zalo_showing.show(reply, TEXTS["vi"], None)),
    )
    for text in shown:
        assert all(line in text for line in one.lines)


async def _answers() -> bool:
    return True


async def has_the_result(driver: WebDriver | TelegramDriver) -> None:
    """A registered death, its list, the file handed in today, the result there."""
    await driver.start("g_dang-ky-khai-tu")
    await driver.press("Chuẩn bị giấy tờ")
    for _ in range(8):
        shown = driver.choices if isinstance(driver, WebDriver) else driver.screen.choices
        if any(label == TEXTS["vi"]("collecting.done") for _, label in shown):
            break
        await driver.say("chưa rõ")
    for said in ("đã nộp", "hôm nay", "đã nhận kết quả", "đúng hẹn"):
        await driver.say(said)


async def test_on_the_web_the_letter_is_a_pdf_for_its_reader_alone(store: SQLiteStore, world: World) -> None:
    page = app(Desk(store, lambda: world), TEXTS, public_url=None, secret=b"s" * 32, health=_answers)
    async with serving(page) as url:
        web, other = WebDriver(url), WebDriver(url)
        await web.start()
        await other.start()
        assert (await web.http.get("/thu.pdf")).status_code == 404
        await has_the_result(web)
        assert "Thư chia buồn" in " ".join(web.words)
        pdf = await web.http.get("/thu.pdf")
        assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
        assert pdf.headers["cache-control"] == "no-store"
        assert "xin chia buồn cùng gia đình" in read(pdf.content)[0]
        assert (await other.http.get("/thu.pdf")).status_code == 404
        await web.close()
        await other.close()


async def test_on_telegram_the_letter_is_a_file_once(store: SQLiteStore, world: World) -> None:
    async with FakeTelegram() as api, serving_telegram(api, Desk(store, lambda: world), TEXTS):
        lan = TelegramDriver(api, api.user(7, "Lan"))
        await has_the_result(lan)
        await api.until(lambda: any(call.method == "sendDocument" for call in api.calls))
        while await store.undelivered("telegram", 1):
            pass
        assert sum(call.method == "sendDocument" for call in api.calls) == 1
