"""What is wrong in a file that officials edit: the place, what, why, and what to write instead."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing wrong at one place; line and column count from 1. The words are Vietnamese, for no programmer."""

    file: str
    line: int
    column: int
    what: str
    why: str
    cure: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """`file:line:column: what, why, what to write`; a warning says that it is one."""
        mark = "cảnh báo: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}:{self.column}: {mark}{self.what}, {self.why}, {self.cure}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, or None when nothing is near."""
    by_fold = {name.casefold().replace("_", "-"): name for name in known}
    found = difflib.get_close_matches(word.casefold().replace("_", "-"), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def perhaps(word: str, known: Iterable[str], otherwise: str) -> str:
    """A cure: the nearest known word as a question, else all of them after `otherwise`."""
    names = tuple(known)
    near = nearest(word, names)
    return f"có phải là “{near}”?" if near else f"{otherwise}: {', '.join(names)}" if names else otherwise
