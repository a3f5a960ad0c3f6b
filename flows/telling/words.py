"""Hard words of public offices, explained in place: when someone asks for one, and under a page that uses one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import assert_never

from flows.replies import (
    Appointment,
    Block,
    Bullets,
    Chart,
    Heading,
    Letter,
    Line,
    Notice,
    Papers,
    Rows,
    Sheet,
    Table,
    Upload,
    Workbook,
)
from flows.telling.plain import day, first_sentence, named
from flows.telling.tongues import official
from flows.texts import Say
from knowledge.glossary import Term, glossary


def meaning(term: Term, say: Say) -> str:
    """What a word means, and where that was read if it states a fact."""
    source = glossary().source(term)
    told = _told(term, say)
    if source is None:
        return told
    return f"{told} {say('words.source', title=official(source.title, say), date=day(source.checked_on))}"


def hard_words(blocks: Iterable[Block], say: Say, *, brief: bool = False) -> tuple[Notice, ...]:
    """The first two hard words that these blocks use, explained: more would bury the page. Brief: one in a sentence."""
    found = {term.id: term for block in blocks for text in _texts(block) for term in _standing_in(text)}
    shown = [term for term in found.values() if not term.common][: 1 if brief else 2]
    return tuple(Notice(_told(term, say, brief=brief)) for term in shown)


@lru_cache(maxsize=1_024)
def _standing_in(text: str) -> tuple[Term, ...]:
    return glossary().explain(text)


def _told(term: Term, say: Say, *, brief: bool = False) -> str:
    name = named(term.name, term.en, say)
    plain = named(term.plain, term.en_plain, say)
    plain = first_sentence(plain) if brief else plain
    return say("words.means", name=f"{name[0].upper()}{name[1:]}", plain=plain)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Line():
            yield block.text
        case Rows():
            yield from (value for row in block.rows for value in row.values)
        case Bullets():
            yield from block.items
        case Papers():
            for paper in block.papers:
                yield from (paper.name, *paper.details)
        case Heading() | Notice() | Sheet() | Appointment() | Upload() | Letter() | Table() | Chart() | Workbook():
            return
        case _:
            assert_never(block)
