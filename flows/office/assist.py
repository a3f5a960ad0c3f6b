"""Helping people at a desk, one after the other, and what each thinks of it: on which phone they say so, and once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whoever has it may say once what they think of the help at a desk: its own code, and that of their Helped."""

    code: str
    help: str
    desk: str


@dataclass(frozen=True, slots=True)
class Help:
    """Help somebody at a desk. The store refuses who may not help there."""

    desk: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Use up a ticket by its code. The store refuses one that is used or over."""

    code: str


Deed = Help | Rate


class Assist(Protocol):
    """What is known of people who were helped: next to nothing."""

    def is_open(self, code: str) -> bool:
        """Whether the ticket of that code can still be used."""


class _Nobody:
    def is_open(self, code: str) -> bool:
        return False


NOBODY: Assist = _Nobody()
