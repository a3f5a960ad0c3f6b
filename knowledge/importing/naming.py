"""Names and ids of imported procedures: the official name without its ceremony, an id that no other can have."""

import re
from typing import Final

from knowledge.importing.text import clean_line
from knowledge.vietnamese import unmarked

LONGEST: Final = 48
_NUMBERED: Final = re.compile(r"(?:\d{1,3}\.(?!\d)|[.\-–])\s*")
_CEREMONY: Final = re.compile(r"(?:TTHC|Thủ tục(?: hành chính)?)\s*[:\-–.]?\s+(?=\w)", re.IGNORECASE)
_NOT_CEREMONY: Final = re.compile(r"thủ tục hải quan\b", re.IGNORECASE)


def name_of(text: str) -> str:
    """`Thủ tục đăng ký khai sinh` -> `Đăng ký khai sinh`; nothing else is changed but broken lines and spaces."""
    name = _NUMBERED.sub("", clean_line(text), count=1) if _NUMBERED.match(clean_line(text)) else clean_line(text)
    name = name.strip(" .;:\"'")
    bare = _CEREMONY.sub("", name, count=1) if _CEREMONY.match(name) and not _NOT_CEREMONY.match(name) else name
    return bare[:1].upper() + bare[1:]


def slug(text: str, longest: int = LONGEST) -> str:
    """Small ASCII letters, digits and hyphens, ended at a word: `Cấp đổi thẻ` -> `cap-doi-the`."""
    plain = re.sub(r"[^a-z0-9]+", "-", unmarked(text).lower()).strip("-")
    if len(plain) > longest:
        plain = plain[: longest + 1].rpartition("-")[0] or plain[:longest]
    return plain or "thu-tuc"


def id_of(name: str, code: str) -> str:
    """The name's beginning and the code: two procedures never share it, whatever else is imported beside them."""
    tail = code.replace(".", "").lower()
    return f"{slug(name, LONGEST - 1 - len(tail))}-{tail}"


def unlike(id: str, taken: set[str]) -> str:
    """The id, or with a number behind it if it is taken already."""
    one, number = id, 2
    while one in taken:
        one = f"{id[: LONGEST - 1 - len(str(number))].rstrip('-')}-{number}"
        number += 1
    taken.add(one)
    return one
