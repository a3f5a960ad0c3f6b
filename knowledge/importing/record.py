"""One official record, whatever format it came in, and what could not be read of a source."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.guide import How, Level


@dataclass(frozen=True, slots=True)
class Way:
    """One row of "cách thức thực hiện"; `how` is None where the source names none. Texts as they were printed.

    `suspect` is the source's own doubt about the word "Miễn phí".
    """

    how: How | None
    time: str = ""
    fee: str = ""
    note: str = ""
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One row of "thành phần hồ sơ". None originals or copies: the source does not say how many."""

    name: str
    case: str = ""
    original: int | None = None
    copies: int | None = None
    forms: tuple[str, ...] = ()
    form_url: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """One document of the legal basis."""

    number: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A procedure as the state publishes it. `where` names the file, and the row if it holds many.

    `on` is the day the record was copied from the portal, None where the source does not tell; then `filed` may tell
    the day of the file. Texts are not cleaned yet.
    """

    where: str
    code: str
    name: str
    levels: tuple[Level, ...] = ()
    field: str = ""
    agency: str = ""
    ministry: str = ""
    decision: str = ""
    steps: str = ""
    ways: tuple[Way, ...] = ()
    papers: tuple[Paper, ...] = ()
    laws: tuple[Law, ...] = ()
    requirements: str = ""
    result: str = ""
    url: str = ""
    on: date | None = None
    filed: date | None = None
    replaces: tuple[str, ...] = ()
    district: bool = False
    partial: bool = False
    """Whether the source holds the list of procedures only, with no papers, fees or times."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record or file that was left out: where, and why in Vietnamese."""

    where: str
    why: str


LEVELS: Final[dict[str, Level]] = {"xã": "commune", "tỉnh": "province", "bộ": "ministry", "khác": "other"}
_LEVEL_WORDS: Final[tuple[tuple[str, Level], ...]] = (
    ("xã", "commune"),
    ("phường", "commune"),
    ("tỉnh", "province"),
    ("bộ", "ministry"),
    ("trung ương", "ministry"),
    ("khác", "other"),
)


def levels_of(text: str) -> tuple[Level, ...]:
    """`Cấp Xã, Cấp Tỉnh` -> (commune, province); the district's level is no more and is left out."""
    small = text.casefold()
    return tuple(dict.fromkeys(level for word, level in _LEVEL_WORDS if word in small))


_HOWS: Final[tuple[tuple[str, How], ...]] = (
    ("trực tuyến", "online"),
    ("online", "online"),
    ("bưu chính", "post"),
    ("postal", "post"),
    ("trực tiếp", "counter"),
    ("direct", "counter"),
)


def how_of(text: str) -> How | None:
    """`Dịch vụ bưu chính` -> post; None for what names no one way."""
    small = text.casefold()
    return next((how for word, how in _HOWS if word in small), None)
