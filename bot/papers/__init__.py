"""What a person takes along on paper or in a file: the list as a PDF, its QR, a day for the calendar.

Each maker is imported when first used: no start should wait a third of a second for the libraries behind them.
"""

from __future__ import annotations

from datetime import datetime

from flows.replies import Appointment, Reply
from flows.texts import Say


def pdf_of(reply: Reply, say: Say, link: str, now: datetime) -> bytes:
    """The page as a PDF on A5; `link` is what its QR holds, empty for none; `now` (aware) is when it was made."""
    from bot.papers import pdf  # noqa: PLC0415 -- see above

    return pdf.sheet(reply, say, link, now)


def qr_of(link: str) -> bytes:
    """The QR of a link as a picture."""
    from bot.papers import qr  # noqa: PLC0415 -- see above

    return qr.svg(link)


def ics_of(appointment: Appointment, now: datetime) -> bytes:
    """The day as an .ics file."""
    from bot.papers import ics  # noqa: PLC0415 -- see above

    return ics.ics(appointment, now)
