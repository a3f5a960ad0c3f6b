"""A group on Telegram: answered where it asked, in the topic and under the question; a topic that goes loses nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk import Address, Arrival, Desk
from bot.messaging.reception import MOST
from flows.events import Said
from flows.turn import World
from tests.channels.telegram_driver import TelegramDriver
from tests.channels.telegram_place import NOW, SAY, TEXTS, Place, place
from tests.fake_telegram import Call, Person
from tests.fake_telegram.state import Json, State
from tests.fake_telegram.topics import close_topic, delete_topic, upgrade

GUIDE = "dang-ky-khai-sinh"
US = "@thu_nghiem_bot"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    async with place(tmp_path) as here, here.serving():
        yield here


def topics(here: Place) -> tuple[Person, Person, Person]:
    """Lan in two topics of a group, and outside of them."""
    lan, group = here.person().person, here.api.group()
    first, second = here.api.topic(group), here.api.topic(group, "Hộ khẩu")
    return lan.inside(group, first), lan.inside(group, second), lan.inside(group)


def sent(here: Place) -> list[Call]:
    return [call for call in here.api.calls if call.method.startswith("send") and call.ok]


async def test_each_topic_is_answered_in_itself_and_has_a_talk_of_its_own(here: Place) -> None:
    first, second, general = topics(here)
    await first.says(f"/start{US} g_{GUIDE}")
    await first.sees("Đăng ký khai sinh cho bé")
    await second.says(f"{US} đăng ký kết hôn")
    await second.sees(lambda seen: "kết hôn" in seen.text)
    await first.presses(1)
    await first.sees("Câu 1/")
    await general.says(f"/help{US}")
    await general.sees(SAY("help.title"))
    assert [len(one.answers) for one in (first, second, general)] == [1, 1, 1]
    for inside in (first, second, general):
        assert await here.store.talk_of(Address("telegram", f"-500/{inside.topic}" if inside.topic else "-500"))
    assert here.log.lines == []


async def test_a_page_of_several_messages_and_its_files_come_in_the_topic(here: Place) -> None:
    first, _, general = topics(here)
    inside = TelegramDriver(here.api, first)
    await inside.say(f"/start{US} g_{GUIDE}")
    await inside.press(SAY("guide.prepare"))
    while SAY("collecting.done") not in {label for _, label in inside.screen.choices}:
        await inside.press("1")
    await inside.press(SAY("collecting.done"))
    await inside.press(SAY("summary.take"))
    await first.sees(lambda seen: seen.file is not None, within=20)
    assert general.answers == []
    assert {call.values.get("message_thread_id") for call in sent(here)} >= {first.topic, str(first.topic)}


async def test_that_an_answer_is_being_written_is_shown_in_the_topic(here: Place) -> None:
    first, _, _ = topics(here)
    here.api.faults.next("sendMessage", slow=1.0)
    await first.says(f"/help{US}")
    await here.api.until(lambda: bool(here.api.called("sendChatAction", ok=True)))
    assert here.api.called("sendChatAction")[0].values["message_thread_id"] == first.topic
    await here.all_delivered()


async def test_who_floods_a_topic_is_told_there(here: Place) -> None:
    first, _, general = topics(here)
    here.api.faults.next("sendMessage", chat=-500, slow=0.3, times=None)
    for _ in range(3 * MOST):
        await first.says(f"/help{US}")
    await first.sees(SAY("telegram.flood"), within=20)
    here.api.faults.clear()
    await here.api.drained(within=20)
    await here.all_delivered()
    assert general.answers == []


@pytest.mark.parametrize("ends", [close_topic, delete_topic])
async def test_where_the_topic_is_no_more_the_group_reads_the_answer(
    here: Place, ends: Callable[[State, Json, int], None]
) -> None:
    first, _, general = topics(here)
    assert first.topic is not None
    await first.says(f"/start{US}")
    await first.sees(SAY("home.title"))
    await here.all_delivered()
    ends(here.api.state, first.chat, first.topic)
    await first.says(f"/help{US}")
    await general.sees(SAY("help.title"))
    await here.all_delivered()
    assert here.log.lines == []


async def test_what_a_crash_left_is_answered_in_its_topic_and_under_its_question(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        first, second, _ = topics(here)
        question = await first.says("làm giấy khai sinh")
        came = Arrival(
            Address("telegram", f"-500/{first.topic}"), "1", Said("làm giấy khai sinh"), about=f"?{question}"
        )
        await here.desk.hear(came)
        await here.desk.hear(Arrival(Address("telegram", "-500"), "2", Said("/help"), about=str(question)))
        async with here.serving():
            seen = await first.sees("Đăng ký khai sinh cho bé")
            await here.all_delivered()
        assert seen.answers == question
        assert second.answers == []


async def test_in_a_busy_group_an_answer_shows_its_question(here: Place) -> None:
    group = here.api.group()
    lan, hoa = here.person().person.inside(group), here.person(8, "Hoa").person.inside(group)
    question = await lan.says(f"{US} làm giấy khai sinh cho con")
    await hoa.says("mai họp tổ lúc mấy giờ")
    seen = await lan.sees("Đăng ký khai sinh cho bé")
    assert seen.answers == question
    await hoa.presses(1)
    await lan.sees("Câu 1/")
    assert [one.answers for one in lan.answers] == [question], "a press changes the page where it stands"


async def test_a_question_deleted_meanwhile_is_answered_all_the_same(here: Place) -> None:
    group = here.api.group()
    lan = here.person().person.inside(group)
    here.api.faults.next("sendMessage", status=400, description="Bad Request: message to be replied not found")
    await lan.says(f"/help{US}")
    assert (await lan.sees(SAY("help.title"))).answers is None
    assert here.log.lines == []


async def test_a_group_that_gets_another_number_is_answered_there(here: Place) -> None:
    """Switching on topics makes a supergroup of it. The page that was pressed is not there, and its number may be."""
    lan, group = here.person().person, here.api.group()
    await lan.inside(group).says(f"/start{US} g_{GUIDE}")
    await lan.inside(group).sees("Đăng ký khai sinh cho bé")
    await here.all_delivered()
    now = lan.inside(upgrade(here.api.state, group, -1009))
    await lan.inside(group).presses(1)
    await now.sees("Câu 1/")
    await lan.inside(group).says(f"/help{US}")
    await now.sees(SAY("help.title"))
    await here.all_delivered()
    assert [one.answers for one in now.answers] == [None, None]
    assert here.log.lines == []


async def test_a_reminder_comes_in_the_topic_where_it_was_asked_for(tmp_path: Path) -> None:
    late = NOW + timedelta(days=60)
    async with place(tmp_path) as here:
        first, _, general = topics(here)
        page = TelegramDriver(here.api, first)
        async with here.serving():
            await page.say(f"/start{US} g_dang-ky-thuong-tru")
            await page.say(f"{US} em nộp hôm nay rồi")
            await page.press(SAY("awaiting.remind"))
            await here.all_delivered()
        due = await here.store.due("telegram", late, 10)
        assert {one.address.id for one in due} == {f"-500/{first.topic}"}
        await Desk(here.store, lambda: World(here.library, TEXTS, late)).remind("telegram")
        mark = first.mark
        async with here.serving():
            await first.sees(lambda seen: bool(seen.buttons), after=mark)
        assert general.answers == []


async def test_a_chain_of_answers_outside_all_topics_is_no_topic(here: Place) -> None:
    _, _, general = topics(here)
    await general.says(f"/start{US}")
    home = await general.sees(SAY("home.title"))
    await general.answers_to(home.id, "làm giấy khai sinh cho con")
    await general.sees(lambda seen: seen.text.startswith("Đăng ký khai sinh cho bé"))
    await here.all_delivered()
    assert len(here.api.called("sendMessage", ok=True)) == 2
    assert here.api.called("sendMessage", ok=False) == []


async def test_in_a_chat_of_two_no_answer_quotes(here: Place) -> None:
    lan = here.person()
    await lan.start()
    assert [seen.answers for seen in lan.person.answers] == [None]
