"""Whether words ask for the day on which volunteers help: "thứ tư này ở đâu", "ai trực", and nothing else beside."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal

from flows.state import Friendly, Talk
from flows.turn import Move, World
from knowledge.vietnamese import fold

Part = Literal["about", "ask", "around"]
PARTS: Final[tuple[Part, ...]] = ("about", "ask", "around")

LONGEST: Final = 16
"""Words of a message that may be nothing but this question."""

Phrase = tuple[str, ...]


def asked(words: str, talk: Talk, world: World) -> Move | None:
    """The page of the next friendly day, where the words ask for it; None for any other words.

    Every word has to be one of those kept for it, so that a question about a procedure is never taken for this one.
    """
    said = _words(words)
    if not said or len(said) > LONGEST:
        return None
    parts = _parts(said, world)
    if parts is None or "ask" not in parts or not ("about" in parts or isinstance(talk.stage, Friendly)):
        return None
    return Move(Friendly(), back=not isinstance(talk.stage, Friendly))


def _parts(said: Phrase, world: World) -> set[Part] | None:
    """Which parts of the question the words are; None when one of them is no part of it."""
    listed = [(part, say(f"friendly_words.{part}")) for say in world.texts.values() for part in PARTS]
    days = {desk.friendly_day for desk in world.desks.values() if desk.friendly_day is not None}
    named = "|".join(say(f"weekday.{day}") for say in world.texts.values() for day in sorted(days))
    known = _known((*listed, ("about", named)))
    found: set[Part] = set()
    at = 0
    while at < len(said):
        length, part = next(
            ((len(phrase), part) for phrase, part in known.get(said[at], ()) if _same(said[at:], phrase)), (0, "about")
        )
        if not length:
            return None
        found.add(part)
        at += length
    return found


@lru_cache(maxsize=16)
def _known(listed: tuple[tuple[Part, str], ...]) -> Mapping[str, Sequence[tuple[Phrase, Part]]]:
    """The phrases by their first word, with its marks and without, the longest first."""
    known: dict[str, list[tuple[Phrase, Part]]] = {}
    phrases = ((_words(phrase), part) for part, phrases in listed for phrase in phrases.split("|"))
    for phrase, part in sorted((one for one in phrases if one[0]), key=lambda one: (len(one[0]), one[1]), reverse=True):
        for first in {phrase[0], fold(phrase[0])}:
            known.setdefault(first, []).append((phrase, part))
    return known


def _words(text: str) -> Phrase:
    spaced = "".join(sign if sign.isalnum() else " " for sign in unicodedata.normalize("NFC", text).casefold())
    return tuple(spaced.split())


def _same(said: Phrase, phrase: Phrase) -> bool:
    """Whether a phrase stands first in what was said, marks or not: what is typed with marks needs the right ones."""
    return len(said) >= len(phrase) and all(
        one == other or (one.isascii() and one == fold(other)) for one, other in zip(said, phrase, strict=False)
    )
