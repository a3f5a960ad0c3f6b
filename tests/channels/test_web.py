"""The web page as a person walks through it: what it shows, what a press does, and what looking leaves behind."""

from __future__ import annotations

import asyncio
import dataclasses
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import httpx
import pytest

from bot.channels.web.app import app
from bot.channels.web.pages import Pages
from bot.channels.web.static_files import StaticFiles
from bot.desk import Address, Desk
from bot.store.sqlite import SQLiteStore
from flows import replies
from flows.replies import Bullets, Choice, Heading, Line, Notice, Paper, Papers, Reply, Row, Rows
from flows.turn import World
from tests import own
from tests.channels.page import WebDriver, page_of, read
from tests.fake_http import serving

SECRET = b"a secret that outlives a restart"
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TEXTS = own.sentences()
PAGES = Pages(TEXTS, StaticFiles())
GUIDE = "dang-ky-khai-sinh"


async def answers() -> bool:
    return True


@pytest.fixture(scope="module")
def world() -> World:
    return World(own.library(), TEXTS, NOW)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SQLiteStore]:
    store = await SQLiteStore.open(tmp_path / "thu-tu.db")
    yield store
    await store.close()


@pytest.fixture
def desk(store: SQLiteStore, world: World) -> Desk:
    return Desk(store, lambda: world)


@pytest.fixture
async def url(desk: Desk) -> AsyncIterator[str]:
    async with serving(app(desk, TEXTS, public_url=None, secret=SECRET, health=answers)) as url:
        yield url


@pytest.fixture
async def web(url: str) -> AsyncIterator[WebDriver]:
    driver = WebDriver(url)
    yield driver
    await driver.close()


def address(web: WebDriver) -> Address:
    return Address("web", web.http.cookies["phien"])


def collapsed(reply: Reply) -> list[str]:
    return [" ".join(text.split()) for text in replies.words(reply)]


async def same_as_engine(web: WebDriver, desk: Desk) -> None:
    """The page says what the engine says there, and says it again when reloaded."""
    reply = await desk.see(address(web))
    for _ in range(2):
        assert web.page.status == 200
        assert web.words == collapsed(reply)
        assert web.choices == list(enumerate((choice.label for choice in reply.choices), 1))
        assert (web.prompt, web.turn, web.page.language) == (reply.prompt, reply.turn, reply.language)
        await web.get("/")


async def to_the_list(web: WebDriver) -> None:
    """From a guide's page through its questions, by the first answer each time, to the list of papers."""
    for _ in range(20):
        if any(button.pressed is not None for button in web.page.buttons):
            return
        await web.press(1)
    raise AssertionError(web.words)


async def test_a_talk_shows_what_the_engine_says_at_every_step(web: WebDriver, desk: Desk) -> None:
    await web.start()
    await same_as_engine(web, desk)
    await web.say("làm giấy khai sinh cho con")
    await same_as_engine(web, desk)
    await to_the_list(web)
    await same_as_engine(web, desk)
    for label in ("collecting.done", "summary.finish", "was_solved.yes"):
        await web.press(TEXTS["vi"](label))
        await same_as_engine(web, desk)
    assert web.page.main.tagged("h1")[0].text == TEXTS["vi"]("rating.title")


async def test_every_choice_of_the_first_page_leads_somewhere(web: WebDriver, desk: Desk) -> None:
    await web.start()
    for number, _ in web.choices:
        web.http.cookies.clear()
        await web.start()
        await web.press(number)
        await same_as_engine(web, desk)


async def test_typing_a_number_is_a_press(web: WebDriver) -> None:
    await web.start()
    await web.press(2)
    pressed = web.page.blocks
    other = WebDriver(str(web.http.base_url))
    await other.start()
    await other.say("2")
    assert other.page.blocks == pressed
    await other.close()


async def test_a_paper_is_ticked_and_unticked_at_the_paper(web: WebDriver, desk: Desk) -> None:
    await web.start(f"g_{GUIDE}")
    await to_the_list(web)
    papers = [button for button in web.page.buttons if button.pressed is not None]
    assert [item.tagged("button")[0].attributes["value"] for item in web.page.main.named("papers")[0].tagged("li")] == [
        paper.id for paper in papers
    ]
    assert {paper.pressed for paper in papers} == {"false"}
    for pressed in ("true", "false"):
        await web.press(papers[0].number)
        assert web.page.buttons[papers[0].number - 1].pressed == pressed
        await same_as_engine(web, desk)


async def test_looking_leaves_nothing_behind(web: WebDriver, store: SQLiteStore, tmp_path: Path) -> None:
    for path in ("/", f"/g/{GUIDE}", "/g/khong-co", "/nowhere", "/health"):
        await web.get(path) if path != "/health" else await web.http.get(path)
    assert await store.talk_of(address(web)) is None
    assert await store.facts() == ()
    await web.start()
    await web.press(1)
    assert await store.talk_of(address(web)) is not None


