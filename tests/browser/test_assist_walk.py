"""Helping one person at a desk on a small phone: what has to be pressed next is seen without looking for it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.rig import SIZES, Served, Visitor, arrived, product

MOST = 8
DESK = """id: vinh-hai
name: Một cửa phường Vĩnh Hải
address: Số 1, phường Vĩnh Hải
opening:
  - {days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday], hours: "0:10 - 23:50"}
friendly_day: wednesday
checked_on: 2026-11-01
"""


@pytest_asyncio.fixture(loop_scope="session")
async def office(served: Served, tmp_path: Path) -> AsyncIterator[Served]:
    """The product with one desk."""
    desks = tmp_path / "guides" / "desks"
    desks.mkdir(parents=True)
    (desks / "vinh-hai.yaml").write_text(DESK, encoding="utf-8")
    (tmp_path / "data").mkdir()
    async with product(tmp_path / "data", served, GUIDES=str(tmp_path / "guides")) as office:
        yield office


def works_here(office: Served) -> None:
    """The one person who has come becomes a volunteer; written as an accepted invitation would leave them."""
    with sqlite3.connect(office.parts.settings.data / "thu-tu.sqlite3") as db:
        (person,) = db.execute("select person from addresses where channel = 'web'").fetchone()
        since = "2026-11-22T00:00:00+00:00"
        db.execute("insert into members (id, person, called, since) values ('m1', ?, 'Lan', ?)", (person, since))
        db.execute("insert into posts (member, role, desk, since) values ('m1', 'volunteer', 'vinh-hai', ?)", (since,))
    db.close()


async def in_sight(lan: Visitor, *labels: str) -> None:
    """The buttons stand whole on the screen as the page comes, nothing scrolled."""
    for label in labels:
        box = await lan.button(label).bounding_box()
        assert box is not None, label
        assert box["y"] >= 0, label
        assert box["y"] + box["height"] <= SIZES["phone"][1], label
        assert box["x"] + box["width"] <= SIZES["phone"][0], label


@pytest.mark.parametrize("scripted", [True, False])
async def test_a_volunteer_sees_what_to_press(browser: Browser, office: Served, scripted: bool) -> None:
    async with arrived(browser, office) as visitors:
        lan = await visitors.one("phone", scripted=scripted)
        await lan.opens()
        await lan.page.locator("#words").fill("xin chào")
        await lan.page.locator("#words").press("Enter")
        await expect(lan.page.locator("main")).to_contain_text("Chào")
        works_here(office)
        await lan.page.locator("#words").fill("/ban")
        await lan.page.locator("#words").press("Enter")
        await expect(lan.title).to_have_text("Bàn làm việc của Lan")
        taps = 0

        async def tap(label: str, then: str) -> None:
            nonlocal taps
            taps += 1
            await lan.button(label).click()
            await expect(lan.title).to_have_text(then)

        await in_sight(lan, "Người tiếp theo")
        await tap("Người tiếp theo", "Người dân cần làm việc gì?")
        await lan.shot("assist-1-next")
        await in_sight(lan, "Gửi", "Đăng ký khai sinh cho bé")
        await tap("Đăng ký khai sinh cho bé", "Bé sinh ở đâu?")
        await lan.shot("assist-2-ask")
        await in_sight(lan, "Ở bệnh viện hoặc trạm y tế", "Ở nhà hoặc nơi khác", "Chưa rõ")
        await tap("Ở bệnh viện hoặc trạm y tế", "Cha mẹ của bé thuộc trường hợp nào?")
        await in_sight(lan, "Đã đăng ký kết hôn", "Chưa rõ")
        await tap("Đã đăng ký kết hôn", "Bé sinh đã được bao lâu?")
        await tap("Trong vòng 60 ngày", "Ai đi làm khai sinh cho bé?")
        await tap("Cha mẹ, ông bà hoặc người thân", "Đăng ký khai sinh cho bé")
        await expect(lan.page.locator(".tick")).to_have_count(5)
        await lan.page.locator(".tick").nth(1).click()
        await expect(lan.page.locator(".tick").nth(1)).to_have_attribute("aria-pressed", "true")
        await lan.shot("assist-3-papers")
        await lan.page.evaluate("scrollTo(0, 0)")
        await lan.page.get_by_role("link", name="Ghi kết quả ngay").click()
        await in_sight(lan, "Đã nộp trực tuyến", "Đã nộp tại quầy")
        await tap("Đã nộp tại quầy", "Xin mời quý vị chấm")
        await lan.shot("assist-4-rate")
        await in_sight(lan, "Rất hài lòng", "Hài lòng", "Không hài lòng", "Không chấm")
        await tap("Hài lòng", "Cảm ơn quý vị")
        await lan.shot("assist-5-back")
        await in_sight(lan, "Người tiếp theo (dành cho tình nguyện viên)")
        await expect(lan.page.locator("#words")).to_have_count(0)
        assert taps <= MOST
        assert "ài lòng" not in await lan.page.content()
