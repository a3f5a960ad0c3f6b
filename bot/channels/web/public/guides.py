"""How a guide looks at its own address, and what stands there when it is no longer used, or never was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.channels.web.passages import passages_told
from bot.channels.web.public import structured
from bot.channels.web.public.frame import BOTH, FIELDS, LIST, Frame, Trail, address, field_name
from bot.channels.web.public.listing import Listed
from flows import leaflet
from flows.replies import Reply, Rows
from flows.state import Language
from flows.telling.plain import day
from flows.turn import World
from knowledge.guide import Guide, Pointer


@dataclass(frozen=True, slots=True)
class Linked:
    """A procedure that a guide points to: where it is told of (empty: nowhere), and why it is named."""

    name: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class GuidePages:
    """Writes the pages under /thu-tuc/."""

    frame: Frame

    def guide(self, guide: Guide, language: Language, world: World) -> str:
        """All that a guide says, answer first."""
        say, told = self.frame.pages.texts[language], leaflet.leaflet(guide.id, language, world)
        at = f"{LIST}/{guide.id}"
        further = (*_field_of(guide, language, world), (told.title, at))
        own = BOTH if guide.en else BOTH[:1]
        here = self.frame.base + address(at, language if language in own else "vi")
        about = say("public.guide_about", name=told.title, date=day(guide.checked_on))
        trail = self.frame.absolute(self.frame.trail(language, *further), language)
        return self.frame.page(
            "public/guide.html",
            language,
            at,
            own,
            title=told.title,
            about=f"{told.summary} {about}".strip(),
            further=further,
            data=structured.of_guide(guide, told, here, trail, say),
            article=True,
            at=at,
            told=told,
            today=day(world.today),
            onward=_linked(told.onward, guide.next, world),
            others=_linked(told.others, guide.not_this, world),
            shown=self.frame.pages.shown,
        )

    def gone(self, guide: Guide, language: Language, world: World) -> str:
        """A guide that is no longer used, and what took its place."""
        at = f"{LIST}/{guide.id}"
        return self.frame.page(
            "public/gone.html",
            language,
            at,
            BOTH[:1],
            title=guide.title,
            about=self.frame.pages.texts[language]("public.gone_near"),
            further=((guide.title, at),),
            indexed=False,
            blocks=self._shown(leaflet.of_gone(guide, language, world)),
            successors=[(pointer.name, at) for pointer in guide.replaced_by if (at := _at(pointer.code, world))],
        )

    def name_only(self, code: str, name: str, language: Language, world: World) -> str:
        """A procedure known by code and name only."""
        at = f"{LIST}/{code}"
        return self.frame.page(
            "public/gone.html",
            language,
            at,
            BOTH[:1],
            title=name,
            about=name,
            further=((name, at),),
            indexed=False,
            blocks=self._shown(leaflet.of_name_only(code, language, world)),
            successors=(),
        )

    def unknown(self, words: str, near: Sequence[Listed], language: Language) -> str:
        """Nothing is at that address; what its words may have meant."""
        say = self.frame.pages.texts[language]
        return self.frame.page(
            "public/unknown.html",
            language,
            LIST,
            title=say("public.unknown_title"),
            about=say("public.unknown_body"),
            indexed=False,
            words=words,
            near=near,
        )

    def _shown(self, reply: Reply) -> tuple[Markup, ...]:
        return tuple(self.frame.pages.shown(reply))


def _field_of(guide: Guide, language: Language, world: World) -> Trail:
    field = next((field for field in world.library.fields if field.id == guide.field), None)
    return ((field_name(field, language)[0], f"{FIELDS}/{field.id}"),) if field is not None else ()


def _linked(told: Reply, pointers: Sequence[Pointer], world: World) -> tuple[Linked, ...]:
    rows = [row for block in passages_told(told).blocks if isinstance(block, Rows) for row in block.rows]
    return tuple(
        Linked(row.label, _at(pointer.code, world), row.values[0]) for row, pointer in zip(rows, pointers, strict=True)
    )


def _at(code: str, world: World) -> str:
    guide = world.library.by_code(code)
    if guide is not None and guide.visible(world.today):
        return f"{LIST}/{guide.id}"
    return f"{LIST}/{code}" if guide is None and world.library.name_only(code) else ""
