"""Bytes of a file -> clean text: size, encoding, and the invisible characters that word processors leave behind."""

import re
import unicodedata
from typing import Final

from knowledge.problems import Problem

_SAVE_AS: Final = "mở bằng trình soạn thảo văn bản và lưu lại với bảng mã UTF-8"
_KNOWN_FORMATS: Final = (
    (b"%PDF", "tệp PDF"),
    (b"PK\x03\x04", "tệp nén, Word hoặc Excel"),
    (b"\xd0\xcf\x11\xe0", "tệp Word hoặc Excel đời cũ"),
    (b"\x89PNG", "tệp ảnh"),
    (b"\xff\xd8\xff", "tệp ảnh"),
    (b"GIF8", "tệp ảnh"),
    (b"{\\rtf", "tệp RTF"),
)
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_PERHAPS: Final = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\xa0\xad\u2000-\u200b\u200e\u200f\u202a-\u202f\u2060-\u2069\u3000"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Every character that one of the patterns around it looks for: most files have none, and are searched once."""
_INDENT: Final = re.compile("^ *(\t|[\u00a0\u2000-\u200a\u202f\u3000])[^\\S\n]*\\S", re.MULTILINE)


def decode(data: bytes | str, name: str, limit: int) -> tuple[str | None, tuple[Problem, ...]]:
    """The text in NFC without a byte order mark, or None and why not. `limit` is in bytes."""
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "surrogatepass"))
    if size > limit:
        return None, (
            Problem(
                name,
                1,
                1,
                f"tệp quá lớn ({_kib(size)})",
                f"mỗi tệp tối đa {_kib(limit)}",
                "tách bớt nội dung hoặc xem lại có nhầm tệp không",
            ),
        )
    if isinstance(data, bytes):
        text, problem = _as_text(data, name)
        if text is None:
            return None, (problem,) if problem else ()
    else:
        text = data
    text = text.removeprefix("\ufeff")
    problems = [*_refused_characters(text, name)]
    if not unicodedata.is_normalized("NFC", text):
        line = next(n for n, row in enumerate(text.split("\n"), 1) if not unicodedata.is_normalized("NFC", row))
        text = unicodedata.normalize("NFC", text)
        problems.append(
            Problem(
                name,
                line,
                1,
                "chữ tiếng Việt ở dạng dấu rời (NFD)",
                "máy đã tự ghép dấu lại khi đọc",
                "nên lưu lại tệp ở dạng dựng sẵn (NFC)",
                "warning",
            )
        )
    return (None if any(p.severity == "error" for p in problems) else text), tuple(problems)


def _kib(size: int) -> str:
    return f"{size} byte" if size < 2048 else f"{size // 1024} KiB"


def _as_text(data: bytes, name: str) -> tuple[str | None, Problem | None]:
    for magic, what in _KNOWN_FORMATS:
        if data.startswith(magic):
            return None, Problem(
                name,
                1,
                1,
                f"đây là {what}, không phải tệp chữ",
                "chỉ đọc được tệp YAML dạng chữ",
                "chép nội dung sang một tệp .yaml mới, lưu với bảng mã UTF-8",
            )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _half_nul(data):
        return None, Problem(name, 1, 1, "tệp lưu bằng bảng mã UTF-16 hoặc UTF-32", "chỉ đọc UTF-8", _SAVE_AS)
    if b"\0" in data:
        line, column = _place(data, data.index(b"\0"))
        return None, Problem(
            name,
            line,
            column,
            "tệp nhị phân (có ký tự NUL)",
            "chỉ đọc được tệp YAML dạng chữ",
            "xem lại có nhầm tệp không; nếu đúng tệp thì chép chữ sang một tệp .yaml mới",
        )
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        return None, Problem(
            name, line, column, "tệp không phải UTF-8", "có thể đang là Windows-1258, TCVN3 hoặc VNI", _SAVE_AS
        )


def _half_nul(data: bytes) -> bool:
    """UTF-16 without a byte order mark: in Latin text nearly every second byte is NUL."""
    even, odd = data[:200:2].count(0), data[1:200:2].count(0)
    return max(even, odd) * 3 >= len(data[:200]) >= 4 and min(even, odd) * 9 < len(data[:200])


def _place(data: bytes, at: int) -> tuple[int, int]:
    start = data.rfind(b"\n", 0, at) + 1
    return data.count(b"\n", 0, at) + 1, len(data[start:at].decode("utf-8", "replace")) + 1


def _refused_characters(text: str, name: str) -> list[Problem]:
    """The first of each kind: one cure mends them all."""
    found: list[Problem] = []
    if not _PERHAPS.search(text):
        return found
    if tab := _INDENT.search(text):
        at = tab.start(1)
        what = "dấu tab" if text[at] == "\t" else "dấu cách lạ (chép từ Word hoặc trang mạng)"
        line, column = _text_place(text, at)
        found.append(
            Problem(
                name,
                line,
                column,
                f"{what} ở đầu dòng",
                "YAML chỉ nhận dấu cách thường để thụt đầu dòng",
                "thay bằng 2 dấu cách cho mỗi cấp, ở mọi dòng như vậy",
            )
        )
    for pattern, what in ((_CONTROL, "ký tự điều khiển"), (_INVISIBLE, "ký tự vô hình")):
        if bad := pattern.search(text):
            line, column = _text_place(text, bad.start())
            found.append(
                Problem(
                    name,
                    line,
                    column,
                    f"{what} U+{ord(bad[0]):04X}",
                    "mắt không thấy nhưng làm sai chữ",
                    "xóa ký tự đó rồi gõ lại chỗ ấy bằng tay",
                )
            )
    return found


def _text_place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
