"""Talk files: what a person does and what they must see, read from YAML and played on any channel.

A step is one of: say, press (a label or number), press_id (an id, of this page), send, see, not_see, offers,
not_offers. `see` and `not_see` look at everything the page shows, capital letters aside; a list means all of them
(none of them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, Protocol

from bot.settings import ATTACH_DAYS
from flows import engine, state
from flows.events import Event, Pressed, Said, Sent, Sort, Started
from flows.facts import Fact
from flows.replies import Reply, words
from flows.state import Language, Talk
from flows.texts import Say
from flows.turn import World
from knowledge.folders import read_file
from knowledge.library import Library
from knowledge.misfits import problem_at
from knowledge.problems import Problem, perhaps
from knowledge.yaml_lines import Document
from knowledge.yaml_lines import Path as Place

ACTS: Final = ("say", "press", "press_id", "send")
CHECKS: Final = ("see", "not_see", "offers", "not_offers")
SORTS: Final[Mapping[str, Sort]] = {"photo": "photo", "file": "file", "voice": "voice", "sticker": "sticker"}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a talk file: what is done or looked at, and in which line of the file it stands."""

    kind: str
    texts: tuple[str, ...]
    line: int = 1


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


class NotAsSaid(AssertionError):
    """A screen is not as the talk says, or offers not what the talk presses; the message is for the official."""


def read_talks(path: Path, key: str | None, name: str = "") -> tuple[tuple[TalkFile, ...], tuple[Problem, ...]]:
    """The talks of a file (under `key`, or the whole file), and what is wrong with them; `name` is what to call it."""
    yaml = read_file(path)
    value = yaml.value.get(key, ()) if key is not None and isinstance(yaml.value, Mapping) else yaml.value
    problems = list(yaml.problems)
    talks: list[TalkFile] = []
    for at, one in enumerate(value if yaml.ok and isinstance(value, tuple) else ()):
        place: Place = (at,) if key is None else (key, at)
        steps, found = _steps(one, yaml, place)
        problems += found
        if not found:
            talks.append(TalkFile(one["name"], name or path.as_posix(), one["on"], steps))
    return tuple(talks), tuple(problems)


def _steps(one: Any, yaml: Document, place: Place) -> tuple[tuple[Step, ...], list[Problem]]:
    """The steps of a talk, or what is wrong with it."""
    problems: list[Problem] = []
    for key, kind, cure in (
        ("name", str, "thêm tên cuộc trò chuyện, ví dụ name: sinh ở nhà"),
        ("on", date, "thêm ngày diễn ra, ví dụ on: 2026-11-22"),
        ("talk", tuple, "thêm các bước, mỗi bước một dòng như “- say: ...”"),
    ):
        if not isinstance(one, Mapping) or not isinstance(one.get(key), kind):
            problems.append(problem_at(yaml, place, f"cuộc trò chuyện thiếu “{key}”", "không diễn lại được", cure))
    if problems:
        return (), problems
    steps: list[Step] = []
    for at, line in enumerate(one["talk"]):
        path = (*place, "talk", at)
        if not isinstance(line, Mapping):
            why = "mỗi bước là “việc: nội dung”"
            problems.append(problem_at(yaml, path, "bước viết chưa đúng", why, "viết như “- say: làm khai sinh”"))
            continue
        for kind, text in line.items():
            if kind not in {*ACTS, *CHECKS} or (kind == "send" and text not in SORTS):
                known = SORTS if kind == "send" else (*ACTS, *CHECKS)
                said = str(text) if kind == "send" else kind
                why = "không có việc này"
                problems.append(
                    problem_at(yaml, path, f"bước lạ “{said}”", why, perhaps(said, known, "chọn một trong"))
                )
                continue
            texts = tuple(str(part) for part in text) if isinstance(text, tuple) else (str(text),)
            if kind in ACTS and len(texts) != 1:
                why = "mỗi lần chỉ làm một việc"
                problems.append(
                    problem_at(yaml, path, f"bước “{kind}” có nhiều nội dung", why, "tách thành nhiều dòng")
                )
                continue
            steps.append(Step(kind, texts, yaml.place((*path, kind), key=True)[0]))
    return tuple(steps), problems


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


async def play(talk: TalkFile, person: Channel) -> None:
    """Hold a talk from its start to its end; NotAsSaid at the first line that does not hold."""
    screen = await person.start()
    for step in talk.steps:
        if step.kind in CHECKS:
            check(step, screen, talk)
            continue
        try:
            done = await act(step, person)
        except NotAsSaid as error:
            raise NotAsSaid(f"{_place(talk, step)}: {error}") from error
        if done is None:
            raise NotAsSaid(f"{_place(talk, step)}: ở đây không gửi được “{step.texts[0]}”, bỏ bước này")
        screen = done


def _place(talk: TalkFile, step: Step) -> str:
    return f"{talk.file}:{step.line}: cuộc trò chuyện “{talk.name}”"


def check(step: Step, screen: Screen, talk: TalkFile) -> None:
    """NotAsSaid when the screen is not as the step says."""
    shown = "\n".join(screen.words).casefold()
    labels = [label.casefold() for _, label in screen.choices]
    for text in step.texts:
        folded = text.casefold()
        match step.kind:
            case "see":
                wrong = "" if folded in shown else "trang không hiện"
            case "not_see":
                wrong = "" if folded not in shown else "trang vẫn hiện"
            case "offers":
                wrong = "" if folded in labels else "không có nút"
            case "not_offers":
                wrong = "" if folded not in labels else "vẫn có nút"
            case _:
                raise ValueError(step.kind)
        if wrong:
            cure = "sửa hướng dẫn, hoặc sửa dòng này nếu hướng dẫn mới đúng"
            seen = " | ".join(screen.words)
            raise NotAsSaid(f"{_place(talk, step)}: {wrong} “{text}”, {cure}; trang đang hiện: {seen}")


def screen_of(reply: Reply) -> Screen:
    """What the engine's reply asks a channel to show."""
    choices = tuple((number, choice.label) for number, choice in enumerate(reply.choices, 1))
    return Screen(tuple(" ".join(text.split()) for text in words(reply)), choices)


class Alone:
    """The engine without a channel; the talk and the reply go through JSON after every turn."""

    def __init__(
        self, library: Library, texts: Mapping[Language, Say], now: datetime, language: Language = "vi"
    ) -> None:
        self.world = World(library, texts, now, keeps_pictures=ATTACH_DAYS.default)
        self.talk = Talk(language=language)
        self.facts: list[Fact] = []
        self.reply = engine.show(self.talk, self.world)

    def step(self, event: Event) -> Reply:
        """One event; AssertionError if the talk does not survive JSON, or its page is another when shown again."""
        turn = engine.step(self.talk, event, self.world)
        self.talk = state.load(state.dump(turn.talk))
        if self.talk != turn.talk:
            raise AssertionError(f"the talk does not survive JSON: {turn.talk}")
        self.facts += turn.facts
        if turn.reply is not None:
            self.reply = turn.reply
        if engine.show(self.talk, self.world) != self.reply:
            raise AssertionError(f"the page is another when shown again: {self.talk}")
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
    offered = tuple(choice.label for choice in reply.choices)
    raise NotAsSaid(f"không có nút “{label}”, {perhaps(label, offered, 'các nút đang có')}")


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
            return await channel.send(SORTS[text])
        case _:
            raise ValueError(step.kind)
