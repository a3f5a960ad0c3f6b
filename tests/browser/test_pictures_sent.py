"""A photo of a paper from a real browser: agreed to, chosen, sent, told, erased."""

from __future__ import annotations

from playwright.async_api import FilePayload, expect

from tests import own
from tests.browser.judging import faults, too_small, too_wide
from tests.browser.rig import Visitor, Visitors
from tests.storage import papers_drawn as drawn

SAY = own.sentences()["vi"]


async def judged(visitor: Visitor, state: str) -> None:
    """No fault in the state, and nothing too wide or small on a phone."""
    await visitor.shot(state)
    found = await faults(visitor.page)
    assert (state, found, await too_wide(visitor.page), await too_small(visitor.page)) == (state, [], False, [])


async def sends(visitor: Visitor, content: bytes) -> None:
    """Choose a file as a person does, and press the button beside it."""
    await visitor.page.locator("#file").set_input_files(
        FilePayload(name="ảnh.jpg", mimeType="image/jpeg", buffer=content)
    )
    before = await visitor.page.locator("main [name=token]").first.input_value()
    await visitor.page.get_by_role("button", name=SAY("attaching.send")).click()
    await visitor.page.wait_for_function(
        "before => ![before, undefined].includes(document.querySelector('main [name=token]')?.value)",
        arg=before,
        timeout=30_000,
    )


async def test_a_photo_is_sent_by_a_person_before_a_browser(visitors: Visitors) -> None:
    """With the page's script; without one the form is the same (tests/channels/test_attaching_on_the_web.py)."""
    lan = await visitors.one("phone")
    await lan.opens("/g/dang-ky-tam-tru")
    await lan.page.locator("main form[action='/start'] button").click()
    await lan.presses(SAY("guide.prepare"))
    await lan.reaches_the_list()
    await lan.presses("Gửi ảnh xem thử: Hợp đồng thuê nhà, thuê phòng trọ")
    await judged(lan, "pictures-1-consent")
    await lan.presses(SAY("consenting.yes"))
    await judged(lan, "pictures-2-send")
    await sends(lan, drawn.jpeg(drawn.on_a_table(drawn.page())))
    await expect(lan.page.get_by_text("Đã nhận, chữ đọc được")).to_be_visible()
    await judged(lan, "pictures-3-taken")
    await lan.presses(SAY("attaching.erase"))
    await expect(lan.page.get_by_text(SAY("aside.erased"))).to_be_visible()
