"""How well guides are found: ours beside the rankers others use, on every set of questions, both halves of a split."""

import json
import pickle
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.bench.baselines import baselines
from bot.bench.blurring import BLURS
from bot.bench.loads import growth, loads
from bot.bench.misses import misses as worst
from bot.bench.questions import Asked, Shelf, questions, sets_of, shelf
from bot.bench.scoring import Measured, Tried, is_wrong, measured, place, share, wrong_as_sure
from knowledge.loading import everyday_words
from knowledge.search import Index
from knowledge.vietnamese import unmarked

_T = TypeVar("_T")
HALVES: Final = (("tuned", True), ("reported", False))
_SPOKEN: Final = ("citizen-style", "per-procedure")
"""The sets that people might have typed themselves."""
_TRIES: Final = 3
"""The time of a question is the best of so many; that of the processor leaves out what else the machine does."""


def bench_search(shared: Path, out: Path | None = None, misses: int = 0) -> str:
    """The whole comparison as a table; `out` also receives it as JSON. `shared` is the folder that holds data/.

    With `misses` the table ends in so many of the worst misses of the tuned half, with the reasons for each.
    """
    asked = questions(shared)
    stock = shelf(shared)
    begun = time.perf_counter()
    index = Index(stock.entries, everyday_words())
    built = time.perf_counter() - begun
    ours = {q.text: _ours(index, q) for q in asked}
    rows = _rows("ours", asked, ours, stock)
    for name, rank in baselines(stock.entries).items():
        labelled = [q for q in asked if q.codes]
        rows += _rows(name, labelled, {q.text: _plain(rank, q) for q in labelled}, stock)
    pickled = pickle.dumps(index)
    begun = time.perf_counter()
    pickle.loads(pickled)  # noqa: S301 # our own bytes of a moment ago
    summary: dict[str, Any] = {
        "guides": len(stock.entries),
        "build_s": round(built, 2),
        "restore_s": round(time.perf_counter() - begun, 3),
        "index_mb": round(len(pickled) / 1e6, 1),
        "wrong_as_sure": {half: round(wrong_as_sure(asked, tuned, ours, stock), 4) for half, tuned in HALVES},
        "twins": _twins(index, asked, ours, stock),
        "blurred": _blurred(index, asked, stock),
        "loads": loads(shared),
        "growth": growth(shared, stock, asked),
    }
    if out is not None:
        both = {"summary": summary, "rows": [asdict(row) for row in rows]}
        out.write_text(json.dumps(both, ensure_ascii=False, indent=1), encoding="utf-8")
    return "\n".join([*_table(rows, summary), *worst(index, stock, asked, ours, misses)])


def _rows(ranker: str, asked: Sequence[Asked], tried: dict[str, Tried], stock: Shelf) -> list[Measured]:
    rows: list[Measured] = []
    for title, group in sets_of(asked):
        for half, tuned in HALVES:
            part = [q for q in group if q.tuned is tuned]
            if part:
                rows.append(measured(ranker, title, half, part, tried, stock))
    return rows


def _ours(index: Index, q: Asked) -> Tried:
    finding, ms, wall = _timed(lambda text: index.find(text, q.context), q.text, _TRIES)
    return Tried(tuple(f.code for f in finding.found), finding.decision, ms, wall)


def _plain(rank: Callable[[str], list[str]], q: Asked) -> Tried:
    codes, ms, wall = _timed(rank, q.text, 1)
    return Tried(tuple(codes), "", ms, wall)


def _timed(ask: Callable[[str], _T], text: str, tries: int) -> tuple[_T, float, float]:
    """What is found, and the best milliseconds of the processor and of the clock.

    Each try asks in another text, as what was asked last is remembered.
    """
    best = wall = float("inf")
    for attempt in range(tries):
        said = text + " " * attempt
        begun, worked = time.perf_counter(), time.thread_time()
        found = ask(said)
        best = min(best, (time.thread_time() - worked) * 1e3)
        wall = min(wall, (time.perf_counter() - begun) * 1e3)
    return found, best, wall


def _twins(index: Index, asked: Sequence[Asked], tried: dict[str, Tried], stock: Shelf) -> dict[str, Any]:
    """First hit of the labelled questions that have marks, and of the same questions with every mark taken off."""
    figures: dict[str, Any] = {}
    for half, tuned in HALVES:
        marked = [q for q in asked if q.tuned is tuned and q.expect == "answer" and unmarked(q.text) != q.text]
        marked = [q for q in marked if stock.answers(q.codes)]
        plain = (Tried(tuple(f.code for f in index.find(unmarked(q.text), q.context).found), "", 0.0) for q in marked)
        figures[half] = {
            "questions": len(marked),
            "with marks": share(place(tried[q.text], stock.answers(q.codes)) == 0 for q in marked),
            "without": share(place(one, stock.answers(q.codes)) == 0 for q, one in zip(marked, plain, strict=True)),
        }
    return figures


def _blurred(index: Index, asked: Sequence[Asked], stock: Shelf) -> list[dict[str, Any]]:
    """First hit, top three and wrong ones given as sure of the questions people ask, typed in other ways."""
    figures: list[dict[str, Any]] = []
    for half, tuned in HALVES:
        part = [q for q in asked if q.tuned is tuned and q.expect == "answer" and q.set in _SPOKEN and not q.context]
        part = [q for q in part if stock.answers(q.codes)]
        for name, blur in BLURS.items():
            found = [index.find(blur(q.text, random.Random(q.text))) for q in part]  # noqa: S311 - a bench, no secret
            tried = [Tried(tuple(f.code for f in one.found), one.decision, 0.0) for one in found]
            places = [place(one, stock.answers(q.codes)) for one, q in zip(tried, part, strict=True)]
            figures.append(
                {
                    "half": half,
                    "typed": name,
                    "first": share(at == 0 for at in places),
                    "top3": share(at is not None and at < 3 for at in places),
                    "wrong": share(is_wrong(q, one, stock) for q, one in zip(part, tried, strict=True)),
                }
            )
    return figures


def _table(rows: Sequence[Measured], summary: dict[str, Any]) -> list[str]:
    head = (
        f"{'ranker':40} {'set':34} {'half':8} {'n':>4} {'off':>3}"
        f" {'first':>6} {'top3':>6} {'mrr':>6} {'answer':>6} {'choose':>6} {'unkn':>6} {'ch.ok':>6} {'wrong':>6}"
        f" {'p50cpu':>6} {'p99cpu':>6} {'p99':>7}"
    )
    lines = [head]
    for row in rows:
        shares = (
            row.first, row.top3, row.mrr, row.answer, row.choose, row.unknown, row.choose_right, row.wrong_as_sure
        )  # fmt: skip
        said = " ".join(f"{one:6.3f}" if one is not None else f"{'':6}" for one in shares)
        lines.append(
            f"{row.ranker:40} {row.set:34} {row.half:8} {row.questions:4} {row.not_on_shelf:3} {said}"
            f" {row.p50_ms:6.2f} {row.p99_ms:6.2f} {row.p99_wall_ms:7.2f}"
        )
    for name, value in summary.items():
        if isinstance(value, list):
            lines += [f"{name}: {one}" for one in value]
        elif isinstance(value, dict):
            lines += [f"{name}, {part}: {one}" for part, one in value.items()]
        else:
            lines.append(f"{name}: {value}")
    return lines
