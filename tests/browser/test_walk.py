"""From the first question to the printed list in a real browser, whatever its size, with a script and without one."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.async_api import APIResponse, Route, expect

from flows.state import Language
from tests import own
from tests.browser.judging import faults, too_small, too_wide
from tests.browser.rig import Size, Visitor, Visitors

TEXTS = own.sentences()
SAY = TEXTS["vi"]
ASKED = "lam giay ks cho con can j"


async def judged(visitor: Visitor, state: str) -> None:
    """No fault in the state, light and dark, and on a phone zoomed to 400 %; its picture where pictures are wanted."""
    await visitor.shot(state)
    found = await faults(visitor.page)
    await visitor.page.emulate_media(color_scheme="dark")
    found += [f"in the dark {fault}" for fault in await faults(visitor.page, colours=True)]
    await visitor.page.emulate_media(color_scheme="light")
    await visitor.resize(320, 640)
    assert (state, found, await too_wide(visitor.page), await too_small(visitor.page)) == (state, [], False, [])
    await visitor.resize()


@pytest.mark.parametrize(
    ("size", "language", "kiosk"),
    [("phone", "vi", False), ("tablet", "en", False), ("kiosk", "vi", True)],
)
async def test_every_state_on_the_way_to_the_list_is_for_everyone(
    visitors: Visitors, size: Size, language: Language, kiosk: Literal[True, False]
) -> None:
    say = TEXTS[language]
    name = f"{'kiosk' if kiosk else 'page'}-{language}"
    lan = await visitors.one(size)
    await lan.opens("/kiosk" if kiosk else "/")
    if language == "en":
        await lan.presses(SAY("way.language"))
        await expect(lan.page.locator("html")).to_have_attribute("lang", "en")
    await judged(lan, f"{name}-1-home")
    await lan.says(ASKED)
    await expect(lan.page.locator(".reply > [tabindex]")).to_be_focused()
    await judged(lan, f"{name}-2-guide")
    await lan.presses(say("guide.prepare"))
    await judged(lan, f"{name}-3-question")
    await lan.reaches_the_list()
    await lan.page.locator(".tick").first.click()
    await expect(lan.page.locator(".tick").first).to_have_attribute("aria-pressed", "true")
    await expect(lan.page.locator(".tick").first).to_be_focused()
    await judged(lan, f"{name}-4-list")
    await lan.presses(say("collecting.done"))
    await judged(lan, f"{name}-5-summary")
    await lan.presses(say("summary.take"))
    await expect(lan.page.locator(".codes img").first).to_be_visible()
    await judged(lan, f"{name}-6-take")
    await lan.says("xin chào 1 2 3 hỏi gì đó rất lạ")
    await judged(lan, f"{name}-7-unknown")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/khong-co", 404), ("/g/dang-ky-khai-sinh", 200), ("/kiosk/thoi", 200), ("/kiosk/con-day-khong", 200)],
)
async def test_the_pages_beside_the_talk_are_for_everyone(visitors: Visitors, path: str, status: int) -> None:
    lan = await visitors.one("phone")
    answer = await lan.page.goto(lan.url + path)
    assert answer is not None
    assert answer.status == status
    lan.heard = [line for line in lan.heard if "404" not in line]  # the browser's own word on a page that is not there
    await judged(lan, f"beside-{path.rpartition('/')[2]}")


@pytest.mark.parametrize(
    ("size", "dark", "language"), [("phone", True, "vi"), ("tablet", False, "en"), ("kiosk", True, "vi")]
)
async def test_without_a_script_the_way_is_the_same(
    visitors: Visitors, size: Size, dark: Literal[True, False], language: Language
) -> None:
    say = TEXTS[language]
    lan = await visitors.one(size, dark=dark, scripted=False)
    await lan.opens()
    if language == "en":
        await lan.presses(SAY("way.language"))
    await expect(lan.title).to_have_text(say("home.title"))
    await lan.says(ASKED)
    await lan.presses(say("guide.prepare"))
    await lan.reaches_the_list()
    async with lan.answered():
        await lan.page.locator(".tick").first.click()
    await expect(lan.page.locator(".tick").first).to_have_attribute("aria-pressed", "true")
    await lan.presses(say("collecting.done"))
    await lan.presses(say("summary.take"))
    await expect(lan.page.locator(".sheet")).to_be_visible()
    await expect(lan.page.locator(".print >> visible=true")).to_have_count(0)  # it needs a script, so none is offered
    await lan.shot(f"plain-{language}-take")


async def test_a_keyboard_alone_is_enough(visitors: Visitors) -> None:
    lan = await visitors.one("tablet")
    await lan.opens()
    await lan.page.keyboard.press("Tab")
    await expect(lan.page.locator(".skip")).to_be_focused()
    await lan.page.keyboard.press("Enter")
    await expect(lan.page.locator("main")).to_be_focused()
    await lan.page.keyboard.press("Tab")
    await expect(lan.page.locator("#words")).to_be_focused()
    await lan.page.keyboard.type(ASKED)
    async with lan.answered():
        await lan.page.keyboard.press("Enter")
    prepare = lan.button(SAY("guide.prepare"))
    for _ in range(20):
        await lan.page.keyboard.press("Tab")
        if await prepare.evaluate("one => one === document.activeElement"):
            break
    outline = await prepare.evaluate("one => getComputedStyle(one).outlineStyle")
    assert outline == "solid"
    async with lan.answered():
        await lan.page.keyboard.press("Enter")
    await expect(lan.page.locator(".reply > [tabindex]")).to_be_focused()


@pytest.mark.parametrize("scripted", [True, False])
async def test_letters_grow_and_stay_grown(visitors: Visitors, scripted: Literal[True, False]) -> None:
    lan = await visitors.one("phone", scripted=scripted)
    await lan.opens()
    sizes = [await lan.letters()]
    for _ in range(2):
        async with lan.answered():
            await lan.page.get_by_role("button", name=SAY("web.larger")).click()
        sizes.append(await lan.letters())
    assert sizes == sorted(set(sizes))
    await expect(lan.page.get_by_role("button", name=SAY("web.larger"))).to_be_disabled()
    await lan.resize(320, 640)
    assert not await too_wide(lan.page)
    await lan.opens("/g/dang-ky-khai-sinh")
    assert await lan.letters() == sizes[-1]
    await lan.page.get_by_role("button", name=SAY("web.smaller")).click()
    await expect(lan.page).to_have_url(lan.url + "/g/dang-ky-khai-sinh")
    await expect(lan.page.locator("html")).to_have_attribute("data-letters", "lon")


async def test_back_and_reload_show_where_the_talk_stands_and_two_tabs_agree(visitors: Visitors) -> None:
    lan = await visitors.one("phone")
    await lan.opens()
    await lan.says(ASKED)
    guide = await lan.title.text_content()
    await lan.presses(SAY("guide.prepare"))
    question = await lan.title.text_content()
    assert question != guide
    for step in ("location.reload()", "history.back()", "history.back()", "history.forward()"):
        async with lan.page.expect_event("load"):  # of the page that comes in the end: going back also asks anew
            await lan.page.evaluate(f"setTimeout(() => {step})")
        await expect(lan.title).to_have_text(question or "")
    other = await lan.page.context.new_page()
    await other.goto(lan.url)
    await expect(other.locator("h1")).to_have_text(question or "")
    async with lan.answered():
        await lan.page.locator(".choices button").first.click()
    further = await lan.title.text_content()
    await other.locator(".choices button").nth(1).click()  # a button of a page that is no more
    await expect(other.locator("h1")).to_have_text(further or "")
    await expect(other.locator(".notice").first).to_have_text(SAY("aside.old_button"))


async def test_who_closes_the_browser_comes_back_to_the_list(visitors: Visitors) -> None:
    lan = await visitors.one("phone")
    await lan.opens()
    await lan.says(ASKED)
    await lan.presses(SAY("guide.prepare"))
    await lan.reaches_the_list()
    title = await lan.title.text_content()
    kept = await lan.page.context.storage_state()
    back = await visitors.one("tablet", kept=kept)
    await back.opens()
    await expect(back.title).to_have_text(title or "")


async def test_a_lost_answer_is_sent_again_by_the_browser_and_counts_once(visitors: Visitors) -> None:
    lan = await visitors.one("phone")
    await lan.opens()
    lost: list[APIResponse] = []

    async def lose(route: Route) -> None:
        if route.request.resource_type == "fetch" and not lost:
            lost.append(await route.fetch(max_redirects=0))  # taken, but the answer never came
            await route.abort()
        else:
            await route.continue_()

    await lan.page.route("**/say", lose)
    await lan.says(ASKED)
    assert lost
    lan.heard = [line for line in lan.heard if "ERR_FAILED" not in line]
    facts = [fact.body for fact in await visitors.served.parts.store.facts() if ASKED in fact.body]
    before = len(facts)
    await lan.page.reload()
    after = [fact.body for fact in await visitors.served.parts.store.facts() if ASKED in fact.body]
    assert len(after) == before


@pytest.mark.parametrize(
    "path",
    [
        "/thu-tuc/dang-ky-khai-sinh",
        "/thu-tuc/dang-ky-khai-sinh?lang=en",
        "/thu-tuc",
        "/thu-tuc?q=khai sinh",
        "/linh-vuc/ho-tich",
        "/su-kien/sinh-con",
    ],
)
async def test_the_public_pages_are_for_everyone(visitors: Visitors, path: str) -> None:
    lan = await visitors.one("tablet")
    await lan.opens(path)
    await expect(lan.title).to_be_visible()
    await judged(lan, "public" + re.sub(r"[^a-z]+", "-", path))
