"""A browser for measurements: HTTP/1.1 over kept connections to this machine, each answer timed to its first byte."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

ACCEPTED: Final = "Accept-Encoding: gzip\r\nAccept-Language: vi\r\nUser-Agent: thu-tu-bench\r\n"
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Refused(Exception):
    """The page answered something else than 200; the message says what."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: seconds to its first byte, and its body as it came, squeezed or not."""

    first_byte: float
    body: bytes


class Connection:
    """One kept connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> Connection:
        """To this machine; there is no other that may be measured."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, path: str, since: float | None = None) -> Answered:
        """Ask for a path; timed from `since` where a person had to wait before. Refused if the answer is not 200."""
        begun = time.perf_counter() if since is None else since
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{ACCEPTED}\r\n".encode())
        first = await self._reader.readexactly(1)
        first_byte = time.perf_counter() - begun
        head = first + await self._reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await self._reader.readexactly(int(length[1])) if length is not None else b""
        if not head.startswith(b"HTTP/1.1 200 "):
            status, _, _ = head.decode("latin-1").partition("\r\n")
            raise Refused(f"{path}: {status}")
        return Answered(first_byte, body)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def at_full_tilt(port: int, paths: Sequence[str], seconds: float, connections: int = 16) -> float:
    """Answers a second when every connection asks again as soon as it was answered."""
    until = time.perf_counter() + seconds
    counts = await asyncio.gather(*(_asking(port, [*paths[n:], *paths[:n]], until) for n in range(connections)))
    return sum(counts) / seconds


async def _asking(port: int, paths: Sequence[str], until: float) -> int:
    connection, count = await Connection.open(port), 0
    for path in cycle(paths):
        if time.perf_counter() > until:
            break
        await connection.ask(path)
        count += 1
    connection.close()
    return count


async def at_a_rate(port: int, paths: Iterable[str], rate: float, seconds: float, connections: int = 32) -> list[float]:
    """Seconds to the first byte of each answer, sorted, when people come at that rate whether or not others wait.

    Timed from when the person came, so that waiting for a free connection counts too.
    """
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(connections):
        free.put_nowait(await Connection.open(port))
    start = time.perf_counter()

    async def come(number: int, path: str) -> float:
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        late = time.perf_counter()  # the machine's own clock may wake us late: that is not the page's doing
        connection = await free.get()
        answered = await connection.ask(path, since=late)
        free.put_nowait(connection)
        return answered.first_byte

    times = await asyncio.gather(*(come(n, path) for n, path in enumerate(islice(cycle(paths), int(rate * seconds)))))
    while not free.empty():
        free.get_nowait().close()
    return sorted(times)
