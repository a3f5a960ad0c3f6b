"""Another procedure that a guide mentions: its name as a person reads it, and why it is mentioned."""

from __future__ import annotations

from flows.telling.tongues import official, with_official
from flows.texts import Say
from knowledge.guide import Pointer
from knowledge.library import Library


def pointer_name(pointer: Pointer, library: Library, say: Say) -> str:
    """The name of the other procedure; in English that of its guide, if there is one, with the official name."""
    other = library.by_code(pointer.code) if say.language == "en" else None
    if other is None or not other.en:
        return official(pointer.name, say)
    return with_official(other.en, pointer.name, say)


def pointer_line(pointer: Pointer, library: Library, say: Say) -> str:
    """Its name and code, and why."""
    return say("reading.pointer", name=pointer_name(pointer, library, say), code=pointer.code, why=pointer.why)
