"""How a reply looks as a page: every kind of block, the choices as buttons, the box for words, and what went wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby, takewhile
from pathlib import Path
from typing import Literal, assert_never, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.channels.web.charts import drawn
from bot.channels.web.compiled import compiled
from bot.channels.web.looks import look
from bot.channels.web.passages import passages_told
from bot.channels.web.static_files import StaticFiles
from flows.codes import INVITATION, PAYLOAD
from flows.replies import (
    Appointment,
    Bullets,
    Chart,
    Choice,
    Group,
    Heading,
    Letter,
    Line,
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
from flows.state import Language
from flows.texts import Say

Trouble = Literal[
    "lost", "foreign", "bad", "too_long", "slow", "too_fast", "not_found", "not_allowed", "store", "not_yet", "broken"
]

TROUBLES: Mapping[Trouble, tuple[str, str]] = {
    "lost": ("web.lost_title", "web.lost_body"),
    "foreign": ("web.foreign_title", "web.foreign_body"),
    "bad": ("web.bad_title", "web.bad_body"),
    "too_long": ("web.too_long_title", "web.too_long_body"),
    "slow": ("web.slow_title", "web.slow_body"),
    "too_fast": ("web.too_fast_title", "web.too_fast_body"),
    "not_found": ("web.not_found_title", "web.not_found_body"),
    "not_allowed": ("web.not_allowed_title", "web.not_allowed_body"),
    "store": ("web.store_title", "web.store_body"),
    "not_yet": ("web.not_yet_title", "web.not_yet_body"),
    "broken": ("web.broken_title", "web.broken_body"),
}
"""What each page of trouble says; in every language at once, for where the talk stands may be what cannot be read."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A choice and the number that picks it when typed."""

    number: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Section:
    """Neighbouring choices of one group."""

    group: Group
    members: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """A form to send once more, as it was: where to, and its fields, the token among them."""

    action: str
    fields: Mapping[str, str]


