"""From the first question to the printed list in a real browser, whatever its size, with a script and without one."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.async_api import expect

from flows import texts
from flows.state import Language
from tests.browser.rig import Size, Visitors

TEXTS = texts.load()


@pytest.mark.parametrize("scripted", [True, False])
@pytest.mark.parametrize(
    ("size", "dark", "language"), [("phone", False, "vi"), ("tablet", True, "en"), ("kiosk", False, "vi")]
)
async def test_from_the_first_question_to_the_list(
    visitors: Visitors, size: Size, dark: bool, language: Language, scripted: Literal[True, False]
) -> None:
    say = TEXTS[language]
    lan = await visitors.one(size, dark=dark, scripted=scripted)
    await lan.opens()
    if language == "en":
        await lan.presses(TEXTS["vi"]("way.language"))
    await expect(lan.title).to_have_text(say("home.title"))
    await lan.says("lam giay ks cho con")
    await lan.presses(say("guide.prepare"))
    await lan.reaches_the_list()
    await lan.page.locator(".tick").first.click()
    await expect(lan.page.locator(".tick").first).to_have_attribute("aria-pressed", "true")
    await lan.presses(say("collecting.done"))
    await lan.presses(say("summary.take"))
    await expect(lan.page.locator(".sheet")).to_be_visible()
