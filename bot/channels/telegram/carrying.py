"""How Telegram takes a message: the page edited in place or sent anew, files behind it, and what its errors mean."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot import papers
from bot.channels.telegram.about import About
from bot.channels.telegram.client import Client
from bot.channels.telegram.places import Place, place_of
from bot.channels.telegram.showing import QUIET, Keyboard, show
from bot.desk import Address, Desk, StoreError
from bot.messaging.carrier import InHand, Later, Refused
from bot.messaging.delivery import AT_ONCE, LONGEST_PAUSE
from flows.replies import Appointment, Chart, Letter, Reply, Sheet, Workbook
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)


CAPTION: Final = 1000
"""Letters below a picture; Telegram takes 1,024."""


NO_TOPIC: Final = ("message thread not found", "topic_closed", "topic_deleted")
NO_QUESTION: Final = "message to be replied not found"
"""What Telegram says of a topic in which nobody may write any more, and of a question that was deleted."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file on its way: its name, what stands below it, how it is made (None: not for them), how it is shown."""

    name: str
    caption: str
    make: Callable[[], Awaitable[bytes | None]]
    photo: bool = False


class TelegramCarrier:
    """Speaks to Telegram for the delivery."""

    def __init__(self, bot: Client, desk: Desk, texts: Mapping[Language, Say]) -> None:
        self._bot = bot
        self._desk = desk
        self._texts = texts
        self._presses = asyncio.Semaphore(AT_ONCE)

    async def carry(self, one: InHand) -> Refused | Later | None:
        """As Carrier.carry."""
        place = place_of(one.message.address.id)
        while True:
            try:
                await self._hand_over(one, place)
            except (Forbidden, BadRequest, ChatMigrated) as error:
                if (nearest := _nearest(place, error)) is None:
                    gone = not isinstance(error, BadRequest) or "chat not found" in error.message.casefold()
                    return Refused(error.message, gone)
                place = nearest
            except RetryAfter as error:
                return Later(error.message, _seconds(error))
            except InvalidToken as error:
                return Later(error.message, LONGEST_PAUSE)
            except TelegramError as error:
                return Later(error.message)
            except (papers.NotYet, StoreError) as error:
                return Later(str(error))
            else:
                return None

    async def show_typing(self, chat: str) -> None:
        """As Carrier.show_typing."""
        place = place_of(chat)
        try:
            await self._bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.topic)
        except TelegramError as error:
            log.debug("it could not be shown that an answer is being written: %s", error.message)

    async def say(self, chat: str, text: str) -> None:
        """As Carrier.say."""
        await self._say(place_of(chat), text)

    async def _say(self, place: Place, text: str) -> None:
        try:
            await self._bot.send_message(place.chat, text, message_thread_id=place.topic)
        except TelegramError as error:
            if (nearest := _nearest(place, error)) is not None:
                await self._say(nearest, text)
            else:
                log.warning("Không báo được cho một người rằng máy có lỗi: %s", error.message)

    async def answer(self, press: str, notice: str | None) -> None:
        """Let the pressed button stop turning. Too late, or unknown after a restart, is no harm."""
        async with self._presses:
            try:
                await self._bot.call("answerCallbackQuery", {"callback_query_id": press, "text": notice})
            except TelegramError as error:
                log.debug("a press could not be answered: %s", error.message)

    async def _hand_over(self, one: InHand, place: Place) -> None:
        """A press changes the message it was made in; whatever does not fit there, or was said, comes as a new one."""
        reply = one.reply()
        about = About.read(one.message.about)
        shown = show(reply, about.tapped if about is not None else "")
        there = None if place.plain else about
        pressed = there.message if there is not None and not there.asked else None
        asked = there.message if there is not None and there.asked else None
        for at, text in enumerate(shown.texts[one.sent :], one.sent):
            keyboard = shown.keyboard if at == len(shown.texts) - 1 else None
            if at or pressed is None or not await self._edited(place.chat, pressed, text, keyboard):
                page = _page(place.chat, text, keyboard)
                if place.topic is not None:
                    page["message_thread_id"] = place.topic
                if asked is not None and not at:
                    page["reply_parameters"] = {"message_id": asked, "allow_sending_without_reply": True}
                await self._bot.call("sendMessage", page)
            one.sent = at + 1
        files = self._files(reply, one.message.address)
        for at, file in enumerate(files[one.sent - len(shown.texts) :], one.sent):
            content = await file.make()
            if content is not None:
                send = self._bot.send_photo if file.photo else self._bot.send_document
                await send(place.chat, content, filename=file.name, caption=file.caption, message_thread_id=place.topic)
            one.sent = at + 1

    def _files(self, reply: Reply, to: Address) -> tuple[_File, ...]:
        """What goes along with a page, each made only when it is its turn."""
        say, files = self._texts[reply.language], []
        for block in reply.blocks:
            match block:
                case Sheet() if block.label:
                    link = self._link(block.payload) if block.payload else ""
                    make = partial(asyncio.to_thread, papers.pdf_of, reply, say, link, self._desk.now())
                    files.append(_File("danh-sach.pdf", block.title, make))
                case Appointment():
                    make = partial(asyncio.to_thread, papers.ics_of, block, self._desk.now())
                    files.append(_File("ngay-hen.ics", block.title, make))
                case Letter():
                    creator, now = say("web.name"), self._desk.now()
                    make = partial(asyncio.to_thread, papers.letter_of, block, reply.language, creator, now)
                    files.append(_File("thu.pdf", block.title, make))
                case Chart():
                    make = partial(asyncio.to_thread, papers.png_of, block)
                    told = "\n".join((block.title, *(f"{bar.label}: {bar.says}" for bar in block.bars)))
                    files.append(_File("bieu-do.png", told[:CAPTION], make, photo=True))
                case Workbook():
                    files.append(_File(block.name, block.label, partial(self._workbook, block, reply.language, to)))
                case _:
                    pass
        return tuple(files)

    async def _workbook(self, block: Workbook, language: Language, to: Address) -> bytes | None:
        """The report as an Excel file, if whoever is there may still see it."""
        report = await self._desk.report(to, block.query)
        if report is None:
            return None
        return await asyncio.to_thread(papers.xlsx_of, report, self._desk.world(), self._texts[language])

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


def _page(chat: int, text: str, keyboard: Keyboard | None) -> dict[str, Any]:
    page = {"chat_id": chat, "text": text, "parse_mode": ParseMode.HTML, "link_preview_options": QUIET}
    return page if keyboard is None else {**page, "reply_markup": keyboard}


def _nearest(place: Place, error: TelegramError) -> Place | None:
    """Where else to write what was refused there; None where nobody would look for it.

    No answer is lost with its question, with its topic, or when a group gets another number, as by switching on topics.
    """
    why = error.message.casefold()
    if isinstance(error, ChatMigrated) and not place.plain:
        return Place(error.new_chat_id, plain=True)
    if place.topic is not None and any(words in why for words in NO_TOPIC):
        return Place(place.chat, plain=True)
    return place._replace(plain=True) if NO_QUESTION in why and not place.plain else None


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()
