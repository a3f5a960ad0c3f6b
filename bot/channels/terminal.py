"""The terminal: a full channel with numbers for buttons; it can record a talk as a test file."""

from __future__ import annotations

import secrets
import textwrap
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, assert_never

from bot import privacy
from bot.desk import Address, Arrival, Desk
from flows.events import Said, Started
from flows.replies import (
    Appointment,
    Block,
    Bullets,
    Chart,
    Heading,
    Letter,
    Line,
    Mark,
    Notice,
    Papers,
    Reply,
    Rows,
    Sheet,
    Table,
    Upload,
    Workbook,
    numbered_choices,
)

MARKS: Final[dict[Mark, str]] = {"have": "[x]", "missing": "[ ]", "open": "[?]"}


BAR: Final = 30
"""Characters of the longest bar of a chart."""


@dataclass
class Recording:
    """A talk as it goes on, kept as a test file that is whole after every line."""

    file: Path
    on: date
    steps: list[tuple[str, str]] = field(default_factory=list)

    def heard(self, words: str, reply: Reply) -> None:
        """One exchange: what was typed, numbers of persons masked, and the heading that answered it."""
        self.steps.append(("say", privacy.masked(words)))
        heading = next((block.text for block in reply.blocks if isinstance(block, Heading)), "")
        if heading:
            self.steps.append(("see", heading))
        self.file.write_text(self.text(), encoding="utf-8")

    def text(self) -> str:
        """The talk as YAML, each text in double quotes so that no typed sign changes its meaning."""
        lines = [f"- name: {_quoted(self.file.stem)}", f"  on: {self.on.isoformat()}", "  talk:"]
        lines += [f"    - {what}: {_quoted(words)}" for what, words in self.steps]
        return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Terminal:
    """One person at the terminal, in a talk of their own."""

    def __init__(self, desk: Desk, write: Callable[[str], None], width: int = 0) -> None:
        self._desk = desk
        self._write = write
        self._width = width
        self._address = Address("terminal", secrets.token_hex(16))
        self._count = 0

    async def start(self) -> Reply:
        """Open the talk and show the greeting."""
        return await self._hear(Started())

    async def say(self, words: str) -> Reply:
        """One typed line, and the page that answers it."""
        return await self._hear(Said(words))

    async def _hear(self, event: Started | Said) -> Reply:
        self._count += 1
        heard = await self._desk.hear(Arrival(self._address, str(self._count), event))
        reply = heard.reply if heard.reply is not None else await self._desk.see(self._address)
        self._write(text(reply, self._width) + "\n")
        return reply


async def talk(terminal: Terminal, lines: AsyncIterator[str], heard: Callable[[str, Reply], None]) -> None:
    """Play every line until the input ends; `heard` is told of each line and the page that answered it."""
    await terminal.start()
    async for line in lines:
        words = line.rstrip("\r\n")
        heard(words, await terminal.say(words))


def text(reply: Reply, width: int = 0) -> str:
    """A reply as plain text; `width` in characters, 0 for lines as long as they are."""
    parts = ["\n".join(_wrapped(line, width) for line in _block(block)) for block in reply.blocks]
    choices = []
    for number, choice in numbered_choices(reply):
        mark = "" if choice.ticked is None else ("[x] " if choice.ticked else "[ ] ")
        choices.append(f"{number:>3}. {mark}{choice.label}" if number else f"     {mark}{choice.label}")
    return "\n\n".join([*parts, "\n".join(choices)]) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=words):
            yield words
            yield "=" * min(len(words), 72)
        case Line(text=words):
            yield words
        case Notice(text=words, tone=tone):
            yield f"{'!!' if tone == 'warning' else 'ⓘ'} {words}"
        case Rows(rows=rows):
            for row in rows:
                yield f"{row.label}:"
                for value in row.values:
                    yield f"  {value}"
        case Bullets(items=items, title=title, ordered=ordered):
            if title:
                yield f"{title}:"
            for number, item in enumerate(items, 1):
                yield f"  {number}) {item}" if ordered else f"  • {item}"
        case Papers(papers=papers, title=title):
            if title:
                yield f"{title}:"
            for paper in papers:
                yield f"  {MARKS[paper.mark]} {paper.name}" + (f" – {paper.amount}" if paper.amount else "")
                for detail in paper.details:
                    yield f"        {detail}"
        case Sheet(text=words):
            yield words
        case Upload(text=words, elsewhere=elsewhere):
            yield words
            yield elsewhere
        case Appointment(title=title, day=day):
            yield f"{day.day}/{day.month}/{day.year}: {title}"
        case Letter(lines=lines):
            yield from lines
        case Table():
            yield from _table(block)
        case Chart(title=title, bars=bars):
            yield f"{title}:"
            longest = max((bar.value for bar in bars), default=0) or 1
            width = max((len(bar.label) for bar in bars), default=0)
            for bar in bars:
                yield f"  {bar.label:<{width}}  {'█' * round(bar.value / longest * BAR)} {bar.says}"
        case Workbook(label=label, elsewhere=elsewhere):
            yield label
            yield elsewhere
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    """The title, then rows in columns: names to the left, figures to the right."""
    yield table.title
    lines = (table.columns, *table.rows) if table.columns else table.rows
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for name, *cells in lines:
        figures = (f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join((f"  {name:<{widths[0]}}", *figures)).rstrip()


def _wrapped(line: str, width: int) -> str:
    if not width or len(line) <= width:
        return line
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return "\n".join(
        textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    )
