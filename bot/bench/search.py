"""How well guides are found: ours beside the rankers others use, on every set of questions, both halves of a split."""

import gc
import json
import pickle
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from bot.bench.baselines import baselines
from bot.bench.questions import Asked, Shelf, names_only, questions, sets_of, shelf
from knowledge.entries import Entry
from knowledge.loading import everyday_words
from knowledge.search import Index

_GROWTH: Final = (1_000, 2_000, 4_000, 8_000)
_HALVES: Final = (("tuned", True), ("reported", False))


@dataclass(frozen=True, slots=True)
class Tried:
    """What a ranker found for one question, in how many milliseconds; `decision` is empty for the baselines."""

    codes: tuple[str, ...]
    decision: str
    ms: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One ranker on one half of one set; shares are 0..1, None where nothing can be said."""

    ranker: str
    set: str
    half: str
    questions: int
    not_on_shelf: int
    first: float | None
    top3: float | None
    mrr: float | None
    answer: float | None
    choose: float | None
    unknown: float | None
    choose_right: float | None
    wrong_as_sure: float | None
    p50_ms: float
    p99_ms: float


def bench_search(shared: Path, out: Path | None = None) -> str:
    """The whole comparison as a table; `out` also receives it as JSON. `shared` is the folder that holds data/."""
    asked = questions(shared)
    stock = shelf(shared)
    words = everyday_words()
    begun = time.perf_counter()
    index = Index(stock.entries, words)
    built = time.perf_counter() - begun
    rankers: dict[str, Callable[[Asked], Tried]] = {"ours": partial(_ours, index)}
    rankers |= {name: partial(_plain, rank) for name, rank in baselines(stock.entries).items()}
    rows: list[Measured] = []
    sure: dict[str, float] = {}
    for name, rank in rankers.items():
        labelled = [q for q in asked if q.codes or name == "ours"]
        tried = {q.text: rank(q) for q in labelled}
        for title, group in sets_of(labelled):
            for half, tuned in _HALVES:
                part = [q for q in group if q.tuned is tuned]
                if part:
                    rows.append(_measured(name, title, half, part, tried, stock))
        if name == "ours":
            sure = {half: _wrong_as_sure(asked, tuned, tried, stock) for half, tuned in _HALVES}
    pickled = pickle.dumps(index)
    begun = time.perf_counter()
    pickle.loads(pickled)  # noqa: S301 # our own bytes of a moment ago
    summary = {
        "guides": len(stock.entries),
        "build_s": round(built, 2),
        "restore_s": round(time.perf_counter() - begun, 3),
        "index_mb": round(len(pickled) / 1e6, 1),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "wrong_as_sure": {half: round(share, 4) for half, share in sure.items()},
        "growth": _growth(shared, stock, asked),
    }
    if out is not None:
        out.write_text(
            json.dumps({"summary": summary, "rows": [asdict(row) for row in rows]}, ensure_ascii=False, indent=1),
            encoding="utf-8",
        )
    return _table(rows, summary)


def _ours(index: Index, q: Asked) -> Tried:
    begun = time.perf_counter()
    finding = index.find(q.text, q.context)
    return Tried(tuple(f.code for f in finding.found), finding.decision, (time.perf_counter() - begun) * 1e3)


def _plain(rank: Callable[[str], list[str]], q: Asked) -> Tried:
    begun = time.perf_counter()
    return Tried(tuple(rank(q.text)), "", (time.perf_counter() - begun) * 1e3)


def _measured(
    ranker: str, title: str, half: str, part: Sequence[Asked], tried: dict[str, Tried], stock: Shelf
) -> Measured:
    scored = [q for q in part if q.codes and stock.answers(q.codes)]
    places = [_place(tried[q.text], stock.answers(q.codes)) for q in scored]
    seen = scored or [q for q in part if not q.codes]
    bands = [tried[q.text].decision for q in seen]
    times = sorted(tried[q.text].ms for q in part)
    ours = ranker == "ours"
    right = [b == "choose" and p is not None and p < 10 for b, p in zip(bands, places, strict=False)]
    return Measured(
        ranker, title, half, len(seen), len(part) - len(seen),
        first=_share(p == 0 for p in places), top3=_share(p is not None and p < 3 for p in places),
        mrr=round(sum(1 / (p + 1) for p in places if p is not None) / len(places), 3) if places else None,
        answer=_share(b == "answer" for b in bands) if ours else None,
        choose=_share(b == "choose" for b in bands) if ours else None,
        unknown=_share(b == "unknown" for b in bands) if ours else None,
        choose_right=_share(right) if ours and places else None,
        wrong_as_sure=_share(_is_wrong(q, tried[q.text], stock) for q in seen) if ours else None,
        p50_ms=round(times[len(times) // 2], 2), p99_ms=round(times[int(len(times) * 0.99)], 2),
    )  # fmt: skip


def _place(tried: Tried, right: frozenset[str]) -> int | None:
    return next((at for at, code in enumerate(tried.codes) if code in right), None)


def _is_wrong(q: Asked, tried: Tried, stock: Shelf) -> bool:
    """Given as sure though it is not the right procedure, or though there is none."""
    return tried.decision == "answer" and _place(tried, stock.answers(q.codes)) != 0


def _wrong_as_sure(asked: Sequence[Asked], tuned: bool, tried: dict[str, Tried], stock: Shelf) -> float:
    known = [
        q
        for q in asked
        if q.tuned is tuned and q.expect and (stock.answers(q.codes) or (not q.codes and q.expect != "answer"))
    ]
    return sum(_is_wrong(q, tried[q.text], stock) for q in known) / max(1, len(known))


def _growth(shared: Path, stock: Shelf, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Time of a question over more and more guides."""
    pool: list[Entry] = [*stock.entries, *names_only(shared)]
    sample = [q for q in asked if q.expect][::5]
    rows = []
    for count in _GROWTH:
        begun = time.perf_counter()
        index = Index(pool[:count], everyday_words())
        built = time.perf_counter() - begun
        gc.collect()
        times = sorted(_ours(index, q).ms for q in sample)
        rows.append(
            {
                "guides": min(count, len(pool)),
                "build_s": round(built, 2),
                "p50_ms": round(times[len(times) // 2], 2),
                "p99_ms": round(times[int(len(times) * 0.99)], 2),
            }
        )
    return rows


def _share(flags: Iterable[bool]) -> float | None:
    all_of = list(flags)
    return round(sum(all_of) / len(all_of), 3) if all_of else None


def _table(rows: Sequence[Measured], summary: dict[str, Any]) -> str:
    head = (
        f"{'ranker':40} {'set':34} {'half':8} {'n':>4} {'off':>3}"
        f" {'first':>6} {'top3':>6} {'mrr':>6} {'answer':>6} {'choose':>6} {'unkn':>6} {'ch.ok':>6} {'wrong':>6}"
        f" {'p50':>6} {'p99':>6}"
    )
    lines = [head]
    for row in rows:
        shares = (
            row.first, row.top3, row.mrr, row.answer, row.choose, row.unknown, row.choose_right, row.wrong_as_sure
        )  # fmt: skip
        said = " ".join(f"{share:6.3f}" if share is not None else f"{'':6}" for share in shares)
        lines.append(
            f"{row.ranker:40} {row.set:34} {row.half:8} {row.questions:4} {row.not_on_shelf:3} {said}"
            f" {row.p50_ms:6.2f} {row.p99_ms:6.2f}"
        )
    lines += [f"{name}: {value}" for name, value in summary.items() if name != "growth"]
    lines += [f"growth: {row}" for row in summary["growth"]]
    return "\n".join(lines)
