"""Who is told of whom and when, what happens when either side is silent, and how somebody is handed back and on."""

from __future__ import annotations

from flows.events import Left
from flows.state import load
from tests.office.requests_rig import END, TAKE, asks, facts, last, on_duty, rows, talking, told
from tests.office.rig import WEDNESDAY, Office


async def test_nobody_there_is_said_with_hours_hotline_and_a_place(office: Office) -> None:
    citizen = await asks(office)
    assert "chưa có tình nguyện viên nào có mặt" in citizen.text
    assert "giữ chỗ trong hàng đến" in citizen.text
    assert "0900 000 000" in citizen.text
    assert "7:30 - 11:30" in citizen.text
    assert "thứ Tư 25/11/2026" in citizen.text
    assert "đầu tiên trong hàng" in citizen.text
    second = await asks(office, "chú Tư")
    assert "thứ 2 trong hàng" in second.text


async def test_when_somebody_comes_both_sides_are_told(office: Office) -> None:
    citizen = await asks(office)
    lan = await on_duty(office)
    await told(office, citizen, lan)
    assert "Đã có tình nguyện viên đến" in last(citizen)
    assert "Có người đang chờ" in last(lan)
    before = len(citizen.got)
    minh = await on_duty(office, "Minh")
    await told(office, citizen, minh)
    assert len(citizen.got) == before
    assert "Có người đang chờ" in last(minh)


async def test_the_nearest_desk_first_then_the_others(office: Office) -> None:
    near, far = await on_duty(office, "Lan"), await on_duty(office, "Hoa", "loc-tho")
    everywhere = await office.member("Minh")
    await everywhere.says("có mặt")
    await everywhere.presses("Một cửa phường Lộc Thọ")
    office.desks = {"vinh-hai": office.desks["vinh-hai"]}
    await asks(office)
    await told(office, near, far, everywhere)
    assert "Có người đang chờ" in last(near)
    assert "Có người đang chờ" not in last(everywhere)
    office.later(minutes=1)
    await told(office, everywhere, far)
    assert "Có người đang chờ" in last(everywhere)
    assert "Có người đang chờ" not in last(far)  # may not help at that desk


async def test_who_speaks_the_language_first(office: Office) -> None:
    vietnamese, english = await on_duty(office, "Lan"), await on_duty(office, "Minh")
    await english.says("English")
    visitor = await office.citizen("John")
    await visitor.says("English")
    await visitor.says("talk to a person")
    await visitor.presses("Write to a volunteer")
    await told(office, vietnamese, english)
    assert "Somebody waits" in last(english)
    assert "Có người đang chờ" not in last(vietnamese)
    office.later(minutes=1)
    await told(office, vietnamese)
    assert "nói tiếng Anh" in last(vietnamese)


async def test_a_volunteer_who_is_silent_gives_the_citizen_back(office: Office) -> None:
    citizen, lan = await talking(office)
    await citizen.says("cô ơi")
    office.later(minutes=9)
    await told(office, citizen, lan)
    assert "giữ chỗ cũ" not in last(citizen)
    office.later(minutes=2)
    await told(office, citizen, lan)
    await told(office, citizen, lan)
    assert "giữ chỗ cũ" in last(citizen)
    assert "10 phút" in last(lan)
    minh = await on_duty(office, "Minh")
    await told(office, minh)
    await minh.presses(TAKE)
    assert "cô ơi" in minh.text
    await told(office, citizen)
    assert "Đang nói chuyện với Minh" in last(citizen)


async def test_an_answer_stops_the_clock_of_the_volunteer(office: Office) -> None:
    citizen, lan = await talking(office)
    await citizen.says("cô ơi")
    await lan.says("dạ")
    office.later(minutes=11)
    await told(office, citizen, lan)
    assert rows(office, "select count(*) from requests where member is not null") == [(1,)]


async def test_a_citizen_who_vanishes_ends_it_and_both_are_told(office: Office) -> None:
    citizen, lan = await talking(office)
    await lan.says("chị cần gì ạ?")
    await told(office, citizen)
    office.later(minutes=29)
    await told(office, citizen, lan)
    assert rows(office, "select count(*) from requests") == [(1,)]
    office.later(minutes=2)
    await told(office, citizen, lan)
    await told(office, lan)
    assert "30 phút" in last(citizen)
    assert "Người dân đã kết thúc" in last(lan)
    assert facts(office, "request_closed")[0]["how"] == "silent"


async def test_who_waits_longer_than_the_day_is_told_where_to_go(office: Office) -> None:
    citizen = await asks(office)
    office.now = WEDNESDAY.replace(hour=10, minute=1)  # 17:01 in Vietnam
    await told(office, citizen)
    assert "dừng chờ" in last(citizen)
    assert "0900 000 000" in last(citizen)
    assert facts(office, "request_closed")[0]["how"] == "day"
    assert rows(office, "select * from requests") == []
    assert not load(rows(office, "select talk from talks")[0][0]).awaits


