"""The whole product as a process of its own, as `./run` starts it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sqlite3
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free() -> int:
    """A free port."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


async def settled(data: Path) -> None:
    """Wait until everything that was said is marked as delivered, as the file shows it."""

    def left() -> int:
        with contextlib.closing(sqlite3.connect(data / "thu-tu.sqlite3")) as db:
            count: int = db.execute("select count(*) from outgoing where ended is null").fetchone()[0]
            return count

    async with asyncio.timeout(30):
        while await asyncio.to_thread(left):
            pass


async def started(data: Path, port: int, **environ: str) -> asyncio.subprocess.Process:
    """`./run` with these settings, which may not serve yet."""
    ours = {"PUBLIC_URL": f"http://127.0.0.1:{port}", "PORT": str(port), "DATA": str(data), **environ}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot", "serve"),
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **ours},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
