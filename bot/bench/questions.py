"""The labelled questions and the national records that finding is measured on, and the halves they are split into."""

import gzip
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from knowledge.entries import Entry
from knowledge.library import entry
from knowledge.loading import GUIDES, load

_LEVELS: Final = {"xã": "commune", "tỉnh": "province", "bộ": "ministry"}
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
    with gzip.open(shared / "data/procedures.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [_record(json.loads(line)) for line in lines]
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


def _record(row: Mapping[str, Any]) -> Entry:
    return Entry(
        id=row["code"],
        code=row["code"],
        name=row["name"],
        field=row.get("field") or "",
        levels=tuple(_LEVELS.get(level, "other") for level in row.get("level") or ()),
        papers=tuple(document["name"] for document in row.get("documents") or ()),
    )


def sets_of(asked: Sequence[Asked]) -> list[tuple[str, list[Asked]]]:
    """The sets that are reported, in order; `twins` are the questions without marks among the labelled ones."""
    names = dict.fromkeys((one.set, one.expect) for one in asked if one.expect)
    out = [(f"{name}, {expect}", [q for q in asked if (q.set, q.expect) == (name, expect)]) for name, expect in names]
    out.append(("without marks", [q for q in asked if q.unmarked and q.expect == "answer"]))
    return out
