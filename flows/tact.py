"""What is not offered to whom it would hurt: papers of a death where nobody died, papers of a birth after a loss."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from flows.turn import World
from knowledge.entries import Found
from knowledge.guide import Event
from knowledge.vietnamese import fold

_DEATH = tuple(
    map(
        fold,
        ("chết", "qua đời", "từ trần", "mai táng", "khai tử", "chứng tử", "báo tử", "tử tuất", "tử vong", "hy sinh",
         "người mất", "đã mất", "đám tang", "nhà có tang", "ma chay", "thừa kế", "di sản", "di chúc", "để lại",
         "thờ cúng",
         "died", "dead", "death", "passed away", "funeral", "inherit", "inheritance"),
    )
)  # fmt: skip
"""Words that speak of a death or of what the dead leave."""

_LOSS = tuple(map(fold, ("sảy thai", "sẩy thai", "thai lưu", "hư thai", "mất thai", "phá thai", "miscarriage")))
"""Words that speak of a child that was not born."""

NAMED = 0.95
"""From this score on, the search itself heard of a death, in words that are not listed here."""


def tactful(found: Sequence[Found], words: str, world: World) -> tuple[Found, ...]:
    """What was found without what the words give no reason to name."""
    said = f" {fold(words)} "
    death = _speaks(said, _DEATH) or _tells_of_a_death(words, world)
    unfit: set[Event] = set() if death else {"death"}
    if _speaks(said, _LOSS):
        unfit.add("birth")
    return tuple(
        one for one in found if _event(one, world) not in unfit or (one.score >= NAMED and "birth" not in unfit)
    )


def _speaks(said: str, of: Sequence[str]) -> bool:
    return any(f" {one} " in said for one in of)


def _tells_of_a_death(words: str, world: World) -> bool:
    """Whether somebody is said to be gone: "ba em mất", whatever paper is asked for with it."""
    told = (event.tells(words, world.library.words) for event in world.library.events if event.event == "death")
    return any(told)


def _event(one: Found, world: World) -> Event:
    """What a guide is about; a procedure known by name only tells it by its name."""
    card = world.library.cards.get(one.id)
    if card is not None:
        return card.event
    return _event_of_name(one.name)


@lru_cache(maxsize=4_096)
def _event_of_name(name: str) -> Event:
    return "death" if _speaks(f" {fold(name)} ", _DEATH) else "none"
