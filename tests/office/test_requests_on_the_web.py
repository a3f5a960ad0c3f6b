"""A citizen and a volunteer before browsers without a script, over HTTP: each form and page of asking for a person."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

import pytest

from bot.channels.web.app import app
from flows.codes import draw_invitation
from flows.office.people import Invite, Post
from tests.channels.page import WebDriver
from tests.fake_http import serving
from tests.office.rig import Office


async def answers() -> bool:
    """The store is there."""
    return True


@pytest.fixture
async def url(office: Office) -> AsyncIterator[str]:
    """Where the page of this office answers."""
    page = app(office.desk, office.texts, public_url=None, secret=b"s" * 32, health=answers)
    async with serving(page) as url:
        yield url


async def a_volunteer(office: Office, url: str) -> WebDriver:
    """Somebody who was invited and has come to their desk."""
    invite = Invite(draw_invitation(secrets.randbelow), Post("volunteer", "vinh-hai"), "Lan")
    await office.desk.operate(invite)
    lan = WebDriver(url)
    await lan.start()
    await lan.say(invite.code)
    await lan.press(1)
    await lan.say("có mặt")
    return lan


async def a_citizen(url: str) -> WebDriver:
    """Somebody who waits for a person."""
    citizen = WebDriver(url)
    await citizen.start()
    await citizen.say("làm giấy khai sinh")
    await citizen.say("gặp người")
    await citizen.press("Nhắn cho tình nguyện viên")
    await citizen.press("Cho xem")
    return citizen


async def test_the_page_of_who_waits_is_loaded_anew_and_that_of_who_types_is_not(office: Office, url: str) -> None:
    lan, citizen = await a_volunteer(office, url), await a_citizen(url)
    reload = '<meta http-equiv="refresh" content="10">'
    assert reload in (await citizen.http.get("/")).text
    await office.calls()
    await lan.start()
    assert "Có người đang chờ" in (await lan.http.get("/")).text
    await lan.press(1)
    await office.calls()
    page = (await citizen.http.get("/")).text
    assert reload not in page
    assert "Đang nói chuyện với Lan" in page
    assert 'data-live="talking"' in page
    assert "Xem tin mới" in page
    for one in (lan, citizen):
        await one.close()


async def test_what_is_said_stands_on_both_pages_as_text_and_not_as_markup(office: Office, url: str) -> None:
    lan, citizen = await a_volunteer(office, url), await a_citizen(url)
    await office.calls()
    await lan.start()
    await lan.press(1)
    await office.calls()
    await citizen.start()
    await citizen.say("<b>1</b> <script>alert(1)</script>")
    await citizen.say("2")
    await office.calls()
    page = (await lan.http.get("/")).text
    assert "Người dân: &lt;b&gt;1&lt;/b&gt; &lt;script&gt;" in page
    assert "Người dân: 2" in page
    assert "<script>alert" not in page
    mine = (await citizen.http.get("/")).text
    assert "Tôi: 2" in mine
    assert '<span class="number">' not in mine
    await citizen.press("Kết thúc nói chuyện")
    assert "được giúp thế nào" in (await citizen.http.get("/")).text
    for one in (lan, citizen):
        await one.close()


async def test_looking_often_costs_nothing_of_what_a_person_may_send(office: Office, url: str) -> None:
    citizen = await a_citizen(url)
    for _ in range(200):
        assert (await citizen.http.get("/")).status_code == 200
    await citizen.press("Thôi, không chờ nữa")
    assert "Đăng ký khai sinh" in (await citizen.http.get("/")).text
    await citizen.close()
