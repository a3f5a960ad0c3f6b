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

from tests.channels.telegram_place import SAY, Place, place
from tests.fake_telegram.looks import page

CHROMIUM = "/usr/bin/chromium"


async def walk(here: Place) -> list[tuple[str, str]]:
    """The pages of a talk, each by name as it stands then."""
    lan = here.person()
    shots = []

    def shot(name: str) -> None:
        shots.append((name, page(here.api, 7)))

    async with here.serving():
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
        await lan.send("sticker")
        shot("6-a-sticker")
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
