"""The report on the page, in Telegram, on the command line and in Excel: tables as tables, charts as pictures, no formula."""

from __future__ import annotations

import asyncio
import io
import os
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import openpyxl
import pytest
from PIL import Image

from bot import papers
from bot.channels import terminal
from bot.channels.web.app import app
from bot.desk import Address
from bot.store.sqlite import SQLiteStore
from flows.facts import Asked, Fact, Helped, HelpOutcome, HelpRated, Listed
from flows.office.people import EVERYWHERE, Role
from flows.office.reports import Period, Report, Scope, query
from flows.replies import Bar, Chart
from tests.channels.telegram_driver import TelegramDriver, serving
from tests.fake_telegram import FakeTelegram
from tests.office.made_facts import Made, written
from tests.office.rig import Office, Person

ROOT = Path(__file__).resolve().parents[2]
TODAY = Period(date(2026, 11, 25), date(2026, 11, 25))
FILE = f"/bao-cao.xlsx?{query(Scope(TODAY))}"


async def true() -> bool:
    return True


def employed(path: Path, address: str, role: Role, desk: str = EVERYWHERE) -> None:
    """Make whoever is reached there a member, as an accepted invitation would."""
    with sqlite3.connect(path) as db:
        (key,) = db.execute("select person from addresses where id = ?", (address,)).fetchone()
        id = secrets.token_hex(4)
        db.execute("insert into members values (?, ?, 'Bà Mai', '2026-11-01')", (id, key))
        db.execute("insert into posts values (?, ?, ?, '2026-11-01')", (id, role, desk))
    db.close()


def facts() -> Iterable[Fact]:
    """A morning at two desks, with a question that would be a formula."""
    for at in range(7):
        desk, online = ("vinh-hai", True) if at % 2 else ("loc-tho", False)
        outcome: tuple[HelpOutcome, ...] = ("filed_online",) if online else ("bring_more",)
        missing = () if online else ("giay-chung-sinh",)
        yield Helped(desk, "m1", "dang-ky-khai-sinh", online, outcome, missing, 60 * at, 600, f"c{at}")
        yield HelpRated(f"c{at}", desk, "very_satisfied" if at else "satisfied")
    yield Asked('=HYPERLINK("http://x","y")', "unknown", ())
    yield Listed("dang-ky-khai-sinh", "1", ("giay-chung-sinh",))


def happened(office: Office) -> None:
    written(office.path, iter([Made(office.now, f"{at:032}", "citizen", fact) for at, fact in enumerate(facts())]))


async def counted(office: Office) -> Report:
    return await office.desk.report_to_operator(Scope(TODAY))


def sheets(content: bytes) -> Mapping[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


async def test_on_the_page_a_table_is_one_and_the_file_is_for_whoever_may_see_it(office: Office) -> None:
    page = app(office.desk, office.texts, public_url=None, secret=b"for a test only", health=true)
    session = "a" * 32
    boss = Person(office, Address("web", session))
    await boss.says("xin chào")
    employed(office.path, session, "official")
    happened(office)
    await boss.says("báo cáo")
    await boss.presses("Tải tệp Excel")
    transport = httpx.ASGITransport(page)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", cookies={"phien": session}
    ) as browser:
        html = (await browser.get("/")).text
        assert "<caption>Số chính</caption>" in html
        assert '<th scope="row">Lượt giúp tại bàn</th><td>7</td>' in html
        assert '<svg viewBox="0 0 360' in html
        assert '<th scope="row">Một cửa phường Lộc Thọ</th><td>4</td>' in html
        assert html.count('<figure class="chart">') == 1
        assert FILE.replace("&", "&amp;") in html
        file = await browser.get(FILE)
        assert file.status_code == 200
        assert file.headers["content-disposition"] == 'attachment; filename="bao-cao-2026-11-25-2026-11-25.xlsx"'
        assert "no-store" in file.headers["cache-control"]
        assert ("Lượt giúp tại bàn", 7) in [row[:2] for row in sheets(file.content)["Tóm tắt"]]
        for wrong in ("/bao-cao.xlsx", "/bao-cao.xlsx?tu=2026-11-25", "/bao-cao.xlsx?tu=1900-01-01&den=2026-11-25"):
            assert (await browser.get(wrong)).status_code == 404
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
        assert (await browser.get(FILE)).status_code == 404
        browser.cookies.set("phien", "b" * 32)
        assert (await browser.get(FILE)).status_code == 404


