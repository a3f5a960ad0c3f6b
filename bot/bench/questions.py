"""The labelled questions and the national records that finding is measured on, and the halves they are split into."""

import gzip
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.importing import Report, newest
from knowledge.entries import Entry
from knowledge.importing.naming import name_of
from knowledge.importing.record import Record
from knowledge.library import entry
from knowledge.loading import GUIDES, load

_HEADING: Final = re.compile(r"^###? \S+ · \**(\d\.\d{6})\**[^—\n]*— ([^\n]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One labelled question; `codes` are all right answers, `expect` what the right band is."""

    text: str
    context: tuple[str, ...]
    expect: str
    codes: frozenset[str]
    set: str
    tuned: bool
    unmarked: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """The guides of a measurement and, for a code that another one took over, the code that answers now."""

    entries: tuple[Entry, ...]
    now: Mapping[str, str]

    def answers(self, codes: frozenset[str]) -> frozenset[str]:
        """The codes on the shelf that answer what these codes answered."""
        return frozenset(self.now.get(code, code) for code in codes) & {e.code for e in self.entries}


def questions(shared: Path) -> tuple[Asked, ...]:
    """All questions of data/questions.jsonl, each in the half that its procedure belongs to.

    The half is decided by a hash of the smallest right code (of the question where there is none), so that what was
    tuned on never shares a procedure with what is reported.
    """
    rows = [json.loads(line) for line in (shared / "data/questions.jsonl").read_text(encoding="utf-8").splitlines()]
    return tuple(_asked(row) for row in rows)


def _asked(row: Mapping[str, Any]) -> Asked:
    codes = frozenset(row.get("codes") or ())
    context = row.get("context") or ()
    key = min(codes) if codes else row["question"]
    return Asked(
        text=row["question"],
        context=(context,) if isinstance(context, str) else tuple(context),
        expect=row.get("expect") or "",
        codes=codes,
        set=row["set"],
        tuned=hashlib.sha256(key.encode()).digest()[0] % 2 == 0,
        unmarked=bool(row.get("no_diacritics")),
    )


def shelf(shared: Path) -> Shelf:
    """All national records with our own guides over them, and what facts.md names that neither holds."""
    library = load([GUIDES], tolerate=True).library
    own = [entry(guide) for guide in library.guides.values()] if library is not None else []
    now = {old: one.code for one in own for old in one.replaces}
    now.update({one.code: one.code for one in own})
    records = [_record(code, one) for code, one in newest(shared / "data/procedures.jsonl.gz", Report()).items()]
    kept = [record for record in records if record.code not in now]
    known = {*now, *(record.code for record in kept)}
    facts = (shared / "facts.md").read_text(encoding="utf-8")
    named = [
        Entry(code, code, re.split(r"[⟵:;*]", name)[0].strip(), levels=("commune",))
        for code, name in _HEADING.findall(facts)
        if code not in known
    ]
    return Shelf((*own, *kept, *named), now)


def names_only(shared: Path) -> tuple[Entry, ...]:
    """Further names, many since abolished: only to see how cost grows."""
    with gzip.open(shared / "data/names-only.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return tuple(Entry(f"x-{row['code']}", row["code"], row["name"]) for row in rows)


def _record(code: str, record: Record) -> Entry:
    return Entry(
        id=code,
        code=code,
        name=name_of(record.name),
        field=record.field,
        levels=record.levels,
        papers=tuple(paper.name for paper in record.papers),
    )


def sets_of(asked: Sequence[Asked]) -> list[tuple[str, list[Asked]]]:
    """The sets that are reported, in order; `twins` are the questions without marks among the labelled ones."""
    names = dict.fromkeys((one.set, one.expect) for one in asked if one.expect)
    out = [(f"{name}, {expect}", [q for q in asked if (q.set, q.expect) == (name, expect)]) for name, expect in names]
    out.append(("without marks", [q for q in asked if q.unmarked and q.expect == "answer"]))
    return out
