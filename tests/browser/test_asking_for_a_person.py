"""Two phones: a citizen asks for a person, a volunteer takes them, and each page changes while nobody touches it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, expect

from flows.codes import draw_invitation
from flows.office.people import Invite, Post
from tests import own
from tests.browser.judging import faults, too_small, too_wide
from tests.browser.rig import Served, Visitor, Visitors, arrived, product

SAY = own.sentences()["vi"]
LOOK = 5_000
"""Milliseconds, more than a page waits until it looks again."""
DESK = """\
id: vinh-hai
name: Một cửa phường Vĩnh Hải
address: 12 Bắc Sơn, phường Vĩnh Hải
opening:
  - {days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday], hours: "0:00 - 23:59"}
hotline: "0900 000 000"
friendly_day: wednesday
checked_on: 2026-11-01
"""


@pytest_asyncio.fixture(loop_scope="session")
async def office(tmp_path: Path, served: Served) -> AsyncIterator[Served]:
    """A product with one desk."""
    (tmp_path / "guides" / "desks").mkdir(parents=True)
    (tmp_path / "guides" / "desks" / "vinh-hai.yaml").write_text(DESK, encoding="utf-8")
    async with product(tmp_path / "data", like=served, GUIDES=str(tmp_path / "guides")) as office:
        yield office


@pytest_asyncio.fixture(loop_scope="session")
async def people(browser: Browser, office: Served) -> AsyncIterator[Visitors]:
    async with arrived(browser, office) as visitors:
        yield visitors


async def judged(visitor: Visitor, state: str) -> None:
    """No fault in the state, and nothing too wide or small on a phone."""
    await visitor.shot(state)
    found = await faults(visitor.page)
    assert (state, found, await too_wide(visitor.page), await too_small(visitor.page)) == (state, [], False, [])


async def volunteer(people: Visitors, office: Served) -> Visitor:
    """Somebody who was invited and has checked in."""
    invite = Invite(draw_invitation(secrets.randbelow), Post("volunteer", "vinh-hai"), "Lan")
    await office.parts.desk.operate(invite)
    lan = await people.one("phone")
    await lan.page.clock.install()
    await lan.opens("/")
    await lan.says(invite.code)
    await lan.page.locator(".choices.main button").first.click()
    await expect(lan.title).to_contain_text("Lan")
    await lan.says("có mặt")
    return lan


async def told(office: Served, visitor: Visitor) -> None:
    """What happened meanwhile is told, and the time passes after which the open page looks whether anything has."""
    await office.parts.desk.remind("web")
    await visitor.page.clock.fast_forward(LOOK)


async def asks(citizen: Visitor, state: str) -> None:
    await citizen.opens("/")
    await citizen.says("làm giấy khai sinh cho con")
    await citizen.says("gặp người")
    await judged(citizen, f"{state}-1-person")
    await citizen.presses(SAY("requests.message"))
    await judged(citizen, f"{state}-2-agree")
    await citizen.presses(SAY("requests.yes"))
    await judged(citizen, f"{state}-3-queue")


async def test_the_pages_of_both_change_by_themselves(people: Visitors, office: Served) -> None:
    citizen = await people.one("phone")
    await citizen.page.clock.install()
    await asks(citizen, "asking")
    await expect(citizen.page.get_by_text("0900 000 000")).to_be_visible()
    lan = await volunteer(people, office)
    await told(office, lan)
    await expect(lan.page.get_by_text(SAY("requests.somebody_came"))).to_be_visible()
    await judged(lan, "asking-4-waiting")
    await lan.page.locator(".choices.main button").first.click()
    await expect(lan.title).to_have_text(SAY("requests.serving_title"))
    await judged(lan, "asking-5-serving")

    await told(office, citizen)
    await expect(citizen.title).to_have_text(SAY("requests.with_title", called="Lan"))
    await judged(citizen, "asking-6-with-person")
    await citizen.says("Bé sinh ở nhà thì cần giấy gì?")
    await lan.page.locator("#words").fill("đang gõ dở")
    await told(office, lan)
    await expect(lan.page.get_by_text("Người dân: Bé sinh ở nhà thì cần giấy gì?")).to_be_visible()
    await expect(lan.page.locator("#words")).to_have_value("đang gõ dở")
    await expect(lan.page.locator("#words")).to_be_focused()
    await judged(lan, "asking-7-answering")
    await lan.says("Chị xin giấy xác nhận của người đỡ đẻ. Số 001099012345 thì đừng gửi.")
    await told(office, citizen)
    await expect(citizen.page.get_by_text("[số giấy tờ]")).to_be_visible()
    await judged(citizen, "asking-8-answered")

    await lan.presses(SAY("requests.end"))
    await told(office, citizen)
    await expect(citizen.page.get_by_role("button", name=SAY("rating.very_satisfied"))).to_be_visible()
    await judged(citizen, "asking-9-rating")
    await citizen.presses(SAY("rating.very_satisfied"))
    await expect(citizen.page.get_by_text(SAY("requests.thanks"))).to_be_visible()
    await judged(lan, "asking-10-nobody-waits")
