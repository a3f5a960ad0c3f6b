"""The list of all procedures, over real HTTP: found by letters, linked throughout, and told to search engines."""

from __future__ import annotations

import gzip
from xml.etree import ElementTree as ET

import httpx
import pytest

from bot.channels.web.app import app
from bot.channels.web.public.listing import SHOWN, Listing
from bot.desk import Desk
from bot.store.sqlite import SQLiteStore
from tests.channels.page import WebDriver, page_of
from tests.fake_http import serving
from tests.public.made import (
    BIRTH,
    GUIDES,
    PUBLIC,
    SAY,
    SECRET,
    TEXTS,
    WORLD,
    answers,
    links,
    metas,
    only_our_scripts,
    text_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


# The lists


async def test_the_list_counts_what_there_is(web: WebDriver) -> None:
    page = await web.get("/thu-tuc")
    visible = [guide for guide in WORLD.library.guides.values() if guide.visible(WORLD.today)]
    assert SAY("public.count", n=len(visible)) in text_of(page)
    counts = {a.attributes["href"]: int(a.named("n")[0].text) for a in page.main.tagged("a") if a.named("n")}
    assert counts["/thu-tuc?cap=xa"] == sum("commune" in guide.level for guide in visible)
    assert counts["/linh-vuc/ho-tich"] == sum(guide.field == "ho-tich" for guide in visible)
    assert sum(n for at, n in counts.items() if at.startswith("/linh-vuc/")) == len(visible)
    seen: list[str] = []
    at: str | None = "/thu-tuc"
    while at is not None:
        page = await web.get(at)
        rows = [a.attributes["href"] for row in page.main.named("listed") for a in row.tagged("a")]
        assert len(rows) <= SHOWN
        seen += rows
        at = next((a.attributes["href"] for a in page.main.tagged("a") if a.attributes.get("rel") == "next"), None)
    assert sorted(seen) == sorted(f"/thu-tuc/{guide.id}" for guide in visible)


@pytest.mark.parametrize(
    "query",
    [
        "trang=0",
        "trang=-1",
        "trang=99999",
        "trang=999999999999",
        "trang=²",
        "trang=x",
        "cap=<b>",
        "cap=xa&trang=7",
        "linh=1&&&=",
        "lang=fr",
        "%ff=%fe",
    ],
)
async def test_a_strange_query_still_shows_the_list(web: WebDriver, query: str) -> None:
    page = await web.get(f"/thu-tuc?{query}")
    assert page.status == 200
    assert page.main.named("listed")


async def test_a_query_that_is_far_too_long_is_refused_kindly(web: WebDriver) -> None:
    page = await web.get("/thu-tuc?q=" + "x" * 3000)
    assert page.status == 414
    assert page.main.tagged("input")


async def test_fields_and_life_events_lead_to_their_procedures(web: WebDriver) -> None:
    for index in ("/linh-vuc", "/su-kien"):
        page = await web.get(index)
        rows = [a.attributes["href"] for row in page.main.named("listed") for a in row.tagged("a")]
        assert len(rows) > 10
        for at in rows:
            page = await web.get(at)
            assert page.status == 200
            assert any(a.attributes["href"].startswith("/thu-tuc/") for a in page.main.tagged("a"))
        assert (await web.get(f"{index}/khong-co")).status == 404
        assert (await web.http.get(f"{index}/")).status_code == 301


async def test_every_link_of_the_public_pages_leads_somewhere(web: WebDriver) -> None:
    waiting, seen = ["/thu-tuc", "/thu-tuc?lang=en"], set[str]()
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        answer = await web.http.get(at)
        assert answer.status_code == 200, at
        for a in page_of(answer).tree.tagged("a"):
            href = a.attributes["href"].partition("#")[0]
            if href.startswith(("/thu-tuc", "/linh-vuc", "/su-kien")) and "1.0" not in href and "2.0" not in href:
                waiting.append(href)
    assert len(seen) > 2 * len(GUIDES)


# The search


async def found(web: WebDriver, typed: str, language: str = "") -> list[str]:
    page = page_of(await web.http.get("/thu-tuc", params={"q": typed} | ({"lang": language} if language else {})))
    assert page.status == 200
    return [
        a.attributes["href"].partition("?")[0].removeprefix("/thu-tuc/")
        for row in page.main.named("listed")
        for a in row.tagged("a")
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("đăng ký khai sinh", BIRTH),
        ("dang ky khai si", BIRTH),
        ("khai s", BIRTH),
        ("1.001193", BIRTH),
        ("1001193", BIRTH),
        ("001193", BIRTH),
        ("1.0011", BIRTH),
        ("làm giấy khai sanh", BIRTH),
        ("lam giay ks cho con can j", BIRTH),
        ("bằng lái", "doi-cap-lai-giay-phep-lai-xe"),
        ("hộ chiếu", "cap-ho-chieu"),
        ("hộ ch", "cap-ho-chieu"),
        ("thường tr", "dang-ky-thuong-tru"),
    ],
)
async def test_letters_find_the_procedure(web: WebDriver, typed: str, first: str) -> None:
    assert (await found(web, typed))[0] == first


async def test_every_more_letter_keeps_what_is_meant(web: WebDriver) -> None:
    name = GUIDES[BIRTH].name
    for length in range(7, len(name) + 1):
        assert BIRTH in await found(web, name[:length]), name[:length]


async def test_english_words_find_it_too(web: WebDriver) -> None:
    assert (await found(web, "birth reg", "en"))[0] == BIRTH


