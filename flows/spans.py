"""Ages and lengths of time in words: what a person said ("5 tuổi", "hơn hai tháng"), what a choice takes in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf
from typing import Final, Literal

from knowledge.guide import Ask
from knowledge.vietnamese import fold

Measure = Literal["years", "days"]

Told = Literal["alone", "here", "aside"]
"""How a number was told: almost alone, so that the unit may be missing; at the ask; or within another question,
where only "tuổi" makes an age."""

_GROWN_UP = "nguoi lon"

_BEYOND = 0.001
"""What "more than" adds: enough to leave a span that includes its end."""

_DIGITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_UNIT = r"tuoi ruoi|tuoi|thang tuoi|thang ruoi|thang|tuan|ngay|hom|bua|nam"
_NUMBER = rf"\d{{1,4}}|(?:(?:{'|'.join(_DIGITS)}|muoi|chuc) ?){{1,3}}"
COUNTING: Final = frozenset(
    (*_DIGITS, "muoi", "chuc", "tuoi", "thang", "tuan", "ngay", "hom", "bua", "nam", "ruoi", "t")
)
"""Words, without marks, that tell a number or its unit."""

_NOT: Final = frozenset(("chua", "khong", "ko", "k"))
_HOW = (
    rf"(?:(?P<how>duoi|(?:{'|'.join(sorted(_NOT))}) (?:du|den|toi|duoc|day|qua|hon)"
    r"|chua|gan|tren|hon|qua|khoang|du|tu) )?"
)
_SAID = re.compile(rf"\b{_HOW}(?P<number>{_NUMBER}) ?(?P<unit>{_UNIT})\b(?P<half> ruoi)?")
_YEARS_SHORT = re.compile(r"(?<![\w./-])(\d{1,2}) ?t(?!\w)", re.IGNORECASE)
"""How an age is typed in haste: "82t"."""
_AGE = re.compile(rf"\b(?:{_NUMBER}) ?tuoi\b")
_OF_AGE: Final = frozenset(("be", "sinh"))
"""Words of an ask for a length of time that is an age: "bé sinh đã được bao lâu", not "mất đã bao lâu"."""
_BARE = re.compile(rf"\b{_HOW}(?P<number>\d{{1,3}})\b")
_BORN = re.compile(r"\bsinh (?:nam )?(?P<year>(?:19|20)\d\d)\b|\bnam (?P<year2>(?:19|20)\d\d)\b")
_CHOICE = re.compile(
    r"\btu (?:du )?(?P<low>\d+)(?: tuoi| ngay)? den (?P<below>duoi )?(?P<high>\d+)"
    r"|\b(?:duoi|chua du|chua den) (?P<under>\d+)"
    r"|\b(?:trong vong|trong|khong qua) (?P<within>\d+)"
    r"|\b(?:da qua|qua|hon|tren) (?P<over>\d+)"
    r"|\b(?:tu du|tu|du) (?P<least>\d+)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` on, up to but not including `high`, in years or days."""

    low: float
    high: float

    def within(self, other: Span) -> bool:
        """Whether all of it lies in the other."""
        return other.low <= self.low and self.high <= other.high


def measure(ask: Ask) -> Measure | None:
    """What an ask counts in, if its choices are told apart by an age or a length of time."""
    labels = [fold(choice.label) for choice in ask.choices.values()]
    if not any(_CHOICE.search(label) for label in labels):
        return None
    text = " ".join((*labels, fold(ask.text)))
    if "tuoi" in text.split():
        return "years"
    return "days" if "ngay" in text.split() else None


def chosen(ask: Ask, text: str, year: int, told: Told = "here") -> str:
    """The one choice that the age or time in a message falls in; empty when none, several, or two are told of.

    `year` is this year, for "sinh năm 2015".
    """
    counted = measure(ask)
    if counted is None:
        return ""
    text = _YEARS_SHORT.sub(r"\1 tuổi", text)
    if counted == "days" and not _OF_AGE.intersection(fold(ask.text).split()):
        text = _AGE.sub(" ", fold(text))
    said = _said(text, counted, year, told)
    taken = {id: span for id, choice in ask.choices.items() if (span := _of_choice(choice.label))}
    if said is None or len(taken) < 2:
        return ""
    fitting = [id for id, span in taken.items() if said.within(span)]
    if len(fitting) != 1:
        return ""
    alone = not _more_wanted(ask.choices[fitting[0]].label)
    return fitting[0] if alone or _complete(list(taken.values())) else ""


