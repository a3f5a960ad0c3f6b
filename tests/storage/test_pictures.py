"""Attached files through the real process that opens them: what is good, what is spoilt, what is meant to do harm."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from bot.pictures import BYTES
from bot.pictures.looking import Glass
from bot.pictures.measuring import measured, verdict
from bot.pictures.opening import SIDE
from bot.pictures.sealing import Altered, Seal
from flows.events import Verdict
from tests.storage import papers_drawn as drawn

GOOD: dict[str, Callable[[], Image.Image]] = {
    "a full page": drawn.page,
    "one line": lambda: drawn.page(lines=1),
    "three lines": lambda: drawn.page(lines=3),
    "small print": lambda: drawn.page(lines=60, size=18),
    "as a large scan": lambda: drawn.page(40, 2480, 3508, 52, 240),
    "as a messenger shrinks it": lambda: drawn.page().resize((905, 1280)),
    "on a table": lambda: drawn.on_a_table(drawn.page()),
    "at half the light": lambda: drawn.dimmed(drawn.page(), 0.5),
    "in the light of one window": lambda: drawn.shaded(drawn.page()),
    "faint ink": lambda: Image.blend(drawn.page(), drawn.empty(), 0.7),
    "a grainy camera": lambda: drawn.grainy(drawn.page()),
    "a little out of focus": lambda: drawn.blurred(drawn.page(), 1.5),
    "cut between two lines, the margins there": lambda: drawn.page().crop((0, 0, 1240, 790)),
}
SPOILT: dict[str, tuple[Verdict, Callable[[], Image.Image]]] = {
    "a thumbnail": ("too_small", lambda: drawn.page().resize((424, 600))),
    "a third of the light": ("too_dark", lambda: drawn.dimmed(drawn.page(), 0.33)),
    "night": ("too_dark", lambda: drawn.dimmed(drawn.page(), 0.1)),
    "a finger on the lens": ("too_dark", lambda: Image.new("RGB", (1200, 1600), "black")),
    "one colour": ("blank", lambda: Image.new("RGB", (1200, 1600), (128, 150, 128))),
    "an empty page": ("blank", drawn.empty),
    "an empty page half in the shade": ("blank", lambda: drawn.shaded(drawn.empty())),
    "the empty back of it, on a table": ("blank", lambda: drawn.on_a_table(drawn.empty())),
    "out of focus": ("blurred", lambda: drawn.blurred(drawn.page(), 3)),
    "out of focus and grainy": ("blurred", lambda: drawn.grainy(drawn.blurred(drawn.page(), 3))),
    "three lines out of focus": ("blurred", lambda: drawn.blurred(drawn.page(lines=3), 3)),
    "far out of focus": ("blurred", lambda: drawn.blurred(drawn.page(), 8)),
    "the left side missing": ("cut_off", lambda: drawn.page().crop((250, 0, 1240, 1754))),
    "the right side missing": ("cut_off", lambda: drawn.page().crop((0, 0, 900, 1754))),
    "the foot missing": ("cut_off", lambda: drawn.page().crop((0, 0, 1240, 1000))),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_can_be_read_is_good(name: str) -> None:
    found = measured(GOOD[name]())
    assert verdict(found) == "good", found


@pytest.mark.parametrize("name", SPOILT)
def test_what_cannot_be_read_is_told_by_its_fault(name: str) -> None:
    expected, draw = SPOILT[name]
    found = measured(draw())
    assert verdict(found) == expected, found


@pytest.mark.parametrize("content", [drawn.jpeg, drawn.png, drawn.webp])
async def test_each_kind_of_picture_becomes_one_plain_jpeg(content: Callable[[Image.Image], bytes]) -> None:
    seen = await Glass().look(content(drawn.on_a_table(drawn.page())))
    assert seen.verdict == "good"
    (page,) = seen.pages
    with Image.open(BytesIO(page)) as kept:
        assert kept.format == "JPEG"
        assert verdict(measured(kept)) == "good"


async def test_a_pdf_becomes_its_pages() -> None:
    seen = await Glass().look(drawn.pdf(2))
    assert seen.verdict == "good"
    assert len(seen.pages) == 2
    with Image.open(BytesIO(seen.pages[0])) as kept:
        assert SIDE - 2 <= max(kept.size) <= SIDE


async def test_where_and_with_what_it_was_taken_is_not_kept() -> None:
    content = drawn.located()
    assert b"LansPhone" in content
    (page,) = (await Glass().look(content)).pages
    assert b"Exif" not in page
    assert b"LansPhone" not in page
    with Image.open(BytesIO(page)) as kept:
        assert not kept.getexif()


async def test_a_photo_held_upright_is_turned() -> None:
    """A phone held upright writes the picture lying, and says so beside it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = drawn.page().transpose(Image.Transpose.ROTATE_90)
    (page,) = (await Glass().look(drawn.jpeg(lying, exif=exif))).pages
    with Image.open(BytesIO(page)) as kept:
        assert kept.size == (1240, 1754)


HOSTILE: dict[str, tuple[Verdict, Callable[[], bytes]]] = {
    "a program called .jpg": ("wrong_type", lambda: b"MZ\x90\x00" + os.urandom(5000)),
    "a page of the web": ("wrong_type", lambda: b"<svg onload=alert(1)>"),
    "a HEIC": ("wrong_type", lambda: b"\x00\x00\x00\x18ftypheic" + bytes(2000)),
    "a GIF": ("wrong_type", lambda: b"GIF89a" + bytes(2000)),
    "nothing": ("empty", lambda: b""),
    "eleven megabytes": ("too_large", lambda: b"\xff\xd8\xff" + bytes(11 * 1024 * 1024)),
    "a truncated JPEG": ("broken", lambda: drawn.jpeg(drawn.page())[:9000]),
    "a JPEG of noise behind its first bytes": ("broken", lambda: b"\xff\xd8\xff\xe0" + os.urandom(9000)),
    "a PNG bomb": ("broken", drawn.png_bomb),
    "a PDF whose picture is a bomb": ("blank", drawn.pdf_bomb),  # PDFium leaves such a picture out
    "a PDF that never ends": ("broken", drawn.pdf_of_drawings_in_drawings),
    "a PDF that ends at once": ("broken", lambda: b"%PDF-1.7\n%%EOF"),
    "a PDF with a password": ("locked", lambda: drawn.pdf(password="1234")),
    "a book": ("too_many_pages", lambda: drawn.pdf(5)),
    "an empty PDF page": ("blank", lambda: drawn.pdf(0)),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_is_no_good_paper_is_refused_and_nothing_of_it_comes_back(name: str) -> None:
    expected, content = HOSTILE[name]
    seen = await Glass().look(content())
    assert seen.verdict == expected
    assert seen.pages == ()


def test_ten_megabytes_are_the_most() -> None:
    assert BYTES == 10 * 1024 * 1024


def test_what_is_sealed_opens_under_its_number_and_key_only() -> None:
    seal = Seal(b"k" * 32)
    pages = (b"first page", b"", b"third")
    closed = seal.closed(pages, "K7M2QX")
    assert b"first page" not in closed
    assert closed != seal.closed(pages, "K7M2QX"), "the same picture twice must not look the same"
    assert seal.opened(closed, "K7M2QX") == pages
    for sealed, number, key in (
        (closed, "K7M2QY", b"k" * 32),
        (closed, "K7M2QX", b"j" * 32),
        (closed[:-1] + bytes([closed[-1] ^ 1]), "K7M2QX", b"k" * 32),
        (b"", "K7M2QX", b"k" * 32),
    ):
        with pytest.raises(Altered):
            Seal(key).opened(sealed, number)
