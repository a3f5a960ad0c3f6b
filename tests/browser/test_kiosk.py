"""A machine for everybody: whoever goes is forgotten, by a press or by the clock, and the next person sees nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest
from playwright.async_api import expect

from bot.desk import Address
from tests import own
from tests.browser.judging import faults
from tests.browser.rig import Visitor, Visitors

SAY = own.sentences()["vi"]
ASKED = "lam giay ks cho con can j"
TITLE = "Đăng ký khai sinh cho bé"
TRACE = "1.001193"
"""What stands on the guide's page and nowhere on a page that nobody has touched: the procedure's code."""


async def session(visitor: Visitor) -> str:
    """Whose turn it is, as the machine's cookie says."""
    (cookie,) = [one for one in await visitor.page.context.cookies() if one.get("name") == "ki-ot"]
    return str(cookie.get("value"))


async def at_the_kiosk(visitors: Visitors, *, scripted: bool = True, clock: bool = False) -> Visitor:
    """Somebody who has read a guide there and typed half a question."""
    lan = await visitors.one("kiosk", scripted=scripted)
    if clock:
        await lan.page.clock.install()
    await lan.opens("/kiosk")
    await lan.says(ASKED)
    await expect(lan.title).to_have_text(TITLE)
    assert TRACE in await lan.page.content()
    await lan.page.locator("#words").fill("nửa câu")
    if clock:
        await stop_the_clock(lan)
    return lan


async def stop_the_clock(visitor: Visitor) -> None:
    """From now on the page's time passes only as the test says. A scroll that is on its way is heard before: it counts."""
    await visitor.page.evaluate("window.frames_ = 0")
    await visitor.page.wait_for_function("() => ++window.frames_ > 3")
    now: float = await visitor.page.evaluate("Date.now()")
    await visitor.page.clock.pause_at(datetime.fromtimestamp(now / 1000 + 1, UTC))
    await (
        visitor.page.screenshot()
    )  # draws a frame: a scroll is told to the page only then, and counts as somebody there


async def nothing_is_left(visitors: Visitors, visitor: Visitor, before: str) -> None:
    """Neither on the screen, nor behind the back button, nor in the boxes, nor in the store."""
    page = visitor.page
    await expect(visitor.title).to_have_text(SAY("home.title"))
    await expect(page.locator("#words")).to_have_value("")
    assert await session(visitor) != before
    assert await visitors.served.parts.store.talk_of(Address("web", before)) is None
    for _ in range(3):
        await page.go_back()
        assert TRACE not in (await page.content())
    await page.goto(visitor.url)
    for step in (page.reload, page.go_back, page.go_forward):
        await step()
        assert TRACE not in (await page.content())


@pytest.mark.parametrize("scripted", [True, False])
async def test_a_press_lets_the_next_person_come(visitors: Visitors, scripted: Literal[True, False]) -> None:
    lan = await at_the_kiosk(visitors, scripted=scripted)
    before = await session(lan)
    await lan.page.get_by_role("link", name=SAY("kiosk.next")).click()
    await nothing_is_left(visitors, lan, before)


async def test_after_a_minute_it_asks_and_after_another_half_it_forgets(visitors: Visitors) -> None:
    lan = await at_the_kiosk(visitors, clock=True)
    before = await session(lan)
    idle = lan.page.locator(".idle")
    await lan.page.clock.run_for(55_000)
    await expect(idle).to_be_hidden()
    await lan.page.clock.run_for(6_000)
    await expect(idle).to_be_visible()
    await expect(lan.page.get_by_role("button", name=SAY("kiosk.here"))).to_be_focused()
    await lan.page.clock.run_for(10_000)
    assert 15 <= int(await idle.locator("b").inner_text()) <= 20
    await lan.page.clock.run_for(20_000)
    await nothing_is_left(visitors, lan, before)


async def test_the_question_whether_anybody_is_there_is_for_everyone(visitors: Visitors) -> None:
    lan = await at_the_kiosk(visitors, clock=True)
    await lan.page.clock.run_for(61_000)
    await lan.page.clock.resume()  # axe takes its time
    await expect(lan.page.locator(".idle")).to_be_visible()
    await lan.shot("kiosk-idle")
    assert await faults(lan.page) == []


