"""A citizen asks for a person, a volunteer takes them, both talk through the bot, and nothing of it is left."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from bot.desk import Address, Arrival, Desk
from bot.store import ChannelName
from bot.store.sqlite import SQLiteStore
from flows.events import Left, Pressed, Said, Sent, Started
from tests.office.requests_rig import END, MESSAGE, TAKE, asks, facts, last, on_duty, rows, talking, told
from tests.office.rig import Office, Person


@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_a_citizen_talks_with_a_volunteer_and_goes_on_where_they_were(
    office: Office, channel: ChannelName
) -> None:
    citizen, lan = await talking(office, channel)
    assert "Đang nói chuyện với Lan" in citizen.text
    await citizen.says("Chào cô, bé sinh ở nhà thì sao?")
    await told(office, lan)
    assert "Người dân: Chào cô, bé sinh ở nhà thì sao?" in last(lan)
    await lan.says("Chị xin giấy của người đỡ đẻ nhé.")
    await told(office, citizen)
    assert "Lan: Chị xin giấy của người đỡ đẻ nhé." in citizen.text
    await citizen.presses(END)
    assert "được giúp thế nào" in citizen.text
    await citizen.presses("Rất hài lòng")
    assert "Đăng ký khai sinh cho bé" in citizen.text
    await told(office, lan)
    assert "Người dân đã kết thúc" in lan.text


async def test_a_start_while_asked_to_rate_loses_no_rating(office: Office) -> None:
    citizen, _ = await talking(office)
    await citizen.presses(END)
    await citizen.does(Started())
    assert "được giúp thế nào" in citizen.text
    await citizen.presses("Hài lòng")
    assert [fact["level"] for fact in facts(office, "help_rated")] == ["satisfied"]


async def test_a_link_followed_while_asked_to_rate_leads_to_its_guide(office: Office) -> None:
    citizen, _ = await talking(office)
    await citizen.presses(END)
    await citizen.does(Started("g_dang-ky-tam-tru"))
    assert "Đăng ký tạm trú" in citizen.text


async def test_the_bot_is_silent_but_for_the_page_of_the_other_side(office: Office) -> None:
    citizen, _ = await talking(office)
    before = len(citizen.got)
    await citizen.says("làm căn cước mất bao lâu?")
    await citizen.says("4")
    await citizen.says("có ai không")
    assert len(citizen.got) == before
    assert not [fact for fact in facts(office, "asked") if "căn cước" in fact["text"]]


async def test_the_volunteer_sees_only_what_was_agreed_to(office: Office) -> None:
    _, lan = await talking(office)
    assert "Đăng ký khai sinh cho bé" in lan.text
    assert "làm giấy khai sinh" in lan.text


async def test_without_leave_nothing_of_the_talk_is_seen_or_kept(office: Office) -> None:
    await on_duty(office)
    await asks(office, show=False)
    assert rows(office, "select guide, story, question from requests") == [("", "", "")]


async def test_answers_and_ticks_are_shown_and_the_name_of_a_list_is_not(office: Office) -> None:
    lan = await on_duty(office)
    citizen = await office.citizen("cô Ba")
    await citizen.says("đăng ký khai sinh")
    await citizen.says("chuẩn bị giấy tờ")
    for _ in range(12):
        if any(choice.group == "paper" for choice in citizen.page.choices):
            break
        await citizen.says("1")
    await citizen.says("đặt tên: của bé Tôm")
    await citizen.says("1")
    await citizen.says("gặp người")
    await citizen.presses(MESSAGE)
    agreed = citizen.text
    await citizen.presses("Cho xem")
    await told(office, lan)
    await lan.presses(TAKE)
    for row in ("Đã trả lời", "Giấy đã có", "Giấy còn thiếu"):
        assert row in agreed
        assert row in lan.text
    assert "Tôm" not in lan.text


@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_numbers_are_hidden_before_they_are_kept_and_the_writer_is_told(
    office: Office, channel: ChannelName
) -> None:
    citizen, lan = await talking(office, channel)
    await citizen.says("số căn cước của tôi là 001099012345")
    assert "đã được che" in last(citizen)
    await citizen.says("482913")
    assert "đã được che" in last(citizen)
    await told(office, lan)
    assert "[số giấy tờ]" in last(lan)
    assert "[dãy số]" in last(lan)
    await lan.says("gọi em số 0912345678")
    assert "đã được che" in last(lan)
    kept = rows(office, "select group_concat(body) from request_lines")[0][0]
    assert not {"001099012345", "482913", "0912345678"} & set(kept.replace(",", " ").split())


async def test_an_emergency_gets_its_page_and_reaches_the_volunteer_too(office: Office) -> None:
    citizen, lan = await talking(office)
    await citizen.says("cứu với, chồng tôi đang đánh tôi")
    assert "113" in last(citizen)
    await told(office, lan)
    assert "chồng tôi đang đánh tôi" in last(lan)
    await lan.says("gọi ngay 113, chạy ra chỗ đông người")
    await told(office, citizen)
    assert "Lan: gọi ngay 113" in last(citizen)


async def test_a_photo_is_politely_not_carried(office: Office) -> None:
    citizen, lan = await talking(office)
    await citizen.does(Sent("photo"))
    assert "viết bằng chữ" in last(citizen)
    await lan.does(Sent("voice"))
    assert "viết bằng chữ" in last(lan)


async def test_commands_still_lead_away_and_back(office: Office) -> None:
    citizen, lan = await talking(office)
    await citizen.says("quay lại")
    assert "Đăng ký khai sinh cho bé" in citizen.text
    await citizen.says("gặp người")
    assert "Đang nói chuyện với Lan" in citizen.text
    await citizen.says("quay lại")
    await lan.says("chị còn đó không?")
    await told(office, citizen)
    assert "Lan: chị còn đó không?" in last(citizen)
    await citizen.says("kết thúc")
    assert "được giúp thế nào" in last(citizen)


async def test_nobody_sees_an_account(office: Office) -> None:
    citizen, lan = await talking(office)
    await citizen.says("chào cô")
    await lan.says("chào chị")
    await told(office, citizen, lan)
    pages = "\n".join(map(str, [*citizen.got[-3:], *lan.got[-3:]]))
    assert "cô Ba" not in pages
    assert "Lan" in pages


@pytest.mark.parametrize("ends", ["citizen", "member"])
@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_nothing_that_was_said_is_in_the_file_after_closing(
    office: Office, channel: ChannelName, ends: str
) -> None:
    citizen, lan = await talking(office, channel)
    await citizen.says("một câu rất riêng tư quả mít")
    await told(office, lan)
    await lan.says("một câu trả lời quả dừa")
    await told(office, citizen)
    await (citizen if ends == "citizen" else lan).says("kết thúc")
    await told(office, citizen, lan)
    await citizen.presses("Hài lòng")
    await told(office, citizen, lan)
    await office.store.prune(office.now)
    kept = b"".join(path.read_bytes() for path in sorted(office.path.parent.glob("kept.db*")))
    assert b"khai sinh" in kept or b"khai-sinh" in kept
    assert "quả mít".encode() not in kept
    assert "quả dừa".encode() not in kept
    assert rows(office, "select * from requests") == []


async def test_what_the_volunteer_said_last_is_seen_although_they_ended_it_at_once(office: Office) -> None:
    for channel in ("telegram", "web"):
        lan = await on_duty(office, f"Lan {channel}")
        citizen = await asks(office, f"cô {channel}", channel="web" if channel == "web" else "telegram")
        await told(office, lan)
        await lan.presses(TAKE)
        await told(office, citizen)
        await lan.says("mang theo giấy chứng sinh nhé")
        await lan.presses(END)
        await told(office, citizen)
        assert "mang theo giấy chứng sinh nhé" in last(citizen) + citizen.text
        office.later(minutes=31)
        await told(office, citizen)
        assert rows(office, "select * from request_lines") == []


async def test_only_that_it_happened_is_kept(office: Office) -> None:
    lan = await on_duty(office)
    citizen = await asks(office)
    office.later(minutes=3)
    await told(office, lan)
    await lan.presses(TAKE)
    office.later(minutes=7)
    await lan.presses(END)
    await told(office, citizen)
    await citizen.presses("Không hài lòng")
    (closed,) = facts(office, "request_closed")
    assert (closed["desk"], closed["waited"], closed["took"], closed["how"]) == ("vinh-hai", 180, 420, "member")
    assert closed["member"] == rows(office, "select id from members")[0][0]
    (rated,) = facts(office, "help_rated")
    assert (rated["code"], rated["desk"], rated["level"]) == (closed["code"], "vinh-hai", "not_satisfied")
    keys = rows(office, "select person from facts where kind in ('request_closed', 'help_rated')")
    assert not set(keys) & set(rows(office, "select person from addresses"))


async def test_a_rating_may_be_left_out(office: Office) -> None:
    citizen, lan = await talking(office)
    await lan.presses(END)
    await told(office, citizen)
    await citizen.presses("Bỏ qua")
    assert "Đăng ký khai sinh cho bé" in citizen.text
    assert facts(office, "help_rated") == []
    assert rows(office, "select * from requests") == []


async def test_two_volunteers_at_the_same_moment_through_two_processes(office: Office) -> None:
    lan, minh = await on_duty(office), await on_duty(office, "Minh")
    await asks(office)
    await told(office, lan, minh)
    other = await SQLiteStore.open(office.path)
    try:
        desks = (office.desk, Desk(other, office.world))
        takes = [
            desk.hear(Arrival(one.address, "takes", Pressed(one.choice(TAKE).id, one.page.turn)))
            for desk, one in zip(desks, (lan, minh), strict=True)
        ]
        await asyncio.gather(*takes)
    finally:
        await other.close()
    await told(office, lan, minh)
    stages = sorted("Đang giúp qua tin nhắn" in one.text for one in (lan, minh))
    assert stages == [False, True]
    assert any("đã có người khác nhận" in last(one) + one.text for one in (lan, minh))
    assert rows(office, "select count(*) from requests where member is not null") == [(1,)]


async def test_a_duplicate_delivery_changes_nothing(office: Office) -> None:
    citizen, lan = await talking(office)
    twice = Arrival(citizen.address, "twice", Said("tôi hỏi một lần thôi"))
    await office.desk.hear(twice)
    await office.desk.hear(twice)
    assert rows(office, "select body from request_lines") == [("tôi hỏi một lần thôi",)]
    await told(office, lan)
    again = len(lan.got)
    await told(office, lan)
    assert len(lan.got) == again


async def test_a_restart_in_the_middle_loses_nothing(office: Office) -> None:
    citizen, lan = await talking(office)
    await citizen.says("trước khi máy khởi động lại")
    await office.restart()
    await told(office, lan)
    assert "trước khi máy khởi động lại" in last(lan)
    await lan.says("vẫn nghe đây")
    await told(office, citizen)
    assert "Lan: vẫn nghe đây" in last(citizen)


async def test_not_at_a_machine_for_everybody_nor_in_a_group(office: Office) -> None:
    await on_duty(office)
    for address in (Address("web", "k-mot"), Address("telegram", "-100")):
        somebody = Person(office, address)
        await somebody.says("gặp người")
        assert MESSAGE not in somebody.text
        await somebody.does(Pressed("message", somebody.page.turn))
        assert rows(office, "select * from requests") == []


async def test_who_does_not_work_here_takes_nobody(office: Office) -> None:
    await on_duty(office)
    await asks(office)
    stranger = await office.citizen("người lạ")
    await stranger.says("/cho")
    assert TAKE not in stranger.text
    elsewhere = await on_duty(office, "Hoa", "loc-tho")
    with sqlite3.connect(office.path) as db:
        db.execute("update requests set desk = 'vinh-hai'")
    db.close()
    await elsewhere.says("người đang chờ")
    assert "Không có ai đang chờ" in elsewhere.text


async def test_one_person_waits_once_and_a_volunteer_helps_one_at_a_time(office: Office) -> None:
    citizen, lan = await talking(office)
    other = await asks(office, "chú Tư")
    assert "đầu tiên" in other.text
    await lan.presses("Quay lại")
    await lan.says("người đang chờ")
    await lan.presses(TAKE)
    assert "Xong rồi hãy nhận người khác" in lan.text
    await citizen.says("quay lại")
    await citizen.says("gặp người")
    assert "Đang nói chuyện với Lan" in citizen.text
    assert rows(office, "select count(*) from requests") == [(2,)]


async def test_a_citizen_who_blocks_the_bot_ends_it(office: Office) -> None:
    citizen, lan = await talking(office)
    await citizen.does(Left())
    await told(office, lan)
    assert "Người dân đã kết thúc" in last(lan)
    assert facts(office, "request_closed")[0]["how"] == "erased"
    assert rows(office, "select * from requests") == []


async def test_a_citizen_who_has_everything_erased_ends_it(office: Office) -> None:
    citizen, lan = await talking(office)
    await citizen.says("bé tên là Tôm")
    await citizen.says("xóa dữ liệu")
    await citizen.presses("Xóa hẳn")
    await told(office, lan)
    assert "Người dân đã kết thúc" in last(lan)
    assert rows(office, "select * from request_lines") == []
    assert rows(office, "select * from requests") == []
