"""What has to be looked at again: days that passed or are near, and where the official data now says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.workshop.comparing import length
from bot.workshop.opening import CannotOpen, seen_from_here
from knowledge.deciding import read_decisions
from knowledge.folders import File, files
from knowledge.guide import Duration, Fact, Guide, Source
from knowledge.library import Library
from knowledge.loading import provinces_of, read_guide
from knowledge.rules.page import FACT_LISTS
from knowledge.yaml_lines import Document
from knowledge.yaml_lines import Path as Place


@dataclass(frozen=True, order=True, slots=True)
class Due:
    """One thing to look at: its day (None: no day, the data differs), where it stands, what and what to do."""

    day: date | None
    place: str
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}, {self.cure}"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A file with dates in it, and how to tell its places."""

    yaml: Document
    path: Path

    def at(self, place: Place, *, key: bool = False) -> str:
        line, column = self.yaml.place(place, key=key)
        return f"{seen_from_here(self.path)}:{line}:{column}"


def due(folders: Sequence[Path], on: date, within: int) -> tuple[Due, ...]:
    """What is due on that day or within so many days after it, the oldest first. Withdrawn guides rest."""
    last = on + timedelta(days=within)
    found: list[Due] = []
    for folder in folders:
        for item in files(folder):
            if not isinstance(item, File):
                continue
            guide, yaml, _ = read_guide(item)
            if guide is not None and guide.status not in {"withdrawn", "imported"}:
                found += _of_guide(guide, _Sheet(yaml, item.path), on, last)
        for decision in read_decisions(provinces_of(folder))[0]:
            sheet = _Sheet(decision.yaml, Path(decision.yaml.name))
            found += _of_sources(decision.decided.sources, sheet, on, last)
            for code, local in decision.decided.guides.items():
                for name in ("fees", "times", "channels", "notes"):
                    facts: tuple[Fact, ...] = getattr(local, name)
                    for at, fact in enumerate(facts):
                        found += _of_fact(fact, ("guides", code, name, at), sheet, on, last)
    return tuple(sorted(found, key=lambda one: (one.day or date.max, one.place)))


def _of_guide(guide: Guide, sheet: _Sheet, on: date, last: date) -> Iterator[Due]:
    if guide.review_by is not None and guide.review_by <= last:
        what = f"{_when(guide.review_by, on, 'phải xem lại')} ({guide.title})"
        yield Due(guide.review_by, sheet.at(("review_by",)), what, "xem lại nguồn rồi ghi ngày xem lại mới")
    if guide.expires is not None and guide.expires <= last:
        what = f"{_when(guide.expires, on, 'hết dùng')} ({guide.title})"
        yield Due(guide.expires, sheet.at(("expires",)), what, "ghi status: withdrawn, hoặc sửa ngày")
    yield from _of_sources(guide.sources, sheet, on, last)
    for name in FACT_LISTS:
        facts: tuple[Fact, ...] = getattr(guide, name)
        for at, fact in enumerate(facts):
            yield from _of_fact(fact, (name, at), sheet, on, last)


def _of_sources(sources: Sequence[Source], sheet: _Sheet, on: date, last: date) -> Iterator[Due]:
    for at, source in enumerate(sources):
        if source.out_of_force is not None and source.out_of_force <= last:
            what = f"{_when(source.out_of_force, on, 'nguồn hết hiệu lực')}: {source.title}"
            yield Due(source.out_of_force, sheet.at(("sources", at, "out_of_force")), what, "tìm văn bản thay thế")
        if source.in_force is not None and on < source.in_force <= last:
            what = f"ngày {source.in_force:%d/%m/%Y} nguồn mới có hiệu lực: {source.title}"
            cure = "trước ngày đó xem lại các mục dùng nguồn này"
            yield Due(source.in_force, sheet.at(("sources", at, "in_force")), what, cure)


def _of_fact(fact: Fact, place: Place, sheet: _Sheet, on: date, last: date) -> Iterator[Due]:
    what = _told(fact)
    if fact.until is not None and fact.until <= last:
        cure = "xóa mục này" if fact.until < on else "viết mục áp dụng từ ngày sau đó (since), nếu chưa có"
        yield Due(fact.until, sheet.at((*place, "until")), f"{_when(fact.until, on, 'hết áp dụng')}: {what}", cure)
    if fact.since is not None and on < fact.since <= last:
        cure = "xem trước bằng ./run preview với ngày đó"
        told = f"từ {fact.since:%d/%m/%Y} bắt đầu áp dụng: {what}"
        yield Due(fact.since, sheet.at((*place, "since")), told, cure)