@pytest.mark.parametrize("how", ["button", "outside", "escape"])
async def test_who_is_still_there_goes_on_and_is_asked_again_in_time(visitors: Visitors, how: str) -> None:
    lan = await at_the_kiosk(visitors, clock=True)
    idle = lan.page.locator(".idle")
    await lan.page.clock.run_for(61_000)
    await expect(idle).to_be_visible()
    match how:
        case "button":
            await lan.page.get_by_role("button", name=SAY("kiosk.here")).click()
        case "outside":
            await lan.page.mouse.click(20, 300)
        case _:
            await lan.page.keyboard.press("Escape")
    await expect(idle).to_be_hidden()
    await lan.page.clock.run_for(55_000)
    await expect(idle).to_be_hidden()
    await expect(lan.title).to_have_text(TITLE)
    await lan.page.clock.run_for(6_000)
    await expect(idle).to_be_visible()


async def test_who_reads_and_types_is_not_asked(visitors: Visitors) -> None:
    lan = await at_the_kiosk(visitors, clock=True)
    for act in (lan.page.mouse.wheel(0, 200), lan.page.locator("#words").press("a"), lan.page.mouse.wheel(0, -200)):
        await act
        await lan.page.clock.run_for(50_000)
        await expect(lan.page.locator(".idle")).to_be_hidden()


async def test_a_page_that_nobody_touched_waits_in_peace(visitors: Visitors) -> None:
    lan = await visitors.one("kiosk")
    await lan.page.clock.install()
    await lan.opens("/kiosk")
    fresh = await session(lan)
    await lan.page.clock.run_for(600_000)
    await expect(lan.page.locator(".idle")).to_be_hidden()
    assert await session(lan) == fresh


async def test_without_a_script_a_page_asks_and_the_next_page_forgets(visitors: Visitors) -> None:
    """The browser follows the refreshes by itself; here they are followed as they are written."""
    lan = await at_the_kiosk(visitors, scripted=False)
    before = await session(lan)
    refresh = await lan.page.locator("noscript meta[http-equiv=refresh]").get_attribute("content")
    assert refresh == "60; url=/kiosk/con-day-khong"
    await lan.opens("/kiosk/con-day-khong")
    await expect(lan.title).to_have_text(SAY("kiosk.still_there"))
    refresh = await lan.page.locator("noscript meta[http-equiv=refresh]").get_attribute("content")
    assert refresh == "30; url=/kiosk"
    await lan.page.get_by_role("link", name=SAY("kiosk.here")).click()
    await expect(lan.title).to_have_text(TITLE)
    await lan.opens("/kiosk")
    await nothing_is_left(visitors, lan, before)


async def test_nothing_leads_away_and_no_file_is_left(visitors: Visitors) -> None:
    lan = await at_the_kiosk(visitors)
    await lan.presses(SAY("guide.prepare"))
    await lan.reaches_the_list()
    await lan.presses(SAY("collecting.done"))
    await lan.presses(SAY("summary.take"))
    away = await lan.page.locator("a[href]").evaluate_all(
        "all => all.filter((one) => one.origin !== location.origin || one.download).map((one) => one.href)"
    )
    assert away == []
    await expect(lan.page.locator(".codes img").first).to_be_visible()
    assert await lan.page.evaluate("history.length") <= 2
    assert await lan.page.title() == SAY("web.name")


async def test_letters_are_of_the_usual_size_for_the_next_person(visitors: Visitors) -> None:
    lan = await at_the_kiosk(visitors)
    async with lan.answered():
        await lan.page.get_by_role("button", name=SAY("web.larger")).click()
    await expect(lan.page.locator("html")).to_have_attribute("data-letters", "lon")
    await lan.page.get_by_role("link", name=SAY("kiosk.next")).click()
    await expect(lan.title).to_have_text(SAY("home.title"))
    await expect(lan.page.locator("html")).to_have_attribute("data-letters", "vua")


async def test_a_persons_own_talk_waits_behind_the_kiosk(visitors: Visitors) -> None:
    lan = await visitors.one("tablet")
    await lan.opens()
    await lan.says(ASKED)
    await lan.opens("/kiosk")
    await expect(lan.title).to_have_text(SAY("home.title"))
    await lan.opens("/kiosk/thoi")
    await lan.page.get_by_role("button", name=SAY("kiosk.leaving")).click()
    await expect(lan.title).to_have_text(TITLE)
    await expect(lan.page.locator("html.kiosk")).to_have_count(0)
