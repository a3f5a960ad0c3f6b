"""Which guides a few words find, for someone who wants to show one to another person; nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from flows import engine
from flows.events import Started
from flows.replies import Reply
from flows.state import Language, Talk
from flows.turn import World

LONGEST = 200
"""Characters that are looked at: a question, not a story."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A guide to show: its id, title and summary, its first page, and what a deep link to it carries."""

    id: str
    title: str
    summary: str
    page: Reply
    payload: str


def offers(words: str, language: Language, world: World, limit: int) -> tuple[Offer, ...]:
    """The guides found, the likeliest first; none where nothing fits, or where someone is in danger."""
    finding = world.library.find(words[:LONGEST], world.today)
    if finding.decision == "unknown" or finding.alarm != "none":
        return ()
    made = (_offer(one.id, language, world) for one in finding.found[:limit])
    return tuple(offer for offer in made if offer is not None)


def _offer(id: str, language: Language, world: World) -> Offer | None:
    guide = world.library.get(id)
    payload = f"{engine.DEEP_LINK}{id}"
    page = engine.step(Talk(language=language), Started(payload), world).reply
    if guide is None or page is None:
        return None
    return Offer(id, guide.title, guide.summary, page, payload)
