"""Vietnamese as people type it, brought to one form: marks, tones, Telex and VNI left raw, glued and split words."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from knowledge.glued import cut
from knowledge.remembering import remembered
from knowledge.spoken import RANK
from knowledge.syllables import STOPS, SYLLABLES, TONES, one_i

LONGEST: Final = 4_000
"""Characters of a message that are read; nobody's question is hidden behind more."""

_SHAPES: Final = {"\u0302", "\u0306", "\u031b"}
_SHAPED: Final = {"aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ", "uw": "ư", "dd": "đ"}
_SHAPED_BY_DIGIT: Final = {
    "a6": "â", "e6": "ê", "o6": "ô", "a8": "ă", "o7": "ơ", "u7": "ư", "d9": "đ",
}  # fmt: skip
_TELEX_TONE: Final = {"s": "1", "f": "2", "r": "3", "x": "3", "j": "5"}
_VNI_TONE: Final = {"1": "1", "2": "2", "3": "3", "4": "3", "5": "5"}

# Not Vietnamese, though undoing Telex or cutting them into syllables would make them so.
_FOREIGN: Final = frozenset(
    """
    visa tax taxi test text post list max box online offline email mail gmail facebook fb zalo web website app apps
    form file files scan photo copy check login logout password passport sim card code link http https www com net org
    internet wifi momo banking bank internetbanking smart phone smartphone iphone android ios game shop shopping spa
    homestay hotel karaoke bar pub bus tour guide visa hotline call center admin inbox ib cmt comment share video clip
    live stream team group club start up startup salon studio showroom menu fast food franchise logistics container
    shipper ship marketing sale sales manager hr it pdf word excel xml jpg png zip rar iso haccp gmp gsp gdp gpp fda
    covid test pcr sms otp qr pin atm pos id vneid vssid etax mobile euro dollar usd vnd english toeic ielts us uk eu
    of or if ads has is as his this plus gas pass max fax sex ok okay hi hello bye sorry thanks thank please help
    how what where marriage birth certificate registration license driver household tourist residence permit work
    """.split()
)

_BROKEN_ONSETS: Final = frozenset(("kh", "ph", "th", "ch", "gh", "ngh"))

_TOKENS: Final = 16_384
"""Tokens whose words are kept: all that guides and people use, and room for slips."""

_CODE: Final = re.compile(r"\d\.\d{6}")
_TOKEN: Final = re.compile(r"\d\.\d{6}(?!\d)|[^\W_]+", re.UNICODE)
_LETTERS_DIGITS: Final = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)
_CLAUSE_END: Final = re.compile(r"[.?!;:\n\r,()/|…\"“”]|\s[-–—]\s")
_ONE_VOWEL: Final = re.compile("[aeou][678][1-5]")  # "o73" is ở
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufe0f\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Word(NamedTuple):
    """One syllable or sign of a message.

    `typed` is what stood there in small letters, `plain` the key without marks (`ki` for ký, ky, ki, kys, ky1),
    `marked` the key with marks and tone (`ki1`), empty when it was typed without any; `clause` counts the parts of
    the message between signs.
    """

    typed: str
    plain: str
    marked: str
    clause: int = 0


def tidy(text: str) -> str:
    """One line of composed small letters: NFC, invisible signs become spaces, at most `LONGEST` characters."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub(" ", text[:LONGEST])).lower()
    return text.replace("ƣ", "ư")  # an old font's sign, still found in official names


def unmarked(text: str) -> str:
    """The letters without marks or tones, everything else as it is: "Đăng ký" -> "Dang ky"."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


@remembered
def words(text: str) -> tuple[Word, ...]:
    """The words of a message in order, each brought to its keys; raw Telex and VNI undone, glued words parted."""
    out: list[Word] = []
    small = tidy(text)
    clause = end = 0
    broken = False
    for found in _TOKEN.finditer(small):
        start = found.start()
        if start > end + 1 or (start > end and small[end] != " "):
            clause += out != [] and _CLAUSE_END.search(small, end, start + 1) is not None
        end = found.end()
        for word in _words(found.group(), clause):
            out.append(word)
            broken = broken or word.plain in _BROKEN_ONSETS
    return tuple(_rejoined(out) if broken else out)


@remembered
def fold(text: str) -> str:
    """The plain keys of a message with single spaces: "Đăng  KÝ", "ddawng kys" and "dang1 ki" -> "dang ki"."""
    return " ".join(word.plain for word in words(text))


def is_syllable(plain: str) -> bool:
    """Whether letters without marks can be a Vietnamese syllable."""
    return plain in SYLLABLES


@lru_cache(maxsize=_TOKENS)
def _words(token: str, clause: int) -> tuple[Word, ...]:
    """A token's words; the same ones in every text, as those of thousands of texts are kept."""
    return tuple(Word(*keys, clause) for keys in _keys(token))


@lru_cache(maxsize=_TOKENS)
def _keys(token: str) -> tuple[tuple[str, str, str], ...]:
    """A token's (typed, plain, marked) keys; more than one when it was glued."""
    if _CODE.fullmatch(token) or token.isdigit():
        return ((token, token, ""),)
    bare = unmarked(token)
    if bare in _FOREIGN:
        return ((token, bare, ""),)
    if bare in SYLLABLES:
        return ((token, one_i(bare), _marked(token)),)
    if token.isascii() and (undone := _undo(token)):
        shaped, tone = undone
        return ((token, one_i(unmarked(shaped)), one_i(shaped) + tone),)
    if len(runs := _LETTERS_DIGITS.findall(token)) > 1 and not _is_form_name(bare):
        return tuple(key for part in runs for key in _keys(part))
    if bare.isalpha() and (parts := cut(bare, token if len(token) == len(bare) else "")):
        return tuple(_cut_keys(token, bare, parts))
    return ((token, bare, ""),)


