"""What all public pages share: their addresses in both languages, the way that leads to them, and their head."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from bot.channels.web.pages import Pages
from bot.channels.web.public import structured
from flows.state import Language
from flows.texts import Say
from knowledge.library import Field

LIST: Final = "/thu-tuc"
FIELDS: Final = "/linh-vuc"
EVENTS: Final = "/su-kien"

BOTH: Final[tuple[Language, ...]] = ("vi", "en")

Trail = tuple[tuple[str, str], ...]
"""Name and address of each page on the way to this one."""


def address(path: str, language: Language, **query: str) -> str:
    """A path in that language; empty values of the query are left out. The talk keeps its own language."""
    asked = {name: value for name, value in query.items() if value}
    if language != "vi" and path != "/":
        asked["lang"] = language
    return f"{path}?{urlencode(asked)}" if asked else path


def linking(language: Language) -> Callable[..., str]:
    """What templates make addresses with, so that every link stays in the language of its page."""
    return partial(_address, language)


def _address(language: Language, path: str, **query: str) -> str:
    return address(path, language, **query)


def level_names(say: Say) -> Callable[[str], str]:
    """What templates call a level of a guide."""

    def level_name(level: str) -> str:
        return say(f"level.{level}")

    return level_name


def field_name(field: Field, language: Language) -> tuple[str, str]:
    """The name of a field and the line that says what lies in it."""
    return (field.en or field.name, field.line_en or field.line) if language == "en" else (field.name, field.line)


@dataclass(frozen=True, slots=True)
class Frame:
    """Writes a page in its frame. `base` begins absolute addresses; empty while nobody has said how we are reached."""

    pages: Pages
    base: str

    def page(
        self,
        template: str,
        language: Language,
        path: str,
        own: tuple[Language, ...] = BOTH,
        *,
        title: str,
        about: str,
        further: Trail = (),
        query: Mapping[str, str] | None = None,
        indexed: bool = True,
        data: Markup | None = None,
        **values: object,
    ) -> str:
        """`own` are the languages that this page has a text in: only those are told to search engines.

        `further` leads from the list of all to this page, `query` is what else its address says.
        """
        asked, other = query or {}, "vi" if language == "en" else "en"
        trail = self.trail(language, *further)
        return self.pages.render(
            template,
            say=self.pages.texts[language],
            to=linking(language),
            level_name=level_names(self.pages.texts[language]),
            title=title,
            about=about,
            trail=trail,
            indexed=indexed and language in own,
            canonical=self.base + address(path, language if language in own else "vi", **asked),
            alternates=[(one, self.base + address(path, one, **asked)) for one in own] if len(own) > 1 else [],
            other=other,
            switch=address(path, "vi" if language == "en" else "en", **asked),
            base=self.base,
            data=data if data is not None else structured.of_trail(self.absolute(trail, language)),
            **{"article": False, "words": "", **values},
        )

    def trail(self, language: Language, *further: tuple[str, str]) -> Trail:
        """The way from the first page over the list of all."""
        say = self.pages.texts[language]
        return ((say("public.assistant"), "/"), (say("public.list"), LIST), *further)

    def absolute(self, trail: Trail, language: Language) -> Trail:
        """The same way in addresses that hold outside of a page."""
        return tuple((name, self.base + address(path, language)) for name, path in trail)
