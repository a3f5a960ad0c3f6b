"""Where a public page is now: codes old and new, guides that ended or are gone, and addresses of nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.web.app import app
from bot.desk import Desk
from bot.store.sqlite import SQLiteStore
from flows.turn import World
from knowledge.loading import library_of
from tests.channels.page import WebDriver
from tests.public.made import (
    BIRTH,
    GUIDES,
    MARRIAGE,
    NOW,
    SAY,
    SECRET,
    TEXTS,
    WORLD,
    also,
    answers,
    metas,
    only_our_scripts,
    text_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


# What moved, ended, or never was


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("1.001193", BIRTH),
        ("1.001193.H16", BIRTH),
        ("1.001193/", BIRTH),
        ("9.000007", "doi-ma"),
        ("9.000002", BIRTH),
        ("da-thay", BIRTH),
        (f"{BIRTH}/", BIRTH),
        ("Đăng-ký-khai-sinh", BIRTH),
        ("DANG-KY-KHAI-SINH", BIRTH),
        ("dang_ky_khai_sinh", BIRTH),
        ("Đăng ký khai sinh", BIRTH),
    ],
)
async def test_it_is_found_where_it_is_now(web: WebDriver, asked: str, to: str) -> None:
    for query in ("", "?lang=en"):
        answer = await web.http.get(f"/thu-tuc/{asked}{query}")
        while answer.status_code == 301 and is_code_or_slash(answer.headers["location"], to):
            answer = await web.http.get(answer.headers["location"])
        assert (answer.status_code, answer.headers["location"]) == (301, f"/thu-tuc/{to}{query}")


def is_code_or_slash(location: str, to: str) -> bool:
    return location.partition("?")[0] != f"/thu-tuc/{to}"


async def test_a_guide_is_there_until_its_last_day_and_then_leads_on(store: SQLiteStore) -> None:
    days = {20: 200, 21: 301}
    for day, status in days.items():
        world = World(WORLD.library, TEXTS, datetime(2026, 11, day, 2, 0, tzinfo=UTC))
        page = app(Desk(store, lambda world=world: world), TEXTS, public_url=None, secret=SECRET, health=answers)  # type: ignore[misc] # a lambda that holds its world
        driver = WebDriver("http://127.0.0.1", page)
        driver.http.follow_redirects = False
        assert (await driver.http.get("/thu-tuc/sap-het")).status_code == status
        await driver.close()


async def test_the_same_server_follows_the_day_and_the_library(store: SQLiteStore) -> None:
    now = [WORLD]
    page = app(Desk(store, lambda: now[0]), TEXTS, public_url=None, secret=SECRET, health=answers)
    driver = WebDriver("http://127.0.0.1", page)
    driver.http.follow_redirects = False
    assert (await driver.http.get("/thu-tuc/sap-het")).status_code == 200
    assert "sap-het" in (await driver.http.get("/sitemap.xml")).text
    now[0] = World(WORLD.library, TEXTS, datetime(2026, 11, 21, 2, 0, tzinfo=UTC))
    assert (await driver.http.get("/thu-tuc/sap-het")).status_code == 301
    assert "sap-het" not in (await driver.http.get("/sitemap.xml")).text
    now[0] = World(library_of([*GUIDES.values(), also(MARRIAGE, BIRTH, "1.001193", status="withdrawn")]), TEXTS, NOW)
    assert (await driver.http.get(f"/thu-tuc/{BIRTH}")).status_code == 410
    await driver.close()


@pytest.mark.parametrize("id", ["da-rut", "9.000001", "da-tach", "9.000003"])
async def test_a_guide_that_is_gone_says_so_with_ways_on(web: WebDriver, id: str) -> None:
    page = await web.get(f"/thu-tuc/{id}")
    assert page.status == 410
    assert MARRIAGE.title in text_of(page)
    assert metas(page)["robots"] == "noindex"
    ways = {a.attributes["href"] for a in page.main.tagged("a")}
    assert {"/", "/thu-tuc"} <= ways
    assert ({f"/thu-tuc/{BIRTH}", f"/thu-tuc/{MARRIAGE.id}"} <= ways) is (id in {"da-tach", "9.000003"})
    assert page.main.tagged("input")[0].attributes["name"] == "q"


@pytest.mark.parametrize(
    "asked",
    [
        "khong-co",
        "ban-nhap",
        "9.000005",
        "0.000000",
        "dаng-ky-khai-sinh",  # the second letter is Cyrillic
        "dang‐ky‐khai‐sinh",  # its hyphens are not ours
        "ｄang-ky-khai-sinh",
        "dang-ky-khai-sinh\u202e",
        "١.001193",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/app.py",
        "....//....//etc/passwd",
        "dang-ky-khai-sinh%00",
        "a" * 5000,
        "//evil.example/x",
        "dang-ky-khai-sinh/x",
    ],
)
async def test_an_address_of_nothing_offers_the_search(web: WebDriver, asked: str) -> None:
    page = await web.get(f"/thu-tuc/{asked}")
    assert page.status == 404
    assert page.main.tagged("h1")[0].text == SAY("public.unknown_title")
    (box,) = [node for node in page.main.tagged("input") if node.attributes["name"] == "q"]
    assert len(box.attributes["value"]) <= 200
    assert only_our_scripts(page)
    assert "location" not in page.headers


async def test_a_mistyped_address_offers_what_is_near(web: WebDriver) -> None:
    page = await web.get("/thu-tuc/dang-ky-khai-sin")
    assert f"/thu-tuc/{BIRTH}" in [a.attributes["href"] for a in page.main.tagged("a")]


async def test_a_procedure_known_by_name_is_told_by_name(web: WebDriver) -> None:
    code, name = next(iter(WORLD.library.known_by_name.items()))
    page = await web.get(f"/thu-tuc/{code}")
    assert (page.status, page.main.tagged("h1")[0].text) == (200, name)
    assert metas(page)["robots"] == "noindex"
