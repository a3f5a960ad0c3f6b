"""Pictures of a talk as Telegram would show it, for a person to look at: PNG files in a folder.

python tests/fake_telegram/shoot.py FOLDER
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("PTB_TIMEDELTA", "true")

from playwright.async_api import async_playwright

from bot.desk import Desk
from flows.turn import World
from tests.channels.telegram_driver import TelegramDriver, serving
from tests.channels.telegram_place import NOW, SAY, TEXTS, Place, place
from tests.fake_telegram.looks import page

CHROMIUM = "/usr/bin/chromium"


async def walk(here: Place) -> list[tuple[str, str]]:
    """The pages of a talk, each by name as it stands then."""
    lan = here.person()
    shots = []

    def shot(name: str, chat: int = 7) -> None:
        shots.append((name, page(here.api, chat)))

    desk = Desk(here.store, lambda: World(here.library, TEXTS, NOW, code="K7M3PQ"))
    async with serving(here.api, desk, TEXTS):
        await lan.start()
        shot("1-home")
        await lan.say("lam giay ks cho con can j")
        shot("2-guide")
        await lan.press(SAY("guide.prepare"))
        await lan.press("1")
        shot("3-question-after-an-answer")
        for _ in range(8):
            if SAY("collecting.done") in {label for _, label in lan.screen.choices}:
                break
            await lan.press("1")
        await lan.press("1")
        await lan.press("2")
        shot("4-papers-ticked")
        await lan.press(SAY("collecting.done"))
        shot("5-summary")
        await lan.press(SAY("summary.take"))
        await here.api.until(lambda: bool(here.api.called("sendDocument", ok=True)))
        shot("6-taken-along")
        await lan.start()
        await lan.send("sticker")
        shot("7-a-sticker")
        hoa = here.person(8, "Hoa")
        await hoa.start("l_lien-thong-khai-sinh")
        while SAY("collecting.done") not in {label for _, label in hoa.screen.choices}:
            await hoa.press("1")
        await hoa.press(SAY("collecting.done"))
        shot("8-in-two-messages", 8)
        group = here.api.group()
        inside = TelegramDriver(here.api, lan.person.inside(group))
        await inside.say("@thu_nghiem_bot mất căn cước")
        shot("9-in-a-group", group["id"])
    return shots


async def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        async with place(Path(data)) as here:
            shots = await walk(here)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        sheet = await browser.new_page(viewport={"width": 376, "height": 700}, device_scale_factor=1)
        for name, html in shots:
            await sheet.set_content(html)
            await sheet.screenshot(path=folder / f"{name}.png", full_page=True)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
