"""How fast the public pages are and how heavy: the product in a second process, asked over loopback as browsers ask."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote_plus

from bot.bench.browsing import Connection, at_a_rate, at_full_tilt

PAGES_A_SECOND: Final = 2000
FIRST_BYTE_MS: Final = 20
PAGES_RATE: Final = 200
TYPED_MS: Final = 50
TYPED_RATE: Final = 100
WEIGHT_KB: Final = 150

_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:(\d+)")
_GUIDE: Final = re.compile(r'<a href="(/thu-tuc/[a-z0-9-]+)">([^<]+)</a>')
_LOADED: Final = re.compile(r'<(?:link|script|img)[^>]*? (?:href|src)="(/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement: what, how much, in which unit, and the bound that it has to keep (`least` or at most)."""

    name: str
    value: float
    unit: str
    bound: float
    least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the bound is kept."""
        return self.value >= self.bound if self.least else self.value < self.bound

    def line(self) -> str:
        """The figure as a row of the table."""
        must = f"{'at least' if self.least else 'under'} {self.bound:g} {self.unit}"
        return f"{self.name:<58}{self.value:>10.1f} {self.unit:<8}{must:<22}{'yes' if self.kept else 'NO'}"


def bench_web(guides: Sequence[Path], seconds: float, *, as_json: bool) -> str:
    """The table, or the same as JSON, measured now on this machine; each measurement takes that many seconds."""
    figures, aside = asyncio.run(_measured(guides, seconds))
    if as_json:
        rows = [asdict(figure) | {"kept": figure.kept} for figure in figures]
        return json.dumps({"figures": rows, **aside}, ensure_ascii=False, indent=2)
    head = f"{'web page':<58}{'measured':>10} {'':<8}{'must be':<22}kept"
    return "\n".join(
        [head, *(figure.line() for figure in figures), *(f"{name}: {value}" for name, value in aside.items())]
    )


async def _measured(guides: Sequence[Path], seconds: float) -> tuple[list[Figure], dict[str, float]]:
    async with _served(guides) as (port, server):
        listed = await _text(port, "/thu-tuc")
        paths, titles = zip(*_GUIDE.findall(listed), strict=True)
        typed = [f"/thu-tuc?q={quote_plus(title[:n])}&phan=1" for title in titles for n in range(1, len(title) + 1, 3)]
        await at_a_rate(port, [*paths, typed[0]], 50, len(paths) / 50 + 1)  # each page written once, as after a morning
        cpu, begun = _cpu(server), time.perf_counter()
        rate = await at_full_tilt(port, paths, seconds)
        busy = _cpu(server) - cpu
        took = time.perf_counter() - begun
        opened = await at_a_rate(port, paths, PAGES_RATE, seconds)
        found = await at_a_rate(port, typed, TYPED_RATE, seconds)
        figures = [
            Figure("guide pages a second, one process", rate, "/s", PAGES_A_SECOND, least=True),
            Figure(f"first byte of a guide page, {PAGES_RATE} a second, p99", _p99(opened), "ms", FIRST_BYTE_MS),
            Figure(f"search as one types, {TYPED_RATE} a second, first byte, p99", _p99(found), "ms", TYPED_MS),
            Figure(
                "all that a browser loads for a guide, with letters", await _weight(port, paths[0]), "KB", WEIGHT_KB
            ),
        ]
        aside = {"processor time of the server for a page, ms": round(busy / (rate * took) * 1000, 3)} if busy else {}
        return figures, aside


@asynccontextmanager
async def _served(guides: Sequence[Path]) -> AsyncIterator[tuple[int, int]]:
    """The product at a port of this machine, with nothing kept before or after; gives the port and the process."""
    with tempfile.TemporaryDirectory() as data:
        ours = {"DATA": data, "HOST": "127.0.0.1", "PORT": "0", "GUIDES": os.pathsep.join(map(str, guides))}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "PUBLIC_URL"))}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", env=kept | ours, stdout=subprocess.PIPE
        )
        try:
            if process.stdout is None:
                raise RuntimeError("the page was started without a pipe to hear it")
            found = None
            while found is None:
                line = await process.stdout.readline()
                if not line:
                    raise RuntimeError("the page did not start; it says why above")
                found = _ADDRESS.search(line.decode())
            yield int(found[1]), process.pid
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


async def _text(port: int, path: str) -> str:
    connection = await Connection.open(port)
    answered = await connection.ask(path)
    connection.close()
    return _unsqueezed(answered.body).decode()


async def _weight(port: int, path: str) -> float:
    """Kilobytes of the page and of everything that it names, as they come over the wire."""
    connection = await Connection.open(port)
    page = (await connection.ask(path)).body
    loaded = dict.fromkeys(_LOADED.findall(_unsqueezed(page).decode()))
    files = [(await connection.ask(one)).body for one in loaded if not one.startswith("/thu-tuc")]
    connection.close()
    return (len(page) + sum(map(len, files))) / 1024


def _unsqueezed(body: bytes) -> bytes:
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def _p99(times: Sequence[float]) -> float:
    return times[int(len(times) * 0.99)] * 1000


def _cpu(process: int) -> float:
    """Seconds of processor time that a process has taken; 0 where the machine does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
