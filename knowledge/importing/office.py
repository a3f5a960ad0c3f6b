"""What lies in Word and Excel files: both are archives of XML, made by anyone, so everything in them is bounded."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

MOST_BYTES: Final = 64 * 1024 * 1024
"""Of one part when unpacked; the longest real record is a hundredth of this."""


class WrongFile(ValueError):
    """A file that is not what it seems; the message says what is wrong, in Vietnamese."""


def part(data: bytes, name: str) -> bytes:
    """One part of an archive. Raises WrongFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(name).file_size > MOST_BYTES:
                raise WrongFile("nội dung bên trong quá lớn")
            with archive.open(name) as file:
                content = file.read(MOST_BYTES + 1)
    except KeyError:
        raise WrongFile(f"trong tệp không có {name}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, WrongFile):
            raise
        raise WrongFile("tệp nén bị hỏng hoặc có mật khẩu") from error
    if len(content) > MOST_BYTES:
        raise WrongFile("nội dung bên trong quá lớn")
    return content


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin as an archive does."""
    return data.startswith(b"PK\x03\x04")


_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Block = str | list[list[str]]
"""A paragraph, or a table: rows of cells, the paragraphs of a cell on lines of their own."""


def word_blocks(data: bytes) -> Iterator[Block]:
    """The paragraphs and tables of a Word file in their order. Raises WrongFile."""
    xml = part(data, "word/document.xml")
    if b"<!" in xml.replace(b"<!--", b""):
        raise WrongFile("tệp Word có khai báo lạ (DTD)")
    try:
        root = ET.fromstring(xml)  # noqa: S314 - what can hurt needs a DTD, and one is refused above
    except ET.ParseError as error:
        raise WrongFile(f"nội dung Word không đọc được ({error})") from error
    body = root.find(f"{_W}body")
    for block in body if body is not None else ():
        if block.tag == f"{_W}p":
            yield _words(block)
        elif block.tag == f"{_W}tbl":
            yield [[_cell(cell) for cell in row.findall(f"{_W}tc")] for row in block.iter(f"{_W}tr")]


def _cell(cell: "ET.Element[str]") -> str:
    return "\n".join(line for paragraph in cell.iter(f"{_W}p") if (line := _words(paragraph)))


def _words(paragraph: "ET.Element[str]") -> str:
    out: list[str] = []
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            out.append(element.text or "")
        elif element.tag in {f"{_W}br", f"{_W}cr"}:
            out.append("\n")
        elif element.tag == f"{_W}tab":
            out.append(" ")
    return "".join(out)
