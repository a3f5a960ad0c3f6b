"""How long an office may take, read from an official record; a number without its unit is not a time."""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.guide import Unit
from knowledge.importing.text import clean, cut, says_nothing

_PLAIN: Final = re.compile(r"(?:trong )?0*(\d{1,3})\s*(?:\([^()]*\))?\s*(ngày làm việc|ngày|giờ)", re.IGNORECASE)
_HALVES: Final = re.compile(r"(?:trong )?0*(\d{1,2})[,.]5\s*ngày làm việc", re.IGNORECASE)
_HALF: Final = re.compile(r"(?:trong )?(?:1/2|nửa)\s*ngày làm việc", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_UNITS: Final[dict[str, Unit]] = {"ngày làm việc": "working_days", "ngày": "days", "giờ": "hours"}
MOST: Final = 400
"""As in the guide's own model: more than this is a slip of the source."""


@dataclass(frozen=True, slots=True)
class Time:
    """`amount` None: not known; then `note` says what the record holds."""

    amount: int | None
    unit: Unit
    note: str


def time_of(text: str) -> Time | None:
    """The time of a record's words; None where it says nothing.

    "5 Ngày làm việc" is five working days; "5" alone and "10-25" are unknown; longer rules keep their own words.
    """
    said = clean(text)
    if says_nothing(said):
        return None
    if found := _PLAIN.fullmatch(said.rstrip(".")):
        amount = int(found[1])
        if 0 < amount <= MOST:
            return Time(amount, _UNITS[found[2].lower()], "")
        return Time(None, "working_days", f"Cổng ghi “{said}”, không rõ là bao lâu: hỏi nơi nộp.")
    if found := _HALVES.fullmatch(said.rstrip(".")):
        return Time(2 * int(found[1]) + 1, "half_days", "")
    if _HALF.fullmatch(said.rstrip(".")):
        return Time(1, "half_days", "")
    if _NUMBER.fullmatch(said):
        return Time(None, "working_days", f"Cổng chỉ ghi “{said}”, thiếu đơn vị (ngày hay giờ): hỏi nơi nộp.")
    return Time(None, "working_days", cut(said, 600))
