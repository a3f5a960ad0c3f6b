"""`./run import`: official records in, guide files out; what was new, changed or gone, and what could not be read."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from knowledge.folders import File, files
from knowledge.importing.guide_of import Made, guide_of
from knowledge.importing.naming import name_of
from knowledge.importing.record import Record, Unreadable
from knowledge.importing.sources import MOST_BYTES, records_of
from knowledge.yaml_lines import read

_HEAD: Final = re.compile(r'^(id|code|status): "?([^"\n]*)"?$', re.MULTILINE)
_DATES: Final = re.compile(r"^ {4}data_date: (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
_MANY: Final = 5
"""So many codes with one page are an error of the source; a few may be a procedure, its successor, a province's own."""


def _unseen(done: int, of: int) -> None:
    """What an import tells of its progress when nobody watches."""


@dataclass
class Report:
    """What an import did: codes with names, and reasons."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    same: int = 0

    def lines(self) -> Iterator[str]:
        """One line for each thing that happened, the counts last."""
        told = (
            ("mới", self.new),
            ("thay đổi", self.changed),
            ("không còn trong nguồn", self.gone),
            ("giữ vì đã sửa tay", self.kept),
            ("trùng mã", self.twice),
            ("bỏ vì một trang chép dưới nhiều mã", self.repeated),
        )
        for what, rows in told:
            yield from (f"{what}: {row}" for row in rows)
        yield from (f"không đọc được: {one.where}: {one.why}" for one in self.unreadable)
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
    source: Path,
    into: Path,
    today: date,
    *,
    on: date | None = None,
    remove_gone: bool = False,
    step: Callable[[int, int], None] = _unseen,
) -> Report:
    """Read a source and bring the folder up to it; files of the same content are not touched.

    `on` dates records that carry no date of their own; else their file's day does. `step` hears after each record how
    many are done, of how many. A procedure that the source no longer has keeps its file,
    unless `remove_gone` says otherwise and everything could be read.
    """
    report = Report()
    there = dict(_there(into))
    ids = {code: one.id for code, one in there.items()}
    records = newest(source, report, on)
    for done, (code, record) in enumerate(records.items(), 1):
        step(done, len(records))
        old = there.get(code)
        if record.partial and old is not None:  # a list has no papers, fees or times to put in their place
            report.same += 1
            continue
        made = _made(record, today, ids, old)
        if isinstance(made, Unreadable):
            report.unreadable.append(made)
            continue
        try:
            _put(made, into, old, report)
        except OSError as error:
            report.unreadable.append(Unreadable(str(into / made.field / made.id), f"không ghi được: {error.strerror}"))
    for code, one in there.items():
        if code not in records and one.imported:
            report.gone.append(f"{code} {one.id}")
            if remove_gone and not report.unreadable:
                one.path.unlink(missing_ok=True)
    return report


def newest(source: Path, report: Report, on: date | None = None) -> dict[str, Record]:
    """The records of a source by code, of two with one code the one that was copied later; the rest is reported.

    What stands on one page under many codes is left out: the page belongs to one of them at most, and nobody can say
    to which.
    """
    found: dict[str, Record] = {}
    for one in read_source(source, on):
        if isinstance(one, Unreadable):
            report.unreadable.append(one)
            continue
        code = one.code.strip() or one.where
        other = found.get(code)
        if other is not None:
            kept, left = (one, other) if _newer(one, other) else (other, one)
            report.twice.append(f"{code}: dùng {kept.where}, bỏ {left.where}")
            found[code] = kept
        else:
            found[code] = one
    for page in _repeated(found):
        report.repeated.append(f"{', '.join(page)}: {name_of(found[page[0]].name)[:120]}")
        for code in page:
            del found[code]
    return dict(sorted(found.items()))


def _repeated(found: Mapping[str, Record]) -> list[list[str]]:
    """The codes that carry one page, name, steps and papers alike, where they are too many to be brothers."""
    pages: dict[tuple[object, ...], list[str]] = {}
    for code, one in sorted(found.items()):
        if one.steps:
            pages.setdefault((one.name, one.steps, one.papers, one.requirements), []).append(code)
    return [codes for codes in pages.values() if len(codes) >= _MANY]


def _newer(one: Record, other: Record) -> bool:
    return (not one.partial, one.on or date.min) > (not other.partial, other.on or date.min)


def read_source(source: Path, on: date | None = None) -> Iterator[Record | Unreadable]:
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
            now = path.stat()
            if now.st_size > MOST_BYTES:
                yield Unreadable(where, "tệp quá lớn")
                continue
            data = path.read_bytes()
        except OSError as error:
            yield Unreadable(where, f"không mở được: {error.strerror or error}")
            continue
        filed = on or datetime.fromtimestamp(now.st_mtime, UTC).date()
        for one in records_of(data, where):
            yield replace(one, filed=filed) if isinstance(one, Record) else one


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
    """The file to be; a record without a date of its own keeps the date it had while nothing else changed."""
    if record.on is None and old is not None and (dated := _DATES.search(old.text)):
        made = guide_of(replace(record, filed=date.fromisoformat(dated[1])), today, ids)
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
