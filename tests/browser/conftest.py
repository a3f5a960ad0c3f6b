"""One Chromium and one server for all tests of this folder; where the machine has no Chromium they are not collected."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.rig import FLAGS, Served, Visitors, arrived, product

CHROMIUM = shutil.which("chromium")
HERE = Path(__file__).parent

if CHROMIUM is None:
    if os.environ.get("NEED_BROWSER"):
        raise pytest.UsageError("NEED_BROWSER is set and this machine has no chromium")
    collect_ignore_glob = ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser, the server and the tests share one loop."""
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    async with product(tmp_path_factory.mktemp("browser")) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def visitors(browser: Browser, served: Served) -> AsyncIterator[Visitors]:
    async with arrived(browser, served) as visitors:
        yield visitors
