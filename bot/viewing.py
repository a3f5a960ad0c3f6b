"""Looking at pictures that people sent, for a volunteer at the desk: which there are, and one of them as files."""

from __future__ import annotations

import os
from pathlib import Path

from bot.desk import Desk
from flows.telling.plain import day
from flows.turn import VIETNAM
from knowledge.library import Library


async def listed(desk: Desk, library: Library) -> tuple[str, ...]:
    """A line for each picture: its number, of which paper for what, and its last day."""
    lines = []
    for picture in await desk.pictures():
        guide = library.get(picture.guide)
        document = guide.document(picture.document) if guide is not None else None
        what = document.name if document is not None else picture.document
        until = day(picture.until.astimezone(VIETNAM).date())
        lines.append(f"{picture.number}  {what} ({guide.title if guide is not None else picture.guide}), đến {until}")
    return tuple(lines) or ("Không có ảnh nào đang được giữ.",)


def written(pages: tuple[bytes, ...], number: str, into: Path) -> tuple[Path, ...]:
    """The pages as files that only their owner can read; OSError when the folder cannot be written."""
    into.mkdir(parents=True, exist_ok=True)
    files = tuple(into / f"{number}-{at}.jpg" for at in range(1, len(pages) + 1))
    for file, page in zip(files, pages, strict=True):
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(page)
    return files
