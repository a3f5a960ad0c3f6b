"""What axe-core says of a page as it stands: every rule of WCAG 2.2 A and AA, and its advice on good practice."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page

AXE: Final = Path(__file__).parent / "axe" / "axe.min.js"
RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


async def faults(page: Page, *, colours: bool = False) -> list[str]:
    """Each fault as "rule: element"; none is what is wanted. `colours`: only what another colour scheme changes."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_axe())  # the page's own policy lets no foreign script in; the browser's tools may
    options = {
        "runOnly": {"type": "rule", "values": ["color-contrast"]}
        if colours
        else {"type": "tag", "values": list(RULES)},
        "resultTypes": ["violations"],
    }
    result: dict[str, Any] = await page.evaluate("options => axe.run(document, options)", options)
    return [f"{fault['id']}: {node['html'][:160]}" for fault in result["violations"] for node in fault["nodes"]]


async def too_wide(page: Page) -> bool:
    """Whether reading asks for scrolling sideways."""
    wide: bool = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return wide


async def too_small(page: Page) -> list[str]:
    """What is pressed and is less than 44 pixels high or wide; links within a sentence may be as small as its letters."""
    small: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden])")]
          .filter((one) => one.checkVisibility() && !one.matches(".skip, p a:not(.download, .onward a), dd a, li a"))
          .filter((one) => { const { width, height } = one.getBoundingClientRect(); return Math.min(width, height) < 43.5; })
          .map((one) => one.outerHTML.slice(0, 120))"""
    )
    return small