async def test_in_telegram_the_chart_comes_as_a_picture_and_the_file_as_a_file(office: Office) -> None:
    async with FakeTelegram() as api, serving(api, office.desk, office.texts):
        person = api.user(501)
        boss = TelegramDriver(api, person)
        await boss.start()
        employed(office.path, "501", "official")
        happened(office)
        await boss.say("báo cáo")
        await api.until(lambda: bool(api.called("sendPhoto", ok=True)))
        assert "Một cửa phường Lộc Thọ: 4" in api.called("sendPhoto", ok=True)[0].values["caption"]
        assert not api.called("sendDocument")
        await boss.press("Tải tệp Excel")
        await api.until(lambda: bool(api.called("sendDocument", ok=True)))
        text = " ".join(boss.screen.words)
        assert "Rất hài lòng: 85,7 % (6/7)" in text


async def test_the_workbook_holds_every_side_with_counts_beside_percentages_and_no_formula(office: Office) -> None:
    happened(office)
    report = await counted(office)
    read = sheets(papers.xlsx_of(report, office.world(), office.texts["vi"]))
    assert list(read) == [
        "Tóm tắt",
        "Theo ngày",
        "Theo bàn",
        "Theo người giúp",
        "Theo thủ tục",
        "Giấy tờ hay thiếu",
        "Hẹn và kết quả",
        "Câu chưa có hướng dẫn",
    ]
    main = {row[0]: row[1:3] for row in read["Tóm tắt"]}
    assert main["Rất hài lòng"] == (pytest.approx(6 / 7), "6/7")
    assert main["Nộp trực tuyến"] == (pytest.approx(3 / 7), "3/7")
    assert main["Kết quả trễ hẹn"][0] == "chưa có số liệu"
    assert read["Câu chưa có hướng dẫn"][2][:2] == ('=HYPERLINK("http://x","y")', 1)
    assert read["Giấy tờ hay thiếu"][2][:4] == ("Giấy chứng sinh", 4, 1, "Đăng ký khai sinh cho bé")
    assert [row[1] for row in read["Theo bàn"][2:]] == [4, 3, "–"]


async def test_the_workbook_is_laid_out_for_print(office: Office) -> None:
    happened(office)
    book = openpyxl.load_workbook(io.BytesIO(papers.xlsx_of(await counted(office), office.world(), office.texts["vi"])))
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
    assert all(sheet.print_title_rows == "$2:$2" for sheet in book.worksheets[1:])


async def test_the_chart_is_a_picture_that_a_phone_shows_whole() -> None:
    bars = tuple(Bar(f"{at}/11 {'dài ' * at}", at, str(at)) for at in range(31))
    picture = Image.open(io.BytesIO(papers.png_of(Chart("Lượt giúp theo ngày " * 5, bars))))
    assert picture.width == 1080
    assert picture.height < 2 * 1080
    assert len({colour for _, colour in picture.getcolors(1 << 16) or []}) > 2
    empty = Image.open(io.BytesIO(papers.png_of(Chart("Không có gì", ()))))
    assert empty.height > 0


async def test_at_the_terminal_a_chart_is_drawn_with_letters(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    happened(office)
    await boss.says("báo cáo")
    text = terminal.text(boss.page)
    assert "Một cửa phường Lộc Thọ   ██████████████████████████████ 4" in text
    assert "Rất hài lòng" in text


async def test_the_command_prints_and_writes_the_report(tmp_path: Path) -> None:
    kept = tmp_path / "data" / "thu-tu.sqlite3"
    store = await SQLiteStore.open(kept)
    await store.close()
    at = datetime(2026, 11, 25, 3, tzinfo=UTC)
    written(kept, iter([Made(at, f"{n:032}", "citizen", fact) for n, fact in enumerate(facts())]))

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "DATA": str(tmp_path / "data"), "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "bot", "report", *words]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False, timeout=60, text=True)

    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    printed = await asyncio.to_thread(ran, *days)
    assert (printed.returncode, "Lượt giúp tại bàn" in printed.stdout) == (0, True), printed
    assert "85,7 % (6/7)" in printed.stdout
    file = tmp_path / "bao-cao.xlsx"
    assert (await asyncio.to_thread(ran, *days, "--xlsx", str(file))).returncode == 0
    assert "Theo bàn" in sheets(file.read_bytes())
    wrong = await asyncio.to_thread(ran, "--from", "2026-11-30", "--to", "2026-11-01")
    assert (wrong.returncode, wrong.stderr.startswith("Ngày cuối đứng trước ngày đầu.")) == (1, True), wrong
    unknown = await asyncio.to_thread(ran, "--desk", "khong-co")
    assert (unknown.returncode, "khong-co.yaml" in unknown.stderr) == (1, True), unknown
