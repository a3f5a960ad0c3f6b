"""How the lists look that lead to the guides: all, a field, a life event, and what was found for typed letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.channels.web.public.frame import EVENTS, FIELDS, LIST, Frame, Trail, field_name, level_names, linking
from bot.channels.web.public.listing import LEVELS, Found, Leaf, Listing
from flows import leaflet
from flows.replies import Heading, Notice
from flows.state import Language
from flows.telling.plain import plainly
from flows.turn import World
from knowledge.library import Field
from knowledge.life_event import LifeEvent


@dataclass(frozen=True, slots=True)
class ListPages:
    """Writes the lists."""

    frame: Frame

    def all(self, listing: Listing, leaf: Leaf, level: str, events: Sequence[LifeEvent]) -> str:
        """The whole list, or a level of it (as addresses call it), a page at a time."""
        say = self.frame.pages.texts[listing.language]
        return self._list(
            listing,
            leaf,
            LIST,
            level,
            title=say("public.list_title"),
            about=say("public.list_about"),
            line=say("public.list_line", n=len(listing.all)),
            of_all=len(listing.all),
            levels=listing.levels(),
            names=len(listing.by_name),
            fields=_fields(listing),
            events=[(event.id, plainly(event.name, event.en, say)) for event in events],
        )

    def field(self, listing: Listing, field: Field, leaf: Leaf, level: str) -> str:
        """The procedures of a field."""
        say = self.frame.pages.texts[listing.language]
        name, line = field_name(field, listing.language)
        at, of_all = f"{FIELDS}/{field.id}", len(listing.some(field.id))
        return self._list(
            listing,
            leaf,
            at,
            level,
            title=name,
            about=f"{name}: {line}. {say('public.field_line', n=of_all)}",
            further=((name, at),),
            line=f"{line}.",
            of_all=of_all,
            levels=listing.levels(field.id),
        )

    def names(self, listing: Listing, leaf: Leaf) -> str:
        """The procedures that are known by name only."""
        say = self.frame.pages.texts[listing.language]
        title = say("public.names_title")
        return self._list(
            listing,
            leaf,
            LIST,
            title=title,
            about=title,
            further=((title, f"{LIST}?ten=1"),),
            indexed=False,
            line=say("public.names_line", n=leaf.count),
            named="1",
        )

    def _list(
        self,
        listing: Listing,
        leaf: Leaf,
        at: str,
        level: str = "",
        *,
        title: str,
        about: str,
        line: str,
        further: Trail = (),
        indexed: bool = True,
        of_all: int = 0,
        levels: Sequence[tuple[str, str, int]] = (),
        names: int = 0,
        named: str = "",
        fields: Sequence[tuple[str, str, str, int]] = (),
        events: Sequence[tuple[str, str]] = (),
    ) -> str:
        return self.frame.page(
            "public/list.html",
            listing.language,
            at,
            title=title,
            about=about,
            further=further,
            indexed=indexed,
            query={"cap": level, "ten": named, "trang": str(leaf.number) if leaf.number > 1 else ""},
            line=line,
            leaf=leaf,
            at=at,
            level=level,
            here=LEVELS.get(level, ""),
            ten=named,
            of_all=of_all,
            levels=levels,
            names=names,
            fields=fields,
            events=events,
        )

    def home(self, listing: Listing, events: Sequence[LifeEvent]) -> Markup:
        """The ways from the first page: events in life, fields, the list of all."""
        say = self.frame.pages.texts[listing.language]
        told = self.frame.pages.render(
            "public/home.html",
            say=say,
            to=linking(listing.language),
            count=len(listing.all),
            fields=_fields(listing),
            events=[(event.id, plainly(event.name, event.en, say)) for event in events],
        )
        return Markup(told)  # noqa: S704 - a template of ours has escaped it

    def fields(self, listing: Listing) -> str:
        """Every field with what lies in it."""
        say = self.frame.pages.texts[listing.language]
        return self.frame.page(
            "public/fields.html",
            listing.language,
            FIELDS,
            title=say("public.by_field"),
            about=say("public.fields_about"),
            further=((say("public.fields"), FIELDS),),
            fields=_fields(listing),
        )

    def found(self, listing: Listing, words: str, found: Found, world: World) -> str:
        """What was found for what was typed."""
        say = self.frame.pages.texts[listing.language]
        return self.frame.page(
            "public/search.html",
            listing.language,
            LIST,
            title=say("public.found_title", words=words),
            about=say("public.list_about"),
            query={"q": words},
            indexed=False,
            words=words,
            found=found,
            alarm=self._alarm(listing, found, world),
        )

    def part(self, listing: Listing, found: Found, world: World) -> str:
        """The same as a part of a page, for the script that puts it there."""
        say = self.frame.pages.texts[listing.language]
        return self.frame.pages.render(
            "public/found.html",
            say=say,
            to=linking(listing.language),
            level_name=level_names(say),
            found=found,
            alarm=self._alarm(listing, found, world),
        )

    def _alarm(self, listing: Listing, found: Found, world: World) -> tuple[Markup, ...]:
        alarm = leaflet.of_alarm(found.finding, listing.language, world) if found.finding is not None else None
        if alarm is None:
            return ()
        inside = tuple(Notice(one.text, "warning") if isinstance(one, Heading) else one for one in alarm.blocks)
        return tuple(self.frame.pages.shown(replace(alarm, blocks=inside)))

    def events(self, events: Sequence[LifeEvent], language: Language) -> str:
        """Every life event."""
        say = self.frame.pages.texts[language]
        return self.frame.page(
            "public/events.html",
            language,
            EVENTS,
            title=say("life_events.title"),
            about=say("public.events_about"),
            further=((say("life_events.title"), EVENTS),),
            events=[(one.id, plainly(one.name, one.en, say), plainly(one.intro, one.intro_en, say)) for one in events],
        )

    def event(self, event: LifeEvent, language: Language, world: World) -> str:
        """The journey of one life event, with the way to each of its procedures."""
        say = self.frame.pages.texts[language]
        name, at = plainly(event.name, event.en, say), f"{EVENTS}/{event.id}"
        found = (world.library.by_code(code) for code in event.codes)
        guides = {guide.id: guide for guide in found if guide is not None and guide.visible(world.today)}
        return self.frame.page(
            "public/event.html",
            language,
            at,
            title=name,
            about=plainly(event.intro, event.intro_en, say),
            further=((say("life_events.title"), EVENTS), (name, at)),
            blocks=tuple(self.frame.pages.shown(leaflet.of_life_event(event.id, language, world))),
            steps=[(plainly(guide.title, guide.en, say), f"{LIST}/{id}") for id, guide in guides.items()],
        )


def _fields(listing: Listing) -> list[tuple[str, str, str, int]]:
    """Address, name, line and count of each field."""
    return [(f"{FIELDS}/{field.id}", *field_name(field, listing.language), n) for field, n in listing.fields]
