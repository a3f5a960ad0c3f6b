"""The web page and the terminal as the talk files know channels; Telegram's driver is in telegram_driver.py."""

from __future__ import annotations

import re

from starlette.applications import Starlette

from bot.channels.terminal import Terminal
from bot.desk import Desk
from flows.events import Sort
from tests.channels.page import WebDriver
from tests.conversation.talks import Screen

CHOICE = re.compile(r" *(\d+)\. (?:\[[x ]\] )?(.*)")


class AtTheTerminal:
    """One person who types; a press is its number typed."""

    def __init__(self, desk: Desk) -> None:
        self._shown: list[str] = []
        self._terminal = Terminal(desk, self._shown.append)
        self.screen = Screen((), ())

    async def start(self) -> Screen:
        await self._terminal.start()
        return self._read()

    async def say(self, text: str) -> Screen:
        await self._terminal.say(text)
        return self._read()

    async def press(self, label: str) -> Screen:
        for number, offered in self.screen.choices:
            if label.casefold() == offered.casefold() or label == str(number):
                return await self.say(str(number))
        raise AssertionError(f"no choice {label!r} among {self.screen.choices}")

    async def press_id(self, choice: str) -> Screen:
        raise AssertionError("nobody can type an id")

    async def send(self, sort: Sort) -> Screen | None:
        return None

    def _read(self) -> Screen:
        """The choices are the last paragraph; what stands above is read."""
        above, _, below = self._shown[-1].rstrip("\n").rpartition("\n\n")
        choices = [CHOICE.fullmatch(line) for line in below.splitlines()]
        found = tuple((int(one[1]), one[2]) for one in choices if one is not None)
        assert len(found) == len(choices), below
        self.screen = Screen((" ".join(above.split()), *(label for _, label in found)), found)
        return self.screen


class OnTheWeb:
    """One person with a browser that has no script."""

    def __init__(self, app: Starlette) -> None:
        self.driver = WebDriver("http://127.0.0.1:8080", app)

    async def start(self) -> Screen:
        await self.driver.start()
        return self._read()

    async def say(self, text: str) -> Screen:
        await self.driver.say(text)
        return self._read()

    async def press(self, label: str) -> Screen:
        for number, offered in self.driver.choices:
            if label.casefold() == offered.casefold() or label == str(number):
                await self.driver.press(number)
                return self._read()
        raise AssertionError(f"no button {label!r} among {self.driver.choices}")

    async def press_id(self, choice: str) -> Screen:
        await self.driver.press_id(choice, self.driver.turn)
        return self._read()

    async def send(self, sort: Sort) -> Screen | None:
        assert not await self.driver.send(sort)
        return None

    async def close(self) -> None:
        await self.driver.close()

    def _read(self) -> Screen:
        return Screen(tuple(self.driver.words), tuple(self.driver.choices))
