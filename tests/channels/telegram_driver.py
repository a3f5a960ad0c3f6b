"""A person on Telegram as the talk files know people: acts on the phone, sees the page that came of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from bot.channels.telegram.bot import TelegramBot, Way
from bot.desk import Desk
from flows.events import Sort
from flows.state import Language
from flows.texts import Say
from tests.conversation.talks import Screen
from tests.fake_telegram import Call, FakeTelegram, Person, Seen

BUTTON = re.compile(r"(?:[✓☐] )?(\d+)\. (.*)")


@asynccontextmanager
async def serving(
    api: FakeTelegram,
    desk: Desk,
    texts: Mapping[Language, Say],
    token: str = "",
    on: Callable[[str], object] = str,
    *,
    rate: int = 0,
    inline: bool = True,
) -> AsyncIterator[asyncio.Task[None]]:
    """The channel on that Bot API until the end of the block; AssertionError if it had ended by itself.

    Without a rate it keeps no limits: tests are faster than people.
    """
    way = Way(token or api.state.token, api.url, rate=rate, inline=inline)
    task = asyncio.create_task(TelegramBot(desk, texts, way, on).serve())
    try:
        yield task
        assert not task.done(), "the channel ended by itself"
    finally:
        task.cancel()
        await asyncio.wait([task], timeout=5)
        assert task.cancelled(), task


class TelegramDriver:
    """One person on the fake Bot API; needs the channel to be serving there."""

    def __init__(self, api: FakeTelegram, person: Person) -> None:
        self.api = api
        self.person = person
        self.screen = Screen((), ())

    async def start(self, payload: str = "") -> Screen:
        mark = self._mark()
        await self.person.says(f"/start {payload}".strip())
        return await self._answered(mark)

    async def say(self, text: str) -> Screen:
        mark = self._mark()
        await self.person.says(text)
        return await self._answered(mark)

    async def press(self, label: str) -> Screen:
        """By the label, else by the number, as the talk files do."""
        buttons = {button: read for button in self.page.labels if (read := BUTTON.fullmatch(button))}
        for button, read in buttons.items():
            if label.casefold() == read[2].casefold() or label == read[1]:
                mark = self._mark()
                press = await self.person.presses(button)
                await self.person.sees_answer(press, within=20)
                return await self._answered(mark)
        raise AssertionError(f"no button {label!r} among {list(buttons)}")

    async def press_id(self, choice: str) -> Screen:
        """Any id, pressed on the page of now, offered there or not."""
        turn = self.data()[0].split(":")[0]
        return await self.press_data(f"{turn}:{choice}")

    async def press_data(self, data: str, message: int | None = None) -> Screen:
        """Any data, pressed on the page of now or on another message."""
        mark = self._mark()
        press = await self.person.presses_data(self.page.id if message is None else message, data)
        await self.person.sees_answer(press, within=20)
        return await self._answered(mark)

    async def send(self, sort: Sort) -> Screen | None:
        mark = self._mark()
        match sort:
            case "photo":
                await self.person.sends_photo(b"a picture")
            case "file":
                await self.person.sends_document(b"%PDF-1.7", "giấy khai sinh.pdf")
            case "voice":
                await self.person.sends_voice()
            case "sticker":
                await self.person.sends_sticker()
            case "edited":
                said = next(message for message in self.person.messages if not message.from_bot)
                await self.person.edits(said.id, "đăng ký kết hôn")
            case "other":
                await self.person.sends_location(21.03, 105.85)
        return await self._answered(mark)

    @property
    def page(self) -> Seen:
        """The newest message with buttons."""
        return next(message for message in reversed(self.person.answers) if message.buttons)

    def data(self) -> list[str]:
        """What the buttons of the page of now carry, in order."""
        messages = self.person.state.messages[self.person.chat["id"]]
        markup = next(message.markup for message in messages if message.id == self.page.id)
        assert markup is not None
        return [button["callback_data"] for row in markup["inline_keyboard"] for button in row]

    def _mark(self) -> tuple[int, int]:
        return len(self.api.calls), self.person.mark

    async def _answered(self, mark: tuple[int, int]) -> Screen:
        """Wait until the page has arrived, which is when a message with its buttons has; then read what changed."""
        calls, revision = mark
        await self.api.until(lambda: any(self._has_page(call) for call in self.api.calls[calls:]), within=20)
        changed = [message for message in self.person.answers if message.revision > revision]
        if changed:
            self.screen = screen_of(changed)
        return self.screen

    def _has_page(self, call: Call) -> bool:
        written = call.method in {"sendMessage", "editMessageText"} and "reply_markup" in call.values
        taken = call.ok or "not modified" in call.description
        return written and taken and str(call.values["chat_id"]) == str(self.person.chat["id"])


def screen_of(messages: list[Seen]) -> Screen:
    """The page in one or several messages: its texts, joined, and its buttons."""
    labels = [label for message in messages for label in message.labels]
    read = [BUTTON.fullmatch(label) for label in labels]
    choices = tuple((int(one[1]), one[2]) for one in read if one is not None)
    assert len(choices) == len(labels), labels
    text = " ".join(" ".join(message.text for message in messages).split())
    return Screen((text, *(label for _, label in choices)), choices)
