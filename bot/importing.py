"""`./run import`: official records in, guide files out; what was new, changed or gone, and what could not be read."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Final

from knowledge.folders import File, files
from knowledge.guide import is_code
from knowledge.importing.guide_of import ABOLISHED, Made, guide_of
from knowledge.importing.naming import name_of
from knowledge.importing.record import Record, Unreadable
from knowledge.importing.sources import MOST_BYTES, records_of
from knowledge.loading import GUIDES, load
from knowledge.yaml_lines import read

_HEAD: Final = re.compile(r'^(id|code|status): "?([^"\n]*)"?$', re.MULTILINE)
_DATES: Final = re.compile(r"^ {4}data_date: (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
_NAME_LINE: Final = re.compile(r'^"(\d[\w.]+)": "(.*)"$', re.MULTILINE)
_NAMES_HEAD: Final = (
    "# Tên các thủ tục cấp xã, kể cả khi chưa có hướng dẫn: mã quốc gia rồi tên. Tạo bằng ./run import."
)


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
    newest = _newest(source, report, on)
    for done, (code, record) in enumerate(newest.items(), 1):
        step(done, len(newest))
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
        if code not in newest and one.imported:
            report.gone.append(f"{code} {one.id}")
            if remove_gone and not report.unreadable:
                one.path.unlink(missing_ok=True)
    return report


def _newest(source: Path, report: Report, on: date | None) -> dict[str, Record]:
    """The records by code, of two with one code the one that was copied later."""
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
    return dict(sorted(found.items()))


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


def list_names(source: Path, out: Path) -> Report:
    """Write the commune procedures of a source as names.yaml lists them: code and name, in order of code.

    The comment lines at the head of a file that is there already are kept. What was copied before the communes were
    joined, and codes that a guide of ours has replaced, are left out.
    """
    report = Report()
    replaced = _replaced()
    rows: list[str] = []
    for code, record in _newest(source, report, None).items():
        name = name_of(record.name)
        if not is_code(code) or not name:
            report.unreadable.append(Unreadable(record.where, f"mã “{code}” hoặc tên không dùng được"))
        elif "commune" in record.levels and (record.on or ABOLISHED) >= ABOLISHED and code not in replaced:
            rows.append(f"{json.dumps(code)}: {json.dumps(name, ensure_ascii=False)}")
    try:
        before = out.read_text(encoding="utf-8") if out.exists() else ""
        head = list(takewhile(lambda line: line.startswith("#"), before.splitlines())) or [_NAMES_HEAD]
        text = "\n".join([*head, "", *rows]) + "\n"
        if text != before:
            write_whole(out, text)
        _count(before, text, report)
    except (OSError, UnicodeDecodeError) as error:
        report.unreadable.append(Unreadable(str(out), f"không đọc hoặc ghi được: {error}"))
    return report


def _replaced() -> set[str]:
    """The codes that our own guides have taken over: whoever asks for one is led on."""
    library = load([GUIDES], tolerate=True).library
    cards = library.cards.values() if library is not None else ()
    return {code for card in cards if card.status == "published" for code in card.replaces}


def _count(before: str, after: str, report: Report) -> None:
    """The lines that came, changed and went between two lists of names."""
    old, new = (dict(_NAME_LINE.findall(text)) for text in (before, after))
    report.new += [f"{code} {name}" for code, name in new.items() if code not in old]
    report.changed += [f"{code} {name}" for code, name in new.items() if old.get(code, name) != name]
    report.gone += [f"{code} {name}" for code, name in old.items() if code not in new]
    report.same = sum(old.get(code) == name for code, name in new.items())
