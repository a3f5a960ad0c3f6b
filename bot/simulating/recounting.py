"""The day's figures once more: by plain SQL from the raw facts, and from the notes of those who made the day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot.simulating.ledger import Ledger
from flows.office.reports import Report

_NONE_TAKEN: Final = """json_extract(body, '$.band') = 'choose' and exists (
    select 1 from facts as help where help.kind = 'helped'
    and json_extract(help.body, '$.code') = json_extract(facts.body, '$.code')
    and not exists (select 1 from json_each(facts.body, '$.found') as one
                    where one.value = json_extract(help.body, '$.guide')))"""
"""Guides were offered at a desk, and whoever was helped there was helped with none of them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure as the report has it, and as another way of counting gives it."""

    name: str
    way: str
    report: object
    other: object

    @property
    def same(self) -> bool:
        """Whether both agree."""
        return self.report == self.other

    @property
    def untried(self) -> bool:
        """Whether nothing of the kind happened, so that agreeing shows nothing."""
        return self.same and not (any(self.report) if isinstance(self.report, tuple) else self.report)


def compared(report: Report, ledger: Ledger, file: Path, day: date) -> Iterator[Compared]:
    """Every figure that can be had in another way."""
    yield from _with_facts(report, file, day)
    yield from _with_notes(report, ledger)
    yield from _sums(report)


def _with_facts(report: Report, file: Path, day: date) -> Iterator[Compared]:
    whole = report.whole
    of_day = f"whose <> 'trial' and date(at, '+7 hours') = '{day.isoformat()}'"
    with closing(sqlite3.connect(file)) as db:

        def number(what: str, where: str) -> int:
            found = db.execute(f"select {what} from facts where {of_day} and {where}").fetchone()[0]  # noqa: S608
            return int(found or 0)

        def groups(path: str, where: str) -> dict[str, int]:
            value = f"json_extract(body, '$.{path}')"
            rows = db.execute(f"select {value}, count(*) from facts where {of_day} and {where} group by 1")  # noqa: S608
            return dict(rows.fetchall())

        def compare(name: str, ours: object, other: object) -> Compared:
            return Compared(name, "SQL trên dữ liệu gốc", ours, other)

        yield compare("lượt giúp", whole.helped, number("count(*)", "kind = 'helped'"))
        online = number("sum(json_extract(body, '$.online'))", "kind = 'helped'")
        yield compare("nộp trực tuyến", whole.online, online)
        yield compare("hài lòng", dict(whole.levels), groups("level", "kind = 'help_rated'"))
        yield compare("thư", whole.letters, number("count(*)", "kind = 'letter_sent'"))
        yield compare("nhắn cần người", whole.requests, number("count(*)", "kind = 'request_closed'"))
        asked = "kind = 'asked' and whose = 'citizen'"
        yield compare("câu hỏi", report.asked, number("count(*)", asked))
        unknown = f"{asked} and (json_extract(body, '$.band') = 'unknown' or ({_NONE_TAKEN}))"
        yield compare("câu chưa có hướng dẫn", report.without_guide, number("count(*)", unknown))
        yield compare("hồ sơ đã nộp", whole.filed, number("count(*)", "kind = 'handed_in' and whose = 'citizen'"))
        returned = "kind = 'received' and whose = 'citizen' and json_extract(body, '$.outcome') <> 'more_papers'"
        yield compare("kết quả", dict(whole.results), groups("outcome", returned))
        desks = {desk: one.helped for desk, one in report.by_desk.items() if one.helped}
        yield compare("lượt giúp từng bàn", desks, groups("desk", "kind = 'helped'"))
        members = {member: one.helped for member, one in report.by_member.items() if one.helped}
        yield compare("lượt giúp từng người", members, groups("member", "kind = 'helped'"))


def _with_notes(report: Report, ledger: Ledger) -> Iterator[Compared]:
    whole = report.whole

    def compare(name: str, ours: object, other: object) -> Compared:
        return Compared(name, "sổ ghi của mô phỏng", ours, other)

    yield compare("lượt giúp", whole.helped, ledger.helped.total())
    yield compare("kết quả các lượt giúp", dict(whole.outcomes), dict(ledger.outcomes))
    yield compare("hài lòng", dict(whole.levels), {level: n for level, n in ledger.levels.items() if n})
    yield compare("thư", whole.letters, ledger.letters.total())
    yield compare("người dân có người trả lời", whole.answered, ledger.requests.total())
    yield compare("hồ sơ đã nộp", whole.filed, ledger.filed)
    names = {(report.called.get(member, member)): one.helped for member, one in report.by_member.items() if one.helped}
    noted: dict[str, int] = {}
    for (_, member), n in ledger.helped.items():
        noted[member] = noted.get(member, 0) + n
    yield compare("lượt giúp từng người", names, noted)


def _sums(report: Report) -> Iterator[Compared]:
    for name, slices in (
        ("bàn", report.by_desk),
        ("người", report.by_member),
        ("thủ tục", report.by_guide),
        ("ngày", report.by_day),
    ):
        figures = slices.values()
        ours = (report.whole.helped, report.whole.rated, report.whole.letters, report.whole.requests)
        sums = tuple(
            sum(one) for one in zip(*((f.helped, f.rated, f.letters, f.requests) for f in figures), strict=True)
        )
        yield Compared(f"cộng theo {name}", "tổng các dòng", ours, sums or (0, 0, 0, 0))
