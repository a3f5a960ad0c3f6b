"""`./run bench telegram`: hands over to the load generator in tests/bench, which only a checkout has."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LOAD = Path(__file__).parents[2] / "tests/bench/telegram_load.py"


class NotHere(Exception):
    """The load cannot be made here; the message says why and the cure."""


def bench(options: Sequence[str]) -> int:
    """Run it in a process of its own, since it loads what the product never does; its exit status."""
    if not LOAD.is_file():
        raise NotHere("Phép đo này nằm trong thư mục tests của mã nguồn; hãy chạy từ bản chép mã nguồn đầy đủ.")
    if importlib.util.find_spec("aiogram") is None:
        raise NotHere("Phép đo này so với aiogram, là gói chỉ dùng khi phát triển; hãy gõ ./run bench telegram.")
    return subprocess.run([sys.executable, str(LOAD), *options], check=False).returncode  # noqa: S603 - our own file
