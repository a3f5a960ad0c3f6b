"""The library: all guides of one reading, by id, code, field and words. Built once, never changed."""

import hashlib
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar, cast, overload

from knowledge.cards import Card, FoldedGuides, card_of, entry
from knowledge.english import SHARED, Sentences, Told, in_english
from knowledge.entries import Entry, Finding
from knowledge.everyday import Words
from knowledge.glossary import Term, glossary
from knowledge.guide import Guide
from knowledge.life_event import LifeEvent, told_in
from knowledge.province import Decided, LocalCode, Province, laid_over
from knowledge.remembering import SHORT, Kept
from knowledge.search import Index

R = TypeVar("R")

__all__ = ["Field", "Library", "Row", "entry"]

FOUND = 1_024
"""Questions of which it is kept what they find: people come with the same matters, in the same words."""

MADE = 256
"""Pages of guides that are kept as they were made."""


@dataclass(frozen=True, order=True)
class Field:
    """A field of life, as the folder of its guides is called; `line` says plainly what lies in it."""

    order: int
    id: str
    name: str
    en: str
    line: str = ""
    line_en: str = ""


class Row(Sequence[Guide]):
    """Guides in a row, each opened only when it is looked at."""

    def __init__(self, guides: Mapping[str, Guide], ids: Sequence[str]) -> None:
        self._guides = guides
        self._ids = tuple(ids)

    @property
    def ids(self) -> tuple[str, ...]:
        """Which guides these are, none of them opened."""
        return self._ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, at: int) -> Guide: ...
    @overload
    def __getitem__(self, at: slice) -> "Row": ...
    def __getitem__(self, at: int | slice) -> "Guide | Row":
        return Row(self._guides, self._ids[at]) if isinstance(at, slice) else self._guides[self._ids[at]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as a list: equal to others by content


@dataclass(frozen=True, eq=False)
class Library:
    """Guides by id. `first` holds the codes that people ask for most, the most asked first.

    `names` holds procedures that are known by code and name only, so that a question about one of them is not
    answered with a guide that is merely near. `english` holds what is said in English: by guide, and SHARED.
    """

    guides: Mapping[str, Guide] = field(repr=False)
    fields: tuple[Field, ...] = ()
    words: Words = field(default_factory=Words, repr=False)
    first: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    provinces: tuple[Province, ...] = field(default=(), repr=False)
    decided: Mapping[str, Decided] = field(default_factory=dict, repr=False)
    events: tuple[LifeEvent, ...] = field(default=(), repr=False)
    english: Mapping[str, Told] = field(default_factory=dict, repr=False)

    @cached_property
    def edition(self) -> str:
        """Eight hexadecimal digits that change when any guide changes."""
        parts = sorted(f"{card.id}:{card.edition}" for card in self.cards.values())
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """A card of each guide, by id."""
        if isinstance(self.guides, FoldedGuides):
            return self.guides.cards
        return {id: card_of(guide) for id, guide in self.guides.items()}

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

    def translated(self, id: str, province: str) -> Guide | None:
        """As `local`, in English as far as it is written; what is not stands there in Vietnamese, marked."""
        guide = self.local(id, province)
        if guide is None:
            return None
        key = (id, province)
        if key not in self._translated:
            own = self.english[id].texts if id in self.english else {}
            self._translated[key] = in_english(guide, {**self.shared_english, **own})
        return self._translated[key]

    @cached_property
    def shared_english(self) -> Sentences:
        """The English of sentences that several guides and the life events have."""
        return self.english[SHARED].texts if SHARED in self.english else {}

    def local_code(self, guide: Guide, province: str) -> LocalCode | None:
        """The code that the province gives the procedure, if it is known to give it one of its own."""
        decided = self.decided.get(province)
        local = decided.guides.get(guide.code) if decided is not None else None
        return local.code if local is not None else None

    def decided_somewhere(self, guide: Guide) -> bool:
        """Whether the answer may differ from province to province."""
        return any(fee.set_by == "province" for fee in guide.fees) or guide.code in self._decided_codes

    @cached_property
    def _decided_codes(self) -> frozenset[str]:
        return frozenset(code for decided in self.decided.values() for code in decided.guides)

    @cached_property
    def _local(self) -> dict[tuple[str, str], Guide]:
        return {}

    @cached_property
    def _translated(self) -> dict[tuple[str, str], Guide]:
        return {}

    def province(self, id: str) -> Province | None:
        """The province of that id."""
        return next((province for province in self.provinces if province.id == id), None)

    def by_code(self, code: str) -> Guide | None:
        """The guide of a national code: its own, at another level, without the province's suffix, or its successor's.

        A withdrawn guide is found only when nothing has taken its place.
        """
        card = self._card_by_code(code)
        return self.guides[card.id] if card is not None else None

    def _card_by_code(self, code: str) -> Card | None:
        last: Card | None = None
        seen: set[str] = set()
        while code not in seen:
            seen.add(code)
            plain = code.rpartition(".")[0] if code.count(".") > 1 else code
            own = self._by_own_code.get(code) or self._by_own_code.get(plain)
            if own is not None and own.status != "withdrawn":
                return own
            last = own or last
            successor = self._by_old_code.get(code) or self._by_old_code.get(plain)
            if successor is None:
                return last
            if successor.status != "withdrawn":
                return successor
            last, code = successor, successor.code
        return last

    def name_only(self, code: str) -> str | None:
        """The name of a procedure that there is no guide for; None when there is one, or nothing is known."""
        return self.known_by_name.get(code) or self._successors.get(code)

    @cached_property
    def _successors(self) -> Mapping[str, str]:
        return dict(pair for card in self.cards.values() for pair in card.successors)

    @cached_property
    def known_by_name(self) -> Mapping[str, str]:
        """Code -> name of every procedure without a guide: those of the list, and those that guides point to."""
        pointed = {code: name for card in self.cards.values() for code, name in card.pointed}
        known = {code: name for code, name in {**pointed, **self.names}.items() if self._card_by_code(code) is None}
        return dict(sorted(known.items()))

    def in_field(self, id: str, today: date) -> Row:
        """What citizens may see of a field: our own guides before imported ones, the most asked first."""
        return Row(self.guides, [card.id for card in self._by_field.get(id, ()) if card.visible(today)])

    @cached_property
    def _by_field(self) -> Mapping[str, Sequence[Card]]:
        rank = {code: at for at, code in enumerate(self.first)}
        found: dict[str, list[Card]] = {}
        for card in sorted(
            self.cards.values(),
            key=lambda one: (one.status != "published", rank.get(one.code, len(rank)), one.title.casefold()),
        ):
            found.setdefault(card.field, []).append(card)
        return found

    def most_asked(self, today: date) -> Sequence[Guide]:
        """What people come for most, in order."""
        return Row(self.guides, tuple(card.id for card in self.most_asked_cards(today)))

    def most_asked_cards(self, today: date) -> Sequence[Card]:
        """The cards of these, for a list of them: no guide has to be opened."""
        cards = (self._card_by_code(code) for code in self.first)
        shown = {card.id: card for card in cards if card is not None and card.visible(today)}
        return tuple(shown.values())

    def life_event(self, id: str) -> LifeEvent | None:
        """The life event of that id."""
        return next((event for event in self.events if event.id == id), None)

    def life_event_in(self, text: str) -> LifeEvent | None:
        """The life event that a message tells of without naming a procedure."""
        if len(text) > SHORT:
            return told_in(text, self.events, self.words)
        return self._told.get(text, lambda: told_in(text, self.events, self.words))

    def terms(self, text: str) -> tuple[Term, ...]:
        """The hard words whose meaning a message asks for ("toàn trình là gì"), if that is all it asks."""
        return glossary().asked(text)

    def find(self, text: str, today: date, context: Sequence[str] = ()) -> Finding:
        """The guides that a message may mean, the best first; hidden ones are never found.

        A procedure known by name only is found under its code instead of an id.

        `context` holds earlier messages, or the id of the guide that is open, oldest first. The first call builds the
        index.
        """
        if len(text) > SHORT:
            return self.index(today).find(text, context)  # a story, which nobody tells twice
        return self._found.get((text, tuple(context), today), lambda: self.index(today).find(text, context))

    def made(self, key: Hashable, make: Callable[[], R]) -> R:
        """What `make` makes of these guides, kept for the next who wants it: the key says all else that it goes by."""
        return cast("R", self._made.get(key, make))

    def index(self, today: date) -> Index:
        """The index of what may be found; another one is needed only on a day when a guide expires."""
        ended = [card for card in self._ending if card.expires is not None and card.expires < today]
        over = frozenset(card.id for card in ended if not card.successors)
        index = self._indexes.get(over)
        if index is None:
            shown = {"published", "imported"}
            cards = [
                card
                for card in self.cards.values()
                if card.status in shown or (card.status == "withdrawn" and card.successors)
            ]
            entries = [self._entry(card) for card in cards if card.id not in over]
            named = [Entry(code, code, name, levels=("commune",)) for code, name in self.known_by_name.items()]
            index = Index([*entries, *named], self.words)
            self._indexes.clear()  # yesterday's
            self._indexes[over] = index
        return index

    def _entry(self, card: Card) -> Entry:
        """What the search knows of a guide, with how people ask for it in English."""
        told = self.english.get(card.id)
        if told is None or not told.phrases:
            return card.entry
        return replace(card.entry, english="; ".join((card.entry.english, *told.phrases)))

    @cached_property
    def _found(self) -> Kept[tuple[str, tuple[str, ...], date], Finding]:
        return Kept(FOUND)

    @cached_property
    def _told(self) -> Kept[str, LifeEvent | None]:
        return Kept(FOUND)

    @cached_property
    def _made(self) -> Kept[Hashable, object]:
        return Kept(MADE)

    @cached_property
    def _indexes(self) -> dict[frozenset[str], Index]:
        return {}

    @cached_property
    def _ending(self) -> Sequence[Card]:
        return [card for card in self.cards.values() if card.expires is not None]

    @cached_property
    def _by_own_code(self) -> Mapping[str, Card]:
        ordered = sorted(self.cards.values(), key=lambda card: card.status != "withdrawn")  # those in use win
        return {code: card for card in ordered for code in (*card.same, card.code)}

    @cached_property
    def _by_old_code(self) -> Mapping[str, Card]:
        ordered = sorted(self.cards.values(), key=lambda card: card.status != "withdrawn")
        return {code: card for card in ordered for code in card.replaces}
