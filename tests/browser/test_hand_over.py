"""A list goes from the kiosk to a phone: by QR and link to the web page and to Telegram; and an answer is read aloud."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import zxingcpp
from PIL import Image
from playwright.async_api import Browser, expect

from tests import own
from tests.browser.judging import faults
from tests.browser.rig import Served, Visitor, Visitors, arrived, product
from tests.channels.telegram_driver import TelegramDriver
from tests.channels.telegram_driver import serving as serving_telegram
from tests.fake_telegram import FakeTelegram

TEXTS = own.sentences()
SAY = TEXTS["vi"]
VOICES = """
window.spoken = [];
const voices = [{ lang: "en-US", localService: true }, { lang: "vi-VN", localService: %s }];
class Speech extends EventTarget {
  getVoices() { return voices; }
  speak(one) { window.spoken.push(one); }
  cancel() { window.spoken = []; }
}
Object.defineProperty(window, "speechSynthesis", { value: new Speech() });
window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
"""
"""Stands where a machine has its voices: this one has none to listen to."""


async def with_a_list(visitor: Visitor, start: str) -> None:
    await visitor.opens(start)
    await visitor.says("lam giay ks cho con can j")
    await visitor.presses(SAY("guide.prepare"))
    await visitor.reaches_the_list()
    await visitor.presses(SAY("collecting.done"))
    await visitor.presses(SAY("summary.take"))


async def scanned(visitor: Visitor, number: int, folder: Path) -> str:
    """What a phone reads from the QR on the screen."""
    picture = folder / f"qr-{number}.png"
    await visitor.page.locator(".codes img").nth(number).screenshot(path=picture)
    with Image.open(picture) as image:
        (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)


async def test_the_qr_of_the_kiosk_opens_the_list_on_a_phone_after_the_kiosk_forgot_it(
    visitors: Visitors, tmp_path: Path
) -> None:
    kiosk = await visitors.one("kiosk")
    await with_a_list(kiosk, "/kiosk")
    title = await kiosk.title.inner_text()
    link = await scanned(kiosk, 0, tmp_path)
    await kiosk.page.get_by_role("link", name=SAY("kiosk.next")).click()
    await expect(kiosk.title).to_have_text(SAY("home.title"))
    phone = await visitors.one("phone")
    await phone.page.goto(link)
    await phone.page.get_by_role("button", name=SAY("by_link.button_list")).click()
    await expect(phone.page.locator(".papers").first).to_be_visible()
    assert title.rpartition(":")[2].strip() in await phone.title.inner_text()


async def test_the_other_qr_and_the_link_open_it_on_telegram(browser: Browser, served: Served, tmp_path: Path) -> None:
    async with (
        FakeTelegram() as api,
        product(tmp_path, served) as ours,
        serving_telegram(api, ours.parts.desk, TEXTS, on=ours.named),
        arrived(browser, ours) as visitors,
    ):
        await api.until(lambda: bool(ours.parts.found.telegram))
        kiosk = await visitors.one("kiosk")
        await with_a_list(kiosk, "/kiosk")
        await kiosk.shot("kiosk-telegram")
        link = await scanned(kiosk, 1, tmp_path)
        lan = await visitors.one("phone")
        await lan.opens(urlsplit(await scanned(kiosk, 0, tmp_path)).path)
        await lan.page.get_by_role("button", name=SAY("by_link.button_list")).click()
        await lan.presses(SAY("collecting.done"))
        await lan.presses(SAY("summary.take"))
        href = await lan.page.get_by_role("link", name=SAY("web.telegram")).get_attribute("href")
        await lan.shot("page-telegram")
        for deep in (link, href or ""):
            assert re.fullmatch(r"https://t\.me/thu_nghiem_bot\?start=c_[0-9A-Z]{6}", deep)
            person = TelegramDriver(api, api.user(7, "Lan"))
            seen = await person.start(parse_qs(urlsplit(deep).query)["start"][0])
            assert any("khai sinh" in block for block in seen.words)


async def test_an_answer_is_read_aloud_by_a_vietnamese_voice_of_this_machine(visitors: Visitors) -> None:
    lan = await visitors.one("phone")
    await lan.page.add_init_script(VOICES % "true")
    await lan.opens()
    button = lan.page.get_by_role("button", name=SAY("web.aloud"))
    tops = await lan.page.locator(".top > *, .tools > *").evaluate_all("all => all.map((one) => one.offsetTop)")
    assert max(tops) - min(tops) < 20  # all of the tools beside the name, on the narrowest phone in use
    await lan.shot("page-aloud")
    assert await faults(lan.page) == []
    await button.click()
    await expect(button).to_have_attribute("aria-pressed", "true")
    said = await lan.page.evaluate("window.spoken.map((one) => [one.text, one.voice.lang])")
    assert said[0] == [SAY("home.title"), "vi-VN"]
    assert ["Đăng ký kết hôn", "vi-VN"] in said
    await button.click()
    await expect(button).to_have_attribute("aria-pressed", "false")
    assert await lan.page.evaluate("window.spoken.length") == 0
    await button.click()
    await lan.says("lam giay ks cho con can j")  # the answer ends what was being read
    assert await lan.page.evaluate("window.spoken.length") == 0
    await expect(button).to_have_attribute("aria-pressed", "false")


async def test_no_voice_is_offered_that_would_hear_the_question_elsewhere(visitors: Visitors) -> None:
    lan = await visitors.one("phone")
    await lan.page.add_init_script(VOICES % "false")
    await lan.opens()
    await expect(lan.page.locator(".aloud")).to_be_hidden()
