"""`./run guide english`: the sentences of a guide that have no English yet, as lines to write it beside."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.workshop.opening import Book
from knowledge.english import sentences
from knowledge.loading import english_root

_HEAD: Final = "# yaml-language-server: $schema=../../english.schema.json\ntexts:\n"


@dataclass(frozen=True, slots=True)
class Untold:
    """Where the English of a guide lies, how many sentences the guide has, and the lines for those without any."""

    path: Path
    sentences: int
    missing: int
    lines: str


def untold(book: Book) -> Untold:
    """What is still to be written; a file that is not there yet is begun with its head."""
    guide, library = book.guide, book.library
    path = english_root(book.path.parent.parent) / guide.field / f"{guide.id}.yaml"
    own = library.english[guide.id].texts if guide.id in library.english else {}
    every = sentences(guide)
    missing = [text for text in every if text not in own and text not in library.shared_english]
    pairs = "".join(f'  - vi: {json.dumps(text, ensure_ascii=False)}\n    en: ""\n' for text in missing)
    return Untold(path, len(every), len(missing), pairs if path.is_file() or not pairs else _HEAD + pairs)
