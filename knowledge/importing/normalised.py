"""The normalised collection: one JSON object a line (`.jsonl`, `.jsonl.gz`), all formats already brought to one."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from knowledge.importing.record import LEVELS, Law, Paper, Record, Unreadable, Way, how_of
from knowledge.importing.text import clean

_WITHOUT_COUNTS: Final = {
    "pdf-danang-ward", "csv-innertext-old-portal", "mongo-json-old-portal", "sqlite-thaibinh-portal",
}  # fmt: skip
"""Formats that never tell how many of a paper: their 0 is no count."""
_POINT: Final = re.compile(r"(?:[-+–]|\d{1,2}[.)]|[a-zđ][.)])\s+")


def records(data: bytes, where: str) -> Iterator[Record | Unreadable]:
    """The records of a file's lines."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        place = f"{where}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            yield Unreadable(place, f"dòng không phải JSON ({error})")
            continue
        yield record(row, place) if isinstance(row, Mapping) else Unreadable(place, "dòng không phải một bản ghi")


def record(row: Mapping[str, Any], where: str) -> Record:
    """One line's record."""
    return Record(
        where=where,
        code=text(row.get("code")),
        name=text(row.get("name")),
        levels=tuple(LEVELS[level] for level in map(text, rows(row.get("level"))) if level in LEVELS),
        field=text(row.get("field")),
        agency=text(row.get("agency")),
        ministry=text(row.get("issuing_ministry")),
        decision=text(row.get("decision_no")),
        steps=text(row.get("steps")),
        ways=tuple(
            Way(
                how_of(text(way.get("channel"))),
                text(way.get("time")),
                text(way.get("fee")),
                text(way.get("note")),
                way.get("fee_suspect") is True,
            )
            for way in mappings(row.get("channels"))
        ),
        papers=tuple(
            part
            for paper in mappings(row.get("documents"))
            for part in (_parts(_paper(paper)) if text(row.get("format")) in _WITHOUT_COUNTS else (_paper(paper),))
        ),
        laws=tuple(Law(text(law.get("number")), text(law.get("title"))) for law in mappings(row.get("legal_basis"))),
        requirements=text(row.get("requirements")),
        result=text(row.get("result")),
        url=text(row.get("portal_url")),
        on=day(row.get("crawled_at")),
        replaces=tuple(text(code) for code in rows(row.get("replaces"))),
        district=row.get("mentions_district") is True,
    )


def _paper(row: Mapping[str, Any]) -> Paper:
    urls = [text(url) for url in rows(row.get("form_url")) if text(url).rpartition("=")[2]]
    return Paper(
        name=text(row.get("name")),
        case=text(row.get("case")),
        original=number(row.get("original")),
        copies=number(row.get("copies")),
        forms=tuple(text(form) for form in rows(row.get("forms"))),
        form_url=urls[0] if urls else "",
    )


def _parts(paper: Paper) -> Iterator[Paper]:
    """The papers of a cell that holds the whole list, how many of each unknown."""
    lines: list[str] = []
    for line in clean(paper.name).split("\n"):
        if lines and not _POINT.match(line):
            lines[-1] += " " + line
        else:
            lines.append(line)
    yield from (replace(paper, name=_POINT.sub("", line), original=None, copies=None) for line in lines)


def text(value: object) -> str:
    """A text, else nothing."""
    return value if isinstance(value, str) else ""


def number(value: object) -> int | None:
    """A whole number of papers, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def rows(value: object) -> Sequence[Any]:
    """A list, else nothing."""
    return value if isinstance(value, list) else ()


def mappings(value: object) -> Iterator[Mapping[str, Any]]:
    """The objects of a list, else nothing."""
    return (row for row in rows(value) if isinstance(row, Mapping))


def day(value: object) -> date | None:
    """`2026-06-10` -> that day, `2021-08` -> the first of the month; None for anything else."""
    said = text(value)
    try:
        return date.fromisoformat(said if len(said) > 7 else f"{said}-01")
    except ValueError:
        return None