def _told(fact: Fact) -> str:
    for key in ("name", "what", "place", "text", "where", "note"):
        text = str(getattr(fact, key, ""))
        if text:
            return text if len(text) <= 80 else text[:79].rsplit(" ", 1)[0] + "…"
    return "mục này"


def _when(day: date, on: date, what: str) -> str:
    if day < on:
        return f"{what} từ ngày {day:%d/%m/%Y}, đã qua {(on - day).days} ngày"
    return f"{what} ngày {day:%d/%m/%Y}, còn {(day - on).days} ngày"


def differing(library: Library, paths: Mapping[str, Path], imported: Path) -> tuple[Due, ...]:
    """Where guides differ from the official records of a folder made by ./run import; `paths` by id."""
    cards = library.cards.values()
    guides = [library.guides[card.id] for card in cards if card.status in {"published", "draft"}]
    records = records_of(imported, {code for guide in guides for code in (guide.code, *guide.same)})
    if not records.any:
        raise CannotOpen(f"--from {imported}: không có bản ghi nào, ghi thư mục mà ./run import đã tạo")
    found: list[Due] = []
    for guide in guides:
        record = next((records.by_code[code] for code in (guide.code, *guide.same) if code in records.by_code), None)
        place = f"{seen_from_here(paths[guide.id])}:1:1"
        if record is None:
            what = f"mã {guide.code} không có trong dữ liệu chính thức"
            found.append(Due(None, place, what, "có thể đã bãi bỏ hoặc đổi mã: tra lại trên Cổng"))
            continue
        found += (Due(None, place, what, "đối chiếu rồi sửa, hoặc để nguyên nếu hướng dẫn đúng hơn")
                  for what in _differences(guide, record))  # fmt: skip
    return tuple(found)


def _differences(guide: Guide, record: Guide) -> Iterator[str]:
    """A guide parts papers by case, so that it has more than its record; only fewer may mean that one is missing."""
    if guide.name.casefold() != record.name.casefold():
        yield f"tên khác dữ liệu chính thức: “{guide.name}”, ở đó là “{record.name}”"
    if guide.code != record.code:
        yield f"mã khác dữ liệu chính thức: {guide.code}, ở đó là {record.code}"
    if len(guide.documents) < len(record.documents):
        yield f"số giấy tờ: hướng dẫn {len(guide.documents)}, dữ liệu chính thức {len(record.documents)}"
    ours, theirs = _lengths(guide.times), _lengths(record.times)
    if theirs and not theirs <= ours:
        yield f"thời gian: hướng dẫn {_listed(ours)}, dữ liệu chính thức {_listed(theirs)}"


def _lengths(times: Sequence[Duration]) -> frozenset[str]:
    return frozenset(length(time) for time in times if time.amount is not None or time.unit == "same_day")


def _listed(lengths: frozenset[str]) -> str:
    return ", ".join(sorted(lengths)) or "chưa biết"


@dataclass(frozen=True, slots=True)
class Records:
    """Official records by code; `any` tells whether the folder held files at all."""

    by_code: Mapping[str, Guide]
    paths: Mapping[str, Path]
    any: bool


def records_of(folder: Path, codes: set[str]) -> Records:
    """The records of those codes in a folder made by ./run import; of thousands of files only those are read."""
    wanted = {f'"{code}"'.encode(): code for code in codes}
    by_code: dict[str, Guide] = {}
    paths: dict[str, Path] = {}
    any_file = False
    for item in files(folder):
        if not isinstance(item, File):
            continue
        any_file = True
        code = next((wanted[line] for line in _codes(item.path) if line in wanted), None)
        guide = read_guide(item)[0] if code is not None else None
        if code is not None and guide is not None:
            by_code[code], paths[code] = guide, item.path
    return Records(by_code, paths, any_file)


def _codes(path: Path) -> Iterator[bytes]:
    """What stands behind `code:` at the beginning of a line."""
    try:
        data = path.read_bytes()
    except OSError:
        return
    for line in data.splitlines():
        if line.startswith(b"code:"):
            yield line.removeprefix(b"code:").strip()