async def test_a_link_to_a_guide_opens_it_only_when_its_button_is_pressed(
    web: WebDriver, desk: Desk, store: SQLiteStore
) -> None:
    await web.get(f"/g/{GUIDE}")
    assert web.page.main.tagged("button")[0].text == TEXTS["vi"]("by_link.button_guide")
    assert await store.talk_of(address(web)) is None
    await web.post("/start", web.page.form("/start"))
    opened = await store.talk_of(address(web))
    assert opened is not None
    assert GUIDE in opened
    await same_as_engine(web, desk)


async def test_a_link_to_no_guide_says_so(web: WebDriver) -> None:
    await web.start("g_thu-tuc-khong-co")
    assert web.words[0] == TEXTS["vi"]("aside.unknown_link")
    for path in ("/g/", "/g/a%2Fb", "/g/../../etc", "/g/" + "x" * 63, "/g/Đăng-ký", "/g/%3Cscript%3E"):
        page = await web.get(path)
        assert page.status == 404
        assert page.main.tagged("a")[0].attributes["href"] == "/"


async def test_the_same_form_twice_counts_once(web: WebDriver, store: SQLiteStore) -> None:
    await web.start()
    form = web.page.form("/say") | {"words": "đăng ký kết hôn"}
    pages = await asyncio.gather(*(web.http.post("/say", data=form) for _ in range(5)))
    assert len({tuple(page_of(page).words) for page in pages}) == 1
    assert len(await store.facts()) == len({fact.body for fact in await store.facts()})
    before = await store.talk_of(address(web))
    await web.post("/say", form)
    assert await store.talk_of(address(web)) == before


async def test_back_and_other_words_from_an_old_page_are_heard(web: WebDriver) -> None:
    await web.start()
    old = web.page.form("/say")
    await web.say("đăng ký kết hôn")
    first = web.words
    await web.post("/say", old | {"words": "đăng ký thường trú"})
    assert web.words != first
    assert any("thường trú" in text for text in web.words)


async def test_a_button_of_an_old_page_changes_nothing(web: WebDriver) -> None:
    await web.start()
    old = web.page.form("/press") | {"choice": web.page.buttons[1].id}
    await web.press(1)
    here = web.page.blocks
    await web.post("/press", old)
    assert web.page.blocks == [TEXTS["vi"]("aside.old_button"), *here]


async def test_the_page_speaks_the_language_that_was_chosen(web: WebDriver, desk: Desk) -> None:
    await web.start()
    assert web.page.language == "vi"
    await web.press(TEXTS["vi"]("way.language"))
    assert web.page.language == "en"
    assert web.page.tree.named("foot")[0].text == TEXTS["en"]("web.machine")
    await same_as_engine(web, desk)


async def test_two_people_do_not_meet(web: WebDriver, url: str) -> None:
    other = WebDriver(url)
    await web.start()
    await other.start()
    await web.press(1)
    await other.get("/")
    assert other.words[0] == TEXTS["vi"]("home.title")
    assert address(web) != address(other)
    await other.close()


@pytest.mark.parametrize(
    ("public_url", "name", "secure"),
    [
        (None, "phien", False),
        ("http://may-a:8080", "phien", False),
        ("https://thutuc.example", "__Host-phien", True),
    ],
)
async def test_the_cookie_is_kept_from_scripts_and_other_sites(
    desk: Desk, public_url: str | None, name: str, secure: Literal[True, False]
) -> None:
    async with serving(app(desk, TEXTS, public_url=public_url, secret=SECRET, health=answers)) as url:
        driver = WebDriver(url)
        cookie = (await driver.get("/")).headers["set-cookie"]
        await driver.close()
    assert re.match(name + r"=[0-9a-f]{32};", cookie)
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert ("secure" in cookie.lower()) is secure


async def test_everything_the_page_loads_is_its_own_and_kept_for_long(web: WebDriver) -> None:
    await web.start()
    tree = web.page.tree
    loaded = [node.attributes["href"] for node in tree.tagged("link")]
    loaded += [node.attributes["src"] for node in tree.tagged("script", "img")]
    assert all(path.startswith("/") and not path.startswith("//") for path in loaded)
    style = next(path for path in loaded if path.endswith(".css"))
    letters = re.findall(r"url\(([^)]+)\)", (await web.http.get(style)).text)
    assert letters
    assert set(loaded) >= {style.rsplit("/", 1)[0] + "/" + letter for letter in letters}
    weight = 0
    for path in set(loaded):
        answer = await web.http.get(path)
        assert answer.status_code == 200
        if path not in {"/favicon.svg", "/manifest.webmanifest"}:
            assert "immutable" in answer.headers["cache-control"]
        weight += int(answer.headers["content-length"])
    assert weight < 100_000
    assert (await web.http.get(f"{style.rsplit('/', 1)[0]}/fonts/OFL.txt")).status_code == 200


