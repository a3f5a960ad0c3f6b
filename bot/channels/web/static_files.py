"""The page's style, script, icon and letters: held in memory, under an address that changes when any of them does."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent / "static"

TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
SQUEEZED = frozenset({".css", ".js", ".svg", ".txt"})


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file: its type, its bytes, and the same squeezed (empty where that gains nothing)."""

    type: str
    plain: bytes
    squeezed: bytes


class StaticFiles:
    """Every file of a folder by its path. Only what was there at the start can be asked for, so no path leads out."""

    def __init__(self, folder: Path = FOLDER) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.suffix in TYPES)
        self._files = {path.relative_to(folder).as_posix(): _file(path) for path in paths}
        together = hashlib.sha256(b"".join(name.encode() + file.plain for name, file in self._files.items()))
        self.at = f"/static/{together.hexdigest()[:12]}/"
        """Where the files are; style.css names the letters relative to itself, so one print covers all."""

    def text(self, name: str) -> str:
        """The text of a file that is there."""
        return self._files[name].plain.decode()

    def answer(self, request: Request, name: str, *, forever: bool) -> Response | None:
        """The file of that name, or None. `forever` when its address changes with it."""
        file = self._files.get(name)
        if file is None:
            return None
        headers = {"cache-control": "public, max-age=31536000, immutable" if forever else "public, max-age=3600"}
        if not file.squeezed:
            return Response(file.plain, media_type=file.type, headers=headers)
        headers["vary"] = "accept-encoding"
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(file.plain, media_type=file.type, headers=headers)
        return Response(file.squeezed, media_type=file.type, headers=headers | {"content-encoding": "gzip"})


def _file(path: Path) -> StaticFile:
    plain = path.read_bytes()
    squeezed = gzip.compress(plain, 9, mtime=0) if path.suffix in SQUEEZED else b""
    return StaticFile(TYPES[path.suffix], plain, squeezed)
