"""A fake Bot API, and a bot that talks to it."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.fake_telegram import FakeTelegram
from tests.fakes.calling import TOKEN


@pytest.fixture
async def api() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(TOKEN) as running:
        yield running


@pytest.fixture
async def bot(api: FakeTelegram) -> AsyncIterator[Bot]:
    # Loading certificates takes a client longer than a test takes; here all is plain HTTP.
    quick: dict[str, Any] = {"verify": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)}
    async with Bot(
        TOKEN,
        base_url=api.base_url,
        base_file_url=api.base_file_url,
        request=HTTPXRequest(httpx_kwargs=quick),
        get_updates_request=HTTPXRequest(httpx_kwargs=quick),
    ) as client:
        yield client
