"""The library: all guides of one reading, by id, code, field and words. Built once, never changed."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from knowledge.entries import Entry, Finding
from knowledge.everyday import Words
from knowledge.guide import Guide, Pointer
from knowledge.life_event import LifeEvent, told_in
from knowledge.province import Decided, Province, laid_over
from knowledge.search import Index


@dataclass(frozen=True, order=True)
class Field:
    """A field of life, as the folder of its guides is called; `line` says plainly what lies in it."""

    order: int
    id: str
    name: str
    en: str
    line: str = ""
    line_en: str = ""


@dataclass(frozen=True, eq=False)
class Library:
    """Guides by id. `first` holds the codes that people ask for most, the most asked first.

    `names` holds procedures that are known by code and name only, so that a question about one of them is not
    answered with a guide that is merely near.
    """

    guides: Mapping[str, Guide] = field(repr=False)
    fields: tuple[Field, ...] = ()
    words: Words = field(default_factory=Words, repr=False)
    first: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    provinces: tuple[Province, ...] = field(default=(), repr=False)
    decided: Mapping[str, Decided] = field(default_factory=dict, repr=False)
    events: tuple[LifeEvent, ...] = field(default=(), repr=False)

    @cached_property
    def edition(self) -> str:
        """Eight hexadecimal digits that change when any guide changes."""
        parts = sorted(f"{guide.id}:{guide.edition}" for guide in self.guides.values())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]

    def get(self, id: str) -> Guide | None:
        """The guide of that id, hidden ones too (a talk may still stand in one); None if there is none."""
        return self.guides.get(id)

    def local(self, id: str, province: str) -> Guide | None:
        """The guide as it holds in the province of that id; the national one when nothing is decided there."""
        guide = self.guides.get(id)
        decided = self.decided.get(province)
        if guide is None or decided is None:
            return guide
        key = (id, province)
        if key not in self._local:
            self._local[key] = laid_over(guide, province, decided)
        return self._local[key]

    @cached_property
    def _local(self) -> dict[tuple[str, str], Guide]:
        return {}

    def province(self, id: str) -> Province | None:
        """The province of that id."""
        return next((province for province in self.provinces if province.id == id), None)

    def by_code(self, code: str) -> Guide | None:
        """The guide of a national code: its own, at another level, without the province's suffix, or its successor's.

        A withdrawn guide is found only when nothing has taken its place.
        """
        last: Guide | None = None
        seen: set[str] = set()
        while code not in seen:
            seen.add(code)
            plain = code.rpartition(".")[0] if code.count(".") > 1 else code
            guide = self._by_own_code.get(code) or self._by_own_code.get(plain)
            if guide is not None and guide.status != "withdrawn":
                return guide
            last = guide or last
            successor = self._by_old_code.get(code) or self._by_old_code.get(plain)
            if successor is None:
                return last
            if successor.status != "withdrawn":
                return successor
            last, code = successor, successor.code
        return last

    def name_only(self, code: str) -> str | None:
        """The name of a procedure that there is no guide for; None when there is one, or nothing is known."""
        return self.known_by_name.get(code)

    @cached_property
    def known_by_name(self) -> Mapping[str, str]:
        """Code -> name of every procedure without a guide: those of the list, and those that guides point to."""
        pointed = {
            pointer.code: pointer.name
            for guide in self.guides.values()
            if guide.status == "published"
            for pointer in (*guide.next, *guide.not_this, *_instead(guide))
        }
        known = {code: name for code, name in {**pointed, **self.names}.items() if self.by_code(code) is None}
        return dict(sorted(known.items()))

    def in_field(self, id: str, today: date) -> tuple[Guide, ...]:
        """What citizens may see of a field: our own guides before imported ones, the most asked first."""
        rank = {code: at for at, code in enumerate(self.first)}
        found = [guide for guide in self.guides.values() if guide.field == id and guide.visible(today)]
        return tuple(
            sorted(found, key=lambda g: (g.status != "published", rank.get(g.code, len(rank)), g.title.casefold()))
        )

    def most_asked(self, today: date) -> tuple[Guide, ...]:
        """What people come for most, in order."""
        guides = (self.by_code(code) for code in self.first)
        return tuple({guide.id: guide for guide in guides if guide is not None and guide.visible(today)}.values())

    def life_event(self, id: str) -> LifeEvent | None:
        """The life event of that id."""
        return next((event for event in self.events if event.id == id), None)

    def life_event_in(self, text: str) -> LifeEvent | None:
        """The life event that a message tells of without naming a procedure."""
        return told_in(text, self.events)

    def find(self, text: str, today: date, context: Sequence[str] = ()) -> Finding:
        """The guides that a message may mean, the best first; hidden ones are never found.

        A procedure known by name only is found under its code instead of an id.

        `context` holds earlier messages, or the id of the guide that is open, oldest first. The first call builds the
        index.
        """
        return _index(self, self._over(today)).find(text, context)

    def _over(self, today: date) -> frozenset[str]:
        return frozenset(own for own, day in self._ends.items() if day < today)

    @cached_property
    def _ends(self) -> Mapping[str, date]:
        return {own: guide.expires for own, guide in self.guides.items() if guide.expires is not None}

    @cached_property
    def _by_own_code(self) -> Mapping[str, Guide]:
        ordered = sorted(self.guides.values(), key=lambda guide: guide.status != "withdrawn")  # those in use win
        return {code: guide for guide in ordered for code in (*guide.same, guide.code)}

    @cached_property
    def _by_old_code(self) -> Mapping[str, Guide]:
        ordered = sorted(self.guides.values(), key=lambda guide: guide.status != "withdrawn")
        return {code: guide for guide in ordered for code in guide.replaces}


@lru_cache(maxsize=2)
def _index(library: Library, over: frozenset[str]) -> Index:
    """The index of what may be found; another one is needed only on a day when a guide expires."""
    shown = (guide for own, guide in library.guides.items() if own not in over)
    entries = [entry(guide) for guide in shown if guide.status in {"published", "imported"}]
    named = [Entry(code, code, name, levels=("commune",)) for code, name in library.known_by_name.items()]
    return Index([*entries, *named], library.words)


def _instead(guide: Guide) -> Iterator[Pointer]:
    for ask in guide.asks:
        for choice in ask.choices.values():
            if choice.instead is not None:
                yield choice.instead


def entry(guide: Guide) -> Entry:
    """What the search needs to know of a guide."""
    return Entry(
        id=guide.id,
        code=guide.code,
        name=guide.name,
        phrases=(*((guide.short,) if guide.short else ()), *guide.phrases),
        field=guide.field,
        levels=guide.level,
        papers=tuple(document.name for document in guide.documents),
        published=guide.status == "published",
        english=guide.en,
        replaces=(*guide.same, *guide.replaces),
    )
