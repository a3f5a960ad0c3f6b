"""Vietnamese on an English page: official names beside the English, and what is not in English yet.

Both are marked where they are put in. When the page is made the marks are taken out, and the page says what they said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from flows.replies import Choice, Notice, Reply, mapped
from flows.texts import Say
from knowledge.english import CLOSES, OPENS

NAMES: Final = "\ue002"
"""Opens an official name, which is Vietnamese on purpose: it is what a person has to ask for at the desk."""

_PASSAGE: Final = re.compile(f"([{OPENS}{NAMES}])([^{OPENS}{NAMES}{CLOSES}]*){CLOSES}?")


def official(text: str, say: Say) -> str:
    """An official name, marked as Vietnamese on an English page."""
    return f"{NAMES}{text}{CLOSES}" if text and say.language == "en" else text


def with_official(name: str, text: str, say: Say) -> str:
    """A name as it is read, the official one behind it on an English page: "Marital status certificate (Giấy ...)"."""
    if say.language != "en" or text in name:
        return name
    flat = text.replace(" (", ", ").replace(")", "")  # no brackets within brackets
    return f"{name} ({official(flat, say)})"


def bare(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Choices without marks, as a person sees and types them."""
    return mapped(choices, lambda text: _PASSAGE.sub(r"\2", text))


def told_apart(reply: Reply, say: Say) -> Reply:
    """The page without marks: `vietnamese` holds its Vietnamese passages.

    What is not in English yet is owned up to in one line, wherever and however often it stands; official names are not.
    """
    found: list[tuple[str, str]] = []

    def plain(text: str) -> str:
        found.extend(_PASSAGE.findall(text))
        return _PASSAGE.sub(r"\2", text)

    shown = mapped(reply, plain)
    line = (Notice(say("guide.some_vietnamese")),) if any(mark == OPENS for mark, _ in found) else ()
    passages = tuple(dict.fromkeys(passage for _, passage in found if passage))
    return replace(shown, blocks=(*shown.blocks, *line), vietnamese=passages)
