"""The same questions as people in a hurry type them: raw Telex or VNI, no marks, glued, with slips, inside a story."""

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from knowledge.vietnamese import unmarked

_TELEX: Final = {
    "\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j", "\u0306": "w", "\u031b": "w",
    "đ": "d",
}  # fmt: skip
_VNI: Final = {
    "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5", "\u0302": "6",
    "\u031b": "7", "\u0306": "8", "đ": "9",
}  # fmt: skip
_TONES: Final = frozenset("\u0301\u0300\u0309\u0303\u0323")
_WORD: Final = re.compile(r"[^\W\d_]+")
_BESIDE: Final = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl", "l": "k",
    "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "x": "zc", "y": "tu",
}  # fmt: skip
_SLIPS: Final = 0.15
_GLUED: Final = 0.22
_BEFORE: Final = (
    "Dạ em chào anh chị ạ, em mới ở quê lên hôm qua.",
    "Chào ad, nhà tôi ở cuối xóm, hôm trước trời mưa to quá nên tôi không đi được.",
    "Tôi đã gọi điện mấy lần mà không ai nghe máy.",
    "Hàng xóm nhà em bảo là phải lên trên đó chờ lâu lắm.",
)
_AFTER: Final = (
    "Tại vì tôi lớn tuổi rồi, đi lại khó khăn.",
    "Mong anh chị trả lời sớm giúp em.",
    "Bữa trước em có hỏi một lần mà người ta nói chưa rõ.",
    "Con tôi nó bận học nên không giúp được.",
)


def _raw(text: str, keys: Mapping[str, str]) -> str:
    """The text with the keys that were pressed for its marks, the tone at the end of each word."""

    def typed(found: re.Match[str]) -> str:
        letters, tone = "", ""
        for sign in unicodedata.normalize("NFD", found.group()):
            if sign in _TONES:
                tone = keys[sign]
            elif unicodedata.combining(sign):
                letters += keys.get(sign, letters[-1:].lower())
            else:
                letters += f"d{keys['đ']}" if sign in "đĐ" else sign
        return letters + tone

    return _WORD.sub(typed, text)


def _glued(text: str, chance: random.Random) -> str:
    return re.sub(r"(?<=\w) (?=\w)", lambda found: "" if chance.random() < _GLUED else found.group(), text)


def _slipped(text: str, chance: random.Random) -> str:
    """Every seventh word with two letters changed over, one left out, or the key beside it."""

    def typed(found: re.Match[str]) -> str:
        word = found.group()
        if len(word) < 3 or chance.random() > _SLIPS:
            return word
        at = chance.randrange(1, len(word))
        beside = chance.choice(_BESIDE.get(unmarked(word[at]).lower(), word[at]))
        return chance.choice(
            (word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :], word[:at] + word[at + 1 :],
             word[:at] + beside + word[at + 1 :])
        )  # fmt: skip

    return _WORD.sub(typed, text)


def _story(text: str, chance: random.Random) -> str:
    """The question between two sentences before it and two behind."""
    end = "" if text.rstrip()[-1:] in ".?!" else "."
    return " ".join((*chance.sample(_BEFORE, 2), text + end, *chance.sample(_AFTER, 2)))


BLURS: Final[Mapping[str, Callable[[str, random.Random], str]]] = {
    "as it is": lambda text, _: text,
    "no marks": lambda text, _: unmarked(text),
    "raw Telex": lambda text, _: _raw(text, _TELEX),
    "raw VNI": lambda text, _: _raw(text, _VNI),
    "glued": _glued,
    "slips": _slipped,
    "in a story": _story,
    "in a story, no marks": lambda text, chance: unmarked(_story(text, chance)),
}
"""What may have happened to a question, by name; each the same again for the same chance."""
