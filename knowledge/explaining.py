"""Why a guide was found where it was: its words, meanings, features and penalties, and what its rival had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.bands import chances
from knowledge.question import Question
from knowledge.ranking import Ranked, weigh

if TYPE_CHECKING:
    from knowledge.search import Index


def explain(index: Index, text: str, id: str, context: Sequence[str] = ()) -> tuple[str, ...]:
    """The reasons for one guide's place, in Vietnamese, for the officials who keep the everyday words."""
    q = index.understood(text)
    ranked = index.ranked(q, context)
    at = index.at_id(id)
    place = next((n for n, one in enumerate(ranked) if one.at == at), None)
    lines = [
        f"hiểu câu hỏi: {' '.join(w.plain for n, w in enumerate(q.words) if q.free[n]) or '(không có chữ nào mang ý)'}"
    ]
    if q.asks:
        lines.append(f"chỉ hỏi về: {', '.join(sorted(q.asks))}")
    meanings = dict.fromkeys(
        f"“{' '.join(q.words[n].typed for n in hit.places)}” nghĩa là “{hit.pattern.about}”" for hit in q.meant
    )
    lines += list(meanings)
    if place is None:
        return (*lines, "thủ tục này không nằm trong số được xét: không chung chữ hiếm nào với câu hỏi")
    one = ranked[place]
    lines += _reasons(index, q, one, place)
    rival = ranked[1] if place == 0 and len(ranked) > 1 else ranked[0]
    if rival.at != one.at:
        word = "đứng sau vì" if place == 0 else "đứng trước vì"
        lines.append(f"{index.entries[rival.at].name} {word}:")
        lines += [f"  {line}" for line in _reasons(index, q, rival, ranked.index(rival))]
        lines.append(f"cách nhau {abs(one.score - rival.score):.2f}")
    right, known = chances(q, ranked)
    lines.append(f"khả năng đúng ngay: {right:.0%}; khả năng nằm trong ba: {known:.0%}")
    return tuple(lines)


def _reasons(index: Index, q: Question, one: Ranked, place: int) -> list[str]:
    """What made the score of one ranked guide."""
    if one.text < 0:
        return [f"hạng {place + 1}, điểm {one.score:.2f}: đúng mã, hoặc là việc đang nói tới"]
    postings = index.postings
    weighed = weigh(q, q.content(), postings, index.words, index.scale)
    first, end = postings.firsts[one.at], postings.firsts[one.at + 1]
    held: list[tuple[float, str]] = []
    for key, weight in weighed.keys.items():
        number = postings.numbers.get(key)
        if number is None or any(part[-1:].isdigit() and not part.isdigit() for part in key.split()):
            continue  # the marked twin of a key says the same once more
        if any(first <= text < end for text in postings.posts[postings.starts[number] : postings.starts[number + 1]]):
            held.append((weight * postings.tells[number], key))
    held.sort(reverse=True)
    lines = [
        f"hạng {place + 1}, điểm {one.score:.2f}: câu “{postings.texts[one.text]}”",
        f"câu ấy được nói tới {one.held:.0%}; mọi câu của thủ tục giải thích {one.cover:.0%} câu hỏi",
        "chữ khớp: " + ", ".join(f"{key} {worth:.2f}" for worth, key in held[:8]),
    ]
    if (owner := postings.owners[one.text]) != one.at:
        lines.append(f"câu ấy là lời gọi của “{index.entries[owner].name}”, cùng một việc")
    shown = index.turns[one.at]
    for name in sorted(shown | q.turns):
        worth = index.turned(shown & {name}, q.turns & {name})
        if name in shown and name in q.turns:
            lines.append(f"cộng {worth:.2f} vì tên có nét được nói tới: {name}")
        elif name in shown:
            lines.append(f"trừ {-worth:.2f} vì tên có nét không được nói tới: {name}")
        else:
            lines.append(f"trừ {-worth:.2f} vì tên thiếu nét được nói tới: {name}")
    if index.prior[one.at]:
        lines.append(f"quen thuộc, ở cấp xã hoặc đã có hướng dẫn: nhân thêm {index.prior[one.at]:.0%}")
    return lines