def under_age(ask: Ask, choice: str) -> bool:
    """Whether a choice is about somebody below eighteen, by the age on its label."""
    span = _of_choice(ask.choices[choice].label) if measure(ask) == "years" else None
    return span is not None and span.high <= 18 + _BEYOND


def _of_choice(label: str) -> Span | None:
    """What a label takes in; where it names two bounds ("Từ đủ 6 tuổi, chưa đủ 14"), what lies in both."""
    if fold(label) == _GROWN_UP:
        return Span(18, inf)
    found = [_bound(one) for one in _CHOICE.finditer(fold(label))]
    if not found:
        return None
    span = Span(max(one.low for one in found), min(one.high for one in found))
    return span if span.low < span.high else None


def _bound(one: re.Match[str]) -> Span:
    if one["low"]:
        high = float(one["high"])
        return Span(float(one["low"]), high if one["below"] else high + _BEYOND)
    if one["under"]:
        return Span(0, float(one["under"]))
    if one["within"]:
        return Span(0, float(one["within"]) + _BEYOND)
    return Span(float(one["over"]) + _BEYOND, inf) if one["over"] else Span(float(one["least"]), inf)


def _more_wanted(label: str) -> bool:
    """Whether a label names a condition beside the number ("Từ 70 đến dưới 75, hộ nghèo")."""
    rest = _CHOICE.sub("", fold(label)).replace("tuoi", "").strip()
    return bool(rest) and ("," in label or " hoặc " in label)


def _complete(spans: list[Span]) -> bool:
    """Whether the spans leave nothing out, so that the number alone decides."""
    reached = 0.0
    for span in sorted(spans, key=lambda one: one.low):
        if span.low > reached + _BEYOND:
            return False
        reached = max(reached, span.high)
    return reached == inf


def _said(text: str, counted: Measure, year: int, told: Told) -> Span | None:
    folded = fold(text)
    clear = [one for one in _SAID.finditer(folded) if told != "aside" or counted == "days" or "tuoi" in one["unit"]]
    found = [span for one in clear if (span := _told(one, one["unit"], counted))]
    if found or told != "alone":
        return found[0] if len(found) == 1 else None
    born = _BORN.search(folded)
    if counted == "years" and born:
        age = year - int(born["year"] or born["year2"])
        return Span(max(0, age - 1), age + 1) if age >= 0 else None
    unit = "tuoi" if counted == "years" else "ngay"
    found = [span for one in _BARE.finditer(folded) if (span := _told(one, unit, counted))]
    return found[0] if len(found) == 1 else None


def _told(one: re.Match[str], unit: str, counted: Measure) -> Span | None:
    number = _number(one["number"].strip())
    if number is None:
        return None
    half = 0.5 if one.groupdict().get("half") or unit.endswith(" ruoi") else 0.0
    low, high = _in(counted, unit, number + half)
    how = one["how"] or ""
    if how == "duoi" or how.split(" ")[0] in _NOT:
        return Span(0, high if how.endswith((" qua", " hon")) else low)
    if how == "gan":
        return Span(max(0, low - _in(counted, unit, 1)[0]), low)
    if how in {"tren", "hon", "qua"}:
        return Span(low + _BEYOND, inf)
    return Span(low, high)


def _in(counted: Measure, unit: str, number: float) -> tuple[float, float]:
    """From and up to how many years or days that is: a month has 30 or 31 days."""
    if unit.startswith("tuoi") or unit == "nam":
        return (number, int(number) + 1) if counted == "years" else (number * 365, number * 366 + _BEYOND)
    if unit.startswith("thang"):
        return (number / 12, (number + 1) / 12) if counted == "years" else (number * 30, number * 31 + _BEYOND)
    days = number * 7 if unit == "tuan" else number
    return (days / 365, (days + 1) / 365) if counted == "years" else (days, days + _BEYOND)


def _number(text: str) -> int | None:
    """Digits or folded words ("15", "muoi lam", "hai muoi", "bay chuc") as a number; None when they are none."""
    if text.isdecimal():
        return int(text)
    parts = text.split()
    if "muoi" not in parts and "chuc" not in parts:
        return _DIGITS.get(parts[0]) if len(parts) == 1 else None
    at = parts.index("muoi") if "muoi" in parts else parts.index("chuc")
    tens = _DIGITS.get(parts[0]) if at == 1 else 1 if at == 0 else None
    ones = _DIGITS.get(parts[at + 1]) if at + 2 == len(parts) else 0 if at + 1 == len(parts) else None
    return None if tens is None or ones is None else tens * 10 + ones
