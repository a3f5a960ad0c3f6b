"""Without a network: the guides last read are still there, marked as kept; a talk is not, and a kiosk keeps nothing."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Browser, expect

from tests import own
from tests.browser.rig import Served, Visitors, product

SAY = own.sentences()["vi"]
GUIDE = "/thu-tuc/dang-ky-khai-sinh"
IN_CHARGE = "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
KEPT = """async () => {
  const names = await caches.keys();
  const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((one) => one.url)));
  return all.flat().map((url) => new URL(url).pathname);
}"""


async def test_a_guide_once_read_is_there_without_a_network(browser: Browser, served: Served, tmp_path: Path) -> None:
    page = await browser.new_page(timezone_id="America/New_York")
    page.set_default_timeout(10_000)
    async with product(tmp_path, like=served) as alone:
        await page.goto(alone.url)
        await page.wait_for_function(IN_CHARGE)
        await page.locator("#words").fill("kết hôn cần gì")  # a talk, of which nothing may stay
        await page.locator("#words").press("Enter")
        await page.goto(alone.url + GUIDE)
        await expect(page.locator("p.offline")).to_be_hidden()
        title = await page.locator("h1").inner_text()
        kept = await page.evaluate(KEPT)
        assert GUIDE in kept
        assert not {"/", "/say", "/press", "/danh-sach.pdf"} & set(kept)
    await page.goto(alone.url + GUIDE)
    await expect(page.locator("h1")).to_have_text(title)
    await expect(page.locator("p.offline")).to_contain_text(SAY("web.offline_kept"))
    today = alone.parts.desk.now().astimezone().date()
    await expect(page.locator("p.offline time")).to_contain_text(str(today.year))
    await page.goto(alone.url)
    await expect(page.locator("h1")).to_have_text(SAY("web.offline_title"))
    await page.get_by_role("link", name=title).click()
    await expect(page.locator("p.offline")).to_be_visible()
    await page.close()


async def test_a_kiosk_keeps_no_guide(visitors: Visitors) -> None:
    person = await visitors.one("kiosk")
    await person.opens()
    await person.page.wait_for_function(IN_CHARGE)
    await person.opens(GUIDE)
    assert GUIDE in await person.page.evaluate(KEPT)
    await person.opens("/kiosk")
    await person.page.wait_for_function("() => navigator.serviceWorker.getRegistrations().then((all) => !all.length)")
    await person.opens(GUIDE)
    await person.page.wait_for_function("() => caches.keys().then((names) => !names.length)")
