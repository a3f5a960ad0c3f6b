"""Telegram when things go wrong: replies doubled, refused, cut off, put off or left behind."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.desk import Address, Arrival
from flows.events import Event, Said, Started
from flows.facts import Asked, Opened
from knowledge.entries import Finding
from knowledge.library import Library
from tests.channels.telegram_driver import TelegramDriver, serving
from tests.channels.telegram_place import SAY, TEXTS, Place, place
from tests.fake_telegram import FakeTelegram

GUIDE = "dang-ky-khai-sinh"
TITLE = "Đăng ký khai sinh cho bé"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    async with place(tmp_path) as here:
        yield here


def pages(lan: TelegramDriver) -> list[str]:
    """The first line of every message of the bot."""
    return [answer.text.split("\n")[0] for answer in lan.person.answers]


# -- updates that come again ---------------------------------------------------------------------------------


async def test_an_update_delivered_twice_is_answered_once(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        here.api.faults.duplicate(3)
        await lan.say("làm giấy khai sinh cho con")
        await lan.press("1")
        await lan.say("/help")
        await here.api.drained()
        assert pages(lan) == [SAY("home.title"), pages(lan)[1], SAY("help.title")]
    assert [type(fact) for fact in await here.facts()] == [Asked, Opened]
    assert here.api.faults.injected["update duplicate"] == 3


async def test_updates_out_of_order_are_all_answered(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        here.api.faults.out_of_order()
        await lan.person.says("/help")
        await lan.person.says("làm giấy khai sinh cho con")
        await lan.person.sees(lambda seen: seen.text.startswith(SAY("help.title")))
        await here.api.drained()
        assert pages(lan) == [SAY("home.title"), TITLE, SAY("help.title")]


async def test_an_update_that_was_kept_but_never_confirmed_is_not_heard_again(here: Place) -> None:
    """The process dies after the turn, before the next poll: Telegram gives the update to the next process."""
    lan = here.person(met=True)
    await lan.person.says("làm giấy khai sinh cho con")
    (update,) = here.api.mailbox.waiting
    await here.desk.hear(Arrival(Address("telegram", "7"), str(update), Said("làm giấy khai sinh cho con")))
    async with here.serving():
        await here.api.drained()
        await here.all_delivered()
    assert pages(lan) == [TITLE]
    assert [type(fact) for fact in await here.facts()] == [Asked, Opened]


async def test_replies_left_behind_are_delivered_at_the_next_start_in_order(here: Place) -> None:
    for id in (7, 8):
        here.person(id, met=True)
        events: tuple[Event, ...] = (Started(), Started(f"g_{GUIDE}"), Said("/help"))
        for number, event in enumerate(events):
            await here.desk.hear(Arrival(Address("telegram", str(id)), str(number), event))
    assert len(await here.undelivered()) == 6
    async with here.serving():
        await here.all_delivered()
    for id in (7, 8):
        assert pages(here.person(id)) == [SAY("home.title"), TITLE, SAY("help.title")]


async def test_a_great_many_replies_left_behind_are_all_delivered(here: Place) -> None:
    people = [here.person(id, met=True) for id in range(10, 20)]
    for person in people:
        for number in range(12):
            await here.desk.hear(Arrival(Address("telegram", str(person.person.id)), str(number), Said("/help")))
    async with here.serving():
        await here.all_delivered()
    assert [len(person.person.answers) for person in people] == [12] * 10


# -- messages that Telegram does not take, or not now --------------------------------------------------------


async def test_told_to_wait_a_chat_waits_just_as_long_keeps_its_order_and_holds_up_nobody(here: Place) -> None:
    lan, hoa = here.person(), here.person(8, "Hoa")
    async with here.serving():
        await lan.start()
        here.api.faults.next("sendMessage", chat=7, status=429, retry_after=2)
        began = time.monotonic()
        await lan.person.says("/help")
        await here.api.until(lambda: bool(here.api.called("sendMessage", ok=False)))
        await lan.person.says("làm giấy khai sinh cho con")
        await hoa.start()
        assert pages(lan) == [SAY("home.title")], "one who need not wait is answered meanwhile"
        await lan.person.sees(lambda seen: seen.text.startswith(TITLE))
        assert time.monotonic() - began >= 2
        assert pages(lan) == [SAY("home.title"), SAY("help.title"), TITLE]


@pytest.mark.parametrize("fault", ["500", "page", "cut before"])
async def test_a_message_that_did_not_go_through_goes_a_moment_later(here: Place, fault: str) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        match fault:
            case "500":
                here.api.faults.next("sendMessage", status=500)
            case "page":
                here.api.faults.next("sendMessage", status=502, page="<html>Bad Gateway</html>")
            case _:
                here.api.faults.next("sendMessage", cut="before")
        await lan.person.says("/help")
        await lan.person.sees(lambda seen: seen.text.startswith(SAY("help.title")))
        await here.all_delivered()
    assert pages(lan) == [SAY("home.title"), SAY("help.title")]
    assert len(here.log.lines) == 1


async def test_a_message_taken_in_silence_is_doubled_at_most_once(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        here.api.faults.next("sendMessage", cut="after")
        await lan.person.says("/help")
        await here.all_delivered()
        await here.api.until(lambda: len(here.api.called("sendMessage")) == 3)
        await here.all_delivered()
    assert pages(lan) == [SAY("home.title"), SAY("help.title"), SAY("help.title")]


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_a_change_cut_off_is_made_again_without_harm(here: Place, cut: str) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start(f"g_{GUIDE}")
        if cut == "before":
            here.api.faults.next("editMessageText", cut="before")
        else:
            here.api.faults.next("editMessageText", cut="after")
        await lan.person.presses(1)
        await here.api.until(lambda: len(here.api.called("editMessageText")) == 2)
        await here.all_delivered()
    assert len(lan.person.answers) == 1
    assert "Câu 1/" in lan.person.answers[0].text


async def test_a_long_page_cut_off_in_the_middle_goes_on_where_it_was(here: Place) -> None:
    lan = here.person()
    guide = here.library.guides[GUIDE]
    long = guide.model_copy(update={"summary": "Một đoạn dài, " * 700, "edition": "00000000"})
    here.library = replace(here.library, guides={GUIDE: long})
    async with here.serving():
        await lan.start()
        here.api.faults.next("sendMessage", status=500)
        await lan.press("1")
        await here.all_delivered()
    assert pages(lan)[0] == f"▸ {TITLE}", "what was pressed is read again above what it led to"
    assert len(lan.person.answers) == len({answer.text for answer in lan.person.answers}) >= 3


async def test_a_message_refused_for_good_is_noted_and_the_next_ones_go(here: Place) -> None:
    for id in (7, 8):  # 8 is a chat that Telegram does not know
        here.person(id, met=id == 7)
        await here.desk.hear(Arrival(Address("telegram", str(id)), "1", Started()))
    await here.desk.hear(Arrival(Address("telegram", "không phải số"), "1", Started()))
    async with here.serving():
        await here.all_delivered()
    assert pages(here.person()) == [SAY("home.title")]
    with sqlite3.connect(here.file) as db:
        refusals = [row[0] for row in db.execute("select refusal from outgoing order by number")]
    db.close()
    assert refusals[0] is None
    assert "Chat not found" in refusals[1]
    assert "ValueError" in refusals[2]
    assert any("Không đọc được một tin đã lưu" in line for line in here.log.lines)


async def test_a_page_that_is_gone_comes_anew(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start(f"g_{GUIDE}")
        messages = here.api.state.messages[7]
        data, page = lan.data()[0], lan.page.id
        messages.remove(next(message for message in messages if message.from_bot))
        await lan.person.presses_data(page, data)
        await lan.person.sees("Câu 1/")
        assert len(lan.person.answers) == 1


async def test_a_press_too_old_to_be_answered_still_gets_its_page(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start(f"g_{GUIDE}")
        here.api.faults.next("answerCallbackQuery", status=400, description="Bad Request: query is too old")
        await lan.person.presses(1)
        await lan.person.sees("Câu 1/")
    assert here.log.lines == []


# -- the store fails -----------------------------------------------------------------------------------------


async def test_while_the_store_is_held_nothing_is_confirmed_and_all_is_answered_after(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        other = sqlite3.connect(here.file, isolation_level=None)
        other.execute("begin immediate")
        await lan.person.says("làm giấy khai sinh cho con")
        await here.log.says("sẽ nhận lại tin này")
        assert len(here.api.mailbox.waiting) == 1
        other.execute("rollback")
        other.close()
        await lan.person.sees(lambda seen: seen.text.startswith(TITLE))
        await here.api.drained()
        await here.all_delivered()
    assert pages(lan) == [SAY("home.title"), TITLE]
    assert [type(fact) for fact in await here.facts()] == [Asked, Opened]


async def test_what_telegram_has_let_go_of_meanwhile_is_waited_for_no_longer(here: Place) -> None:
    lan, hoa = here.person(), here.person(8, "Hoa", met=True)
    async with here.serving():
        await lan.start()
        other = sqlite3.connect(here.file, isolation_level=None)
        other.execute("begin immediate")
        await lan.person.says("làm giấy khai sinh cho con")
        await here.log.says("sẽ nhận lại tin này")
        here.api.mailbox.forget()
        other.execute("rollback")
        other.close()
        await hoa.start()
        await here.api.drained()
        await here.api.until(lambda: here.api.mailbox.polled)
    assert len(lan.person.answers) == 1


async def test_a_message_handed_over_but_not_noted_is_noted_later_and_not_sent_again(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        here.api.faults.next("sendMessage", slow=0.3)
        await lan.person.says("/help")
        await here.api.until(lambda: len(here.api.called("sendMessage")) == 2)
        other = sqlite3.connect(here.file, isolation_level=None)
        other.execute("begin immediate")
        await here.log.says("sẽ ghi lại, không gửi lại")
        other.execute("rollback")
        other.close()
        await here.all_delivered()
    assert pages(lan) == [SAY("home.title"), SAY("help.title")]


# -- a mistake of ours ---------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Broken(Library):
    """A library with a mistake in it: it cannot bear one word."""

    def find(self, words: str, today: date, context: Sequence[str] = ()) -> Finding:
        if "hỏng" in words:
            raise RuntimeError("a mistake of ours")
        return super().find(words, today, context)


async def test_a_mistake_at_one_person_is_told_to_them_and_costs_nobody_else_anything(here: Place) -> None:
    whole = here.library
    here.library = Broken(whole.guides, whole.fields, whole.words, whole.first)
    lan, hoa = here.person(met=True), here.person(8, "Hoa", met=True)
    await lan.person.says("hỏng")
    await hoa.person.says("/help")
    await lan.person.says("/help")
    async with here.serving():
        await lan.person.sees(SAY("web.broken_body"))
        await hoa.person.sees(SAY("help.title"))
        await lan.person.sees(SAY("help.title"))
        await here.api.drained()
        assert len(lan.person.answers) == 2
        assert len(hoa.person.answers) == 1
        assert [line for line in here.log.lines if "Lỗi của chương trình" in line]


# -- the line itself -----------------------------------------------------------------------------------------


async def test_a_wrong_token_is_said_clearly_and_ends_nothing(here: Place) -> None:
    async with serving(here.api, here.desk, TEXTS, "123:sai") as task:
        await here.log.says("không nhận TELEGRAM_TOKEN")
        assert not task.done()
    assert "123:sai" not in " ".join(here.log.lines)
    async with serving(here.api, here.desk, TEXTS, "khong-phai-ma"):
        await here.api.until(lambda: len(here.log.lines) == 2)
    assert "hãy chép lại mã từ BotFather" in here.log.lines[1]


async def test_a_token_revoked_meanwhile_is_said_clearly_and_ends_nothing(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        here.api.revoke_token()
        await here.log.says("không nhận TELEGRAM_TOKEN")


async def test_a_second_program_with_the_same_token_is_said_clearly(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        await here.api.until(lambda: here.api.mailbox.polled)
        async with httpx.AsyncClient() as other:
            await other.post(f"{here.api.base_url}{here.api.state.token}/getUpdates", json={"timeout": 0})
        await here.log.says("đang dùng cùng TELEGRAM_TOKEN")
        await lan.say("/help")
    assert pages(lan)[-1] == SAY("help.title")


async def test_a_webhook_left_behind_is_taken_away(here: Place) -> None:
    lan = here.person(met=True)
    async with Bot(here.api.state.token, base_url=here.api.base_url) as bot:
        await bot.set_webhook("http://127.0.0.1:9/")
        with pytest.raises(Conflict):
            await bot.get_updates()
    async with here.serving():
        await lan.start()
    assert here.log.lines == []


async def test_a_webhook_that_someone_sets_meanwhile_is_said_and_taken_away(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        await here.api.until(lambda: here.api.mailbox.polled)
        async with Bot(here.api.state.token, base_url=here.api.base_url) as other:
            await other.set_webhook("http://127.0.0.1:9/")
        await here.log.says("Có nơi khác vừa đặt webhook cho bot này")
        await lan.say("/help")
        assert here.api.mailbox.webhook is None
    assert pages(lan)[-1] == SAY("help.title")


async def test_polls_that_fail_are_tried_again(here: Place) -> None:
    lan = here.person(met=True)
    await lan.person.says("/help")
    here.api.faults.next("deleteWebhook", status=502, page="<html>Bad Gateway</html>")
    here.api.faults.next("getUpdates", status=429, retry_after=1)
    here.api.faults.next("getUpdates", cut="before")
    async with here.serving():
        await lan.person.sees(SAY("help.title"), within=10)
    assert len(lan.person.answers) == 1


async def test_nobody_is_at_the_address(here: Place) -> None:
    async with FakeTelegram() as gone:
        pass
    async with serving(gone, here.desk, TEXTS):
        await here.log.says(f"hãy xem mạng của máy này và TELEGRAM_API_URL={gone.url}. Trang hỏi đáp vẫn chạy")


async def test_a_night_without_telegram_is_said_once_and_so_is_its_end(here: Place) -> None:
    names: list[str] = []
    here.api.faults.next("getMe", status=502)
    here.api.faults.next("getUpdates", status=502)
    await here.person().person.says("/help")
    async with serving(here.api, here.desk, TEXTS, on=names.append):
        await here.log.says("Đã nối lại được với Telegram")
    assert names == ["@thu_nghiem_bot"]
    assert len([line for line in here.log.lines if "Mất liên lạc" in line]) == 1


# -- stopping ------------------------------------------------------------------------------------------------


async def test_stopping_does_not_wait_for_a_poll(here: Place) -> None:
    async with here.serving():
        await here.api.until(lambda: here.api.mailbox.polled)
        began = time.monotonic()
    assert time.monotonic() - began < 1


async def test_stopping_in_the_middle_of_a_message_lets_it_end(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        here.api.faults.next("sendMessage", slow=0.3)
        await lan.person.says("/help")
        await here.api.until(lambda: len(here.api.called("sendMessage")) == 2)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert await here.undelivered() == ()


async def test_stopping_does_not_wait_for_one_who_is_slow_and_keeps_what_did_not_go(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start()
        here.api.faults.next("sendMessage", slow=4)
        await lan.person.says("/help")
        await here.api.until(lambda: len(here.api.called("sendMessage")) == 2)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert len(await here.undelivered()) == 1
    here.api.faults.clear()
    async with here.serving():
        await here.all_delivered()
    assert pages(lan) == [SAY("home.title"), SAY("help.title"), SAY("help.title")], "one doubled, none lost"


async def test_stopping_does_not_wait_for_a_wait(here: Place) -> None:
    lan = here.person()
    async with here.serving():
        await lan.start(f"g_{GUIDE}")
        here.api.faults.next("editMessageText", status=429, retry_after=30)
        await lan.person.presses(1)
        await here.api.until(lambda: bool(here.api.called("editMessageText")))
        await here.log.says("chưa đi được")
        began = time.monotonic()
    assert time.monotonic() - began < 1
    assert len(await here.undelivered()) == 1
    async with here.serving():
        await lan.person.sees("Câu 1/")
