"""A message on its way, and how one service takes it: all, later, or never."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.desk import Outgoing
from flows import replies
from flows.replies import Reply


@dataclass
class InHand:
    """A message on its way: its texts and files that are sent, how often it failed, what is still to be noted."""

    message: Outgoing
    made: Reply | None = None  # as this process made it; what another left is read from the store
    sent: int = 0
    failures: int = 0
    taken: bool = False
    refusal: str | None = None
    gone: bool = False
    until: int = 0  # the last message in hand when it was refused; what comes later is for someone who came back

    def reply(self) -> Reply:
        """What it says; pydantic.ValidationError if that cannot be read."""
        return self.made if self.made is not None else replies.load(self.message.body)


@dataclass(frozen=True, slots=True)
class Refused:
    """It can never be handed over. `gone` when nobody is there to write to: blocked, or the chat is no more."""

    why: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Later:
    """It could not be handed over now; `pause` in seconds where the service said how long, or it is known."""

    why: str
    pause: float | None = None


class Carrier(Protocol):
    """How one service takes a message."""

    async def carry(self, one: InHand) -> Refused | Later | None:
        """Hand over what of it was not sent yet, counting in `sent`; None when all of it was taken."""

    async def show_typing(self, chat: str) -> None:
        """Show there that an answer is being written; trouble is no harm."""

    async def say(self, chat: str, text: str) -> None:
        """Try once to say something that is not kept; trouble goes to the log."""
