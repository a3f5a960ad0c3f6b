"""A Bot API over real HTTP that refuses what Telegram would refuse; see README.md for what it cannot prove."""

from .faults import Fault, Faults
from .markup import BadMarkupError, Marked, read_html
from .person import Person, Seen
from .server import Call, FakeTelegram
from .state import Press, RefusedError, Stored

__all__ = [
    "BadMarkupError",
    "Call",
    "FakeTelegram",
    "Fault",
    "Faults",
    "Marked",
    "Person",
    "Press",
    "RefusedError",
    "Seen",
    "Stored",
    "read_html",
]
