"""Fees, read from an official record; the portal prints "Miễn phí" for every fee whose figure was never filled in."""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.importing.text import clean_line, cut, says_nothing

_ITEM: Final = re.compile(r"(?:^|[\s;.])(Phí|Lệ phí|Mức giá|Giá|Chi phí)\s*:(?!\w)", re.MULTILINE)
_ATTACHED: Final = re.compile(r"File đính kèm\s*:.*", re.IGNORECASE)
_LINK: Final = re.compile(r"Xem chi tiết", re.IGNORECASE)
_MONEY: Final = re.compile(
    r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:Việt Nam Đồng|VNĐ|VND|Đồng|đ)\b\s*(.*)", re.IGNORECASE | re.DOTALL
)
_FREE: Final = re.compile(r"(?:Miễn phí|Miễn lệ phí|Không thu(?: phí| lệ phí| phí, lệ phí)?)\.?\s*(.*)", re.DOTALL)
_CURRENCY: Final = re.compile(r"^(?:Đồng|VNĐ|Việt Nam Đồng)\s*", re.IGNORECASE)
_TRULY_FREE: Final = re.compile(
    r"(?:không(?: có| thu| mất| phải nộp)?(?: phí| lệ phí| phí, lệ phí| phí và lệ phí)?|miễn(?: lệ)?(?: phí)?)\W*",
    re.IGNORECASE,
)
_BY_PROVINCE: Final = re.compile(r"hội đồng nhân dân|hđnd|(?:ubnd|ủy ban nhân dân) (?:cấp )?tỉnh", re.IGNORECASE)
LEAST: Final = 1_000
"""A smaller figure in đồng is a slip: its thousands were left out ("250 VNĐ (250.000 đồng/môn thi)")."""

UNSAID: Final = "Cổng ghi “Miễn phí” mà không chắc là miễn cho mọi người: hỏi nơi nộp."
PRINTED_FREE: Final = "Cổng ghi “Miễn phí”, nhưng cũng ghi vậy khi chưa nhập mức phí: nên hỏi lại nơi nộp."


@dataclass(frozen=True, slots=True)
class Price:
    """One fee; `amount` in đồng, None: not known or (with `by_province`) set by the province. `note` is never empty."""

    amount: int | None
    what: str
    note: str
    by_province: bool = False


def prices_of(text: str, *, suspect: bool = False) -> tuple[Price, ...]:
    """The fees of a record's words, none where it says nothing; `suspect` doubts its "Miễn phí"."""
    said = _LINK.sub("\n", _ATTACHED.sub("", text))
    found = list(_ITEM.finditer(said))
    if not found:
        parts = [("", said)]
    else:
        ends = [*(item.start() for item in found[1:]), len(said)]
        parts = [("", said[: found[0].start()])]
        parts += [(item[1], said[item.end() : end]) for item, end in zip(found, ends, strict=True)]
    # An item inside brackets is a remark of the one before, not a fee of its own.
    whole: list[tuple[str, str]] = []
    for what, words in parts:
        if whole and whole[-1][1].count("(") > whole[-1][1].count(")"):
            whole[-1] = (whole[-1][0], f"{whole[-1][1]} {what}: {words}")
        else:
            whole.append((what, words))
    prices = (_price(what, clean_line(words).strip(" ,;"), suspect) for what, words in whole)
    return tuple(dict.fromkeys(price for price in prices if price is not None))


def _price(what: str, said: str, suspect: bool) -> Price | None:
    if not said or said.startswith(("lệ phí:", "Văn bản quy định lệ phí")):
        return None
    if free := _FREE.fullmatch(said):
        return _free(what, _inside(free[1]), suspect)
    if money := _MONEY.match(said):
        amount, note = int(re.sub(r"[.,]", "", money[1])), _inside(money[2])
        if amount == 0:
            return _free(what, note, suspect)
        if amount < LEAST:
            return Price(None, what, _quoted(said))
        return Price(amount, what, cut(note, 600))
    note = _inside(_CURRENCY.sub("", said))
    if says_nothing(note):
        return None
    return _unknown(what, note)


def _free(what: str, note: str, suspect: bool) -> Price:
    if not note and not suspect:
        return Price(0, what, PRINTED_FREE)
    if _TRULY_FREE.fullmatch(note) and not suspect:
        return Price(0, what, f"Cổng ghi “Miễn phí ({note})”.")
    return _unknown(what, note)


def _unknown(what: str, note: str) -> Price:
    return Price(None, what, _quoted(note) if note else UNSAID, by_province=bool(_BY_PROVINCE.search(note)))


def _quoted(said: str) -> str:
    return f"Cổng ghi: {cut(said, 560)}"


def _inside(note: str) -> str:
    note = note.strip()
    while note.startswith("(") and note.endswith(")") and _closes_last(note):
        note = note[1:-1].strip()
    return note


def _closes_last(note: str) -> bool:
    depth = 0
    for at, sign in enumerate(note):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at == len(note) - 1
    return False
