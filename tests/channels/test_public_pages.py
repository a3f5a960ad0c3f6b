"""The pages that belong to nobody, over real HTTP: what stands at each address, and what it tells search engines."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
import pytest_asyncio

from bot.channels.web.app import BREATH, app
from bot.channels.web.public.listing import SHOWN, Listing
from bot.desk import Address, Desk
from bot.store.sqlite import SQLiteStore
from flows.replies import Heading, words
from flows.state import Asking, AtGuide, Talk, load
from flows.turn import World
from knowledge.guide import Guide, Pointer
from knowledge.loading import library_of
from tests import own
from tests.channels.page import Page, WebDriver, page_of
from tests.fake_http import serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXTS = own.sentences()
SAY = TEXTS["vi"]
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
SECRET = b"a secret that outlives a restart"
PUBLIC = "https://thutuc.example"
BIRTH = "dang-ky-khai-sinh"


def own_guides() -> dict[str, Guide]:
    library = own.library()
    return {id: library.guides[id] for id in library.guides}


def also(guide: Guide, id: str, code: str, **changes: Any) -> Guide:
    return guide.model_copy(update={"id": id, "code": code, "same": (), "replaces": (), **changes})


GUIDES = own_guides()
MARRIAGE = GUIDES["dang-ky-ket-hon"]
TO_BIRTH = Pointer(code="1.001193", name="Đăng ký khai sinh", why="Thay cho thủ tục cũ.")
TO_MARRIAGE = Pointer(code=MARRIAGE.code, name=MARRIAGE.name, why="Thay một phần.")
WITHDRAWN = also(MARRIAGE, "da-rut", "9.000001", status="withdrawn")
REPLACED = also(MARRIAGE, "da-thay", "9.000002", status="withdrawn", replaced_by=(TO_BIRTH,))
SPLIT = also(MARRIAGE, "da-tach", "9.000003", expires=date(2026, 11, 19), replaced_by=(TO_BIRTH, TO_MARRIAGE))
ENDING = also(MARRIAGE, "sap-het", "9.000004", expires=date(2026, 11, 20), replaced_by=(TO_BIRTH,))
DRAFT = also(MARRIAGE, "ban-nhap", "9.000005", status="draft")
RENUMBERED = also(MARRIAGE, "doi-ma", "9.000006", replaces=("9.000007",))
HOSTILE = also(
    MARRIAGE,
    "thu-ma",
    "9.000008",
    name='</script><script>alert(1)</script> "x" & <b>',
    short='</script><!-- <img src=x onerror=alert(1)> "x"',
    summary="<b>https://x.vn/\"onclick=alert(1)</b> '",
    en="",
    summary_en="",
)
MADE = (WITHDRAWN, REPLACED, SPLIT, ENDING, DRAFT, RENUMBERED, HOSTILE)
WORLD = World(library_of((*GUIDES.values(), *MADE)), TEXTS, NOW)


async def answers() -> bool:
    return True


# One server for all that only look: nothing they do changes anything.


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def looked_at(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SQLiteStore]:
    store = await SQLiteStore.open(tmp_path_factory.mktemp("public") / "thu-tu.db")
    yield store
    await store.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def web(looked_at: SQLiteStore) -> AsyncIterator[WebDriver]:
    async with browsing(looked_at, PUBLIC) as driver:
        yield driver
    assert await looked_at.facts() == ()


@pytest_asyncio.fixture(loop_scope="module")
async def store(tmp_path: Path) -> AsyncIterator[SQLiteStore]:
    store = await SQLiteStore.open(tmp_path / "thu-tu.db")
    yield store
    await store.close()


@pytest_asyncio.fixture(loop_scope="module")
async def person(store: SQLiteStore) -> AsyncIterator[WebDriver]:
    async with browsing(store, None) as driver:
        yield driver


@asynccontextmanager
async def browsing(store: SQLiteStore, public_url: str | None) -> AsyncIterator[WebDriver]:
    """A browser that does not follow by itself, at a server with the made guides."""
    desk = Desk(store, lambda: WORLD)
    async with serving(app(desk, TEXTS, public_url=public_url, secret=SECRET, health=answers)) as url:
        driver = WebDriver(url)
        driver.http.follow_redirects = False
        yield driver
        await driver.close()


def metas(page: Page) -> dict[str, str]:
    tags = page.tree.tagged("meta")
    return {
        tag.attributes.get("name") or tag.attributes.get("property", ""): tag.attributes.get("content", "")
        for tag in tags
    }


def links(page: Page, rel: str) -> list[str]:
    return [tag.attributes["href"] for tag in page.tree.tagged("link") if tag.attributes["rel"] == rel]


def data(page: Page) -> list[dict[str, Any]]:
    (script,) = [tag for tag in page.tree.tagged("script") if tag.attributes.get("type") == "application/ld+json"]
    graph: list[dict[str, Any]] = json.loads(script.raw)["@graph"]
    return graph


def only_our_scripts(page: Page) -> bool:
    """Files of ours, and one element of data."""
    sources = [script.attributes.get("src", "") for script in page.tree.tagged("script")]
    return sources.count("") == 1 and all(not at or at.startswith("/static/") for at in sources)


def text_of(page: Page) -> str:
    return page.main.text


# A guide at its own address


@pytest.mark.parametrize("id", sorted(GUIDES))
async def test_every_guide_has_its_page_in_both_languages(web: WebDriver, id: str) -> None:
    for language in ("vi", "en"):
        page = await web.get(f"/thu-tuc/{id}" + ("?lang=en" if language == "en" else ""))
        assert (page.status, page.language) == (200, language)
        assert len(page.main.tagged("h1")) == 1
        assert "set-cookie" not in page.headers


async def test_the_page_tells_what_the_talk_tells(web: WebDriver) -> None:
    from flows import engine  # noqa: PLC0415 - to compare with

    page = await web.get(f"/thu-tuc/{BIRTH}")
    reply = engine.show(Talk(stage=AtGuide(BIRTH)), WORLD)
    bare = {" ".join(block.text.split()) for block in reply.blocks if isinstance(block, Heading)}
    told = [" ".join(text.split()) for text in words(reply)]
    shown = text_of(page)
    choices = {choice.label for choice in reply.choices}
    assert [text for text in told if text not in choices and text not in shown] == []
    assert page.main.tagged("h1")[0].text in bare
    for document in GUIDES[BIRTH].documents:
        assert document.name in shown
    for step in GUIDES[BIRTH].steps:
        assert step.text.rstrip(".")[1:] in shown


async def test_an_english_page_is_told_only_where_there_is_english(web: WebDriver) -> None:
    page = await web.get(f"/thu-tuc/{BIRTH}?lang=en")
    assert links(page, "canonical") == [f"{PUBLIC}/thu-tuc/{BIRTH}?lang=en"]
    assert {
        tag.attributes["hreflang"]: tag.attributes["href"]
        for tag in page.tree.tagged("link")
        if "hreflang" in tag.attributes
    } == {
        "vi": f"{PUBLIC}/thu-tuc/{BIRTH}",
        "en": f"{PUBLIC}/thu-tuc/{BIRTH}?lang=en",
        "x-default": f"{PUBLIC}/thu-tuc/{BIRTH}",
    }
    assert all(
        "lang=en" in a.attributes["href"]
        for a in page.main.tagged("a")
        if a.attributes["href"].startswith("/thu-tuc") and "lang" not in a.attributes
    )
    page = await web.get("/thu-tuc/thu-ma?lang=en")
    assert (page.language, metas(page)["robots"]) == ("en", "noindex")
    assert links(page, "canonical") == [f"{PUBLIC}/thu-tuc/thu-ma"]
    assert links(page, "alternate") == []


async def test_search_engines_are_told_the_same_as_people(web: WebDriver) -> None:
    page = await web.get(f"/thu-tuc/{BIRTH}")
    service, faq, trail = data(page)
    assert (service["@type"], service["identifier"], service["url"]) == (
        "GovernmentService",
        "1.001193",
        f"{PUBLIC}/thu-tuc/{BIRTH}",
    )
    assert {channel["@type"] for channel in service["availableChannel"]} == {"ServiceChannel"}
    assert len(faq["mainEntity"]) == 6
    shown = re.sub(r"\s", "", text_of(page))
    for question in faq["mainEntity"][1:]:
        assert re.sub(r"\s", "", question["acceptedAnswer"]["text"]) in shown
    assert [place["item"] for place in trail["itemListElement"]] == [
        f"{PUBLIC}{path}" for path in ("/", "/thu-tuc", "/linh-vuc/ho-tich", f"/thu-tuc/{BIRTH}")
    ]
    meta = metas(page)
    assert meta["og:url"] == links(page, "canonical")[0] == f"{PUBLIC}/thu-tuc/{BIRTH}"
    assert 50 < len(meta["description"]) < 400
    assert "robots" not in meta


async def test_what_a_guide_says_is_never_markup(web: WebDriver) -> None:
    page = await web.get("/thu-tuc/thu-ma")
    assert [script.attributes.get("type", "") for script in page.tree.tagged("script")].count(
        "application/ld+json"
    ) == 1
    assert only_our_scripts(page)
    assert data(page)[0]["alternateName"] == HOSTILE.name
    assert len(page.tree.tagged("img")) == 1
    assert not [node for node in page.tree if any(name.startswith("on") for name in node.attributes)]


# The button


async def begin(person: WebDriver, headers: dict[str, str], id: str = BIRTH) -> httpx.Response:
    return await person.http.post(f"/thu-tuc/{id}", data={"lang": "vi"}, headers=headers)


async def test_the_button_begins_the_list_at_once(person: WebDriver, store: SQLiteStore) -> None:
    page = await person.get(f"/thu-tuc/{BIRTH}")
    (form,) = [form for form in page.main.tagged("form") if form.attributes["method"] == "post"]
    assert form.attributes["action"] == f"/thu-tuc/{BIRTH}"
    answer = await begin(person, {"sec-fetch-site": "same-origin"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    kept = await store.talk_of(Address("web", person.http.cookies["phien"]))
    assert kept is not None
    talk = load(kept)
    assert isinstance(talk.stage, Asking)
    assert talk.past[-1] == AtGuide(BIRTH)
    await person.get("/")
    assert GUIDES[BIRTH].asks[0].text in person.page.blocks


async def test_pressed_twice_in_one_breath_it_is_pressed_once(person: WebDriver, store: SQLiteStore) -> None:
    assert BREATH > 1
    await person.get("/")
    ours = {"origin": str(person.http.base_url).rstrip("/")}
    await asyncio.gather(*(begin(person, ours) for _ in range(4)))
    assert len(await store.facts()) == 1


async def test_the_talk_begins_in_the_language_of_the_page(person: WebDriver) -> None:
    await person.http.post(f"/thu-tuc/{BIRTH}", data={"lang": "en"}, headers={"sec-fetch-site": "same-origin"})
    assert (await person.get("/")).language == "en"


@pytest.mark.parametrize(
    ("headers", "status", "says"),
    [
        ({"sec-fetch-site": "cross-site"}, 403, "web.foreign_title"),
        ({"origin": "https://evil.example"}, 403, "web.foreign_title"),
        ({"origin": "null"}, 403, "web.foreign_title"),
        ({}, 200, "by_link.title_guide"),
    ],
)
async def test_a_form_that_may_be_of_another_site_begins_nothing(
    person: WebDriver, store: SQLiteStore, headers: dict[str, str], status: int, says: str
) -> None:
    page = page_of(await begin(person, headers))
    assert (page.status, page.main.tagged("h1")[0].text) == (status, SAY(says))
    assert await store.facts() == ()


async def test_a_browser_that_does_not_say_whose_form_it_is_begins_with_one_more_press(person: WebDriver) -> None:
    person.page = page_of(await begin(person, {}))
    await person.post("/start", person.page.form("/start"))
    await person.get("/")
    assert GUIDES[BIRTH].asks[0].text in person.page.blocks


@pytest.mark.parametrize("id", ["khong-co", "da-rut", "ban-nhap"])
async def test_a_list_of_no_guide_is_not_begun(person: WebDriver, id: str) -> None:
    await begin(person, {"sec-fetch-site": "same-origin"}, id)
    await person.get("/")
    assert SAY("aside.unknown_link") in person.page.blocks


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
