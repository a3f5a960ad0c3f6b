"""The public pages as people use them: from a link to one's own list, with and without a script, on any screen."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests import own
from tests.browser.rig import Visitors

SAY = own.sentences()["vi"]
GUIDE = "/thu-tuc/dang-ky-khai-sinh"


@pytest.mark.parametrize("scripted", [True, False])
async def test_a_link_leads_to_ones_own_list_and_back(visitors: Visitors, scripted: bool) -> None:
    person = await visitors.one(scripted=scripted)
    await person.opens(GUIDE)
    title = await person.title.inner_text()
    await person.page.locator("button[form=begin]").click()
    await expect(person.title).not_to_have_text(title)
    assert person.page.url == f"{person.url}/"
    await person.page.go_back()
    await expect(person.title).to_have_text(title)


@pytest.mark.parametrize("scripted", [True, False])
async def test_the_list_finds_the_same_with_a_script_and_without(visitors: Visitors, scripted: bool) -> None:
    person = await visitors.one(scripted=scripted)
    await person.opens("/thu-tuc")
    await person.page.locator("#q").fill("khai sinh cho b")
    if not scripted:
        await person.page.locator("#q").press("Enter")
    found = person.page.locator("#found .listed a")
    await expect(found.first).to_have_attribute("href", GUIDE)
    if scripted:
        await expect(person.page.locator("#listed")).to_be_hidden()
        await person.page.locator("#q").fill("")
        await expect(person.page.locator("#listed")).to_be_visible()
        await expect(person.page.locator("#found")).to_be_hidden()


async def test_the_first_page_leads_to_every_field_and_event(visitors: Visitors) -> None:
    person = await visitors.one("tablet")
    await person.opens()
    await person.page.locator(".index a", has_text="Hộ tịch").click()
    await person.page.locator(".listed a").first.click()
    await expect(person.page.locator("button[form=begin]")).to_be_visible()