async def test_a_page_of_an_older_release_still_gets_its_style(web: WebDriver) -> None:
    answer = await web.http.get("/static/0123456789ab/style.css")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["cache-control"]


async def test_plain_and_squeezed_files_are_the_same(web: WebDriver, url: str) -> None:
    path = StaticFiles().at + "style.css"
    plain = await web.http.get(path, headers={"accept-encoding": "identity"})
    squeezed = await web.http.get(path, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert squeezed.headers["content-encoding"] == "gzip"
    assert plain.text == squeezed.text


@pytest.mark.parametrize("healthy", [True, False])
async def test_health_tells_whether_the_store_answers(desk: Desk, healthy: Literal[True, False]) -> None:
    async def store_answers() -> bool:
        return healthy

    async with serving(app(desk, TEXTS, public_url=None, secret=SECRET, health=store_answers)) as url:
        answer = await asyncio.to_thread(httpx.get, f"{url}/health", verify=False)
    assert answer.status_code == (200 if healthy else 503)
    assert (answer.text == "ok") is healthy


EVERY_KIND = Reply(
    blocks=(
        Notice("Một nhắc nhở đứng trước", "warning"),
        Heading("Tiêu đề"),
        Line("Một dòng\nvà dòng nữa, xem https://dichvucong.gov.vn/khai-sinh."),
        Rows((Row("Phí", ("Không thu", "8.000 đồng mỗi bản sao")), Row("Nơi nộp", ("Ủy ban nhân dân xã",)))),
        Bullets(("Bước một", "Bước hai"), "Các bước", ordered=True),
        Bullets(("Gạch đầu dòng",)),
        Papers(
            (
                Paper("Giấy chứng sinh", "1 bản chính", ("Do nơi sinh cấp", "Hoặc giấy cam đoan"), "have"),
                Paper("Tờ khai", "", (), "missing"),
            ),
            "Giấy tờ",
        ),
        Papers((Paper("Giấy khác", "", ("Nếu có",), "open"),)),
        Notice("Kiểm tra ngày 20/11/2026", "source"),
        Notice("Thông tin thêm"),
    ),
    choices=(
        Choice("d:1", "Giấy chứng sinh", "paper", ticked=True),
        Choice("d:2", "Tờ khai", "paper", ticked=False),
        Choice("d:3", "Giấy kh…", "paper", ticked=False),
        Choice("done", "Xong", "main"),
        Choice("a", "Một câu trả lời"),
        Choice("more", "Đọc thêm", "more"),
        Choice("back", "Quay lại", "way"),
    ),
    turn=7,
    language="vi",
    prompt="Hỏi gì?",
)


def shown(reply: Reply) -> str:
    return PAGES.talk(reply, "token")


def test_every_kind_of_block_and_choice_is_shown() -> None:
    page = page_of(httpx.Response(200, text=shown(EVERY_KIND)))
    assert page.words == collapsed(EVERY_KIND)
    assert [button.id for button in page.buttons] == [choice.id for choice in EVERY_KIND.choices]
    assert [button.pressed for button in page.buttons] == ["true", "false", "false", None, None, None, None]
    assert page.main.tagged("article")[0].tagged("a")[0].attributes["href"] == "https://dichvucong.gov.vn/khai-sinh"


def test_papers_that_are_no_buttons_say_in_words_whether_they_are_there() -> None:
    page = page_of(httpx.Response(200, text=shown(dataclasses.replace(EVERY_KIND, choices=()))))
    assert [mark.text for mark in page.main.named("mark")] == [TEXTS["vi"]("web.have"), TEXTS["vi"]("web.missing")]
    assert page.words == collapsed(dataclasses.replace(EVERY_KIND, choices=()))


def test_a_tick_without_its_paper_is_still_a_choice() -> None:
    fewer = dataclasses.replace(EVERY_KIND, blocks=EVERY_KIND.blocks[:2])
    page = page_of(httpx.Response(200, text=shown(fewer)))
    assert page.words == collapsed(fewer)


def test_texts_never_become_markup() -> None:
    hostile = """</p><script>alert("x")</script>'"&lt;<img src=x onerror=alert(1)> javascript:alert(1) https://x.vn/"onclick=alert(1) https://y.vn/&lt;b>"""
    tame = replies.dump(EVERY_KIND)
    for text in replies.words(EVERY_KIND):
        reply = replies.load(tame.replace(f'"{text}"', '"' + hostile.replace("\\", "").replace('"', '\\"') + '"'))
        tree = read(shown(reply))
        assert [node.attributes.get("src", "").rsplit("/")[-1] for node in tree.tagged("script")] == [
            "page.js",
            "register.js",
        ]
        assert len(tree.tagged("img")) == 1
        assert not [node for node in tree if any(name.startswith("on") for name in node.attributes)]
        assert not [a for a in tree.tagged("a") if not a.attributes["href"].startswith(("/", "https://", "#noi-dung"))]
