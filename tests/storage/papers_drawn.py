"""Pages as a phone or scanner gives them, drawn by the tests: good ones, and each way in which they are spoilt."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from fpdf import FPDF
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont

FONT = Path(__file__).resolve().parents[2] / "bot/papers/fonts/BeVietnamPro-Regular.ttf"
WORDS = "hợp đồng thuê nhà bên cho thuê và bên thuê cùng thỏa thuận những điều khoản sau đây căn phòng trọ giá mỗi tháng".split()
PAPER = (245, 244, 240)


def page(lines: int = 30, width: int = 1240, height: int = 1754, size: int = 26, margin: int = 120) -> Image.Image:
    """A page of print with a margin; the same each time."""
    chance = random.Random(1)  # noqa: S311 -- words on a page, no secret
    drawn = Image.new("RGB", (width, height), PAPER)
    pen, font = ImageDraw.Draw(drawn), ImageFont.truetype(str(FONT), size)
    for line in range(lines):
        top, text = margin + int(line * size * 1.7), ""
        if top > height - margin - size:
            break
        while pen.textlength(f"{text} điều khoản", font=font) < width - 2 * margin:
            text += chance.choice(WORDS) + " "
        pen.text((margin, top), text, font=font, fill=(25, 25, 35))
    return drawn


def on_a_table(drawn: Image.Image) -> Image.Image:
    """Photographed from above, the whole page and some of the table around it."""
    table = Image.new("RGB", (drawn.width + 300, drawn.height + 300), (110, 80, 60))
    table = Image.blend(table, _noise(table), 0.15)
    table.paste(drawn, (150, 150))
    return table


def dimmed(drawn: Image.Image, light: float) -> Image.Image:
    return ImageEnhance.Brightness(drawn).enhance(light)


def shaded(drawn: Image.Image) -> Image.Image:
    """A window on one side: the other is at a third of its light."""
    light = Image.linear_gradient("L").resize(drawn.size).point([80 + level * 175 // 255 for level in range(256)])
    return ImageChops.multiply(drawn, Image.merge("RGB", (light, light, light)))


def blurred(drawn: Image.Image, radius: float) -> Image.Image:
    return drawn.filter(ImageFilter.GaussianBlur(radius))


def grainy(drawn: Image.Image) -> Image.Image:
    """As a cheap camera sees it by lamplight."""
    return Image.blend(drawn, _noise(drawn), 0.12)


def empty() -> Image.Image:
    return Image.new("RGB", (1240, 1754), PAPER)


def _noise(like: Image.Image) -> Image.Image:
    return Image.effect_noise(like.size, 60).convert("RGB")


def jpeg(drawn: Image.Image, quality: int = 85, **more: Any) -> bytes:
    return _as("JPEG", drawn, quality=quality, **more)


def png(drawn: Image.Image) -> bytes:
    return _as("PNG", drawn)


def webp(drawn: Image.Image) -> bytes:
    return _as("WEBP", drawn)


def _as(kind: str, drawn: Image.Image, **more: Any) -> bytes:
    content = BytesIO()
    drawn.save(content, kind, **more)
    return content.getvalue()


def located() -> bytes:
    """A good photo that tells the camera and, in its GPS part, the house where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "LansPhone"
    exif[0x8825] = {1: "N", 2: (21.0, 1.0, 42.0), 3: "E", 4: (105.0, 51.0, 15.0)}
    return jpeg(on_a_table(page()), exif=exif)


def pdf(pages: int = 1, password: str = "") -> bytes:
    """A PDF of printed pages."""
    document = FPDF(format="A4")
    document.add_font("print", "", FONT)
    for _ in range(pages):
        document.add_page()
        document.set_font("print", size=11)
        document.multi_cell(0, 6, " ".join(WORDS * 20))
    if password:
        document.set_encryption(owner_password="owner", user_password=password)
    return bytes(document.output())


def png_bomb(side: int = 30_000) -> bytes:
    """Three thousand bytes that say they are 900 million pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(3_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf_bomb() -> bytes:
    """One page whose picture is 40,000 pixels square, packed twice: a few kilobytes become 1.6 gigabytes."""
    squeezer = zlib.compressobj(9)
    head = squeezer.compress(b"") + squeezer.flush(zlib.Z_FULL_FLUSH)
    megabyte = squeezer.compress(bytes(1_000_000)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    body = zlib.compress(head + megabyte * 1600, 9)
    picture = (
        b"<</Type/XObject/Subtype/Image/Width 40000/Height 40000/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % (len(body), body)
    )
    drawing = b"q 500 0 0 700 0 0 cm /P Do Q"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        picture,
    )
    return _pdf_of(objects)


def pdf_of_drawings_in_drawings(levels: int = 12) -> bytes:
    """One page of a few hundred bytes that asks for twenty to the twelfth strokes."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/F Do\nendstream",
    ]
    for level in range(levels):
        body = b"/F Do " * 20 if level < levels - 1 else b"0 0 m 500 700 l S"
        inside = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level) if level < levels - 1 else b""
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]%s/Length %d>>" % (inside, len(body))
        objects.append(head + b"stream\n" + body + b"\nendstream")
    return _pdf_of(objects)


def _pdf_of(objects: Sequence[bytes]) -> bytes:
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count, start = len(objects) + 1, len(content)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, start)
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end