def _cut_keys(token: str, bare: str, parts: tuple[str, ...]) -> list[tuple[str, str, str]]:
    keys, at = [], 0
    for syllable in parts:
        typed = token[at : at + len(syllable)] if len(token) == len(bare) else syllable
        at += len(syllable)
        keys.append((typed, one_i(syllable), _marked(typed)))
    return keys


def _is_form_name(bare: str) -> bool:
    """ct01, a4, b2, cc02: the name of a form, a class or a size, which the digits belong to."""
    letters = bare.rstrip("0123456789")
    return re.fullmatch(r"[a-z]{1,3}\d{1,2}", bare) is not None and (len(letters) == 1 or letters not in SYLLABLES)


def _marked(token: str) -> str:
    """The letters with their shapes and the tone as a last digit, wherever the tone stood: hòa, hoà -> hoa2."""
    tone = "0"
    letters: list[str] = []
    for sign in unicodedata.normalize("NFD", token):
        if sign in TONES:
            tone = TONES[sign]
        elif sign in _SHAPES or not unicodedata.combining(sign):
            letters.append(sign)
    shaped = unicodedata.normalize("NFC", "".join(letters))
    if tone == "0" and shaped.isascii():
        return ""
    return one_i(shaped) + tone


def level_key(word: Word) -> str:
    """The marked key of a word without marks when it stands among words that have them: `cho` -> `cho0`."""
    return word.marked or (word.plain + "0" if word.plain.isalpha() else "")


def _undo(token: str) -> tuple[str, str] | None:
    """(letters with shapes, tone digit) of raw Telex or VNI, or None when that makes no Vietnamese syllable."""
    if len(token) > 12 or not token[0].isalpha() or (len(token) < 3 and token[-1] not in _TELEX_TONE):
        return None
    if sum(sign.isalpha() for sign in token) < 2 and not _ONE_VOWEL.fullmatch(token):
        return None
    letters: list[str] = []
    tone = "0"
    late: list[str] = []
    for at, sign in enumerate(token):
        if sign.isdigit():
            if sign in _VNI_TONE and tone == "0":
                tone = _VNI_TONE[sign]
            elif sign in "6789":
                late.append(sign)
            else:
                return None
        elif sign in _TELEX_TONE and at and any(c in "aeiouyâêôăơư" for c in letters) and tone == "0":
            tone = _TELEX_TONE[sign]
        elif letters and (shaped := _SHAPED.get(letters[-1] + sign)):
            letters[-1] = shaped
        elif sign == "w" and letters:
            late.append("w")
        elif sign in "aeod" and at > 1 and sign in letters and _closes(letters, sign, token[at + 1 :]):
            late.append(sign)
        else:
            letters.append(sign)
    shaped_letters = _with_late("".join(letters), late)
    if shaped_letters is None:
        return None
    bare = unmarked(shaped_letters)
    if bare not in SYLLABLES or (bare.endswith(STOPS) and tone not in "15"):
        return None
    if one_i(bare) not in RANK and len(token) - len(bare) < 2:
        return None  # one odd letter in a syllable that nobody says is a slip: "gism" is giám, no "gím"
    return shaped_letters, tone


def _closes(letters: list[str], sign: str, rest: str) -> bool:
    """A doubling letter typed at the end of the word (`dangd`, `canaf`) after which only tones stand."""
    return all(c in "sfrxj12345" for c in rest) and "".join(letters) + sign not in SYLLABLES


def _with_late(letters: str, late: list[str]) -> str | None:
    for sign in late:
        if sign == "w":
            new = letters.replace("uo", "ươ") if "uo" in letters else _first(letters, {"u": "ư", "o": "ơ", "a": "ă"})
        elif sign in "aeod":
            new = letters.replace(sign, {"a": "â", "e": "ê", "o": "ô", "d": "đ"}[sign], 1)
        elif sign == "7" and "uo" in letters:
            new = letters.replace("uo", "ươ")
        else:
            new = _first(letters, {k[0]: v for k, v in _SHAPED_BY_DIGIT.items() if k[1] == sign})
        if new == letters and not (sign == "9" and "đ" in letters) and not (sign == "7" and "ươ" in letters):
            return None
        letters = new
    return letters


def _first(letters: str, shapes: dict[str, str]) -> str:
    for plain, shaped in shapes.items():
        if plain in letters:
            return letters.replace(plain, shaped, 1)
    return letters


def _rejoined(parts: list[Word]) -> list[Word]:
    """A consonant cut off from its rhyme ("kh ai sinh") is put back."""
    out: list[Word] = []
    for word in parts:
        last = out[-1] if out else None
        if last and last.plain in _BROKEN_ONSETS and word.plain[:1] in "aeiouy" and word.clause == last.clause:
            keys = _keys(last.typed + word.typed)
            if len(keys) == 1 and keys[0][1] in SYLLABLES:
                out[-1] = Word(*keys[0], clause=word.clause)
                continue
        out.append(word)
    return out
