"""`./run find`: a question in, the guides found out, as a line of JSON for programs or as lines for a person."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from datetime import date

from knowledge.library import Library


def as_json(library: Library, line: str, today: date, *, why: bool = False, guide: str = "") -> str:
    """One JSON line for one line of input: a question, or {"question", "context"} as JSON.

    {"question", "decision": answer|choose|unknown, "found": [{"id", "code", "name", "score"} up to 10], "ms"}, and with
    `why` also {"why": [reason]} for the first guide, or for the one whose id or code is `guide`.
    """
    question, context = _asked(line)
    begun = time.perf_counter()
    finding = library.find(question, today, context)
    ms = (time.perf_counter() - begun) * 1000
    found = [{"id": one.id, "code": one.code, "name": one.name, "score": one.score} for one in finding.found[:10]]
    answer: dict[str, object] = {
        "question": question,
        "decision": finding.decision,
        "found": found,
        "ms": round(ms, 3),
    }
    if why:
        answer["why"] = reasons(library, question, today, context, guide)
    return json.dumps(answer, ensure_ascii=False)


def _asked(line: str) -> tuple[str, tuple[str, ...]]:
    line = line.strip()
    if line.startswith("{"):
        try:
            asked = json.loads(line)
        except ValueError:
            return line, ()
        if isinstance(asked, dict) and isinstance(asked.get("question"), str):
            context = asked.get("context")
            said = [context] if isinstance(context, str) else context if isinstance(context, list) else []
            return asked["question"], tuple(str(one) for one in said)
    return line, ()


def as_text(library: Library, question: str, today: date, *, why: bool = False, guide: str = "") -> str:
    """The same for a person: how sure, then one guide a line, then the reasons if they are asked for."""
    finding = library.find(question, today)
    lines: list[str] = [finding.decision if finding.alarm == "none" else finding.alarm]
    lines += [f"{one.score:6.3f}  {one.code:<14}  {one.name}" for one in finding.found[:10]]
    if why:
        lines += ["", *reasons(library, question, today, (), guide)]
    return "\n".join(lines)


def reasons(
    library: Library, question: str, today: date, context: Sequence[str] = (), guide: str = ""
) -> tuple[str, ...]:
    """Which words, phrases and penalties gave a guide its place, and why its rival stands behind or before it.

    Of the first guide, or of the one whose id or code is `guide`; raises LookupError if there is no such guide.
    """
    index = library.index(today)
    if guide and index.at_id(guide) is None:
        raise LookupError(guide)
    found = index.find(question, context, limit=1).found
    id = guide or (found[0].id if found else "")
    return index.explain(question, id, context) if id else ("không có thủ tục nào chung chữ với câu hỏi",)
