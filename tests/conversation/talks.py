"""Talk files: what a person does and what they must see, read from YAML and played on any channel.

A step is one of: say, press (a label or number), press_id (an id, of this page), send, see, not_see, offers, not_offers.
`see` and `not_see` look at everything the page shows, capital letters aside; a list means all of them (none of them).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from flows import engine, state
from flows.events import Event, Pressed, Said, Sent, Sort, Started
from flows.facts import Fact
from flows.replies import Reply, words
from flows.state import Language, Talk
from flows.texts import Say
from flows.turn import World
from knowledge.library import Library
from knowledge.yaml_lines import read

TESTS = Path(__file__).resolve().parents[1]
ACTS = ("say", "press", "press_id", "send")
CHECKS = ("see", "not_see", "offers", "not_offers")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a talk file: what is done or looked at, and in which line it stands."""

    kind: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TalkFile:
    """One talk: its name, the file it is from, the day it is held on, and its steps."""

    name: str
    file: str
    on: date
    steps: tuple[Step, ...]

    @property
    def now(self) -> datetime:
        """Ten in the morning in Vietnam on that day."""
        return datetime(self.on.year, self.on.month, self.on.day, 3, tzinfo=UTC)


def talks() -> Iterator[TalkFile]:
    """Every talk: those of the guides' mirrors and those about no one guide."""
    for path in sorted((TESTS / "guides").rglob("*.yaml")):
        yield from _talks(path, "talks")
    for path in sorted((TESTS / "talks").glob("*.yaml")):
        yield from _talks(path, None)


def _talks(path: Path, key: str | None) -> Iterator[TalkFile]:
    value = read(path.read_bytes(), str(path)).value
    for one in value[key] if key is not None else value:
        steps = tuple(_step(kind, text) for line in one["talk"] for kind, text in line.items())
        yield TalkFile(one["name"], path.relative_to(TESTS).as_posix(), one["on"], steps)


def _step(kind: str, text: object) -> Step:
    assert kind in {*ACTS, *CHECKS}, f"unknown step {kind}"
    return Step(kind, tuple(str(one) for one in text) if isinstance(text, list | tuple) else (str(text),))


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees: every text in order, and the choices by number and label (marks of papers left out)."""

    words: tuple[str, ...]
    choices: tuple[tuple[int, str], ...]


class Channel(Protocol):
    """A person on a channel: acts, and sees a screen."""

    async def start(self) -> Screen: ...
    async def say(self, text: str) -> Screen: ...
    async def press(self, label: str) -> Screen: ...
    async def press_id(self, choice: str) -> Screen: ...
    async def send(self, sort: Sort) -> Screen | None:
        """None where the channel cannot send such a thing."""


def check(step: Step, screen: Screen, talk: TalkFile) -> None:
    """AssertionError when the screen is not as the step says."""
    shown = "\n".join(screen.words).casefold()
    labels = [label.casefold() for _, label in screen.choices]
    where = f"{talk.file}, {talk.name}: {step.kind} {step.texts}\n{chr(10).join(screen.words)}"
    for text in step.texts:
        folded = text.casefold()
        match step.kind:
            case "see":
                assert folded in shown, where
            case "not_see":
                assert folded not in shown, where
            case "offers":
                assert folded in labels, where
            case "not_offers":
                assert folded not in labels, where


def screen_of(reply: Reply) -> Screen:
    """What the engine's reply asks a channel to show."""
    choices = tuple((number, choice.label) for number, choice in enumerate(reply.choices, 1))
    return Screen(tuple(" ".join(text.split()) for text in words(reply)), choices)


class Alone:
    """The engine without a channel; the talk and the reply go through JSON after every turn."""

    def __init__(self, library: Library, texts: dict[Language, Say], now: datetime, language: Language = "vi") -> None:
        self.world = World(library, texts, now)
        self.talk = Talk(language=language)
        self.facts: list[Fact] = []
        self.reply = engine.show(self.talk, self.world)

    def step(self, event: Event) -> Reply:
        """One event; AssertionError if the talk does not survive JSON."""
        turn = engine.step(self.talk, event, self.world)
        self.talk = state.load(state.dump(turn.talk))
        assert self.talk == turn.talk
        self.facts += turn.facts
        if turn.reply is not None:
            self.reply = turn.reply
        assert engine.show(self.talk, self.world) == self.reply
        return self.reply

    async def start(self) -> Screen:
        return screen_of(self.step(Started()))

    async def say(self, text: str) -> Screen:
        return screen_of(self.step(Said(text)))

    async def press(self, label: str) -> Screen:
        return screen_of(self.step(Pressed(_id(self.reply, label), self.talk.turn)))

    async def press_id(self, choice: str) -> Screen:
        return screen_of(self.step(Pressed(choice, self.talk.turn)))

    async def send(self, sort: Sort) -> Screen | None:
        return screen_of(self.step(Sent(sort)))


def _id(reply: Reply, label: str) -> str:
    for number, choice in enumerate(reply.choices, 1):
        if choice.label.casefold() == label.casefold() or str(number) == label:
            return choice.id
    offered = ", ".join(choice.label for choice in reply.choices)
    raise AssertionError(f"no choice {label!r}; offered: {offered}")


async def act(step: Step, channel: Channel) -> Screen | None:
    """Do what the step says; None when the channel cannot."""
    (text,) = step.texts
    match step.kind:
        case "say":
            return await channel.say(text)
        case "press":
            return await channel.press(text)
        case "press_id":
            return await channel.press_id(text)
        case "send":
            sorts: dict[str, Sort] = {"photo": "photo", "file": "file", "voice": "voice", "sticker": "sticker"}
            return await channel.send(sorts[text])
        case _:
            raise AssertionError(step.kind)
