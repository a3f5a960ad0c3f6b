"""A guide at its own address, over real HTTP: what it tells people and search engines, and the button that begins the list."""

from __future__ import annotations

import asyncio
import re

import httpx
import pytest

from bot.channels.web.app import BREATH
from bot.desk import Address
from bot.store.sqlite import SQLiteStore
from flows.replies import Heading, words
from flows.state import Asking, AtGuide, Talk, load
from tests.channels.page import WebDriver, page_of
from tests.public.made import BIRTH, GUIDES, HOSTILE, PUBLIC, SAY, WORLD, data, links, metas, only_our_scripts, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
