"""The list on paper, as the browser prints it: a sheet of A5, or the roll of a receipt printer in one piece."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.async_api import Browser

from tests import own
from tests.browser.rig import Served, Visitor, Visitors, arrived, pictures, product

SAY = own.sentences()["vi"]
PRINTED = "document.querySelector('.sheet .print, .ways .print').click()"
MILLIMETRES = 25.4 / 72


async def with_a_list(visitor: Visitor, start: str) -> None:
    """A list taken along, its first paper ticked, before the page that carries it."""
    await visitor.opens(start)
    await visitor.says("lam giay ks cho con can j")
    await visitor.presses(SAY("guide.prepare"))
    await visitor.reaches_the_list()
    async with visitor.answered():
        await visitor.page.locator(".tick").first.click()
    await visitor.presses(SAY("collecting.done"))
    await visitor.presses(SAY("summary.take"))


async def printed(visitor: Visitor, name: str) -> pypdfium2.PdfDocument:
    """What comes out of the printer when the page's own button is pressed."""
    await visitor.page.evaluate("window.print = () => { window.printed = true; }")
    await visitor.page.evaluate(PRINTED)
    assert await visitor.page.evaluate("window.printed")
    paper = pypdfium2.PdfDocument(await visitor.page.pdf(prefer_css_page_size=True, print_background=False))
    for folder in pictures():
        for number, page in enumerate(paper, 1):
            page.render(scale=2).to_pil().save(folder / f"print-{name}-{number}.png")
    return paper


def size(page: pypdfium2.PdfPage) -> tuple[int, int]:
    width, height = page.get_size()
    return round(width * MILLIMETRES), round(height * MILLIMETRES)


def words(paper: pypdfium2.PdfDocument) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in paper)


async def shown(visitor: Visitor) -> list[str]:
    """The names of the papers, and the code."""
    names = await visitor.page.locator(".papers .name").all_inner_texts()
    return [*names, await visitor.page.locator(".code").inner_text()]


def codes(paper: pypdfium2.PdfDocument) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(paper[0].render(scale=3).to_pil())]


@pytest.mark.parametrize("start", ["/", "/kiosk"])
async def test_a_list_is_printed_on_a5_with_what_is_read_and_nothing_to_press(visitors: Visitors, start: str) -> None:
    lan = await visitors.one("tablet", dark=True)
    await with_a_list(lan, start)
    paper = await printed(lan, f"a5{start.replace('/', '-').rstrip('-')}")
    assert {size(page) for page in paper} == {(148, 210)}
    assert len(paper) <= 3
    text = words(paper)
    assert [one for one in await shown(lan) if " ".join(one.split()) not in text] == []
    assert [
        one for one in (SAY("web.no_marks"), SAY("kiosk.next"), SAY("web.larger"), SAY("way.home")) if one in text
    ] == []
    assert codes(paper) == [await carried(lan)]
    assert paper[0].render(scale=1).to_pil().getpixel((3, 3)) == (255, 255, 255)


async def carried(visitor: Visitor) -> str:
    """Where the code of the list leads on the web."""
    return f"{visitor.url}/c/{await visitor.page.locator('.code').inner_text()}"


async def test_a_receipt_is_one_piece_as_long_as_the_list(browser: Browser, served: Served, tmp_path: Path) -> None:
    async with product(tmp_path, served, KIOSK_PAPER="80mm") as roll, arrived(browser, roll) as visitors:
        lan = await visitors.one("kiosk")
        await with_a_list(lan, "/kiosk")
        paper = await printed(lan, "80mm")
        (page,) = paper
        width, height = size(page)
        assert width == 80
        text = words(paper)
        assert [one for one in await shown(lan) if " ".join(one.split()) not in text] == []
        assert codes(paper) == [await carried(lan)]
        picture = page.render(scale=1).to_pil().convert("L")
        _, top, _, bottom = picture.point(lambda light: 255 * (light < 200)).getbbox()
        white = (picture.height - bottom) / picture.height * height
        assert (top < picture.height / 10, white < 45) == (True, True)


async def test_an_ordinary_page_keeps_the_printers_own_paper(visitors: Visitors) -> None:
    lan = await visitors.one("tablet")
    await lan.opens()
    await lan.says("lam giay ks cho con can j")
    paper = await printed(lan, "guide")
    assert {size(page) for page in paper} == {(216, 279)}  # what the browser takes where nobody says
