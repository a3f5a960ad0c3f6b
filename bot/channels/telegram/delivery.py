"""Hands stored messages over to Telegram: each chat in its own order, tried again until taken or refused for good."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot import papers
from bot.channels.telegram.client import Client
from bot.channels.telegram.hearing import About
from bot.channels.telegram.showing import QUIET, Keyboard, show
from bot.desk import Arrival, Desk, Outgoing, StoreError
from flows import replies
from flows.events import Left
from flows.replies import Appointment, Reply, Sheet
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)

AT_ONCE: Final = 128
"""Chats written to side by side."""

SLOW: Final = 0.5
"""Seconds after which a person who waits is told that an answer is being written."""

IN_HAND: Final = 1000
"""Messages held here at most; the others lie in the store until the sweep finds room for them."""

SLICE: Final = 100
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 60.0


@dataclass
class _InHand:
    """A message on its way: its texts and files that are sent, how often it failed, what is still to be noted."""

    message: Outgoing
    sent: int = 0
    failures: int = 0
    taken: bool = False
    refusal: str | None = None
    gone: bool = False
    until: int = 0  # the last message in hand when it was refused; what comes later is for someone who came back


@dataclass(frozen=True, slots=True)
class _File:
    """A file on its way: its name, what stands below it, and how it is made."""

    name: str
    caption: str
    make: Callable[[], bytes]


class Delivery:
    """Delivers for one bot. A message in hand is never taken up a second time, nor is one that was handed over."""

    def __init__(self, bot: Client, desk: Desk, texts: Mapping[Language, Say]) -> None:
        self._bot = bot
        self._desk = desk
        self._texts = texts
        self._chats: dict[str, deque[_InHand]] = {}
        self._numbers: set[int] = set()
        self._expected: dict[str, deque[asyncio.TimerHandle]] = {}
        self._ended: deque[int] = deque(maxlen=2 * IN_HAND)
        self._messages = asyncio.Semaphore(AT_ONCE)
        self._presses = asyncio.Semaphore(AT_ONCE)
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, messages: Iterable[Outgoing]) -> int:
        """Begin to deliver the messages, given oldest first; how many of them were new and found room.

        Where one finds no room none after it does: it must not overtake.
        """
        new = 0
        for message in messages:
            if message.number in self._numbers or message.number in self._ended:
                continue
            if len(self._numbers) >= IN_HAND or self._stopping.is_set():
                break
            new += 1
            self._numbers.add(message.number)
            chat = message.address.id
            if chat in self._chats:
                self._chats[chat].append(_InHand(message))
            else:
                self._chats[chat] = deque([_InHand(message)])
                self.aside(self._deliver(chat))
        return new

    async def sweep(self) -> bool:
        """Take up what an earlier attempt or an earlier process left; True when there may be more of it."""
        left = await self._desk.undelivered("telegram", len(self._numbers) + SLICE)
        return self.take(left) >= SLICE

    def waiting(self, chat: str) -> int:
        """How many messages to that chat are in hand."""
        return len(self._chats.get(chat, ()))

    def expect(self, chat: str) -> None:
        """Someone waits for an answer: if none has come in half a second, show that it is being written."""
        timer = asyncio.get_running_loop().call_later(SLOW, self._slow, chat)
        self._expected.setdefault(chat, deque()).append(timer)

    def no_more(self, chat: str) -> None:
        """What was waited for there the longest has come, or will not."""
        timers = self._expected.get(chat)
        if timers is not None:
            timers.popleft().cancel()
            if not timers:
                del self._expected[chat]

    def answer(self, press: str, notice: str | None = None) -> None:
        """Let the pressed button stop turning, meanwhile. Too late, or unknown after a restart, is no harm."""
        self.aside(self._answer(press, notice))

    def say(self, chat: str, text: str) -> None:
        """Try once to say something that is not kept."""
        self.aside(self._say(int(chat), text))

    async def close(self, patience: float) -> None:
        """Finish what is under way, for so many seconds at most; the rest stays in the store."""
        self._stopping.set()
        for timer in (timer for timers in self._expected.values() for timer in timers):
            timer.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something small beside the messages; it is finished before we stop, if it does not take too long."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, chat: str) -> None:
        waiting, since = self._chats[chat], False
        try:
            while waiting:
                async with self._messages:
                    pause = await self._attempt(waiting[0])
                if pause is None:
                    self.no_more(chat)
                    number = waiting[0].message.number
                    self._ended.append(number)
                    self._numbers.discard(number)
                    if waiting.popleft().gone:
                        since = bool(waiting)
                        break
                elif not await self._rest(pause):
                    return
        finally:  # whatever ended it, what is left is for the sweep
            self._numbers.difference_update(one.message.number for one in self._chats.pop(chat))
        if since:  # what was written to whoever came back meanwhile is still in the store: not for the next round only
            with suppress(StoreError):
                await self.sweep()

    async def _rest(self, seconds: float) -> bool:
        """False when it is time to stop instead."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return True
        return False

    async def _attempt(self, one: _InHand) -> float | None:
        """Hand the message over and note it; None when it is over and done with, else the seconds to wait."""
        if not one.taken and one.refusal is None:
            try:
                await self._hand_over(one)
            except (Forbidden, BadRequest, ChatMigrated) as error:
                one.refusal = error.message
                one.gone = not isinstance(error, BadRequest) or "chat not found" in error.message.casefold()
                one.until = max(other.message.number for other in self._chats[one.message.address.id])
                log.log(logging.INFO if one.gone else logging.ERROR, "Telegram từ chối hẳn một tin: %s", error.message)
            except TelegramError as error:
                return await self._later(one, error)
            except papers.NotYet:
                return self._pause(one)
            except Exception as error:
                one.refusal = repr(error)
                log.exception("Không đọc được một tin đã lưu; bỏ tin này để các tin sau vẫn đi.")
            else:
                one.taken = True
        try:
            if one.refusal is None:
                await self._desk.delivered(one.message)
            else:
                await self._desk.refused(one.message, one.refusal)
                if one.gone:
                    gone = f"gone-{one.message.number}"
                    await self._desk.hear(Arrival(one.message.address, gone, Left(), until=one.until))
        except StoreError as error:
            log.error("Chưa ghi được rằng một tin đã đi (%s); sẽ ghi lại, không gửi lại.", error)
            return self._pause(one)
        return None

    async def _later(self, one: _InHand, error: TelegramError) -> float:
        match error:
            case RetryAfter():
                pause = _seconds(error)
            case InvalidToken():
                pause = LONGEST_PAUSE
            case _:
                pause = self._pause(one)
        log.warning("Một tin chưa đi được (%s); thử lại sau %.1f giây.", error.message, pause)
        try:
            await self._desk.tried(one.message)
        except StoreError as trouble:
            log.warning("Chưa ghi được lần thử (%s).", trouble)
        return pause

    def _pause(self, one: _InHand) -> float:
        one.failures += 1
        return min(FIRST_PAUSE * 2.0 ** min(one.failures - 1, 10), LONGEST_PAUSE)

    async def _hand_over(self, one: _InHand) -> None:
        """A press changes the message it was made in; whatever does not fit there, or was said, comes as a new one."""
        reply = replies.load(one.message.body)
        about = About.read(one.message.about)
        shown = show(reply, about.tapped if about is not None else "")
        chat = int(one.message.address.id)
        for at, text in enumerate(shown.texts[one.sent :], one.sent):
            keyboard = shown.keyboard if at == len(shown.texts) - 1 else None
            if at or about is None or not await self._edited(chat, about.message, text, keyboard):
                await self._bot.call("sendMessage", _page(chat, text, keyboard))
            one.sent = at + 1
        files = self._files(reply)
        for at, file in enumerate(files[one.sent - len(shown.texts) :], one.sent):
            content = await asyncio.to_thread(file.make)
            await self._bot.send_document(chat, content, filename=file.name, caption=file.caption)
            one.sent = at + 1

    def _files(self, reply: Reply) -> tuple[_File, ...]:
        """What goes along with a page, each made only when it is its turn."""
        say, files = self._texts[reply.language], []
        for block in reply.blocks:
            match block:
                case Sheet():
                    link = self._link(block.payload) if block.payload else ""
                    make = partial(papers.pdf_of, reply, say, link, self._desk.now())
                    files.append(_File("danh-sach.pdf", block.title, make))
                case Appointment():
                    make = partial(papers.ics_of, block, self._desk.now())
                    files.append(_File("ngay-hen.ics", block.title, make))
                case _:
                    pass
        return tuple(files)

    def _link(self, payload: str) -> str:
        """The link that opens a list in this chat program; the page's address, where there is one, serves all."""
        return f"https://t.me/{self._bot.username}?start={payload}"

    async def _edited(self, chat: int, about: int, text: str, keyboard: Keyboard | None) -> bool:
        """True when the message reads so now, or did already; False when it cannot be changed."""
        try:
            await self._bot.call("editMessageText", {"message_id": about, **_page(chat, text, keyboard)})
        except BadRequest as error:
            return "not modified" in error.message
        return True

    def _slow(self, chat: str) -> None:
        self.no_more(chat)
        if not self._stopping.is_set():
            self.aside(self._type(int(chat)))

    async def _type(self, chat: int) -> None:
        try:
            await self._bot.send_chat_action(chat, ChatAction.TYPING)
        except TelegramError as error:
            log.debug("it could not be shown that an answer is being written: %s", error.message)

    async def _answer(self, press: str, notice: str | None) -> None:
        async with self._presses:
            try:
                await self._bot.call("answerCallbackQuery", {"callback_query_id": press, "text": notice})
            except TelegramError as error:
                log.debug("a press could not be answered: %s", error.message)

    async def _say(self, chat: int, text: str) -> None:
        async with self._messages:
            try:
                await self._bot.send_message(chat, text)
            except TelegramError as error:
                log.warning("Không báo được cho một người rằng máy có lỗi: %s", error.message)


def _page(chat: int, text: str, keyboard: Keyboard | None) -> dict[str, Any]:
    page = {"chat_id": chat, "text": text, "parse_mode": ParseMode.HTML, "link_preview_options": QUIET}
    return page if keyboard is None else {**page, "reply_markup": keyboard}


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
