"""Words of one guide that find another first: its names and phrases, and the sentences of its mirror."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.workshop.opening import mirror_path, seen_from_here
from bot.workshop.trying import missed
from knowledge.folders import read_file
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.mirrors import read_mirror


@dataclass(frozen=True, slots=True)
class Collisions:
    """Every collision as a line, and how many phrases were tried."""

    lines: tuple[str, ...]
    tried: int


def collisions(library: Library, paths: Mapping[str, Path], today: date) -> Collisions:
    """Try every phrase of every published guide; `paths` says where the file of each id lies."""
    lines: list[str] = []
    tried = 0
    for card in sorted(library.cards.values(), key=lambda one: one.id):
        if card.status != "published" or not card.visible(today):
            continue
        guide = library.guides[card.id]
        lines += _of_phrases(guide, library, paths[guide.id], today)
        tried += len(guide.phrases) + 1 + bool(guide.short)
        path = mirror_path(paths[guide.id])
        mirror, yaml, _ = read_mirror(path) if path.is_file() else (None, None, ())
        if mirror is not None and yaml is not None:
            tried += len(mirror.finds)
            for at, words, other in missed(mirror, guide, library, today):
                place = "{}:{}".format(*yaml.place(("finds", at)))
                lines.append(_line(f"{seen_from_here(path)}:{place}", "finds", words, other))
    return Collisions(tuple(lines), tried)


def _of_phrases(guide: Guide, library: Library, path: Path, today: date) -> Iterator[str]:
    named = (("name", guide.name), ("short", guide.short))
    yaml = read_file(path)
    for place, words in (
        *(((key,), words) for key, words in named if words),
        *((("phrases", at), words) for at, words in enumerate(guide.phrases)),
    ):
        found = library.find(words, today).found
        if not found or found[0].id != guide.id:
            line, column = yaml.place(place)
            other = found[0].name if found else ""
            yield _line(f"{seen_from_here(path)}:{line}:{column}", str(place[0]), words, other)


def _line(place: str, key: str, words: str, other: str) -> str:
    found = f"tìm ra “{other}” trước" if other else "không tìm ra thủ tục nào"
    return f"{place}: {key} “{words}” {found}, nói rõ hơn, hoặc chuyển câu này sang thủ tục kia"
