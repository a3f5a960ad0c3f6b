"""Whether words ask for the day on which volunteers help: "thứ tư này ở đâu", "ai trực", and nothing else beside."""

from __future__ import annotations

import unicodedata
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
    days = {desk.friendly_day for desk in world.desks.values() if desk.friendly_day is not None}
    known: list[tuple[Phrase, Part]] = []
    for say in world.texts.values():
        known += [(phrase, part) for part in PARTS for phrase in _phrases(say(f"friendly_words.{part}"))]
        known += [(_words(say(f"weekday.{day}")), "about") for day in sorted(days)]
    found: set[Part] = set()
    at = 0
    while at < len(said):
        fits = [(len(phrase), part) for phrase, part in known if _same(said[at : at + len(phrase)], phrase)]
        if not fits:
            return None
        length, part = max(fits)
        found.add(part)
        at += length
    return found


@lru_cache(maxsize=16)
def _phrases(listed: str) -> tuple[Phrase, ...]:
    return tuple(_words(phrase) for phrase in listed.split("|"))


def _words(text: str) -> Phrase:
    spaced = "".join(sign if sign.isalnum() else " " for sign in unicodedata.normalize("NFC", text).casefold())
    return tuple(spaced.split())


def _same(said: Phrase, phrase: Phrase) -> bool:
    """Whether the words are those, marks or not: a word typed with marks has to have the right ones."""
    return len(said) == len(phrase) and all(
        one == other or (one.isascii() and one == fold(other)) for one, other in zip(said, phrase, strict=True)
    )
