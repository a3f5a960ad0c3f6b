"""Zalo: a whole talk by numbers, order, faults, what is no message, and pictures, polled and called."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.bot import SECRET, Way
from bot.channels.zalo.showing import LONGEST, show
from bot.desk import Address, Arrival
from bot.messaging.calls import LARGEST
from bot.messaging.reception import MOST
from flows import facts, replies
from flows.events import Event, Said, Sort, Started
from flows.facts import Asked, Attached, Opened
from flows.replies import Choice, Reply
from tests.channels.telegram_place import NOW, SAY, TEXTS
from tests.channels.zalo_driver import PAGE, screen_of, serving
from tests.channels.zalo_place import Place, place
from tests.storage import papers_drawn as drawn

TITLE = "Đăng ký khai sinh cho bé"
LAN = "6ede9afa66b88fe6d6a9"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    async with place(tmp_path) as here:
        yield here


def pages(here: Place, id: str = LAN) -> list[str]:
    """The first line of every message of the bot."""
    return [text.split("\n")[0] for text in here.person(id).person.texts]


async def post(here: Place, content: Any, secret: str | None = None) -> int:
    headers = {SECRET.encode(): (here.hook.secret if secret is None else secret).encode()}
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    async with httpx.AsyncClient() as client:
        return (await client.post(here.hook.url, content=body, headers=headers)).status_code


def said(text: str, id: str = "m1", **more: Any) -> dict[str, Any]:
    message: dict[str, Any] = {
        "from": {"id": LAN, "is_bot": False},
        "chat": {"id": LAN, "chat_type": "PRIVATE"},
        "message_id": id,
    }
    return {"event_name": "message.text.received", "message": {**message, "date": 1, "text": text, **more}}


# -- talking ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("called", [False, True], ids=["polled", "called"])
async def test_a_whole_talk_by_numbers_to_the_list_and_the_link_that_opens_it(here: Place, called: bool) -> None:
    lan = here.person()
    async with here.called() if called else here.polling():
        await lan.say("lam giay ks cho con can j")
        assert TITLE in lan.screen.words[0]
        await lan.press("Chuẩn bị giấy tờ")
        while "Bấm vào giấy nào đã có" not in lan.screen.words[0]:
            await lan.press("1")
        await lan.press("Giấy chứng sinh")
        assert "☑ 2. Giấy chứng sinh" in lan.screen.words[0]
        await lan.press("Xem tóm tắt")
        await lan.press(next(label for _, label in lan.screen.choices if "Mang danh sách" in label))
        code = next(word for word in lan.screen.words[0].split() if word.startswith(f"{PAGE}/c/"))
        assert SAY("zalo.list", link=code) in lan.screen.words[0]
        await here.all_delivered()
    assert await here.undelivered() == ()
    assert len(here.api.called("sendMessage", ok=True)) == len(lan.person.texts)


async def test_a_label_written_is_a_choice_too(here: Place) -> None:
    lan = here.person()
    async with here.polling():
        await lan.start()
        await lan.say("đăng ký khai sinh")
        await lan.say("chuẩn bị giấy tờ")
        assert SAY("help.title") not in lan.screen.words[0]
        await lan.say("Trợ giúp")
        assert SAY("help.title") in lan.screen.words[0]


@pytest.mark.parametrize("sort", ["photo", "file", "voice", "sticker"])
async def test_what_is_not_words_is_told_what_works(here: Place, sort: Sort) -> None:
    lan = here.person()
    async with here.polling():
        await lan.start()
        screen = await lan.send(sort)
    assert screen is not None
    assert screen.words[0] != SAY("home.title")
    assert here.api.called("picture") == [], "nothing is fetched where no picture is awaited"


@pytest.mark.parametrize(
    "update",
    [
        {"message": said("x")["message"] | {"from": {"id": LAN, "is_bot": True}}},
        said("x", chat={"id": LAN, "chat_type": "GROUP"}),
        said("x", chat={"id": 7}),
        {"event_name": "message.reaction.received", "message": said("x")["message"]},
        {"event_name": "user.followed", "message": {}},
        {"event_name": "something.new"},
        {"message": []},
        [],
        7,
    ],
    ids=str,
)
async def test_what_is_not_meant_for_us_is_let_go(here: Place, update: Any) -> None:
    lan = here.person()
    async with here.called():
        assert await post(here, update) == 200
        await lan.start()
    assert len(pages(here)) == 1


async def test_two_people_never_see_each_other(here: Place) -> None:
    lan, hoa = here.person(), here.person("a" * 20, "Hoa")
    async with here.polling():
        await asyncio.gather(lan.say("làm giấy khai sinh cho con"), hoa.say("/help"))
    assert pages(here) == [TITLE]
    assert pages(here, "a" * 20) == [SAY("help.title")]


# -- again, in order, too much ------------------------------------------------------------------------------------


@pytest.mark.parametrize("called", [False, True], ids=["polled", "called"])
async def test_what_is_delivered_twice_is_answered_once(here: Place, called: bool) -> None:
    lan = here.person()
    async with here.called() if called else here.polling():
        await lan.start()
        here.api.doubled = 2
        await lan.say("làm giấy khai sinh cho con")
        await lan.say("/help")
        await here.api.drained()
        await here.all_delivered()
    assert pages(here) == [SAY("home.title"), TITLE, SAY("help.title")]
    assert [type(facts.load(fact.body)) for fact in await here.store.facts()] == [Asked, Opened]


async def test_what_one_person_says_is_answered_in_order(here: Place) -> None:
    lan = here.person()
    async with here.polling():
        for at in range(20, 60, 10):
            for number in range(at, at + 10):
                lan.person.says(f"số {number}")
            await here.api.until(lambda at=at: len(lan.person.texts) == at - 10)  # type: ignore[misc]
            await here.all_delivered()
    assert pages(here) == ["ⓘ " + SAY("aside.no_such_number", about=f"số {number}") for number in range(20, 60)]


async def test_who_floods_is_told_once_and_holds_up_nobody(here: Place) -> None:
    lan, hoa = here.person(), here.person("a" * 20, "Hoa")
    async with here.polling():
        here.api.fault("sendMessage", chat=LAN, slow=0.15, times=1000)
        for number in range(100, 200):
            lan.person.says(f"số {number}")
        began = time.monotonic()
        await hoa.start()
        assert time.monotonic() - began < 12, "the flood is answered at seven a second"
        await here.api.until(lambda: SAY("zalo.flood") in pages(here), within=20)
        await here.api.drained()
        await here.all_delivered(within=30)
    assert pages(here).count(SAY("zalo.flood")) == 1
    assert MOST <= len(pages(here)) < 100


# -- what Zalo refuses, or does not answer -------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["500", "page", "cut", "timeout", "429"])
async def test_a_message_that_did_not_go_through_goes_later_and_in_order(here: Place, fault: str) -> None:
    lan, hoa = here.person(), here.person("a" * 20, "Hoa")
    async with here.polling():
        await lan.start()
        match fault:
            case "500":
                here.api.fault("sendMessage", code=500, chat=LAN)
            case "page":
                here.api.fault("sendMessage", code=502, page="<html>Bad Gateway</html>", chat=LAN)
            case "cut":
                here.api.fault("sendMessage", cut="before", chat=LAN)
            case "timeout":
                here.api.fault("sendMessage", code=408, chat=LAN)
            case _:
                here.api.fault("sendMessage", code=429, retry_after=1, chat=LAN)
        began = time.monotonic()
        lan.person.says("/help")
        await here.api.until(lambda: len(here.api.called("sendMessage")) == 2)
        lan.person.says("làm giấy khai sinh cho con")
        await hoa.start()
        await here.api.until(lambda: len(lan.person.texts) == 3)
        assert time.monotonic() - began >= (1 if fault == "429" else 0.4)
        await here.all_delivered()
    assert pages(here) == [SAY("home.title"), SAY("help.title"), TITLE]


async def test_a_message_taken_in_silence_is_doubled_at_most_once(here: Place) -> None:
    lan = here.person()
    async with here.polling():
        await lan.start()
        here.api.fault("sendMessage", cut="after")
        await lan.say("/help")
        await here.all_delivered()
    assert pages(here)[1:] in ([SAY("help.title")] * 2, [SAY("help.title")])


@pytest.mark.parametrize("code", [400, 403, 404])
async def test_a_message_refused_for_good_is_noted_and_the_next_ones_go(here: Place, code: int) -> None:
    lan = here.person()
    async with here.polling():
        await lan.start()
        here.api.fault("sendMessage", code=code)
        lan.person.says("/help")
        await here.api.until(lambda: bool(here.api.called("sendMessage", ok=False)))
        await lan.say("làm giấy khai sinh cho con")
        await here.all_delivered()
    assert pages(here) == [SAY("home.title"), TITLE]
    assert here.refusals() == [f"{code} Injected"]


async def test_replies_left_behind_are_delivered_at_the_next_start_in_order(here: Place) -> None:
    people = (LAN, "a" * 20)
    for id in people:
        here.person(id)
        events: tuple[Event, ...] = (Started(), Said("làm giấy khai sinh cho con"), Said("/help"))
        for number, event in enumerate(events):
            await here.desk.hear(Arrival(Address("zalo", id), str(number), event))
    assert len(await here.undelivered()) == 6
    async with here.polling():
        await here.all_delivered()
    for id in people:
        assert pages(here, id) == [SAY("home.title"), TITLE, SAY("help.title")]


async def test_a_page_cut_off_in_the_middle_goes_on_where_it_was(here: Place) -> None:
    lan = here.person()
    page = Reply(tuple(replies.Line(f"{number} " + "dài " * 300) for number in range(4)), (), 1, "vi")
    texts = show(page, SAY, None)
    assert len(texts) > 2
    async with here.polling():
        await lan.start()
        await lan.say("làm giấy khai sinh cho con")
        await lan.press("Chuẩn bị giấy tờ")
        while "Bấm vào giấy nào đã có" not in lan.screen.words[0]:
            await lan.press("Chưa rõ")
        before = len(lan.person.texts)
        here.api.fault("sendMessage", slow=0.1)
        here.api.fault("sendMessage", code=500)
        await lan.say("1")
        await here.all_delivered()
    again = lan.person.texts[before:]
    assert len(again) == len(set(again)) > 1, "no part of it comes twice"


@pytest.mark.parametrize("why", ["wrong", "revoked"])
async def test_a_token_that_is_refused_is_said_clearly_and_ends_nothing(
    here: Place, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    lan = here.person()
    way = Way("124:x" if why == "wrong" else here.api.token, here.api.url)
    async with serving(here.api, here.desk, TEXTS, way):
        if why == "revoked":
            await lan.start()
            here.api.revoked = True
            lan.person.says("/help")
        await here.api.until(lambda: "Zalo không nhận ZALO_TOKEN này" in caplog.text)
    assert "124:x" not in caplog.text
    assert here.api.token not in caplog.text
    assert await here.desk.see(Address("web", "x")) is not None


async def test_polls_that_fail_are_tried_again_and_a_webhook_left_behind_is_taken_away(here: Place) -> None:
    lan = here.person()
    here.api.webhook = ("https://elsewhere.example", "somebody's")
    async with here.polling():
        await here.api.until(lambda: here.api.webhook is None)
        await lan.start()
        here.api.fault("getUpdates", code=500)
        here.api.fault("getUpdates", cut="before")
        await lan.say("/help")
        here.api.webhook = ("https://elsewhere.example", "somebody's")
        here.api.fault("getUpdates", code=409)
        await here.api.until(lambda: here.api.webhook is None)
        await lan.say("/start")
    assert here.api.webhook is None


# -- called -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["", "sai", "ẩn"])
async def test_without_the_secret_nothing_is_heard(here: Place, secret: str) -> None:
    async with here.called():
        assert await post(here, said("/help"), secret) == 403
        assert await post(here, b"x" * 2 * LARGEST, secret) == 403
    assert here.api.called("sendMessage") == []


@pytest.mark.parametrize(("body", "status"), [(b"x" * (LARGEST + 1), 413), (b"{", 400), (b"[" * 100_000, 400)])
async def test_what_is_no_call_does_no_harm(here: Place, body: bytes, status: int) -> None:
    lan = here.person()
    async with here.called():
        assert await post(here, body) == status
        await lan.start()


@pytest.mark.parametrize("wrapped", [True, False])
async def test_a_call_is_read_as_documented_and_as_seen_and_played_again_is_answered_once(
    here: Place, wrapped: bool
) -> None:
    lan = here.person()
    update = said("/help", "2d758cb5e222177a4e35")
    async with here.called():
        for _ in range(3):
            assert await post(here, {"ok": True, "result": update} if wrapped else update) == 200
        await here.all_delivered()
        here.api.wrapped = wrapped
        await lan.start()
    assert pages(here) == [SAY("help.title"), SAY("home.title")]


async def test_while_the_store_is_held_the_call_is_refused_and_comes_again(here: Place) -> None:
    lan = here.person()
    async with here.called():
        await lan.start()
        await here.all_delivered()
        other = sqlite3.connect(here.file, isolation_level=None)
        other.execute("begin immediate")
        lan.person.says("làm giấy khai sinh cho con")
        await here.api.until(lambda: 503 in here.api.answers)
        other.execute("rollback")
        other.close()
        await here.api.until(lambda: len(lan.person.texts) == 2)
    assert pages(here) == [SAY("home.title"), TITLE]


async def test_a_webhook_that_someone_else_sets_is_set_back_and_said(
    here: Place, caplog: pytest.LogCaptureFixture
) -> None:
    lan = here.person()
    async with here.called():
        here.api.webhook = ("https://elsewhere.example", "somebody's")
        await here.api.until(lambda: here.api.webhook == (here.hook.url, here.hook.secret))
        await lan.start()
    assert "Có nơi khác vừa đổi webhook của bot Zalo này" in caplog.text


async def test_while_the_store_is_held_what_was_polled_is_kept_after(here: Place) -> None:
    """Zalo gives an update once, so nobody else remembers it."""
    lan = here.person()
    async with here.polling():
        await lan.start()
        await here.all_delivered()
        other = sqlite3.connect(here.file, isolation_level=None)
        other.execute("begin immediate")
        lan.person.says("làm giấy khai sinh cho con")
        await here.api.drained()
        await asyncio.to_thread(time.sleep, 0.2)  # longer than the store waits for its lock
        other.execute("rollback")
        other.close()
        await here.api.until(lambda: len(lan.person.texts) == 2)
    assert pages(here) == [SAY("home.title"), TITLE]


# -- pictures ---------------------------------------------------------------------------------------------------


async def agreed(here: Place) -> Any:
    lan = here.person()
    await lan.say("đăng ký tạm trú")
    await lan.press("Chuẩn bị giấy tờ")
    while "Bấm vào giấy nào đã có" not in lan.screen.words[0]:
        labels = [label for _, label in lan.screen.choices]
        await lan.press(next((label for label in labels if label.startswith(("Nhà thuê", "Thuê nhà"))), labels[0]))
    await lan.press("Gửi ảnh xem thử: Hợp đồng thuê nhà, thuê phòng trọ")
    await lan.press("Đồng ý, gửi ảnh")
    return lan


async def verdicts(here: Place) -> list[str]:
    kept = [facts.load(fact.body) for fact in await here.store.facts()]
    return [fact.verdict for fact in kept if isinstance(fact, Attached)]


@pytest.mark.parametrize("caption", ["", "đăng ký kết hôn"])
async def test_a_photo_is_taken_where_it_was_agreed_to(here: Place, caption: str) -> None:
    async with here.polling():
        lan = await agreed(here)
        mark = len(lan.person.texts)
        lan.person.sends_photo(here.api.picture(drawn.jpeg(drawn.on_a_table(drawn.page()))), caption)
        await lan._answered(mark)
    assert len(await here.store.pictures(NOW)) == 1
    assert await verdicts(here) == ["good"]


@pytest.mark.parametrize("what", ["no picture", "too large", "gone", "elsewhere", "this machine", "file"])
async def test_a_photo_that_cannot_be_taken_is_told_so_and_none_is_kept(here: Place, what: str) -> None:
    async with here.polling():
        lan = await agreed(here)
        match what:
            case "no picture":
                url = here.api.picture(b"GIF89a nothing")
            case "too large":
                url = here.api.picture(b"\xff\xd8" + bytes(11 * 1024 * 1024))
            case "gone":
                url = f"{here.api.url}/pictures/none"
            case "elsewhere":
                url = "https://zdn.vn.example/a.jpg"
            case "this machine":
                url = "http://127.0.0.1:9/a.jpg"
            case _:
                url = "file:///etc/passwd"
        mark = len(lan.person.texts)
        lan.person.sends_photo(url)
        await lan._answered(mark)
    assert await here.store.pictures(NOW) == ()
    assert "good" not in await verdicts(here)


# -- how it looks -------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=3000)
BLOCKS = st.one_of(
    st.builds(replies.Line, WORDS),
    st.builds(replies.Bullets, st.lists(WORDS, min_size=1, max_size=5).map(tuple)),
    st.builds(replies.Notice, WORDS),
)


@given(blocks=st.lists(BLOCKS, min_size=1, max_size=6).map(tuple), choices=st.integers(0, 40))
def test_any_page_fits_zalo_and_says_all(blocks: tuple[replies.Block, ...], choices: int) -> None:
    some = tuple(Choice(f"c{number}", f"Lựa chọn {number}") for number in range(choices))
    reply = Reply(blocks, some, 1, "vi")
    texts = show(reply, SAY, PAGE)
    assert all(text.strip() and len(text.encode("utf-16-le")) // 2 <= LONGEST for text in texts)
    together = "".join("".join(texts).split())
    for words in replies.words(reply):
        assert "".join(words.split()) in together


def test_papers_stand_under_the_number_that_ticks_them() -> None:
    papers = tuple(replies.Paper(name, "1 bản chính", (), "missing") for name in ("Tờ khai", "Giấy chứng sinh"))
    ticks = tuple(Choice(f"d:{at}", paper.name, "paper", ticked=False) for at, paper in enumerate(papers))
    reply = Reply((replies.Papers(papers),), (*ticks, Choice("back", "Quay lại", "way")), 1, "vi")
    (text,) = show(reply, SAY, None)
    assert text.count("Tờ khai") == 1
    assert screen_of([text]).choices == ((1, "Tờ khai"), (2, "Giấy chứng sinh"), (3, "Quay lại"))
    fewer = replace(reply, choices=(ticks[0], reply.choices[-1]))
    assert "☐ 1. Tờ khai\n\n2. Quay lại" in show(fewer, SAY, None)[0]


def test_nothing_of_the_channel_logs_a_token(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert "123:secret" not in repr(Way("123:secret"))
