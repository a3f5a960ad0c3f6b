"""The text of official records made clean: what portals, Word and PDF leave in it, and the lines they break."""

import re
import unicodedata
from typing import Final

_GONE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff\ufffe\uffff\ud800-\udfff]")
_NO_SIGN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_BULLET: Final = re.compile("[\ue000-\uf8ff•▪●◦]")  # Word's own symbols live in the private area
_LINE_END: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"[^\S\n]+")
_NOTHING: Final = re.compile(
    r"(?:-|–|\.|/)*\s*(?:không(?: có)?(?: thông tin| quy định)?|chưa có thông tin|n/?a|null|none)?\s*[.;-]*",
    re.IGNORECASE,
)
_GLUED: Final = re.compile(
    r"(?P<name>.+(?:[.;:)]\s?(?=\S)"
    r"|(?<=\S)(?=(?:[Mm]ẫu|[Mm]au|MẪU|Phụ lục|Tờ khai|TK|TP|BM|PL|[Đđ]ơn|[Dd]on|[Vv]ăn bản)[^a-zà-ỹ])))"
    r"(?P<file>[^;:]{1,90}\.(?:docx?|pdf|xlsx?|rar|zip))",
    re.DOTALL,
)
_ENDED: Final = tuple(".;:!?…")


def clean(text: object) -> str:
    """NFC without invisible signs, one kind of line end, no empty lines; broken lines joined. No text: empty."""
    if not isinstance(text, str):
        return ""
    text = unicodedata.normalize("NFC", _GONE.sub("", text)).replace("ƣ", "ư").replace("Ƣ", "Ư")
    text = _BULLET.sub("-", _NO_SIGN.sub(" ", _LINE_END.sub("\n", text)))
    out: list[str] = []
    for line in text.split("\n"):
        line = _SPACES.sub(" ", line).strip()  # noqa: PLW2901 - the line, tidied
        if not line:
            continue
        if out and line[0].islower() and not _is_point(line) and not out[-1].endswith(_ENDED):
            out[-1] += " " + line
        else:
            out.append(line)
    return "\n".join(out)


def clean_line(text: object) -> str:
    """The same on one line."""
    return clean(text).replace("\n", " ")


def _is_point(line: str) -> bool:
    """Whether a line that starts small is a point of a list: "a) ...", "đ. ..."."""
    return re.match(r"\w{1,3}[).]", line) is not None


def split_file(words: str) -> tuple[str, str]:
    """A paper's name and the file that the portal runs into it: "theo mẫu.Mẫu 3.docx" -> "theo mẫu.", "Mẫu 3.docx"."""
    found = _GLUED.fullmatch(words)
    return (found["name"], found["file"]) if found else (words, "")


def says_nothing(text: str) -> bool:
    """Whether a field only says that there is nothing in it: "Không có thông tin", "Không", "-"."""
    return _NOTHING.fullmatch(text) is not None


def cut(text: str, most: int) -> str:
    """At most so many characters, ended at a word with "…" where something was left out."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(None, 1)[0].rstrip(" ,;:-") + "…"


def pieces(text: str, most: int) -> list[str]:
    """A long text in pieces of at most `most` characters, parted at lines, else at sentences, else at words."""
    out: list[str] = []
    for line in text.split("\n"):
        rest = line
        while len(rest) > most:
            at = max(rest.rfind(". ", 0, most), rest.rfind("; ", 0, most)) + 1 or rest.rfind(" ", 0, most)
            at = at if at > 0 else most
            out.append(rest[:at].strip())
            rest = rest[at:].strip()
        if rest:
            out.append(rest)
    return out
