"""Zalo's Bot API over real HTTP, from its documentation alone; see README.md for what it cannot prove."""

from .person import Person
from .server import Call, FakeZalo

__all__ = ["Call", "FakeZalo", "Person"]
