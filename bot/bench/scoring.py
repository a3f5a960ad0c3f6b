"""How good a ranker's answers were: first hit, top three, bands, time, for one half of one set of questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.bench.questions import Asked, Shelf


@dataclass(frozen=True, slots=True)
class Tried:
    """What a ranker found for one question; `decision` is empty for the baselines.

    `ms` are the milliseconds of the processor, `wall_ms` those of the clock, in which others had their turn too.
    """

    codes: tuple[str, ...]
    decision: str
    ms: float
    wall_ms: float = 0.0


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
    p99_wall_ms: float


def measured(
    ranker: str, title: str, half: str, part: Sequence[Asked], tried: Mapping[str, Tried], stock: Shelf
) -> Measured:
    """The figures of a ranker that found `tried`, by the text of the question; questions off the shelf are counted."""
    scored = [q for q in part if q.codes and stock.answers(q.codes)]
    places = [place(tried[q.text], stock.answers(q.codes)) for q in scored]
    seen = scored or [q for q in part if not q.codes]
    bands = [tried[q.text].decision for q in seen]
    times = sorted(tried[q.text].ms for q in part)
    walls = sorted(tried[q.text].wall_ms for q in part)
    ours = bool(bands) and bands[0] != ""
    right = [b == "choose" and p is not None and p < 10 for b, p in zip(bands, places, strict=False)]
    return Measured(
        ranker, title, half, len(seen), len(part) - len(seen),
        first=share(p == 0 for p in places), top3=share(p is not None and p < 3 for p in places),
        mrr=round(sum(1 / (p + 1) for p in places if p is not None) / len(places), 3) if places else None,
        answer=share(b == "answer" for b in bands) if ours else None,
        choose=share(b == "choose" for b in bands) if ours else None,
        unknown=share(b == "unknown" for b in bands) if ours else None,
        choose_right=share(right) if ours and places else None,
        wrong_as_sure=share(is_wrong(q, tried[q.text], stock) for q in seen) if ours else None,
        p50_ms=round(times[len(times) // 2], 2), p99_ms=round(times[int(len(times) * 0.99)], 2),
        p99_wall_ms=round(walls[int(len(walls) * 0.99)], 2),
    )  # fmt: skip


def place(tried: Tried, right: frozenset[str]) -> int | None:
    """Where the first right code stands, from 0; None if nowhere."""
    return next((at for at, code in enumerate(tried.codes) if code in right), None)


def is_wrong(q: Asked, tried: Tried, stock: Shelf) -> bool:
    """Given as sure though it is not the right procedure, or though there is none."""
    return tried.decision == "answer" and place(tried, stock.answers(q.codes)) != 0


def wrong_as_sure(asked: Sequence[Asked], tuned: bool, tried: Mapping[str, Tried], stock: Shelf) -> float:
    """The share of wrong ones given as sure over all labelled questions of a half, law questions included."""
    known = [
        q
        for q in asked
        if q.tuned is tuned and q.expect and (stock.answers(q.codes) or (not q.codes and q.expect != "answer"))
    ]
    return sum(is_wrong(q, tried[q.text], stock) for q in known) / max(1, len(known))


def share(flags: Iterable[bool]) -> float | None:
    """The share of the true ones, None of nothing."""
    all_of = list(flags)
    return round(sum(all_of) / len(all_of), 3) if all_of else None
