"""The worst misses among the questions that were tuned on, each with its reasons and what would mend it."""

from collections.abc import Mapping, Sequence

from bot.bench.questions import Asked, Shelf
from bot.bench.scoring import Tried, place
from knowledge.search import Index
from knowledge.vietnamese import fold


def misses(index: Index, stock: Shelf, asked: Sequence[Asked], tried: Mapping[str, Tried], most: int) -> list[str]:
    """Lines on the worst `most`: wrong ones given as sure first, then those whose right guide stands farthest down.

    Only of the tuned half: whoever reads the misses of the other half tunes on it.
    """
    worst: list[tuple[bool, int, Asked]] = []
    for q in asked:
        right = stock.answers(q.codes)
        if q.tuned and q.expect == "answer" and right:
            at = place(tried[q.text], right)
            if at != 0:
                worst.append((tried[q.text].decision != "answer", -(at if at is not None else 99), q))
    worst.sort(key=lambda one: one[:2])
    lines: list[str] = []
    for number, (_, _, q) in enumerate(worst[:most], 1):
        code = min(stock.answers(q.codes))
        lines += ["", f"{number}. [{q.set}, {tried[q.text].decision}] {q.text}"]
        lines += [f"   mong: {code} {_name(index, code)[:100]}", f"   cách sửa: {_cure(index, q, tried[q.text], code)}"]
        lines += [f"   {line[:180]}" for line in index.explain(q.text, code, q.context)]
    return lines


def _name(index: Index, code: str) -> str:
    at = index.at_id(code)
    return index.entries[at].name if at is not None else ""


def _cure(index: Index, q: Asked, tried: Tried, code: str) -> str:
    """What an official could do about a miss."""
    right, first = index.at_id(code), index.at_id(tried.codes[0]) if tried.codes else None
    if right is None or first is None:
        return "thêm cách gọi của dân vào phrases.yaml"
    if fold(_name(index, code)) == fold(index.entries[first].name):
        return "hai mã trùng tên: bỏ mã đã bãi bỏ, hoặc ghi rõ nơi làm trong tên"
    unsaid = index.turns[right] - index.understood(q.text).turns
    if unsaid - index.turns[first]:
        return f"câu hỏi không nói “{', '.join(sorted(unsaid))}”: chỉ hỏi lại mới biết"
    if code not in tried.codes:
        return "câu hỏi không có chữ nào riêng của thủ tục: thêm cách gọi, hoặc cần nghe câu nói trước đó"
    return "thêm cách gọi vào phrases.yaml, hoặc nghĩa vào everyday.yaml, cho chữ của câu này"