@pytest.mark.parametrize(
    "typed", ["xyzzy", "🙂", "<script>alert(1)</script>", "' or 1=1 --", "%", "\u202e", "{{7*7}}", "."]
)
async def test_letters_that_find_nothing_say_so(web: WebDriver, typed: str) -> None:
    page = page_of(await web.http.get("/thu-tuc", params={"q": typed}))
    assert page.status == 200
    assert page.main.tagged("input")[0].attributes["value"] == typed
    assert "/" in [a.attributes["href"] for a in page.main.tagged("a")]
    assert only_our_scripts(page)


async def test_danger_is_heard_in_the_list_too(web: WebDriver) -> None:
    page = page_of(await web.http.get("/thu-tuc", params={"q": "chồng em đánh em, em sợ quá cứu với"}))
    assert SAY("emergency.police") in text_of(page)


@pytest.mark.parametrize("typed", ["khai sinh", "hộ chiếu", "xyzzy", "chồng em đánh em cứu với"])
async def test_the_part_for_the_script_is_what_the_page_shows(web: WebDriver, typed: str) -> None:
    whole = await web.http.get("/thu-tuc", params={"q": typed})
    part = await web.http.get("/thu-tuc", params={"q": typed, "phan": "1"})
    (section,) = [node for node in page_of(whole).main.tagged("section") if node.attributes.get("id") == "found"]
    assert page_of(httpx.Response(200, text=f"<main>{part.text}</main>")).main.text == section.text


# What browsers keep


async def test_who_has_the_page_is_not_sent_it_again(web: WebDriver) -> None:
    first = await web.http.get(f"/thu-tuc/{BIRTH}")
    again = await web.http.get(f"/thu-tuc/{BIRTH}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await web.http.get(f"/thu-tuc/{BIRTH}?lang=en", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200
    assert "public" in first.headers["cache-control"]
    assert first.headers["content-security-policy"]


async def test_each_gets_the_letters_they_chose(person: WebDriver) -> None:
    usual = await person.get(f"/thu-tuc/{BIRTH}")
    person.http.cookies.set("co-chu", "lon")
    larger = await person.get(f"/thu-tuc/{BIRTH}")
    letters = [page.tree.tagged("html")[0].attributes["data-letters"] for page in (usual, larger)]
    assert letters == ["vua", "lon"]
    assert usual.headers["etag"] != larger.headers["etag"]
    assert "cookie" in larger.headers["vary"]


async def test_squeezed_and_plain_are_the_same_page(web: WebDriver) -> None:
    for path in (f"/thu-tuc/{BIRTH}", "/thu-tuc", "/thu-tuc?q=khai", "/sitemap.xml"):
        plain = await web.http.get(path, headers={"accept-encoding": "identity"})
        async with web.http.stream("GET", path, headers={"accept-encoding": "gzip"}) as squeezed:
            raw = b"".join([part async for part in squeezed.aiter_raw()])
        assert "content-encoding" not in plain.headers
        assert gzip.decompress(raw) == plain.content


async def test_the_head_alone_can_be_asked_for(web: WebDriver) -> None:
    answer = await web.http.head(f"/thu-tuc/{BIRTH}")
    assert (answer.status_code, answer.content) == (200, b"")


# The map of it all


async def test_the_map_names_every_page_and_each_is_there(web: WebDriver) -> None:
    answer = await web.http.get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    addresses = [one.text or "" for one in ET.fromstring(answer.text).iter(f"{space}loc")]  # noqa: S314 - our own
    assert all(address.startswith(f"{PUBLIC}/") for address in addresses)
    paths = [address.removeprefix(PUBLIC) for address in addresses]
    assert {f"/thu-tuc/{id}" for id in GUIDES} <= set(paths)
    assert not {"/thu-tuc/da-rut", "/thu-tuc/ban-nhap", "/thu-tuc/da-thay"} & set(paths)
    for path in paths:
        page = await web.get(path)
        assert page.status == 200
        if path != "/":
            assert links(page, "canonical") == [PUBLIC + path]
            assert "robots" not in metas(page)


async def test_robots_are_told_what_is_a_talk(web: WebDriver) -> None:
    answer = await web.http.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "Disallow: /c/" in answer.text
    assert answer.text.splitlines()[-1] == f"Sitemap: {PUBLIC}/sitemap.xml"


@pytest.mark.parametrize(
    "path", [f"/thu-tuc/{BIRTH}", "/thu-tuc", "/sitemap.xml", "/robots.txt", "/thu-tuc/1.001193", "/thu-tuc/"]
)
@pytest.mark.parametrize("public_url", [None, PUBLIC])
async def test_the_host_header_is_repeated_nowhere(store: SQLiteStore, path: str, public_url: str | None) -> None:
    page = app(Desk(store, lambda: WORLD), TEXTS, public_url=public_url, secret=SECRET, health=answers)
    async with serving(page) as url, httpx.AsyncClient(base_url=url) as client:
        for host in ("evil.example", "evil.example:80@x", "a'\"><b>"):
            answer = await client.get(path, headers={"host": host, "x-forwarded-host": host, "x-original-url": host})
            assert "evil" not in answer.text
            assert "evil" not in answer.headers.get("location", "")


async def test_nothing_typed_finds_nothing() -> None:
    listing = Listing(WORLD.library, WORLD.today, "vi")
    assert listing.find("khai sinh").listed == listing.find("khai  SINH").listed
    assert listing.find("").count == 0
