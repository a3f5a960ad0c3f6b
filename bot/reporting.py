"""A report on the command line: printed as the chat shows it, or written as an Excel file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot import papers
from bot.channels import terminal
from bot.desk import Desk
from flows.office.reports import LONGEST, VIEWS, Period, Report, Scope
from flows.replies import Block, Heading, Line, Reply
from flows.telling.report import blocks
from flows.texts import Say
from flows.turn import World


def period(first: str, last: str, today: date) -> Period:
    """From one day to another, as 2026-11-01; without both it is today, without the last it goes until today.

    ValueError, with a sentence for the operator, for what is no such period.
    """
    try:
        begins = date.fromisoformat(first) if first else today
        ends = date.fromisoformat(last) if last else max(begins, today)
    except ValueError:
        raise ValueError("Ngày phải ghi như 2026-11-01.") from None
    found = Period(begins, ends)
    if found.days < 1:
        raise ValueError("Ngày cuối đứng trước ngày đầu.")
    if found.days > LONGEST:
        raise ValueError("Báo cáo gồm nhiều nhất mười năm.")
    return found


async def counted(desk: Desk, period: Period, at: str) -> Report:
    """The report of a desk (its id), or of all."""
    return await desk.report_to_operator(Scope(period, at))


def printed(report: Report, world: World, say: Say, width: int) -> str:
    """Every side of the report, one below the other."""
    return terminal.text(Reply(tuple(_blocks(report, world, say)), (), 0, "vi"), width).rstrip()


def _blocks(report: Report, world: World, say: Say) -> Iterator[Block]:
    for view in VIEWS:
        for at, block in enumerate(blocks(report, view, world, say)):
            if view == "summary" or (at > 0 and not isinstance(block, Heading | Line)):
                yield block
        if report.whole.is_empty and not report.asked:
            return


def write(report: Report, world: World, say: Say, file: Path) -> None:
    """The Excel file; OSError where it cannot be written."""
    file.write_bytes(papers.xlsx_of(report, world, say))
