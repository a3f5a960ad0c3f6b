"""`./run find`: a question in, the guides found out, as a line of JSON for programs or as lines for a person."""

from __future__ import annotations

import json
import time
from datetime import date

from knowledge.library import Library


def as_json(library: Library, line: str, today: date) -> str:
    """One JSON line for one line of input: a question, or {"question", "context"} as JSON.

    {"question", "decision": answer|choose|unknown, "found": [{"id", "code", "name", "score"} up to 10], "ms"}
    """
    question, context = _asked(line)
    begun = time.perf_counter()
    finding = library.find(question, today, context)
    ms = (time.perf_counter() - begun) * 1000
    found = [{"id": one.id, "code": one.code, "name": one.name, "score": one.score} for one in finding.found[:10]]
    answer = {"question": question, "decision": finding.decision, "found": found, "ms": round(ms, 3)}
    return json.dumps(answer, ensure_ascii=False)


def _asked(line: str) -> tuple[str, tuple[str, ...]]:
    line = line.strip()
    if line.startswith("{"):
        try:
            asked = json.loads(line)
        except ValueError:
            return line, ()
        if isinstance(asked, dict) and isinstance(asked.get("question"), str):
            context = asked.get("context") or ()
            if isinstance(context, str):
                context = (context,)
            return asked["question"], tuple(str(one) for one in context)
    return line, ()


def as_text(library: Library, question: str, today: date) -> str:
    """The same for a person: how sure, then one guide a line."""
    finding = library.find(question, today)
    lines: list[str] = [finding.decision if finding.alarm == "none" else finding.alarm]
    lines += [f"{one.score:6.3f}  {one.code:<14}  {one.name}" for one in finding.found[:10]]
    return "\n".join(lines)
