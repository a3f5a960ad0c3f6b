"""All that can be answered: a reply is blocks to read and choices to take, in the person's language.

A block says what it is, not how it looks; each channel shows every kind. Texts are plain: a channel escapes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, assert_never, cast

from pydantic import Discriminator, TypeAdapter

Tone = Literal["info", "warning", "source"]
Live = Literal["no", "watched", "reloaded", "talking"]
"""watched: by a script; reloaded: without one too, since nothing has to be typed there; talking: watched, and what is
new stands at the end, above the box for words."""

Mark = Literal["have", "missing", "open"]


@dataclass(frozen=True, slots=True)
class Heading:
    """What the page is about; at most one a reply, and then the first block."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str
    kind: Literal["line"] = "line"


@dataclass(frozen=True, slots=True)
class Row:
    """A fact by name: its label and one or more values."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Facts by name: fee, time, place ..."""

    rows: tuple[Row, ...]
    kind: Literal["rows"] = "rows"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list under an optional title; `ordered` when the order matters."""

    items: tuple[str, ...]
    title: str = ""
    ordered: bool = False
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on the list: its name, how many, what else is worth knowing, and whether the person has it."""

    name: str
    amount: str
    details: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Papers:
    """The person's own list of papers."""

    papers: tuple[Paper, ...]
    title: str = ""
    kind: Literal["papers"] = "papers"


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark set apart: information, a warning, or where a fact comes from."""

    text: str
    tone: Tone = "info"
    kind: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page can be taken along as a PDF, and its list opened on another channel by a code.

    `payload` is what a deep link carries; code and payload are empty where lists cannot be carried.
    """

    title: str
    code: str
    payload: str
    text: str
    label: str
    kind: Literal["sheet"] = "sheet"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A day to keep in one's own calendar: shown as day and title; `label` is what a link to its .ics file says."""

    day: date
    title: str
    note: str
    label: str
    kind: Literal["appointment"] = "appointment"


@dataclass(frozen=True, slots=True)
class Upload:
    """A photo or PDF can be sent here: `text` says so, `label` names what to choose, `button` sends it.

    `elsewhere` is what a channel says that can take none.
    """

    text: str
    label: str
    button: str
    elsewhere: str
    kind: Literal["upload"] = "upload"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of an office, read here and taken along as a PDF: letterhead, body, who signs; `label` names the file.

    `date` holds the place too. `foot` says what the letter is not.
    """

    office: str
    address: str
    date: str
    title: str
    to: str
    body: tuple[str, ...]
    signed: str
    name: str
    foot: str
    label: str
    kind: Literal["letter"] = "letter"

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is written on it, from the head to the foot."""
        head = (self.office, self.address, self.date, self.title, self.to)
        return (*head, *self.body, self.signed, self.name, self.foot)


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in columns under a title; the first column names the row. `columns` is empty where rows say enough."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Bar:
    """What a bar stands for, how long it is (0 or more), and its length in words."""

    label: str
    value: float
    says: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a title. A channel that draws them tells them in words too, for whoever does not see the picture."""

    title: str
    bars: tuple[Bar, ...]
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class Workbook:
    """The report can be taken along as an Excel file: `label` says so, `query` is what it counts, `name` the file's.

    `elsewhere` is what a channel says that carries no files.
    """

    label: str
    query: str
    name: str
    elsewhere: str
    kind: Literal["workbook"] = "workbook"


Block = Annotated[
    Heading
    | Line
    | Rows
    | Bullets
    | Papers
    | Notice
    | Sheet
    | Appointment
    | Upload
    | Table
    | Chart
    | Workbook
    | Letter,
    Discriminator("kind"),
]

Group = Literal["main", "answer", "paper", "more", "way"]
"""main: the next step; answer: one of several; paper: to tick; more: to read on; way: back, start again, help."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press. Its number is its place in the reply, from 1; `ticked` is set for papers only.

    `id` is ASCII, at most 56 bytes, so that it fits a Telegram button beside the turn number.
    """

    id: str
    label: str
    group: Group = "answer"
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person sees: `turn` is the number that the choices were made in, `language` a BCP 47 tag."""

    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...]
    turn: int
    language: Literal["vi", "en"]
    prompt: str = ""
    """What the box for words says while empty; empty when the stage expects a choice."""

    quiet: bool = False
    """What was pressed to come here is not read again on top: whoever sees this page must not know."""

    closed: bool = False
    """No way leads away by mistake, neither home nor back."""

    wordless: bool = False
    """Only buttons are heard: a channel that shows a box for words shows none."""

    live: Live = "no"
    """Whether the page may change by itself, for channels on which it is looked at and not sent."""

    vietnamese: tuple[str, ...] = ()
    """Passages of an English page that are Vietnamese, for channels that can say in which language a text is."""


def numbered_choices(reply: Reply) -> tuple[tuple[int, Choice], ...]:
    """Each choice and the number that picks it when typed: 0 where a number is passed on to somebody else."""
    return tuple((0 if reply.live == "talking" else number, one) for number, one in enumerate(reply.choices, 1))


def with_number(number: int, label: str) -> str:
    """A choice as it is listed: "2. Quay lại", or without a number where none picks it."""
    return f"{number}. {label}" if number else label


P = TypeVar("P")


def mapped(part: P, say: Callable[[str], str]) -> P:
    """A part of a reply with each of its texts as `say` gives it."""
    return cast("P", _mapped(part, say))


def _mapped(part: Any, say: Callable[[str], str]) -> Any:
    if isinstance(part, str):
        return say(part)
    if isinstance(part, tuple):
        return tuple(_mapped(one, say) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{one.name: _mapped(getattr(part, one.name), say) for one in fields(part)})
    return part


@cache
def _adapter() -> TypeAdapter[Reply]:
    """Built when first used: a start has nothing to read yet."""
    return TypeAdapter(Reply)


def dump(reply: Reply) -> str:
    """A reply as JSON."""
    return _adapter().dump_json(reply).decode()


def load(text: str) -> Reply:
    """The reply that `dump` wrote; pydantic.ValidationError if it is none."""
    return _adapter().validate_json(text)


def words(reply: Reply) -> Iterator[str]:
    """Every text that a channel must show, in order; the marks of papers and the numbers of choices left out."""
    for block in reply.blocks:
        match block:
            case Heading() | Line() | Notice():
                yield block.text
            case Rows():
                for row in block.rows:
                    yield row.label
                    yield from row.values
            case Bullets():
                if block.title:
                    yield block.title
                yield from block.items
            case Papers():
                if block.title:
                    yield block.title
                for paper in block.papers:
                    yield paper.name
                    if paper.amount:
                        yield paper.amount
                    yield from paper.details
            case Sheet() | Upload():
                yield block.text
            case Table():
                yield block.title
                yield from block.columns[1:]
                for cells in block.rows:
                    yield from cells
            case Chart():
                yield block.title
            case Workbook():
                yield block.label
            case Appointment():
                yield block.title
            case Letter():
                yield from block.lines
            case _:
                assert_never(block)
    for choice in reply.choices:
        yield choice.label
