"""How a case to practise is judged: by the papers that the guide asks for today, and only by those of a sure source."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from flows.office.practice import Drill
from flows.turn import World
from knowledge.guide import Certainty, Document, Guide
from knowledge.tailor import Fit, papers

SURE: Final[frozenset[Certainty]] = frozenset(("verified", "copied"))
"""How certain a paper must be for an answer to be judged by it."""


def is_sure(guide: Guide, document: Document) -> bool:
    """Whether somebody read in a source that this paper is asked for; what is only said to be so judges nobody."""
    return guide.certainty_of(document) in SURE


@dataclass(frozen=True, slots=True)
class Judged:
    """What of an answer was right: the guide, and papers that are needed and were not ticked, or ticked and not."""

    guide: bool
    missed: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def papers(self) -> bool:
        """Whether all papers were right."""
        return not self.missed and not self.extra

    @property
    def points(self) -> int:
        """Of POINTS."""
        return int(self.guide) + int(self.papers)


def holds(drill: Drill, world: World) -> bool:
    """Whether the guide can still be asked about: not withdrawn since the case was made, the phrase still there."""
    guide = world.library.get(drill.guide)
    return guide is not None and guide.visible(world.today) and drill.phrase < len(guide.phrases)


def offered(drill: Drill, world: World) -> tuple[tuple[int, Guide, Document], ...]:
    """The papers that a case offers and the guides still have, each with its place."""
    found = []
    for place, ref in enumerate(drill.papers):
        of, _, id = ref.partition("/")
        guide = world.guide(of) if of in world.library.guides else None
        document = None if guide is None else guide.document(id)
        if guide is not None and document is not None:
            found.append((place, guide, document))
    return tuple(found)


def judged(drill: Drill, chosen: str, ticked: Collection[int], world: World) -> Judged:
    """An answer against the list that a person with these answers gets today. KeyError if the case does not hold."""
    guide = world.guide(drill.guide)
    listed = {document.id: fit for document, fit in papers(guide, dict(drill.answers), world.today)}
    missed, extra = list[str](), list[str]()
    for place, of, document in offered(drill, world):
        fit = listed.get(document.id, Fit.NO) if of.id == drill.guide else Fit.NO
        if fit is Fit.MAYBE or (fit is Fit.YES and document.if_any) or not is_sure(of, document):
            continue  # neither answer is wrong
        if (fit is Fit.YES) != (place in ticked):
            (missed if fit is Fit.YES else extra).append(drill.papers[place])
    return Judged(chosen == drill.guide, tuple(missed), tuple(extra))