async def test_who_asks_at_night_waits_for_the_next_day(office: Office) -> None:
    office.now = WEDNESDAY.replace(hour=14)  # 21:00 in Vietnam
    citizen = await asks(office)
    assert "thứ Tư 2/12/2026" in citizen.text
    office.later(hours=12)
    await told(office, citizen)
    assert rows(office, "select count(*) from requests") == [(1,)]
    office.later(hours=9)
    await told(office, citizen)
    assert rows(office, "select count(*) from requests") == [(0,)]


async def test_the_end_of_the_day_ends_no_talk_with_a_volunteer(office: Office) -> None:
    office.now = WEDNESDAY.replace(hour=9, minute=55)
    citizen, lan = await talking(office)
    office.later(minutes=6)
    await told(office, citizen, lan)
    assert rows(office, "select count(*) from requests where member is not null") == [(1,)]
    await lan.presses("Trả lại hàng chờ")
    await told(office, citizen)
    await told(office, citizen)
    assert "dừng chờ" in last(citizen)


async def test_handing_back_keeps_the_place_and_calls_another(office: Office) -> None:
    citizen, lan = await talking(office)
    other = await asks(office, "chú Tư")
    minh = await on_duty(office, "Minh")
    await lan.presses("Trả lại hàng chờ")
    await told(office, citizen, minh, lan)
    assert "giữ chỗ cũ" in last(citizen)
    assert "đầu tiên" in last(citizen)
    assert "Có 2 người đang chờ" in minh.text
    await other.says("gặp người")
    assert "thứ 2" in other.text


async def test_handing_on_to_a_colleague_by_name(office: Office) -> None:
    citizen, lan = await talking(office)
    minh = await on_duty(office, "Minh")
    await citizen.says("chuyện của tôi dài lắm")
    await told(office, lan)
    await lan.presses("Chuyển cho đồng nghiệp")
    await lan.presses("Minh")
    await told(office, citizen, minh)
    assert "Đang nói chuyện với Minh" in last(citizen)
    assert "chuyển cho anh/chị một người" in last(minh)
    assert "chuyện của tôi dài lắm" in minh.text
    await minh.says("em nghe đây")
    await told(office, citizen)
    assert "Minh: em nghe đây" in last(citizen)
    await lan.says("em quên một việc")
    assert "Minh" not in last(lan)
    assert "em quên một việc" not in str(rows(office, "select body from request_lines"))


async def test_what_was_not_to_be_shown_is_not_shown_to_the_next_one(office: Office) -> None:
    citizen, lan = await talking(office, show=False)
    await citizen.says("chuyện riêng")
    await told(office, lan)
    minh = await on_duty(office, "Minh")
    await lan.presses("Chuyển cho đồng nghiệp")
    await lan.presses("Minh")
    await told(office, minh)
    assert "Đang giúp qua tin nhắn" in minh.text
    assert "chuyện riêng" not in minh.text
    assert "muốn tự kể lại" in minh.text


async def test_nobody_is_free_to_take_over(office: Office) -> None:
    _, lan = await talking(office)
    await lan.presses("Chuyển cho đồng nghiệp")
    assert "Không có đồng nghiệp nào" in lan.text
    await lan.presses("Tôi giúp tiếp")
    assert "Đang giúp qua tin nhắn" in lan.text


async def test_a_volunteer_whose_post_ends_in_the_middle_gives_the_citizen_back(office: Office) -> None:
    citizen, lan = await talking(office)
    lead = await office.member("Trưởng", "lead", "vinh-hai")
    await lead.presses("Người trong nhóm")
    await lead.presses("Lan")
    await lead.presses("Kết thúc: Tình nguyện viên")
    await lead.says("hết đợt tình nguyện")
    await told(office, citizen, lan)
    assert "giữ chỗ cũ" in last(citizen)
    assert rows(office, "select member from requests") == [(None,)]
    before = rows(office, "select count(*) from request_lines")
    await lan.says("em vẫn còn đây")
    assert rows(office, "select count(*) from request_lines") == before


async def test_a_volunteer_who_blocks_the_bot_gives_the_citizen_back(office: Office) -> None:
    citizen, lan = await talking(office)
    await lan.does(Left())
    await told(office, citizen)
    assert "giữ chỗ cũ" in last(citizen)


async def test_a_volunteer_who_has_everything_erased_gives_the_citizen_back(office: Office) -> None:
    citizen, lan = await talking(office)
    await lan.says("xóa dữ liệu")
    await lan.presses("Xóa hẳn")
    await told(office, citizen)
    assert "giữ chỗ cũ" in last(citizen)


async def test_the_one_who_ended_it_at_the_same_time_as_the_other_is_told_kindly(office: Office) -> None:
    citizen, lan = await talking(office)
    await citizen.presses(END)
    await lan.says("chị ơi")
    assert rows(office, "select * from request_lines") == []
    await told(office, lan)
    await lan.presses("Quay lại")
    assert facts(office, "request_closed")[0]["how"] == "citizen"


async def test_what_nobody_was_there_to_end_is_let_go(office: Office) -> None:
    await asks(office)
    office.later(hours=10)
    await office.store.prune(office.now)
    assert rows(office, "select count(*) from requests") == [(1,)]
    office.later(days=2)
    await office.store.prune(office.now)
    assert rows(office, "select count(*) from requests") == [(0,)]
    assert [fact["how"] for fact in facts(office, "request_closed")] == ["day"]
