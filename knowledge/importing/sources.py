"""A file of official records -> its records, by what the file is, not by what it is called alone."""

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.importing import normalised
from knowledge.importing.record import Record, Unreadable

MOST_BYTES = 512 * 1024 * 1024
"""Of a file or of what is packed in it: a national collection is a tenth of this."""


def records_of(data: bytes, where: str) -> Iterator[Record | Unreadable]:
    """The records of a file in their order, and what of it cannot be read. Never raises, whatever the bytes."""
    if data.startswith(b"\x1f\x8b"):
        unpacked = _gunzip(data)
        if unpacked is None:
            yield Unreadable(where, "tệp nén .gz bị hỏng hoặc quá lớn")
        else:
            yield from records_of(unpacked, where)
        return
    yield from _plain(data, where)


def _plain(data: bytes, where: str) -> Iterator[Record | Unreadable]:
    name = where.lower().removesuffix(".gz")
    if name.endswith(".jsonl"):
        yield from normalised.records(data, where)
        return
    yield Unreadable(where, "không biết định dạng này")


def _gunzip(data: bytes) -> bytes | None:
    try:
        unpacker = zlib.decompressobj(wbits=31)
        out = unpacker.decompress(data, MOST_BYTES)
    except zlib.error:
        return None
    return out if unpacker.eof else None
