"""Photos and PDFs that people attach to a paper: opened where they can do no harm, measured, sealed for a few days.

What is imported here is light: the libraries that open files are loaded in a process of their own, the one that seals
when first used.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.events import Verdict

BYTES = 10 * 1024 * 1024
"""The largest file that is taken."""


class NotYet(Exception):
    """The libraries for pictures are not installed yet: at a first start the page opens before they are."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of opening a file: the verdict, and its pages as JPEG without a trace of camera or place."""

    verdict: Verdict
    pages: tuple[bytes, ...] = ()
