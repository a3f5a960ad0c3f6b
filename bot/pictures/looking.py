"""Has a file opened in a process of its own, and waits no longer for it than it is worth."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Final, get_args

from bot.pictures import BYTES, NotYet, Seen
from flows.events import Verdict

PATIENCE: Final = 20.0
"""Seconds of the clock; the process has six of the processor."""

AT_ONCE: Final = 2

_ROOT: Final = Path(__file__).resolve().parents[2]


class Glass:
    """Looks at files, a few at a time: whoever sends many waits behind their own."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)

    async def look(self, content: bytes) -> Seen:
        """What the file is good for; NotYet when the libraries are not installed yet. Never raises for any content."""
        if not content:
            return Seen("empty")
        if len(content) > BYTES:
            return Seen("too_large")
        async with self._places:
            return await _opened(content)


async def _opened(content: bytes) -> Seen:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "bot.pictures",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd="/",
        env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},  # no token and no path of ours
    )
    try:
        async with asyncio.timeout(PATIENCE):
            answer, complaint = await process.communicate(content)
    except TimeoutError:
        return Seen("broken")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == 0:
        return _read(answer)
    if b"ModuleNotFoundError" in complaint:
        raise NotYet(complaint.decode(errors="replace").strip().rpartition("\n")[2])
    return Seen("broken")


def _read(answer: bytes) -> Seen:
    head, _, body = answer.partition(b"\n")
    told = json.loads(head)
    verdict = next(one for one in get_args(Verdict) if one == told["verdict"])
    pages, at = [], 0
    for length in told["pages"]:
        pages.append(body[at : at + length])
        at += length
    return Seen(verdict, tuple(pages))
