"""The process in which a stranger's file is opened: content in, verdict and pages out, and hard limits on all else.

A bomb, a crash of a decoder or an endless loop ends this process and nothing more. It has no environment, writes no
file, and is given no name: only the bytes.
"""

from __future__ import annotations

import json
import resource
import sys
from io import BytesIO
from typing import Final

from PIL import Image

from bot.pictures.measuring import measured, verdict
from bot.pictures.opening import NotOpened, pages
from flows.events import Verdict

MEMORY: Final = 1 << 30
"""Bytes of address space: a JPEG of 200 million pixels needs half of it, a bomb all."""
SECONDS: Final = 6
"""Of the processor. Four pages of a scanned contract take one."""
QUALITY: Final = 80


def main() -> None:
    """Read standard input to its end, answer one line of JSON (verdict, lengths of the pages), then the pages."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found, taken = _seen(sys.stdin.buffer.read())
    answer = {"verdict": found, "pages": [len(page) for page in taken]}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(taken))


def _seen(content: bytes) -> tuple[Verdict, list[bytes]]:
    """A PDF is as good as the first of its pages that is not; an empty page is no fault beside others."""
    try:
        _, opened = pages(content)
    except NotOpened as why:
        return why.verdict, []
    verdicts = [verdict(measured(page)) for page in opened]
    if any(one != "blank" for one in verdicts):
        verdicts = [one for one in verdicts if one != "blank"]
    worst: Verdict = next((one for one in verdicts if one != "good"), "good")
    return worst, [_jpeg(page) for page in opened] if worst == "good" else []


def _jpeg(page: Image.Image) -> bytes:
    """The pixels alone: where and with what a photo was taken stays behind."""
    content = BytesIO()
    Image.frombytes(page.mode, page.size, page.tobytes()).save(content, "JPEG", quality=QUALITY)
    return content.getvalue()


if __name__ == "__main__":
    main()
