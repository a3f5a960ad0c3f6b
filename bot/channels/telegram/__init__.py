"""The Telegram channel: python-telegram-bot carries, the desk converses."""

import os
import sys
from typing import Final

UNUSED: Final = ("cryptography", "httpx._main")
"""What the client brings along for Passport and for a command line, and does without where it is not installed."""


def _load_the_client() -> None:
    """Load python-telegram-bot without it: it would hold 11 MB, a tenth of all that serving Telegram takes."""
    absent = [name for name in UNUSED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None: Python's own sign that it is not there
    try:
        import telegram.ext  # noqa: F401, PLC0415 - here, where what it would bring along is held back
    finally:
        for name in absent:
            del sys.modules[name]


# The client asks for this to speak of a wait as a timedelta; otherwise it warns at every 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")
_load_the_client()
