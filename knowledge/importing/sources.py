"""A file of official records -> its records, by what the file is, not by what it is called alone."""

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from knowledge.importing import excel_list, normalised, page_text, portal_api, word_export
from knowledge.importing.office import is_archive
from knowledge.importing.record import Record, Unreadable

MOST_BYTES: Final = 512 * 1024 * 1024
"""Of a file or of what is packed in it: a national collection is a tenth of this."""

UNKNOWN: Final = "không biết định dạng này (đọc được: JSON của Cổng, Word, Excel, trang đã chép, .jsonl, .jsonl.gz)"


def records_of(data: bytes, where: str) -> Iterator[Record | Unreadable]:
    """The records of a file in their order, and what of it cannot be read. Never raises, whatever the bytes."""
    if data.startswith(b"\x1f\x8b"):
        unpacked = _gunzip(data)
        if unpacked is None:
            yield Unreadable(where, "tệp nén .gz bị hỏng hoặc quá lớn")
            return
        data = unpacked
    try:
        yield from _plain(data, where)
    except RecursionError:
        yield Unreadable(where, "JSON lồng quá sâu")


def _plain(data: bytes, where: str) -> Iterator[Record | Unreadable]:
    name = where.lower().removesuffix(".gz")
    if is_archive(data):
        yield from excel_list.records(data, where) if name.endswith(".xlsx") else word_export.records(data, where)
    elif name.endswith(".jsonl"):
        yield from normalised.records(data, where)
    elif name.endswith(".json"):
        yield from _json(data, where)
    elif name.endswith(".txt"):
        yield from page_text.flat_records(data.decode("utf-8-sig", "replace"), where)
    else:
        yield Unreadable(where, UNKNOWN)


def _json(data: bytes, where: str) -> Iterator[Record | Unreadable]:
    try:
        content = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        yield Unreadable(where, f"không phải JSON ({error})")
        return
    if isinstance(content, Mapping) and isinstance(content.get("data"), list | Mapping):
        content = content["data"]  # as the portal wraps its answers
    rows = content if isinstance(content, list) else [content]
    for number, row in enumerate(rows, 1):
        place = f"{where}:{number}" if len(rows) > 1 else where
        yield _one(row, place) if isinstance(row, Mapping) else Unreadable(place, UNKNOWN)


def _one(row: Mapping[str, Any], where: str) -> Record | Unreadable:
    if portal_api.is_one(row):
        return portal_api.record(row, where)
    if page_text.is_one(row):
        return page_text.record(row, where)
    if "name" in row and "channels" in row:
        return normalised.record(row, where)
    return Unreadable(where, UNKNOWN)


def _gunzip(data: bytes) -> bytes | None:
    try:
        unpacker = zlib.decompressobj(wbits=31)
        out = unpacker.decompress(data, MOST_BYTES)
    except zlib.error:
        return None
    return out if unpacker.eof else None
