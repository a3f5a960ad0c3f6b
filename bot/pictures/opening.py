"""What a file is by its content, and its pages as plain pictures: nothing of the file itself is kept.

Whoever calls this runs it where a bomb can do no harm (`__main__.py`): Pillow and PDFium read what a stranger made.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final, Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from flows.events import Verdict

Kind = Literal["jpeg", "png", "webp", "pdf"]

SIDE: Final = 2400
"""Pixels of the longer side that is kept: an A4 page at 205 dots an inch, on which small print can be read."""

PAGES: Final = 4
"""A contract for a room has two to four; who sends a book wants something else."""

PIXELS: Final = {"jpeg": 220_000_000, "png": 50_000_000, "webp": 50_000_000}
"""The largest pictures that are decoded. A phone's JPEG has up to 200 million; such are read at part of their size."""

MAGIC: Final[tuple[tuple[Kind, Callable[[bytes], bool]], ...]] = (
    ("jpeg", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("webp", lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP"),
    ("pdf", lambda head: head.startswith(b"%PDF-")),
)

_PASSWORD: Final = 4
"""FPDF_ERR_PASSWORD."""


class NotOpened(Exception):
    """The file cannot be taken, and why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict)
        self.verdict: Verdict = verdict


def kind_of(content: bytes) -> Kind | None:
    """What the content begins as, whatever the file is called; None for what is not taken."""
    return next((kind for kind, is_one in MAGIC if is_one(content[:16])), None)


def pages(content: bytes) -> tuple[Kind, list[Image.Image]]:
    """The kind and the pages in RGB, upright, at most SIDE pixels long; NotOpened says why not."""
    kind = kind_of(content)
    if kind is None:
        raise NotOpened("wrong_type")
    return kind, _of_pdf(content) if kind == "pdf" else [_picture(content, kind)]


def _picture(content: bytes, kind: Literal["jpeg", "png", "webp"]) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # ours stands below, and is no warning
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > PIXELS[kind]:
                raise NotOpened("broken")
            picture.draft("RGB", (SIDE, SIDE))  # JPEG alone: decoded at a half, a quarter or an eighth
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((SIDE, SIDE))
            return _on_white(upright)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError) as error:
        raise NotOpened("broken") from error


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA", "P"}:
        layered = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered).convert("RGB")
    return picture.convert("RGB")


def _of_pdf(content: bytes) -> list[Image.Image]:
    import pypdfium2  # noqa: PLC0415 -- most files are photos, which need none of it

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise NotOpened("locked" if getattr(error, "err_code", None) == _PASSWORD else "broken") from error
    try:
        if not len(document):
            raise NotOpened("broken")
        if len(document) > PAGES:
            raise NotOpened("too_many_pages")
        return [_rendered(document, at) for at in range(len(document))]
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise NotOpened("broken") from error
    finally:
        document.close()


def _rendered(document: Any, at: int) -> Image.Image:
    page = document[at]
    longer = max(page.get_size())
    if longer <= 0:
        raise NotOpened("broken")
    # At most half a point over SIDE, since PDFium rounds up: no page, however large it says it is, makes more pixels.
    picture: Image.Image = page.render(scale=(SIDE - 1) / longer).to_pil()
    return picture.convert("RGB")