@cache
def _templates(static: str, kept: Path | None) -> Environment:
    """The templates, for files that lie at that address. Compiling them takes a quarter of a second: once is enough."""
    jinja = Environment(
        loader=PackageLoader("bot.channels.web"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=compiled(kept),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals["static"] = static
    jinja.globals["look"] = look
    jinja.filters["linked"] = linked
    return jinja


def _nothing(language: Language) -> Markup:
    return Markup()


class Pages:
    """Writes pages in every language; knows no person and no store."""

    def __init__(
        self,
        texts: Mapping[Language, Say],
        static: StaticFiles,
        public_url: str | None = None,
        telegram: Callable[[], str] = str,
        kept: Path | None = None,
    ) -> None:
        """`kept` is the folder where compiled templates are kept for the next start."""
        self.texts = texts
        self.telegram = telegram
        """The name of the Telegram bot, empty until it is known."""
        self._public_url = public_url
        self._jinja = _templates(static.at, kept)
        self._talk = self._jinja.get_template("talk.html")
        self._opening = self._jinja.get_template("opening.html")
        self._trouble = self._jinja.get_template("trouble.html")
        self._still_there = self._jinja.get_template("still_there.html")
        self._leaving_kiosk = self._jinja.get_template("leaving_kiosk.html")
        self._offline = self._jinja.get_template("offline.html")

    def talk(self, reply: Reply, token: str, below: Callable[[Language], Markup] = _nothing) -> str:
        """Where a talk stands; `below` is what else there is to choose from where a talk begins."""
        heading = next((block.text for block in reply.blocks if isinstance(block, Heading)), None)
        reply = passages_told(reply)
        numbered = tuple(Numbered(number, choice) for number, choice in numbered_choices(reply))
        ticks = _ticks(reply, numbered)
        sections = _sections(tuple(one for one in numbered if one not in ticks))
        say = self.texts[reply.language]
        blocks = list(self._shown(reply, say, iter(ticks), token))
        begins = _begins(reply)
        # Where a talk begins, what to mind while typing stands under the box.
        first = len(blocks) - _notices_at_the_end(reply) if begins else len(blocks)
        return self._talk.render(
            say=say,
            title=heading,
            token=token,
            reply=reply,
            begins=begins,
            blocks=blocks[:first],
            notes=blocks[first:],
            below=below(reply.language) if begins else "",
            from_office=any(isinstance(block, Letter) for block in reply.blocks),  # it speaks for itself
            public_url=self._public_url,
            sections=[section for section in sections if section.group != "way"],
            box_first=_box_first(reply),
            ways=[one for one in numbered if one.choice.group == "way"],
        )

    def opening(self, payload: str, token: str, language: Language = "vi") -> str:
        """Before a link is followed: looking at a link changes nothing, pressing its one button does."""
        say = self.texts[language]
        kind = _leads_to(payload)
        return self._opening.render(
            say=say,
            title=say(f"by_link.title_{kind}"),
            body=say(f"by_link.body_{kind}"),
            button=say(f"by_link.button_{kind}"),
            token=token,
            payload=payload,
        )

    def still_there(self) -> str:
        """Whether anybody is still at a kiosk; in a moment this page goes on to the next person."""
        say, *others = self.texts.values()
        return self._still_there.render(say=say, others=others, title=say("kiosk.still_there"))

    def leaving_kiosk(self, language: Language = "vi") -> str:
        """Before a kiosk becomes an ordinary browser again."""
        say = self.texts[language]
        return self._leaving_kiosk.render(say=say, title=say("kiosk.leaving_title"))

    def offline(self) -> str:
        """What is read where there is no network."""
        say, *others = self.texts.values()
        return self._offline.render(say=say, others=others, title=say("web.offline_title"))

    def trouble(self, trouble: Trouble, again: Again | None = None) -> str:
        """What went wrong, that nothing is lost, and the way on."""
        title, body = TROUBLES[trouble]
        first, *others = self.texts.values()
        return self._trouble.render(
            say=first, others=others, title=first(title), title_name=title, body_name=body, again=again
        )

    def render(self, template: str, **values: object) -> str:
        """The page of that template."""
        return self._jinja.get_template(template).render(values)

    def shown(self, reply: Reply) -> Iterator[Markup]:
        """Each block as it looks where nothing is ticked or pressed."""
        return self._shown(passages_told(reply), self.texts[reply.language], iter(()), "")

    def _shown(self, reply: Reply, say: Say, ticks: Iterator[Numbered], token: str) -> Iterator[Markup]:
        for block in reply.blocks:
            match block:
                case Heading():
                    yield self._macro("heading")(block)
                case Line():
                    yield self._macro("line")(block)
                case Rows():
                    yield self._macro("rows")(block)
                case Bullets():
                    yield self._macro("bullets")(block)
                case Papers():
                    # A button stands at its paper, not below the list.
                    yield self._macro("papers")(block, say, [(paper, next(ticks, None)) for paper in block.papers])
                case Notice():
                    yield self._macro("notice")(block)
                case Sheet():
                    yield self._macro("sheet")(block, say, self._public_url, to_telegram(self.telegram(), block))
                case Appointment():
                    yield self._macro("appointment")(block)
                case Letter():
                    yield self._macro("letter")(block)
                case Upload():
                    yield self._macro("upload")(block, token)
                case Table():
                    yield self._macro("table")(block)
                case Chart():
                    yield self._macro("chart")(block, drawn(block))
                case Workbook():
                    yield self._macro("workbook")(block)
                case _:
                    assert_never(block)

    def _macro(self, name: str) -> Callable[..., Markup]:
        return cast("Callable[..., Markup]", getattr(self._jinja.get_template("blocks.html").module, name))


def to_telegram(bot: str, sheet: Sheet) -> str:
    """The deep link that opens the list on Telegram; empty where there is no bot or the list has no code."""
    return f"https://t.me/{bot}?start={sheet.payload}" if bot and sheet.payload else ""


_LINK = re.compile(r"""https?://[^\s<>"']*[^\s<>"'.,;:!?)\]}…]""")


def linked(text: str) -> Markup:
    """The text with each address in it as a link. Jinja's own urlize looks for more and takes four fifths of a page."""
    if look().kiosk:
        return escape(text)  # nothing at a kiosk leads away from it
    shown, end = Markup(), 0
    for found in _LINK.finditer(text):
        link = Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(found[0])
        shown += Markup("{}{}").format(text[end : found.start()], link)
        end = found.end()
    return shown + escape(text[end:])


def _ticks(reply: Reply, numbered: tuple[Numbered, ...]) -> tuple[Numbered, ...]:
    """The choices that tick a paper, in the papers' order; none when they are not one a paper."""
    papers = [paper for block in reply.blocks if isinstance(block, Papers) for paper in block.papers]
    choices = tuple(one for one in numbered if one.choice.group == "paper")
    return choices if len(choices) == len(papers) else ()


def _leads_to(payload: str) -> Literal["guide", "list", "invitation"]:
    """What is behind a link, as far as the link itself tells."""
    if payload.startswith(INVITATION):
        return "invitation"
    return "list" if payload.startswith(PAYLOAD) else "guide"


def _begins(reply: Reply) -> bool:
    """Whether a talk begins here: from everywhere else there is a way home, unless all ways are closed."""
    return not reply.closed and all(choice.id != "home" for choice in reply.choices)


def _notices_at_the_end(reply: Reply) -> int:
    return len(list(takewhile(lambda block: isinstance(block, Notice), reversed(reply.blocks))))


def _box_first(reply: Reply) -> bool:
    """Whether words come before choices: where a talk begins, and where there is nothing to choose but to read on."""
    return bool(reply.prompt) and (_begins(reply) or all(choice.group in {"more", "way"} for choice in reply.choices))


def _sections(numbered: tuple[Numbered, ...]) -> list[Section]:
    runs = groupby(numbered, key=lambda one: one.choice.group)
    return [Section(group, tuple(members)) for group, members in runs]
