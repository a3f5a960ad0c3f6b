"""The public list of procedures: which there are in a field and at a level, and which a few typed letters may mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from flows.state import Language
from knowledge.cards import Card
from knowledge.library import Field, Library
from knowledge.search import Finding
from knowledge.vietnamese import fold

LEVELS: Final[Mapping[str, str]] = {"xa": "commune", "tinh": "province", "bo": "ministry", "khac": "other"}
"""What addresses call the levels of a guide."""

SHOWN: Final = 50
"""Procedures on one page of the list."""

FOUND: Final = 12
"""Procedures shown for what was typed; whoever sees more than these types another letter."""

UNDERSTOOD: Final = 8
"""No name and fewer of people's own words than so many, and the question is understood as in the talk, too."""

CODE_DIGITS: Final = 3
"""Digits from which on a number is looked for among the codes."""

LONGEST: Final = 200
"""Characters of a question that are read here. A whole story belongs into the talk."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One procedure of the list. Without `field` it is known by code and name only."""

    id: str
    code: str
    title: str
    official: str
    field: str
    levels: tuple[str, ...]
    imported: bool

    @property
    def at(self) -> str:
        """Its address."""
        return f"/thu-tuc/{self.id}"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for what was typed: the first of `count` procedures, and what the search made of the words."""

    listed: tuple[Listed, ...]
    count: int
    finding: Finding | None


def _digits(code: str) -> str:
    return "".join(sign for sign in code if sign.isdecimal())


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list: its number from 1, of how many, and what stands on it."""

    number: int
    of: int
    listed: tuple[Listed, ...]
    count: int


def leaf(listed: Sequence[Listed], number: int) -> Leaf:
    """That page of a list, the nearest there is."""
    of = max(1, -(-len(listed) // SHOWN))
    number = min(max(number, 1), of)
    return Leaf(number, of, tuple(listed[(number - 1) * SHOWN : number * SHOWN]), len(listed))


@dataclass(frozen=True)
class Listing:
    """All that citizens may see of a library on a day, in the order of its fields, the most asked of each first."""

    library: Library
    today: date
    language: Language

    @cached_property
    def all(self) -> tuple[Listed, ...]:
        """The procedures that have a guide."""
        return tuple(self._of(card) for field in self.library.fields for card in self._cards(field))

    @cached_property
    def by_name(self) -> tuple[Listed, ...]:
        """The procedures of which only code and name are known, by name."""
        known = sorted(self.library.known_by_name.items(), key=lambda pair: pair[1].casefold())
        return tuple(Listed(code, code, name, name, "", (), imported=False) for code, name in known)

    @cached_property
    def fields(self) -> tuple[tuple[Field, int], ...]:
        """Each field that has a procedure, with how many."""
        counts = Counter(one.field for one in self.all)
        return tuple((field, counts[field.id]) for field in self.library.fields if counts[field.id])

    def some(self, field: str = "", level: str = "") -> tuple[Listed, ...]:
        """Those of a field, at a level; empty means all."""
        return tuple(one for one in self.all if field in {"", one.field} and (level in {"", *one.levels}))

    def levels(self, field: str = "") -> tuple[tuple[str, str, int], ...]:
        """Each level that has procedures: what addresses call it, its name in guides, how many there are."""
        counts = Counter(level for one in self.some(field) for level in one.levels)
        return tuple((name, level, counts[level]) for name, level in LEVELS.items() if counts[level])

    def find(self, typed: str) -> Found:
        """Every word typed begins a word of the procedure; where no name has them, what they mean as a question.

        First those with these words one after the other; then, too, those that are called so before those that people
        call so. Digits alone are a code, or its beginning or end, with or without the dot.
        """
        digits = "".join(typed[:LONGEST].split()).replace(".", "")
        if digits.isdecimal() and len(digits) >= CODE_DIGITS:
            coded = [one for one in self._searched if _digits(one.code).startswith(digits)]
            coded += [one for one in self._searched if _digits(one.code).endswith(digits) and one not in coded]
            return Found(tuple(coded[:FOUND]), len(coded), None)
        wanted = [f" {word}" for word in fold(typed[:LONGEST]).split()]
        if not wanted:
            return Found((), 0, None)
        names, texts = self._names, self._texts
        called = said = list(range(len(names)))
        for word in wanted:
            called = [at for at in called if word in names[at]]
            said = [at for at in said if word in texts[at]]
        phrase = "".join(wanted)
        together = [at for at in called if phrase in names[at]] + [at for at in said if phrase in texts[at]]
        matched = [self._searched[at] for at in dict.fromkeys((*together, *called, *said))]
        finding = None
        if not called and len(matched) < UNDERSTOOD:
            finding = self.library.find(typed[:LONGEST], self.today)
            matched = [*dict.fromkeys((*matched, *self._meant(finding)))]
        return Found(tuple(matched[:FOUND]), len(matched), finding)

    @property
    def prepared(self) -> bool:
        """Whether `find` answers at once."""
        return "_texts" in vars(self)

    def prepare(self) -> None:
        """Do what the first `find` would have to; safe beside everything else."""
        self.find("khai sinh")

    def _meant(self, finding: Finding) -> Iterator[Listed]:
        if finding.decision != "unknown":
            yield from (self._by_id[found.id] for found in finding.found[:UNDERSTOOD] if found.id in self._by_id)

    @cached_property
    def _searched(self) -> tuple[Listed, ...]:
        """Our own guides before imported ones, those before the procedures known by name; what many ask for first."""
        common = self.library.words.common
        every = (*self.all, *self.by_name)
        return tuple(sorted(every, key=lambda one: (not one.field, one.imported, -common.get(one.code, 0.0))))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """Of each its names and code, folded, a space before every word."""
        english = (card.entry.english if (card := self.library.cards.get(one.id)) else "" for one in self._searched)
        pairs = zip(self._searched, english, strict=True)
        return tuple(f" {fold(f'{one.title} {one.official} {one.code} {en}')}" for one, en in pairs)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        """The same and what people call it."""
        pairs = zip(self._names, self._searched, strict=True)
        return tuple(f"{names} {fold(self._said(one))}" for names, one in pairs)

    def _said(self, one: Listed) -> str:
        card = self.library.cards.get(one.id)
        return " ".join((*(card.phrases if card is not None else ()), *self.library.words.phrases.get(one.code, ())))

    @cached_property
    def _by_id(self) -> Mapping[str, Listed]:
        return {one.id: one for one in self._searched}

    def _cards(self, field: Field) -> Iterator[Card]:
        return (self.library.cards[id] for id in self.library.in_field(field.id, self.today).ids)

    def _of(self, card: Card) -> Listed:
        english = card.entry.english.split(";")[0].strip() if self.language == "en" else ""
        return Listed(
            card.id,
            card.code,
            english or card.title,
            card.name,
            card.field,
            card.entry.levels,
            imported=card.status == "imported",
        )
