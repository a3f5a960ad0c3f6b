"""A person on Zalo as the talk files know people: writes, reads the messages that come, chooses by number."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.channels.zalo.bot import Way, ZaloBot
from bot.channels.zalo.showing import BETWEEN_WAYS
from bot.desk import Desk
from flows.events import Sort
from flows.state import Language
from flows.texts import Say
from tests.conversation.talks import Screen
from tests.fake_zalo import FakeZalo, Person

CHOICE = re.compile(r"(?:[☑☐] )?(\d+)\. (.*)")
PAPER = re.compile(r"[☑☐○] (\d+)\. (.*?)(?: – .*)?")
PAGE = "https://hoidap.example"


@asynccontextmanager
async def serving(
    api: FakeZalo, desk: Desk, texts: Mapping[Language, Say], way: Way | None = None
) -> AsyncIterator[ZaloBot]:
    """The channel on that Bot API until the end of the block; AssertionError if it had ended by itself."""
    bot = ZaloBot(desk, texts, way or Way(api.token, api.url, page=PAGE), str)
    task = asyncio.create_task(bot.serve())
    try:
        yield bot
        assert not task.done(), "the channel ended by itself"
    finally:
        task.cancel()
        await asyncio.wait([task], timeout=5)
        assert task.cancelled(), task


class ZaloDriver:
    """One person on the fake Bot API; needs the channel to be serving there."""

    def __init__(self, api: FakeZalo, person: Person) -> None:
        self.api = api
        self.person = person
        self.screen = Screen((), ())

    async def start(self) -> Screen:
        return await self.say("/start")

    async def say(self, text: str) -> Screen:
        mark = len(self.person.texts)
        self.person.says(text)
        return await self._answered(mark)

    async def press(self, label: str) -> Screen:
        """There is nothing to press: the number is written."""
        for number, offered in self.screen.choices:
            if names(label, offered) or label == str(number):
                return await self.say(str(number))
        raise AssertionError(f"no choice {label!r} among {self.screen.choices}")

    async def press_id(self, choice: str) -> Screen:
        raise AssertionError("nobody can write an id")

    async def send(self, sort: Sort) -> Screen | None:
        mark = len(self.person.texts)
        match sort:
            case "photo":
                self.person.sends_photo(self.api.picture(b"a picture"))
            case "sticker":
                self.person.sends_sticker()
            case "voice":
                self.person.sends_voice()
            case "other" | "file":
                self.person.sends_a_file()
            case "edited":
                return None  # Zalo tells no bot of it
        return await self._answered(mark)

    async def _answered(self, mark: int) -> Screen:
        """Wait until the page has arrived, which is when the ways elsewhere below it have; then read it."""
        await self.api.until(lambda: any(_ends(text) for text in self.person.texts[mark:]), within=20)
        self.screen = screen_of(self.person.texts[mark:])
        return self.screen


def names(label: str, offered: str) -> bool:
    """Whether a button of that label is this: a paper stands under its whole name, of which a button may have less."""
    label, offered = label.casefold(), offered.casefold()
    return (
        label == offered
        or (label.endswith("…") and offered.startswith(label[:-1].rstrip()))
        or (offered.startswith(f"{label} ("))
    )


def _ends(text: str) -> bool:
    last = text.rsplit("\n", 1)[-1].split(BETWEEN_WAYS)
    return len(last) > 1 and all(CHOICE.fullmatch(part) for part in last)


def screen_of(texts: list[str]) -> Screen:
    """The page in one or several messages: its text, then its choices in the order of their numbers."""
    lines = [line for text in texts for line in text.split("\n")]
    at = len(lines) - 1
    found: dict[int, str] = {}
    while (read := [CHOICE.fullmatch(part) for part in lines[at].split(BETWEEN_WAYS)]) and all(read):
        found |= {int(one[1]): one[2] for one in read if one is not None}
        at -= 1 if lines[at - 1] else 2
    found |= {int(one[1]): one[2] for one in map(PAPER.fullmatch, lines[:at]) if one is not None}
    choices = tuple(sorted(found.items()))
    return Screen((" ".join(" ".join(lines[:at]).split()), *(label for _, label in choices)), choices)
