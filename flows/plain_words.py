"""A message and the choices it may mean, put in the same plain words, so that they can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from knowledge.guide import Ask
from knowledge.remembering import remembered, remembered_of
from knowledge.vietnamese import fold

_NATIONS: Final = (
    "Ai Cập", "Ấn Độ", "Áo", "Argentina", "Ba Lan", "Bangladesh", "Bỉ", "Bồ Đào Nha", "Brazil", "Brunei",
    "Campuchia", "Cam-pu-chia", "Canada", "Ca-na-đa", "Châu Âu", "Châu Phi", "Chile", "Colombia", "Cuba",
    "Đài Loan", "Đan Mạch", "Đông Timor", "Đức", "Hà Lan", "Hàn Quốc", "Hàn", "Hoa Kỳ", "Hồng Kông", "Hungary",
    "Hy Lạp", "Indonesia", "Iran", "Ireland", "Israel", "Lào", "Malaysia", "Ma-lai-xi-a", "Mehico", "Mexico",
    "Mông Cổ", "Mỹ", "Na Uy", "Nam Phi", "Nepal", "New Zealand", "Nga", "Nhật Bản", "Nhật", "Nigeria", "Pakistan",
    "Phần Lan", "Pháp", "Phi-líp-pin", "Philippines", "Philippin", "Qatar", "Rumani", "Séc", "Singapore", "Sing",
    "Slovakia", "Sri Lanka", "Tàu", "Tây", "Tây Ban Nha", "Thái Lan", "Thái", "Thổ Nhĩ Kỳ", "Thụy Điển", "Thụy Sĩ",
    "Triều Tiên", "Trung Quốc", "Úc", "Ukraina", "Ý",
)  # fmt: skip
"""Countries as people say them, "Anh" apart: it is also a brother."""

_FROM: Final = ("người", "ng", "quốc tịch", "công dân", "dân", "nước")
"""Words behind which the name of a country says where somebody is from: all become "người nước ngoài"."""

_KIN: Final = (
    "chồng", "ck", "vợ", "vk", "bố", "cha", "ba", "mẹ", "má", "bạn trai", "bạn gái", "khách", "con rể", "con dâu",
)  # fmt: skip
"""The same of one's own people."""

_AT: Final = ("bên", "ở", "tại", "đi", "sang", "qua", "tòa")
"""Words behind which it says where somebody is or goes."""


_CLEAR: Final = 4
"""A country's name of more letters is clear without its marks: "my" may be anything, "han quoc" may not."""


def _either(words: Sequence[str]) -> str:
    """A pattern of the words with their marks, and of those that are clear without."""
    bare = (fold(word) for word in words if len(fold(word)) > _CLEAR)
    return "|".join(sorted({*words, *bare}, key=len, reverse=True))


@cache
def _abroad() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of who is from abroad or goes there, and what they become; made when first used, a start needs none."""
    nation = rf"(?:(?:nước|nuoc) )?(?:{_either(_NATIONS)})(?!\w)"
    british = r"\b(?:người|quốc tịch|nước) (?-i:Anh)(?: Quốc)?(?!\w)"
    return tuple(
        (re.compile(pattern, re.IGNORECASE), becomes)
        for pattern, becomes in (
            (rf"\b(?:{'|'.join((*_FROM, *map(fold, _FROM)))}) {nation}|{british}", "người nước ngoài"),
            (rf"\b({'|'.join((*_KIN, *map(fold, _KIN)))}) {nation}", r"\1 người nước ngoài"),
            (rf"\b({'|'.join((*_AT, *map(fold, _AT)))}) {nation}", r"\1 nước ngoài"),
        )
    )


_DEAR: Final = re.compile(r"\b(?:người yêu|nguoi yeu|ny)\b", re.IGNORECASE)
_SELF: Final = re.compile(r"\b(?:em|tui|mình|minh|tớ|e|bản thân|chính mình)\b", re.IGNORECASE)
_ALL: Final = re.compile(r"\bca (?=2|hai|thửa|thua|nhà|nha|đôi|doi|nhóm|nhom|gia đình|gia dinh)", re.IGNORECASE)
_UNITS: Final = "tháng|thang|ngày|ngay|tuần|tuan|năm|nam|tuổi|tuoi|giờ|gio|triệu|trieu"
_COUNTED: Final = tuple(
    (re.compile(rf"\b{number} (?!{_UNITS})(?=[^\W\d])"), f"{word} ") for number, word in ((1, "một"), (2, "hai"))
)

_SUBJECT: Final = frozenset(
    "chong vo anh chi bo cha ba me ma be con ban trai gai ck vk no ho ong toi em e minh ay dua chau la thi"
    " dang cung deu hien".split()
)
"""Words that say who something is said of, before what is said."""


def all_of_them(text: str) -> str:
    """A text where "ca 2" is "cả 2", not short for "công an"."""
    return _ALL.sub("cả ", text)


@remembered
def simply(text: str) -> str:
    """A text with countries as "nước ngoài", oneself as "tôi", one and two in words."""
    text = _DEAR.sub("bạn trai", text)
    for abroad, becomes in _abroad():
        text = abroad.sub(becomes, text)
    text = _SELF.sub("tôi", text)
    for counted, word in _COUNTED:
        text = counted.sub(word, text)
    return text


@remembered_of
def simple(ask: Ask) -> Ask:
    """The ask with the labels and words of its choices put in the same way."""
    choices = {
        id: choice.model_copy(
            update={"label": simply(choice.label), "words": tuple(dict.fromkeys(map(simply, choice.words)))}
        )
        for id, choice in ask.choices.items()
    }
    return ask.model_copy(update={"choices": choices})


def said_of_somebody(text: str) -> str:
    """What is said without of whom: "chồng em là bộ đội" is "bộ đội"; empty when nothing is left or left out."""
    words = text.split()
    first = next((at for at, word in enumerate(words) if fold(word) not in _SUBJECT), len(words))
    return " ".join(words[first:]) if first else ""
