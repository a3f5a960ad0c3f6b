"""How long the guides take to load, cold and warm, and how the cost of a question grows with their number."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bot import assembly, importing
from bot.bench.questions import Asked, Shelf, names_only
from knowledge.entries import Entry
from knowledge.loading import everyday_words
from knowledge.search import Index

GROWTH: Final = (1_000, 2_000, 4_000, 8_000)
_QUESTION: Final = "làm giấy khai sinh cho con"


def loads(shared: Path) -> dict[str, Any]:
    """Import all national records into an empty folder, then start twice over them, each time in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder, "guides")
        begun = time.perf_counter()
        report = importing.bring_in(shared / "data/procedures.jsonl.gz", into, assembly.today())
        imported = time.perf_counter() - begun
        *_, counts = report.lines()
        return {
            "import_s": round(imported, 1),
            "import": counts,
            "cold": _start(into, Path(folder, "data")),
            "warm": _start(into, Path(folder, "data")),
        }


def _start(guides: Path, data: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bot.bench.loads", str(guides), str(data)]
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ)).stdout  # noqa: S603 - our own module
    found: dict[str, float] = json.loads(out)
    return found


def started(guides: Path, data: Path) -> dict[str, float]:
    """Open the shelf and ask once; seconds until then, and the memory of the process in MB."""
    begun = time.perf_counter()
    library = assembly.shelf((guides,), data).library
    ready = time.perf_counter() - begun
    library.find(_QUESTION, assembly.today())
    return {"guides": len(library.guides), "s": round(ready, 2), "rss_mb": round(_memory(), 1)}


def _memory() -> float:
    """What this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def growth(shared: Path, stock: Shelf, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Time of a question over more and more guides, the best of three tries of each."""
    pool: list[Entry] = [*stock.entries, *names_only(shared)]
    sample = [q for q in asked if q.expect][::5]
    rows = []
    for count in GROWTH:
        begun = time.perf_counter()
        index = Index(pool[:count], everyday_words())
        built = time.perf_counter() - begun
        gc.collect()
        times = sorted(min(_once(index, q.text + " " * attempt, q.context) for attempt in range(3)) for q in sample)
        rows.append(
            {
                "guides": min(count, len(pool)),
                "build_s": round(built, 2),
                "p50_ms": round(times[len(times) // 2], 2),
                "p99_ms": round(times[int(len(times) * 0.99)], 2),
            }
        )
    return rows


def _once(index: Index, text: str, context: Sequence[str]) -> float:
    begun = time.thread_time()
    index.find(text, context)
    return (time.thread_time() - begun) * 1e3


if __name__ == "__main__":
    sys.stdout.write(json.dumps(started(Path(sys.argv[1]), Path(sys.argv[2]))))
