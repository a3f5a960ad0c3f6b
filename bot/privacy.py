"""What is masked before anything is kept: numbers that name a person, and ways to reach one.

When in doubt a number is masked: a report can do without it. What a report needs is left as it was: procedure codes,
fees, dates, years, law numbers, hotlines. Each rule takes time in proportion to the text, however it is made.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

PAPER = "[số giấy tờ]"
PHONE = "[số điện thoại]"
EMAIL = "[thư điện tử]"
PLATE = "[biển số]"
DIGITS = "[dãy số]"

_JOIN = r"[ .\-_()]{0,3}"
"""What people put between the digits of one number. A comma joins only fees."""

_UNIT = r"(?:(?:đ|₫|k|tr|\ ?(?:đồng|dong|vn[dđ]|nghìn|nghin|ngàn|ngan|triệu|trieu|tỷ|tỉ|ty|usd))(?![^\W_]))"
"""Money. "k" and "tr" only when they touch the number: "0912 345 678 k biết" is a phone number and a "không"."""

_KEPT = rf"""(?: (?<!\d)(?<!\d[.\-]) (?:
    [1-9]\.\d{{6}} (?:-[1-9]\.\d{{6}})? (?![.\-]?\d)                         # a procedure: 1.001193
  | (?:0?[1-9]|[12]\d|3[01]) [.\-/] (?:0?[1-9]|1[0-2]) [.\-/] (?:19|20)\d\d (?![.\-]?\d)   # a day: 22-11-2026
  | (?:19|20)\d\d [.\-/] (?:0?[1-9]|1[0-2]) [.\-/] (?:0?[1-9]|[12]\d|3[01]) (?![.\-]?\d)   # a day: 2026-11-22
  | [1-9]\d{{0,2}} (?:[.,]\d{{3}}){{1,4}} {_UNIT}                            # a fee: 1.500.000 đồng
  | [1-9]\d{{0,2}} (?:[.,]\d{{3}})? [.,] [05]00 (?![.,\-]?\d)              # a fee that does not say so: 1.500.000
  | [1-9] (?:[.,]\d{{3}}){{2}} [.,] 000 (?![.,\-]?\d)                      # 1.500.000.000
  | (?:19|20)\d\d (?:(?:\ ?-\ ?|\ )(?:19|20)\d\d){{0,3}} (?![ .\-]?\d)    # years: 2025 - 2026
))"""
"""What could be part of a long number and is not."""

_FILL = (
    r"[\s:.=\#\-]{0,3}(?:(?:số|so|là|la|của|cua|tôi|toi|em|anh|chị|chi|mình|minh|con|cũ|cu|mới|moi|is|otp)"
    r"[\s:.=\#\-]{1,3}){0,4}"
)
_AFTER = rf"{_FILL} (?P<hide> (?!{_KEPT}) (?!\d{{1,8}}{_UNIT}) (?!1[89]00) \d (?:{_JOIN}\d){{5,}} )"
"""Six digits or more after a word that says what they are."""

_PHONE = rf"""(?:
    (?:\+|(?<!\d)00|(?<!\d)) 84 {_JOIN} (?:0{_JOIN})? (?:[35-9](?:{_JOIN}\d){{8}} | 2(?:{_JOIN}\d){{8,9}}) (?!\d)
  | \(? (?<!\d) 0 {_JOIN} (?:[35-9](?:{_JOIN}\d){{8}} | 2(?:{_JOIN}\d){{8,9}}) (?!\d)
)"""

_EDGE = r"(?<![^\W_])"
_YEAR_NEXT = r"(?!\ (?:19|20)\d\d(?!\d))"


@cache
def _rule(pattern: str) -> re.Pattern[str]:
    """Compiled when first used: a start has nothing to mask yet."""
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


_RULES: tuple[tuple[str, str], ...] = (
    (
        DIGITS,
        rf"""(?:otp|mã\ (?:xác\ (?:nhận|thực|minh)|pin)|ma\ (?:xac\ (?:nhan|thuc|minh)|pin)
                |mật\ khẩu|mat\ khau|password|passcode) {_FILL}
            (?P<hide> \d(?:[ .\-]?\d){{3,7}}(?!\d)                   # a code
              | (?=[^\s\[]{{0,64}}\d) [^\s\[]{{4,}}                   # a password, known by its digit
              | (?:(?<=[:=])|(?<=[:=]\ )) [^\s\[]{{4,}} )            # or by the colon before it
            """,
    ),
    (EMAIL, r"(?<![\w.+\-]) (?P<hide> [\w.+\-]++ @ (?:[.+\-@]*\w)+ )"),
    (
        PLATE,
        rf"""(?P<hide> (?:
                {_EDGE} [1-9]\d (?: [.\-]?(?!m[23])[a-zđ]{{1,2}}\d? | \ (?-i:[A-Z]\d|[A-Z](?=[ \-]\d\d\d[. ]?\d\d)) )
                {_YEAR_NEXT} [ .\-]{{0,3}} (?:\d{{3}}[. ]?\d\d | \d{{4}}) (?!\d)
              | {_EDGE} \d\d[ \-]?\d{{3}}[ \-]?(?:ng|nn|qt)[ \-]?\d\d (?!\d)            # foreign missions
              | (?<![a-z]) (?-i:[ABHKPQTV][A-Z])-\d\d-\d\d (?!\d)                        # the army
            ) (?!{_UNIT}))""",
    ),
    (
        PAPER,
        rf"""(?P<hide> (?: (?<![a-z])[a-z] | (?-i:(?<=[a-z])[A-Z]) | (?<![^\W\d])(?-i:[A-Z])\ )  # a passport
            \d{{7,8}} (?!\d)(?!{_UNIT}) )""",
    ),
    (
        PAPER,
        rf"""(?:cccd|cmnd|cmt|căn\ cước|can\ cuoc|công\ dân|hộ\ chiếu|ho\ chieu|passport
                |bhxh|bhyt|bảo\ hiểm\ xã\ hội|mst|mã\ số\ thuế|ma\ so\ thue|định\ danh|dinh\ danh) {_AFTER}""",
    ),
    (PHONE, rf"(?:sđt|sdt|đt|điện\ thoại|dien\ thoai|phone|zalo|tel) {_AFTER}"),
    (DIGITS, rf"(?:stk|tài\ khoản|tai\ khoan|số\ thẻ|so\ the) {_AFTER}"),
)

_ANYTHING = re.compile("[0-9@:=]")
"""No rule finds anything without one of these, and most questions have none."""

_NUMBER = rf"""{_KEPT}
    | (?P<paper> (?<!\d) 0\d\d (?:{_JOIN}\d){{9}} (?!\d) )
    | (?P<phone> {_PHONE} )
    | (?P<other> \+? (?<!\d) (?: \d{{9,}} | \d (?: {_JOIN} (?!{_KEPT}) (?!(?<!\d)\d{{9}}) \d){{8,}} ) )
    """


class _Plain(dict[int, str]):
    """Each character as a rule wants to see it, one for one, so that places in the text stay the same."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        digit = unicodedata.digit(char, None)
        kind = unicodedata.category(char)
        if digit is not None:
            plain = str(digit)
        elif 0xFF01 <= code <= 0xFF5E:  # fullwidth forms
            plain = chr(code - 0xFEE0)
        elif kind == "Zs" or char == "\t":
            plain = " "
        elif kind in {"Pd", "Cf", "Me"} or char in "−·․\ufe0f":  # dashes, and what is not seen between digits
            plain = "-"
        else:
            plain = char
        self[code] = plain
        return plain


_PLAIN = _Plain()


def masked(text: str) -> str:
    """The text (in NFC) with such numbers replaced by what they were, in brackets."""
    text = unicodedata.normalize("NFC", text)
    if _ANYTHING.search(text.translate(_PLAIN)) is None:
        return text
    for mask, pattern in _RULES:
        hidden = _rule(pattern).finditer(text.translate(_PLAIN))
        text = _replaced(text, [(*found.span("hide"), mask) for found in hidden])
    numbers = _rule(_NUMBER).finditer(text.translate(_PLAIN))
    return _replaced(text, [(*found.span(), _name(found)) for found in numbers if found.lastgroup is not None])


def hides(text: str) -> bool:
    """Whether `masked` replaces anything in it."""
    return masked(text) != unicodedata.normalize("NFC", text)


def _name(found: re.Match[str]) -> str:
    if found["paper"]:
        return PAPER
    if found["phone"]:
        return PHONE
    count = sum(char.isdigit() for char in found["other"])
    return PAPER if count in {9, 10, 12} else DIGITS


def _replaced(text: str, places: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, mask in places:
        parts += [text[at:start], mask]
        at = end
    return "".join([*parts, text[at:]])
