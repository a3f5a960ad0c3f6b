"""How a reply looks on Zalo: plain text in messages of a size that Zalo takes, choices as numbered lines at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

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
from flows.texts import Say

LONGEST: Final = 1900
"""UTF-16 units of a message; Zalo takes 2,000 "characters" and does not say of what kind."""

MARKS: Final[dict[Mark, str]] = {"have": "☑", "missing": "☐", "open": "○"}

BETWEEN_CELLS: Final = " · "

BETWEEN_WAYS: Final = "  ·  "

Numbered = tuple[int, Choice]


def show(reply: Reply, say: Say, page: str | None) -> tuple[str, ...]:
    """The reply as texts, cut between paragraphs where it can be; `page` is the address of the web page, if any."""
    numbered = numbered_choices(reply)
    papers = [paper for block in reply.blocks if isinstance(block, Papers) for paper in block.papers]
    ticks = [one for one in numbered if one[1].ticked is not None]
    beside = iter(ticks if len(ticks) == len(papers) else ())
    paragraphs = [paragraph for block in reply.blocks for paragraph in _block(block, beside, say, page)]
    below = [one for one in numbered if len(ticks) != len(papers) or one[1].ticked is None]
    return tuple(_pieces([*paragraphs, _choices(below, say)]))


def _block(block: Block, beside: Iterator[Numbered], say: Say, page: str | None) -> Iterator[str]:
    match block:
        case Heading(text=text) | Line(text=text) | Upload(text=text):
            yield text
        case Notice(text=text, tone=tone):
            yield f"{'⚠' if tone == 'warning' else 'ⓘ'} {text}"
        case Rows(rows=rows):
            for row in rows:
                one = len(row.values) == 1
                yield (
                    f"{row.label}: {row.values[0]}"
                    if one
                    else "\n".join((f"{row.label}:", *map("• {}".format, row.values)))
                )
        case Bullets(items=items, title=title, ordered=ordered):
            marked = (f"{number}) {item}" if ordered else f"• {item}" for number, item in enumerate(items, 1))
            yield "\n".join((title, *marked) if title else marked)
        case Papers(papers=papers, title=title):
            if title:
                yield title
            for paper in papers:
                number, _ = next(beside, (0, None))
                name = f"{number}. {paper.name}" if number else paper.name
                amount = f" – {paper.amount}" if paper.amount else ""
                yield "\n".join((f"{MARKS[paper.mark]} {name}{amount}", *(f"   {detail}" for detail in paper.details)))
        case Sheet(text=text, code=code):
            yield text
            if page is not None and code:
                yield say("zalo.list", link=f"{page}/c/{code}")
        case Appointment(title=title, day=day):
            yield f"{day.day}/{day.month}/{day.year}: {title}"
        case Letter(lines=lines):
            yield "\n\n".join(lines)
        case Table(title=title, columns=columns, rows=rows):
            head = f"{title}: {BETWEEN_CELLS.join(columns[1:])}" if columns else title
            yield "\n".join((head, *map(_cells, rows)))
        case Chart():
            yield "\n".join((block.title, *(f"{bar.label}: {bar.says}" for bar in block.bars)))
        case Workbook(label=label, elsewhere=elsewhere):
            yield f"{label}. {elsewhere}"
        case _:
            assert_never(block)


def _cells(row: Sequence[str]) -> str:
    return f"• {row[0]}: {BETWEEN_CELLS.join(row[1:])}"


def _choices(numbered: Sequence[Numbered], say: Say) -> str:
    """What can be chosen, the ways elsewhere in one line below; empty where there is no choice."""
    answers = [_choice(one) for one in numbered if one[1].group != "way"]
    ways = BETWEEN_WAYS.join(_choice(one) for one in numbered if one[1].group == "way")
    chosen = "\n".join((say("zalo.choose" if numbered[0][0] else "zalo.choose_in_words"), *answers)) if numbered else ""
    return f"{chosen}\n\n{ways}" if ways else chosen


def _choice(one: Numbered) -> str:
    number, choice = one
    mark = "" if choice.ticked is None else f"{MARKS['have' if choice.ticked else 'missing']} "
    return f"{mark}{with_number(number, choice.label)}"


def _pieces(paragraphs: Sequence[str]) -> Iterator[str]:
    """Messages of whole paragraphs; one too long for any is cut between lines, a line between words."""
    piece = ""
    for paragraph in paragraphs:
        for part in _parts(paragraph):
            longer = f"{piece}\n\n{part}" if piece else part
            if _units(longer) > LONGEST:
                yield piece
                longer = part
            piece = longer
    if piece:
        yield piece


def _parts(paragraph: str) -> Iterator[str]:
    rest = paragraph
    while _units(rest) > LONGEST:
        part = rest[: LONGEST // 2]  # no letter is more than two units
        half = len(part) // 2
        cut = next((at for sign in ("\n", " ") if (at := part.rfind(sign)) > half), len(part))
        yield rest[:cut]
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
