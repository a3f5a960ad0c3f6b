"""The bot to compare with: aiogram 3 as its documentation builds a webhook, and a page as long as ours for an answer.

    python tests/bench/telegram_aiogram.py API_URL PORT

It keeps nothing, knows nothing and orders nothing: what is measured is what the framework itself takes.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

SECRET = "thu-tai"
PAGE = "<b>Một trang</b>\n\n" + "Một dòng của trang, dài chừng như một dòng của trang thật.\n" * 14
BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text=f"{n}. Một lựa chọn", callback_data=f"1:choice-{n}")] for n in range(8)]
)


async def said(message: Message) -> None:
    await message.answer(f"{message.text}\n{PAGE}", parse_mode="HTML", reply_markup=BUTTONS)


async def pressed(query: CallbackQuery) -> None:
    await query.answer()
    if isinstance(query.message, Message):
        with suppress(TelegramBadRequest):  # the second delivery of a press changes nothing; Telegram refuses that
            await query.message.edit_text(f"{query.id} {query.data}\n{PAGE}", parse_mode="HTML", reply_markup=BUTTONS)


async def main(api: str, port: int) -> None:
    bot = Bot("123:abc", session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher()
    dispatcher.message.register(said)
    dispatcher.callback_query.register(pressed)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, "/telegram")
    setup_application(app, dispatcher, bot=bot)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await bot.set_webhook(f"http://127.0.0.1:{port}/telegram", secret_token=SECRET)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
