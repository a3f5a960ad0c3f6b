"""What a person takes along on paper or in a file: the list as a PDF, its QR, a day for a calendar, a letter, a report.

Each maker is imported when first used: no start should wait a third of a second for the libraries behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flows.office.reports import Report
from flows.replies import Appointment, Chart, Letter, Reply
from flows.state import Language
from flows.texts import Say
from flows.turn import World


class NotYet(Exception):
    """The library that makes such files is not installed yet: at a first start the page opens before it is."""


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise NotYet(str(error)) from error


def pdf_of(reply: Reply, say: Say, link: str, now: datetime) -> bytes:
    """The page as a PDF on A5; `link` is what its QR holds, empty for none; `now`, aware, when it was made. NotYet."""
    with _installed():
        from bot.papers import pdf  # noqa: PLC0415 -- see above

    return pdf.sheet(reply, say, link, now)


def letter_of(letter: Letter, language: Language, creator: str, now: datetime) -> bytes:
    """The letter as a PDF on A4, with room to sign; `creator` is the name of the product. NotYet."""
    with _installed():
        from bot.papers import letter as letters  # noqa: PLC0415 -- see above

    return letters.pdf(letter, language, creator, now)


def qr_of(link: str) -> bytes:
    """The QR of a link as a picture. NotYet."""
    with _installed():
        from bot.papers import qr  # noqa: PLC0415 -- see above

    return qr.svg(link)


def ics_of(appointment: Appointment, now: datetime) -> bytes:
    """The day as an .ics file. NotYet."""
    with _installed():
        from bot.papers import ics  # noqa: PLC0415 -- see above

    return ics.ics(appointment, now)


def png_of(chart: Chart) -> bytes:
    """The chart as a picture. NotYet."""
    with _installed():
        from bot.papers import chart as charts  # noqa: PLC0415 -- see above

    return charts.png(chart)


def xlsx_of(report: Report, world: World, say: Say) -> bytes:
    """The report as an Excel file; `world` knows what desks, guides and papers are called. NotYet."""
    with _installed():
        from bot.papers import xlsx  # noqa: PLC0415 -- see above

    return xlsx.workbook(report, world, say)
