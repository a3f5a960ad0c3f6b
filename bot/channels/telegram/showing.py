"""How a reply looks on Telegram: HTML in pieces that a message can hold, and an inline keyboard under the last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple, assert_never

from bot.channels.telegram.buttons import data
from flows.replies import (
    Appointment,
    Block,
    Bullets,
    Chart,
    Choice,
    Heading,
    Letter,
    Line,
    Mark,
    Notice,
    Paper,
    Papers,
    Reply,
    Rows,
    Sheet,
    Table,
    Upload,
    Workbook,
    numbered_choices,
    with_number,
)

LONGEST: Final = 4000
"""UTF-16 units of a message as it is read; Telegram refuses more than 4,096."""

BUTTON: Final = 32
"""Characters that a button shows on a narrow phone; longer labels are written out in the text too."""

NARROW: Final = 34
"""Letters of one width that a narrow phone shows on a line."""

MARKS: Final[dict[Mark, str]] = {"have": "✓", "missing": "☐", "open": "○"}
"""None of these is an emoji, so all phones show them in the colour of the text."""

WAYS_IN_A_ROW: Final = 2

QUIET: Final[dict[str, Any]] = {"is_disabled": True}
"""Link previews: no picture of whatever page a source links to."""

TAPPED: Final = "▸ "

_MARKUP: Final = re.compile("[&<>]")

Style = Literal["", "b", "i", "code"]
Aside = Literal["", "blockquote", "blockquote expandable"]
"""Set off with a bar; the last shows three lines until it is tapped."""

Span = tuple[Style, str]
Button = dict[str, str]
Keyboard = dict[str, list[list[Button]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A reply as Telegram takes it: one or more texts; the keyboard belongs to the last."""

    texts: tuple[str, ...]
    keyboard: Keyboard


class _Printed(NamedTuple):
    """A line as it is read: its spans, how it is set off, how many line ends stand before it."""

    spans: tuple[Span, ...]
    aside: Aside = ""
    above: int = 1


def show(reply: Reply, tapped: str = "") -> Shown:
    """The reply as texts and keyboard; a text is cut between lines, and only a line too long for one in itself.

    `tapped` is what the button said that led here: it is gone with the page before, so it is read again on top.
    """
    numbered = numbered_choices(reply)
    ticks = [number for number, choice in numbered if choice.ticked is not None]
    lines = [line for block in reply.blocks for line in _apart(_block(block, ticks))]
    answers = [(number, choice.label) for number, choice in numbered if choice.group == "answer"]
    if any(len(label) > BUTTON for _, label in answers):
        lines += _apart(_Printed((("", f"{number}. {label}"),)) for number, label in answers)
    if tapped and not reply.quiet:
        lines = [_Printed((("i", f"{TAPPED}{tapped}"),)), *lines]
    return Shown(tuple(_html(piece) for piece in _pieces(lines)), _keyboard(reply))


def _apart(lines: Iterator[_Printed]) -> Iterator[_Printed]:
    """The lines of a block, with an empty line above the first."""
    for at, line in enumerate(lines):
        yield line if at else _Printed(line.spans, line.aside, 2)


def _block(block: Block, ticks: Sequence[int]) -> Iterator[_Printed]:
    match block:
        case Heading(text=text):
            yield _Printed((("b", text),))
        case Line(text=text):
            yield _Printed((("", text),))
        case Notice(text=text, tone="warning"):
            yield _Printed((("b", f"⚠ {text}"),))
        case Notice(text=text):
            yield _Printed((("i", text),))
        case Rows(rows=rows):
            for row in rows:
                if len(row.values) == 1:
                    yield _Printed((("b", f"{row.label}:"), ("", f" {row.values[0]}")), above=2)
                else:
                    yield _Printed((("b", f"{row.label}:"),), above=2)
                    yield from (_Printed((("", f"• {value}"),)) for value in row.values)
        case Bullets(items=items, title=title, ordered=ordered):
            if title:
                yield _Printed((("b", title),))
            for number, item in enumerate(items, 1):
                yield _Printed((("", f"{number}. {item}" if ordered else f"• {item}"),))
        case Papers(papers=papers, title=title):
            if title:
                yield _Printed((("b", title),))
            for at, paper in enumerate(papers):
                yield from _paper(paper, ticks[at] if len(ticks) == len(papers) else None)
        case Sheet(text=text) | Upload(text=text):
            yield _Printed((("b", text),))
        case Appointment(title=title, day=day):
            yield _Printed((("", f"{day.day}/{day.month}/{day.year}: {title}"),))
        case Letter(title=title, lines=lines):
            yield from (_Printed((("b" if line == title else "", line),), above=2) for line in lines)
        case Table():
            yield from _table(block)
        case Chart(title=title) | Workbook(label=title):
            yield _Printed((("b", title),))
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[_Printed]:
    """In columns of letters of one width where they fit a phone held upright; else each row in words."""
    yield _Printed((("b", table.title),))
    lines = (table.columns, *table.rows) if table.columns else table.rows
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    if sum(widths) + 2 * len(widths) - 2 > NARROW:
        if table.columns:
            yield _Printed((("i", " · ".join(table.columns[1:])),))
        for name, *cells in table.rows:
            yield _Printed((("", f"{name}: "), ("b", " · ".join(cells))))
        return
    for name, *cells in lines:
        figures = (f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))
        yield _Printed((("code", "  ".join((f"{name:<{widths[0]}}", *figures))),))


