"""The message that an answer is about: one whose button was pressed, or a question in a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ASKED: Final = "?"


@dataclass(frozen=True, slots=True)
class About:
    """The message whose button was pressed, and what the button said, where that is to be read again.

    Or, where it was `asked`, a question in a group: others wrote since, so the answer shows what it answers.
    """

    message: int
    tapped: str = ""
    asked: bool = False

    def text(self) -> str:
        """As it is kept with the answer: "9", "9 Ở nhà", or "?9" of a question."""
        return f"{ASKED if self.asked else ''}{self.message} {self.tapped}".strip()

    @classmethod
    def read(cls, text: str) -> About | None:
        """What `text` wrote; None when the answer is about no message."""
        message, _, tapped = text.partition(" ")
        return cls(int(message.removeprefix(ASKED)), tapped, message.startswith(ASKED)) if message else None
