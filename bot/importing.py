"""`./run import`: official records in, guide files out; what was new, changed or gone, and what could not be read."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from knowledge.folders import files
from knowledge.folders import File
from knowledge.importing.guide_of import ABOLISHED, Made, guide_of
from knowledge.importing.naming import name_of
from knowledge.importing.record import Record, Unreadable
from knowledge.importing.sources import MOST_BYTES, records_of
from knowledge.yaml_lines import read

_HEAD: Final = re.compile(r'^(id|code|status): "?([^"\n]*)"?$', re.MULTILINE)
_DATES: Final = re.compile(r"^ {4}data_date: (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
_NEVER_COMPARED: Final = {"id", "code"}


@dataclass
class Report:
    """What an import did: codes with names, and reasons."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    same: int = 0

    def lines(self) -> Iterator[str]:
        """One line for each thing that happened, the counts last."""
        for mark, rows in (
            ("+", self.new),
            ("~", self.changed),
            ("-", self.gone),
            ("=", self.kept),
            ("×2", self.twice),
        ):
            yield from (f"{mark} {row}" for row in rows)
        yield from (f"! {one.where}: {one.why}" for one in self.unreadable)
        yield (
            f"{len(self.new)} mới, {len(self.changed)} thay đổi, {self.same} như cũ, {len(self.gone)} không còn trong "
            f"nguồn, {len(self.kept)} giữ vì đã sửa tay, {len(self.unreadable)} không đọc được"
        )

    @property
    def status(self) -> int:
        """The exit status: 1 when anything could not be read or written."""
        return 1 if self.unreadable else 0


@dataclass(frozen=True)
class _There:
    """A guide file that an import finds in its folder."""

    path: Path
    id: str
    text: str
    imported: bool


def bring_in(
    source: Path, into: Path, today: date, *, remove_gone: bool = False, step: Callable[[int], None] = lambda _: None
) -> Report:
    """Read a source and bring the folder up to it; files of the same content are not touched.

    `step` hears after each record how many are done. A procedure that the source no longer has keeps its file,
    unless `remove_gone` says otherwise and everything could be read.
    """
    report = Report()
    there = dict(_there(into))
    ids = {code: one.id for code, one in there.items()}
    newest = _newest(source, report)
    for done, (code, record) in enumerate(newest.items(), 1):
        step(done)
        made = _made(record, today, ids, there.get(code))
        if isinstance(made, Unreadable):
            report.unreadable.append(made)
            continue
        try:
            _put(made, into, there.get(code), report)
        except OSError as error:
            report.unreadable.append(Unreadable(str(into / made.field / made.id), f"không ghi được: {error.strerror}"))
    for code, one in there.items():
        if code not in newest and one.imported:
            report.gone.append(f"{code} {one.id}")
            if remove_gone and not report.unreadable:
                one.path.unlink(missing_ok=True)
    return report


def _newest(source: Path, report: Report) -> dict[str, Record]:
    """The records by code, of two with one code the one that was copied later."""
    found: dict[str, Record] = {}
    for one in read_source(source):
        if isinstance(one, Unreadable):
            report.unreadable.append(one)
            continue
        code = one.code.strip() or one.where
        other = found.get(code)
        if other is not None:
            kept, left = (one, other) if (one.on or date.min) > (other.on or date.min) else (other, one)
            report.twice.append(f"{code}: dùng {kept.where}, bỏ {left.where}")
            found[code] = kept
        else:
            found[code] = one
    return dict(sorted(found.items()))


def read_source(source: Path) -> Iterator[Record | Unreadable]:
    """The records of a file, or of every file under a folder; what cannot be opened is told."""
    if source.is_dir():
        paths = sorted(path for path in source.rglob("*") if path.is_file() and not path.name.startswith("."))
        if not paths:
            yield Unreadable(str(source), "thư mục trống")
    else:
        paths = [source]
    for path in paths:
        where = str(path.relative_to(source.parent)) if source in path.parents else path.name
        try:
            if path.stat().st_size > MOST_BYTES:
                yield Unreadable(where, "tệp quá lớn")
                continue
            data = path.read_bytes()
        except OSError as error:
            yield Unreadable(where, f"không mở được: {error.strerror or error}")
            continue
        yield from records_of(data, where)


def _there(into: Path) -> Iterator[tuple[str, _There]]:
    if not into.is_dir():
        return
    for file in files(into):
        if isinstance(file, File):
            try:
                text = file.path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            head = dict(_HEAD.findall(text[:4000]))
            if "code" in head:
                yield head["code"], _There(file.path, file.stem, text, head.get("status") == "imported")


def _made(record: Record, today: date, ids: Mapping[str, str], old: _There | None) -> Made | Unreadable:
    """The file to be; a record without a date of its own keeps the file's date while nothing else changed."""
    if record.on is None and old is not None and (dated := _DATES.search(old.text)):
        made = guide_of(record, date.fromisoformat(dated[1]), ids)
        if isinstance(made, Made) and made.text == old.text:
            return made
    return guide_of(record, today, ids)


def _put(made: Made, into: Path, old: _There | None, report: Report) -> None:
    path = into / made.field / f"{made.id}.yaml"
    what = f"{made.code} {made.content['name']}"
    if old is not None and not old.imported:
        report.kept.append(f"{made.code} {old.path.name}")
        return
    if old is not None and old.path == path and old.text == made.text:
        report.same += 1
        return
    write_whole(path, made.text)
    if old is None:
        report.new.append(what)
        return
    if old.path != path:
        old.path.unlink(missing_ok=True)
    keys = _changed(old, made, path)
    report.changed.append(f"{what}: {', '.join(keys)}")


def _changed(old: _There, made: Made, path: Path) -> Sequence[str]:
    """The keys whose content differs."""
    before, after = read(old.text, "").value, read(made.text, "").value
    before = before if isinstance(before, Mapping) else {}
    keys = [key for key in {**after, **before} if before.get(key) != after.get(key)]
    return [*(["field"] if old.path.parent != path.parent else []), *keys] or ["cách viết"]


def write_whole(path: Path, text: str) -> None:
    """The file as a whole or not at all: whoever reads at the same time sees the old or the new. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
