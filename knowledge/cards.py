"""A card of each guide, for lists, codes and the search; the guide itself stays folded until somebody opens it.

Thousands of guides as objects would take 200 MB and seconds to restore; their JSON, compressed, takes a twentieth.
"""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from pydantic_core import to_json

from knowledge.entries import Entry
from knowledge.guide import Code, Event, Guide, Id, Pointer, Status
from knowledge.postings import short_papers

OPEN: Final = 32
"""Guides that stay unfolded, and as many that were so before them."""
_QUICKLY: Final = 1
"""The level of zlib that takes half the time of its usual one, for a tenth more."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a guide without opening it; `pointed` holds code and name of the procedures it points to."""

    id: Id
    code: Code
    same: tuple[Code, ...]
    replaces: tuple[Code, ...]
    name: str
    title: str
    phrases: tuple[str, ...]
    status: Status
    field: Id
    event: Event
    expires: date | None
    edition: str
    pointed: tuple[tuple[str, str], ...]
    successors: tuple[tuple[str, str], ...]
    """Code and name of what takes its place when it is no longer used; then it is still found, to lead there."""
    entry: Entry

    @property
    def en(self) -> str:
        """The guide's name in English, "" where it has none."""
        return self.entry.english

    def visible(self, today: date) -> bool:
        """Whether citizens may see the guide on that day."""
        return self.status in {"published", "imported"} and (self.expires is None or today <= self.expires)


def card_of(guide: Guide, edition: str = "") -> Card:
    """The card of a guide; `edition` is any text that changes with the guide, its own edition if left out."""
    pointers = (*guide.next, *guide.not_this, *_instead(guide)) if guide.status == "published" else ()
    return Card(
        id=guide.id,
        code=guide.code,
        same=guide.same,
        replaces=guide.replaces,
        name=guide.name,
        title=guide.title,
        phrases=guide.phrases,
        status=guide.status,
        field=guide.field,
        event=guide.event,
        expires=guide.expires,
        edition=edition or guide.edition,
        pointed=tuple((pointer.code, pointer.name) for pointer in pointers),
        successors=tuple((pointer.code, pointer.name) for pointer in guide.replaced_by),
        entry=entry(guide),
    )


def _instead(guide: Guide) -> Iterator[Pointer]:
    for ask in guide.asks:
        for choice in ask.choices.values():
            if choice.instead is not None:
                yield choice.instead


def entry(guide: Guide) -> Entry:
    """What the search needs to know of a guide."""
    whole = Entry(
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
    return replace(whole, papers=short_papers(whole))  # what else papers are called takes 8 MB, and is not looked at


@dataclass(frozen=True, slots=True)
class Folded:
    """A guide that has passed every check, as its card and its content in compressed JSON."""

    card: Card
    content: bytes

    def unfold(self) -> Guide:
        """The guide."""
        return Guide.model_validate_json(zlib.decompress(self.content))


def fold_up(guide: Guide, content: Mapping[str, Any]) -> Folded:
    """The guide that was made of this content (as read from YAML, with its field)."""
    plain = to_json(content)
    return Folded(card_of(guide, hashlib.sha256(plain).hexdigest()[:8]), zlib.compress(plain, _QUICKLY))


class FoldedGuides(Mapping[str, Guide]):
    """Guides by id, each unfolded when it is asked for."""

    def __init__(self, folded: Mapping[str, Folded]) -> None:
        self._folded = dict(folded)
        self._open: dict[str, Guide] = {}
        self._before: dict[str, Guide] = {}

    @property
    def cards(self) -> Mapping[str, Card]:
        """The cards by id."""
        return {id: one.card for id, one in self._folded.items()}

    def __getitem__(self, id: str) -> Guide:
        guide = self._open.get(id)
        if guide is None:
            guide = self._before.get(id) or self._folded[id].unfold()
            if len(self._open) >= OPEN:
                self._before, self._open = self._open, {}
            self._open[id] = guide
        return guide

    def __contains__(self, id: object) -> bool:
        return id in self._folded

    def __iter__(self) -> Iterator[str]:
        return iter(self._folded)

    def __len__(self) -> int:
        return len(self._folded)

    def __getstate__(self) -> dict[str, object]:
        """Kept on disk, all guides are folded."""
        return {"_folded": self._folded, "_open": {}, "_before": {}}
