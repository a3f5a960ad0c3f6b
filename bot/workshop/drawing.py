"""A guide as a picture: its asks from top to bottom, and beside each answer the papers that it brings; text and SVG."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from knowledge.guide import Ask, Document, Guide, When

LINE: Final = 20
WIDTH: Final = 1020
_LEFT: Final = 20
_PAPERS: Final = 560
_SIGNS: Final = 56
"""Signs of a line in a column of the picture, at most."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One answer: its label, the procedure it leads to, and the papers and facts that it brings."""

    label: str
    elsewhere: str
    papers: tuple[str, ...]
    others: int
    """How many fees, times, places and notices depend on this answer."""


@dataclass(frozen=True, slots=True)
class Node:
    """One ask with its answers; `case` says when it is asked at all."""

    text: str
    case: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that a picture shows: the title, the papers that everybody needs, and the asks."""

    title: str
    always: tuple[str, ...]
    nodes: tuple[Node, ...]


def drawing(guide: Guide) -> Drawing:
    """What there is to draw of a guide. A paper that depends on two answers stands at both, and says so."""
    always = tuple(_named(document) for document in guide.documents if not document.when)
    nodes = tuple(Node(ask.text, _case(guide, ask.when), tuple(_branches(guide, ask))) for ask in guide.asks)
    return Drawing(f"{guide.title} ({guide.code})", always, nodes)


def _branches(guide: Guide, ask: Ask) -> Iterator[Branch]:
    facts = (*guide.fees, *guide.times, *guide.channels, *guide.deadlines, *guide.conditions, *guide.steps,
             *guide.results, *guide.mistakes)  # fmt: skip
    for id, choice in ask.choices.items():
        papers = []
        for document in guide.documents:
            if id in document.when.get(ask.id, ()):
                rest = {other: accepted for other, accepted in document.when.items() if other != ask.id}
                papers.append(_named(document) + (f" (và {_case(guide, rest)})" if rest else ""))
        others = sum(id in fact.when.get(ask.id, ()) for fact in facts)
        elsewhere = f"{choice.instead.name} ({choice.instead.code})" if choice.instead is not None else ""
        yield Branch(choice.label, elsewhere, tuple(papers), others)


def _named(document: Document) -> str:
    return document.name + (", nếu có" if document.if_any else "")


def _case(guide: Guide, when: When) -> str:
    """In words: the labels of the answers that a `when` accepts."""
    parts = []
    for id, accepted in when.items():
        ask = guide.ask(id)
        labels = [
            ask.choices[choice].label if ask is not None and choice in ask.choices else choice for choice in accepted
        ]
        parts.append(" hoặc ".join(f"“{label}”" for label in labels))
    return " và ".join(parts)


def as_text(picture: Drawing) -> str:
    """The picture for a terminal."""
    lines = [picture.title, "├─ Ai cũng cần:"]
    lines += [f"│   • {paper}" for paper in picture.always] or ["│   • (không có giấy tờ chung)"]
    for at, node in enumerate(picture.nodes, 1):
        last = at == len(picture.nodes)
        lines.append(
            f"{'└' if last else '├'}─ Câu {at}: {node.text}" + (f" [chỉ hỏi khi {node.case}]" if node.case else "")
        )
        bar = " " if last else "│"
        for n, branch in enumerate(node.branches, 1):
            end = n == len(node.branches)
            lines.append(f"{bar}   {'└' if end else '├'}─ {branch.label}")
            lines += [f"{bar}   {' ' if end else '│'}   {line}" for line in _under(branch)]
    return "\n".join(lines) + "\n"


def _under(branch: Branch) -> Iterator[str]:
    if branch.elsewhere:
        yield f"→ làm thủ tục khác: {branch.elsewhere}"
    for paper in branch.papers:
        yield f"+ {paper}"
    if branch.others:
        yield f"~ đổi {branch.others} mục khác (phí, thời gian, nơi nộp, lưu ý)"
    if not (branch.elsewhere or branch.papers or branch.others):
        yield "= không thêm gì"


def as_svg(picture: Drawing) -> str:
    """The picture as SVG 1.1: asks and answers on the left, papers on the right, a line from each answer to its own."""
    shapes: list[str] = []
    y = 40
    shapes.append(_text(_LEFT, y, picture.title, "title"))
    y += 2 * LINE
    y = _column(shapes, y, "Ai cũng cần", picture.always, "ask")
    for at, node in enumerate(picture.nodes, 1):
        heading = f"Câu {at}: {node.text}" + (f" (chỉ hỏi khi {node.case})" if node.case else "")
        for line in textwrap.wrap(heading, WIDTH // 10):
            shapes.append(_text(_LEFT, y, line, "ask"))
            y += LINE
        for branch in node.branches:
            y = _column(shapes, y, branch.label, tuple(_under(branch)), "choice")
        y += LINE
    style = (
        "text{font:14px sans-serif;fill:#1d2733}.title{font-size:20px;font-weight:bold}.ask{font-weight:bold}"
        "path{fill:none;stroke:#7a8794}rect{fill:#eef3f8;stroke:#7a8794}"
    )
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}" lang="vi">\n'
        f'<title>{escape(picture.title)}</title>\n<style>{style}</style>\n<rect width="100%" height="100%" '
        f'style="fill:#fff;stroke:none"/>\n{body}\n</svg>\n'
    )


def _column(shapes: list[str], y: int, label: str, right: tuple[str, ...], kind: str) -> int:
    """A box on the left and its lines on the right, joined; returns where the next one begins."""
    left_lines = textwrap.wrap(label, _SIGNS)
    box = LINE * len(left_lines) + 10
    shapes.append(f'<rect x="{_LEFT}" y="{y - 15}" width="{_SIGNS * 8}" height="{box}" rx="6"/>')
    shapes += [_text(_LEFT + 10, y + n * LINE, line, kind) for n, line in enumerate(left_lines)]
    start_x, start_y, at = _LEFT + _SIGNS * 8, y - 15 + box // 2, y
    for item in right:
        shapes.append(
            f'<path d="M{start_x} {start_y} C{start_x + 40} {start_y} {_PAPERS - 40} {at - 5} {_PAPERS - 6} {at - 5}"/>'
        )
        for line in textwrap.wrap(item, _SIGNS):
            shapes.append(_text(_PAPERS, at, line, "paper"))
            at += LINE
    return max(y + box, at) + 10


def _text(x: int, y: int, words: str, kind: str) -> str:
    return f'<text x="{x}" y="{y}" class="{kind}">{escape(words)}</text>'
