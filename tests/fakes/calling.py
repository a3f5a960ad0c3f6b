"""Who calls the fake Bot API in the tests of it: a plain client, a bot that polls, and what they send."""

from __future__ import annotations

import contextlib
import ssl
import struct
import zlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.fake_telegram import FakeTelegram

TOKEN = "123:abc"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * ((width + 7) // 8)) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def calling(api: FakeTelegram) -> httpx.AsyncClient:
    """A client that sends what it is told; it needs no certificates, which are slow to load."""
    return httpx.AsyncClient(base_url=f"{api.base_url}{TOKEN}", verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=f"c:{n}")] for n, label in enumerate(labels)]
    )


HTML = {"parse_mode": "HTML"}


def buttons(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"text": "x", "reply_markup": {"inline_keyboard": list(rows)}}


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"nghe: {update.effective_message.text}", reply_markup=keyboard("Rõ"))


async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer()
    await update.callback_query.edit_message_text(f"chọn: {update.callback_query.data}")


def application(api: FakeTelegram) -> Application[Any, Any, Any, Any, Any, Any]:
    built = ApplicationBuilder().token(TOKEN).base_url(api.base_url).base_file_url(api.base_file_url).build()
    built.add_handler(MessageHandler(filters.TEXT, echo))
    built.add_handler(CallbackQueryHandler(pressed))
    return built


@contextlib.asynccontextmanager
async def polling(api: FakeTelegram) -> AsyncIterator[None]:
    app = application(api)
    async with app:
        assert app.updater is not None
        await app.start()
        await app.updater.start_polling(timeout=10)
        yield
        await app.updater.stop()
        await app.stop()
