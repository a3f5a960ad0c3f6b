"""What a guide is to the search: its names, its place among levels and fields, and what was found of it."""

from dataclasses import dataclass
from typing import Literal

Decision = Literal["answer", "choose", "unknown"]
Alarm = Literal["none", "emergency", "scam", "forgery"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One guide as the search sees it.

    `code` is the national code, `replaces` the codes it took over; `levels` holds "commune", "province", "ministry"
    or "other"; `published` is true for a guide of our own, false for an imported record; `papers` and `field` are
    weak evidence; `english` holds English names, separated by semicolons.
    """

    id: str
    code: str
    name: str
    phrases: tuple[str, ...] = ()
    field: str = ""
    levels: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    published: bool = False
    english: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One guide that may be meant; `score` is 0..1, `why` is filled by `Index.explain` alone."""

    id: str
    code: str
    name: str
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a question found: how sure, the guides with the best first, and whether someone is in danger.

    `asks` names what the message wants to know of it: fee, time, papers, place, online, forms, legal, steps.
    """

    decision: Decision
    found: tuple[Found, ...]
    alarm: Alarm = "none"
    asks: tuple[str, ...] = ()