def _paper(paper: Paper, number: int | None) -> Iterator[_Printed]:
    """A paper under the number of its button, what is worth knowing set off below, folded once it is there."""
    name = paper.name if number is None else f"{number}. {paper.name}"
    amount = f" – {paper.amount}" if paper.amount else ""
    yield _Printed((("", f"{MARKS[paper.mark]} "), ("b", name), ("", amount)), above=2)
    aside: Aside = "blockquote expandable" if paper.mark == "have" else "blockquote"
    yield from (_Printed((("", detail),), aside) for detail in paper.details)


def _pieces(lines: Sequence[_Printed]) -> Iterator[list[_Printed]]:
    if sum(line.above + 2 * len(text) for line in lines for _, text in line.spans) < LONGEST:
        yield list(lines)  # as nearly all pages: no letter is more than two units
        return
    piece: list[_Printed] = []
    size = 0
    for line in (part for whole in lines for part in _parts(whole)):
        piece.append(line)
        size += _length((line,))
        while len(piece) > 1 and size > LONGEST:
            cut = _cut(piece)
            yield piece[:cut]
            piece = piece[cut:]
            size = _length(piece)
    yield piece


def _length(piece: Sequence[_Printed]) -> int:
    return sum(line.above + sum(_units(text) for _, text in line.spans) for line in piece)


def _cut(full: Sequence[_Printed]) -> int:
    """Where the next message begins: at the last empty line, if that leaves a message half full; else the last line."""
    last = len(full) - 1
    empty = next((at for at in range(last, 0, -1) if full[at].above > 1), last)
    return empty if _length(full[:empty]) >= LONGEST // 2 else last


def _parts(line: _Printed) -> Iterator[_Printed]:
    """The line, cut only when it alone would not fit: at spaces where there are any."""
    if sum(_units(text) for _, text in line.spans) < LONGEST - 2:
        yield line
        return
    for style, text in line.spans:
        rest = text
        while rest:
            part = rest[: LONGEST // 2 - 2]
            if len(part) < len(rest) and " " in part.strip():
                part = part[: part.rindex(" ") + 1]
            yield _Printed(((style, part),), line.aside)
            rest = rest[len(part) :]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _html(piece: Sequence[_Printed]) -> str:
    written: list[str] = []
    aside: Aside = ""
    for at, line in enumerate(piece):
        if aside and line.aside != aside:
            written.append("</blockquote>")
        if at:
            written.append("\n" * line.above)
        if line.aside and line.aside != aside:
            written.append(f"<{line.aside}>")
        written += map(_tagged, line.spans)
        aside = line.aside
    return "".join(written) + ("</blockquote>" if aside else "")


def _tagged(span: Span) -> str:
    style, text = span
    plain = escape(text, quote=False) if _MARKUP.search(text) else text
    return f"<{style}>{plain}</{style}>" if style else plain


def _keyboard(reply: Reply) -> Keyboard:
    rows: list[list[Button]] = []
    numbered = numbered_choices(reply)
    for way, some in groupby(numbered, key=lambda one: one[1].group == "way"):
        buttons = [_button(number, choice, reply.turn) for number, choice in some]
        step = WAYS_IN_A_ROW if way else 1
        rows += [buttons[at : at + step] for at in range(0, len(buttons), step)]
    return {"inline_keyboard": rows}


def _button(number: int, choice: Choice, turn: int) -> Button:
    mark = "" if choice.ticked is None else f"{MARKS['have' if choice.ticked else 'missing']} "
    return {"text": f"{mark}{with_number(number, choice.label)}", "callback_data": data(choice.id, turn)}
