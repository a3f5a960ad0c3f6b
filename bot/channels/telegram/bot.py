"""Long polling that loses nothing: a batch of updates is confirmed only when the desk has kept every one of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final

from telegram import Bot, BotCommand, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.delivery import AT_ONCE, Delivery
from bot.channels.telegram.hearing import WANTED, arrival
from bot.desk import Desk, StoreError
from flows.state import Language
from flows.texts import Say

log = logging.getLogger(__name__)

POLL: Final = 25
"""Seconds that Telegram may hold a poll open while nothing happens."""

SWEEP_EVERY: Final = 30.0
SWEEP_ON: Final = 0.2
"""Seconds until the next sweep when the last one could not carry everything."""

REST: Final = 60.0
"""Seconds until a refused token is tried again: it may have been put right, or be refused for good."""

LONGEST_PAUSE: Final = 30.0
PATIENCE: Final = 1.5
"""Seconds that deliveries under way have when we stop."""

COMMANDS: Final = ("start", "help", "back", "person", "vi", "en", "forget")


async def serve(
    desk: Desk, texts: Mapping[Language, Say], *, token: str, api_url: str | None, on: Callable[[str], object]
) -> None:
    """Serve until cancelled. Nothing that Telegram does or says ends it; the log says what is wrong, and its cure.

    `on` is told the bot's name, "@thutu_bot", once Telegram knows us.
    """
    bot = _bot(token, api_url)
    delivery = Delivery(bot, desk, texts)
    line = _Line(bot, desk, delivery, texts, api_url)
    try:
        await line.connect()
        on(bot.name)
        async with asyncio.TaskGroup() as both:
            both.create_task(line.poll())
            both.create_task(_sweep(desk, delivery))
    finally:
        await delivery.close(PATIENCE)
        await bot.shutdown()


def _bot(token: str, api_url: str | None) -> Bot:
    # One connection for each chat written to and each press answered at the same time.
    requests = HTTPXRequest(connection_pool_size=2 * AT_ONCE), HTTPXRequest(connection_pool_size=1)
    if api_url is None:
        return Bot(token, request=requests[0], get_updates_request=requests[1])
    return Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )


async def _sweep(desk: Desk, delivery: Delivery) -> None:
    """Reminders that came due first, since what they say lies in the store like all the rest."""
    while True:
        pause = SWEEP_EVERY
        try:
            more = await desk.remind("telegram")
            if await delivery.sweep() or more:
                pause = SWEEP_ON
        except StoreError as error:
            log.error("Chưa xem được các tin còn phải gửi (%s); sẽ xem lại.", error)
        await asyncio.sleep(pause)


class _Line:
    """The line to Telegram: who calls is heard by the desk, and what the desk answers is given to the delivery."""

    def __init__(
        self, bot: Bot, desk: Desk, delivery: Delivery, texts: Mapping[Language, Say], api_url: str | None
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._delivery = delivery
        self._texts = texts
        self._pause = 1.0
        self._look = "mạng của máy này" + (f" và TELEGRAM_API_URL={api_url}" if api_url is not None else "")
        self._lost = ""

    async def connect(self) -> None:
        """Try until Telegram knows us, then hang up the list of commands."""
        while True:
            try:
                await self._bot.initialize()
                break
            except TelegramError as error:
                await asyncio.sleep(self._told(error))
        self._pause = 1.0
        try:
            # Where a webhook was left behind, polling would be refused for good.
            await self._bot.delete_webhook()
            for language, say in self._texts.items():
                commands = [BotCommand(name, say(f"telegram.{name}")) for name in COMMANDS]
                await self._bot.set_my_commands(commands, language_code="" if language == "vi" else language)
        except TelegramError as error:
            log.warning("Chưa đặt được danh sách lệnh ở Telegram (%s); lần chạy sau sẽ đặt.", error.message)

    async def poll(self) -> None:
        """Hear what people do, until cancelled."""
        offset = 0
        while True:
            try:
                updates = await self._bot.get_updates(offset or None, timeout=POLL, allowed_updates=WANTED)
            except TelegramError as error:
                await asyncio.sleep(self._told(error))
                continue
            if self._lost:
                self._lost = ""
                log.warning("Đã nối lại được với Telegram.")
            if await self._hear(updates):
                self._pause = 1.0
                offset = updates[-1].update_id + 1 if updates else offset
            else:
                await asyncio.sleep(self._longer())

    def _told(self, error: TelegramError) -> float:
        """Say in the log what is wrong and what to do; the seconds to wait before the next try."""
        match error:
            case RetryAfter(retry_after=wait):
                return wait if isinstance(wait, int) else wait.total_seconds()
            case InvalidToken():
                log.error(
                    "Telegram không nhận TELEGRAM_TOKEN này; hãy chép lại mã từ BotFather rồi chạy lại. "
                    "Trang hỏi đáp vẫn chạy."
                )
                return REST
            case Conflict():
                pause = self._longer()
                log.error(
                    "Một chương trình khác đang dùng cùng TELEGRAM_TOKEN; hãy tắt bớt một bên. Thử lại sau %d giây.",
                    pause,
                )
                return pause
            case _:
                if error.message != self._lost:  # a night without a network must not fill the log
                    self._lost = error.message
                    log.warning(
                        "Mất liên lạc với Telegram (%s); hãy xem %s. Trang hỏi đáp vẫn chạy; vẫn thử lại Telegram.",
                        error.message,
                        self._look,
                    )
                return self._longer()

    def _longer(self) -> float:
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause

    async def _hear(self, updates: Sequence[Update]) -> bool:
        """Different people side by side, each in order; True when everything was kept and may be confirmed."""

        def chat(update: Update) -> int:
            return update.effective_chat.id if update.effective_chat is not None else 0

        people = [list(own) for _, own in groupby(sorted(updates, key=chat), key=chat)]
        return all(await asyncio.gather(*(self._person(own) for own in people)))

    async def _person(self, updates: Sequence[Update]) -> bool:
        for update in updates:
            try:
                await self._one(update)
            except StoreError as error:
                log.error("Một tin đến chưa ghi được (%s); Telegram sẽ đưa lại.", error)
                return False
            except Exception:
                log.exception("Lỗi của chương trình ở một tin đến; tin này bỏ qua để người khác vẫn được trả lời.")
        return True

    async def _one(self, update: Update) -> None:
        came = arrival(update)
        if came is not None:
            try:
                heard = await self._desk.hear(came)
            except StoreError:
                raise
            except Exception:
                self._delivery.say(came.address.id, self._texts[came.language]("web.broken_body"))
                raise
            self._delivery.take(heard.outgoing)
        if update.callback_query is not None:
            self._delivery.answer(update.callback_query.id)
