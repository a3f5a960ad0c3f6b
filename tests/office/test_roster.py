"""The roster: planned in words and by pressing, swapped, left by the sick, told to whom it concerns."""

from __future__ import annotations

import asyncio

import pytest

from bot.desk import Arrival
from flows.events import Said
from flows.office.shift_stages import MyShifts
from flows.replies import words
from flows.state import load
from tests.office.rig import Office, Person

PLAN = "lịch: thứ tư 2/12 7:30-11:30 Lan, Minh"


async def _team(office: Office) -> tuple[Person, Person, Person]:
    """A lead and two volunteers of one desk."""
    lead = await office.member("Hoa", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    minh = await office.member("Minh", "volunteer", "vinh-hai")
    return lead, lan, minh


async def _next_week(person: Person) -> None:
    """Somebody looks at the roster of the week to come."""
    await person.says("lịch trực")
    await person.presses("Tuần sau")


def _heard(person: Person, text: str) -> int:
    """How many of the pages that came to somebody say so."""
    return sum(any(text in one for one in words(page)) for page in person.got)


async def test_a_lead_plans_in_words_and_those_planned_are_told(office: Office) -> None:
    lead, lan, minh = await _team(office)
    await lead.says(PLAN)
    assert "Đã thêm 2 ca" in lead.text
    assert "thứ Tư 2/12/2026: 7:30 - 11:30 Lan, Minh" in lead.text
    await office.calls()
    for one in (lan, minh):
        await one.looks()
        assert _heard(one, "vừa thay đổi") == 1
        await one.says("ca của tôi")
        assert "thứ Tư 2/12/2026, 7:30 - 11:30 tại Một cửa phường Vĩnh Hải" in one.text
    assert _heard(lead, "vừa thay đổi") == 0


async def test_the_same_plan_again_adds_nothing(office: Office) -> None:
    lead, _, _ = await _team(office)
    await lead.says(PLAN)
    await lead.says(PLAN)
    assert "2 ca đã có trong lịch" in lead.text
    assert "7:30 - 11:30 Lan, Minh" in lead.text


async def test_a_plan_that_cannot_be_is_told_and_changes_nothing(office: Office) -> None:
    lead, _, _ = await _team(office)
    for typed, told in (
        ("lịch: 31/11 7:30-11:30 Lan", "Không có ngày 31/11"),
        ("lịch: thứ ba 2/12 7:30-11:30 Lan", "Ngày 2/12/2026 là thứ Tư"),
        ("lịch: 24/11 7:30-11:30 Lan", "Ngày 24/11/2026 đã qua"),
        ("lịch: 2/12 11:30-7:30 Lan", "giờ kết thúc phải sau"),
        ("lịch: 2/12 7:30-25:00 Lan", "“25:00” không phải giờ"),
        ("lịch: 2/12 Lan", "Chưa thấy giờ"),
        ("lịch: 7:30-11:30 Lan", "Chưa thấy ngày"),
        ("lịch: 2/12 7:30-11:30 Hùng", "không có ai tên “Hùng”"),
        ("lịch: 2/12 7:30-11:30 Lan; 2/12 9:00-10:00 Lan", "trùng với ca"),
        ("lịch:", "chưa đủ ngày giờ"),
    ):
        await lead.says(typed)
        assert told in lead.text, typed
        assert "Đã thêm" not in lead.text
    await lead.presses("Tuần sau")
    assert "chưa xếp ai" in lead.text


async def test_overlapping_shifts_are_refused_over_all_desks(office: Office) -> None:
    everywhere = await office.member("Hoa", "lead")
    await office.member("Lan", "volunteer")
    await everywhere.says("lịch vinh-hai: 2/12 7:30-11:30 Lan")
    assert "Đã thêm 1 ca" in everywhere.text
    await everywhere.says("lịch lộc thọ: 2/12 11:00-12:00 Lan")
    assert "trùng với ca thứ Tư 2/12/2026, 7:30 - 11:30 tại Một cửa phường Vĩnh Hải (Lan)" in everywhere.text
    await everywhere.says("lịch: 2/12 13:30-17:00 Lan")
    assert "ghi rõ bàn nào" in everywhere.text
    await everywhere.says("lịch Lộc Thọ: 2/12 11:30-12:00 Lan")
    assert "Đã thêm 1 ca" in everywhere.text


async def test_a_lead_plans_by_pressing(office: Office) -> None:
    lead, _, _ = await _team(office)
    await _next_week(lead)
    await lead.presses("Thêm ca")
    await lead.presses("thứ Tư 2/12/2026")
    await lead.presses("13:30 - 17:00")
    await lead.presses("Minh")
    assert lead.choice("Minh").ticked
    await lead.presses("Xếp ca")
    assert "thứ Tư 2/12/2026: 13:30 - 17:00 Minh" in lead.text
    await lead.presses("Bỏ một ca")
    await lead.presses("13:30 - 17:00 (Minh)")
    assert "Đã bỏ ca" in lead.text
    assert "chưa xếp ai" in lead.text


async def test_only_a_lead_of_the_desk_plans(office: Office) -> None:
    _, lan, _ = await _team(office)
    await lan.says(PLAN)
    assert "Đã thêm" not in lan.text
    await lan.says("lịch trực")
    assert "Thêm ca" not in lan.text
    other = await office.member("Tư", "lead", "loc-tho")
    await other.says("lịch vinh-hai: 2/12 7:30-11:30 Lan")
    assert "Đã thêm" not in other.text
    await _next_week(lan)
    assert "chưa xếp ai" in lan.text


async def test_the_first_who_takes_an_offered_shift_has_it(office: Office) -> None:
    lead, lan, minh = await _team(office)
    ha = await office.member("Hà", "volunteer", "vinh-hai")
    await lead.says("lịch: 2/12 7:30-11:30 Lan")
    await office.calls()
    await lan.says("đổi ca")
    await lan.presses("thứ Tư 2/12/2026")
    await lan.presses("Nhờ người trực thay")
    assert "đang nhờ người thay" in lan.text
    await office.calls()
    for one in (minh, ha):
        await one.looks()
        assert _heard(one, "Cần người cho ca thứ Tư 2/12/2026") == 1
        await one.says("nhận ca")
    await asyncio.gather(*(one.presses("thứ Tư 2/12/2026") for one in (minh, ha)))
    took = [one for one in (minh, ha) if "đã nhận ca" in one.text]
    late = [one for one in (minh, ha) if "không có ca nào cần người" in one.text]
    assert len(took) == len(late) == 1
    await office.calls()
    await lan.looks()
    assert _heard(lan, "đã có người nhận") == 1
    await lead.looks()
    assert _heard(lead, "đã có người nhận") == 1
    await lan.says("ca của tôi")
    assert "chưa có ca nào" in lan.text


async def test_the_sick_leave_a_shift_free_and_the_lead_hears(office: Office) -> None:
    lead, lan, minh = await _team(office)
    await lead.says("lịch: 2/12 7:30-11:30 Lan; 2/12 8:00-10:00 Minh")
    await office.calls()
    await lan.says("báo ốm")
    await lan.presses("thứ Tư 2/12/2026")
    await lan.presses("Đúng, tôi không đến được")
    await office.calls()
    await lead.looks()
    assert _heard(lead, "(Lan) không có người nữa") == 1
    await minh.looks()
    assert _heard(minh, "Cần người cho ca") == 1
    await minh.says("nhận ca")
    await minh.presses("thứ Tư 2/12/2026")
    assert "đã có ca trùng giờ" in minh.text
    await _next_week(lead)
    assert "7:30 - 11:30 còn trống" in lead.text


async def test_the_evening_before_whose_shift_it_is_then_is_reminded(office: Office) -> None:
    lead, lan, minh = await _team(office)
    await lead.says("lịch: 26/11 7:30-11:30 Lan; 27/11 7:30-11:30 Lan")
    await office.calls()
    await lan.says("đổi ca")
    await lan.presses("thứ Năm 26/11/2026")
    await lan.presses("Nhờ người trực thay")
    await minh.says("nhận ca")
    await minh.presses("thứ Năm 26/11/2026")
    office.later(hours=9, minutes=59)
    await office.calls()
    assert _heard(minh, "Nhắc ca ngày mai") == 0
    office.later(minutes=1)
    await office.calls()
    await office.calls()
    await lan.looks()
    await minh.looks()
    assert (_heard(lan, "Nhắc ca ngày mai"), _heard(minh, "Nhắc ca ngày mai")) == (0, 1)


async def test_a_desk_whose_file_is_gone_is_called_by_its_id_and_the_lead_is_told(office: Office) -> None:
    lead, lan, _ = await _team(office)
    await lead.says(PLAN)
    office.desks = {id: desk for id, desk in office.desks.items() if id != "vinh-hai"}
    await lan.says("ca của tôi")
    assert "7:30 - 11:30 tại vinh-hai" in lan.text
    await lead.says("lịch trực")
    assert "không còn tệp: vinh-hai" in lead.text
    office.later(days=7)
    await lan.says("có mặt")
    assert "đang có mặt tại vinh-hai" in lan.text


async def test_a_shift_of_somebody_who_asked_to_be_forgotten_is_free(office: Office) -> None:
    lead, lan, _ = await _team(office)
    await lead.says("lịch: 2/12 7:30-11:30 Lan")
    await lan.says("/forget")
    await lan.presses("Xóa hẳn")
    await _next_week(lead)
    assert "7:30 - 11:30 còn trống" in lead.text


async def test_one_delivery_that_comes_twice_plans_once(office: Office) -> None:
    lead, _, _ = await _team(office)
    for _ in range(2):
        await office.desk.hear(Arrival(lead.address, "the same", Said("lịch: 2/12 7:30-11:30")))
    await _next_week(lead)
    assert "2/12/2026: 7:30 - 11:30 còn trống" in lead.text
    assert "còn trống, còn trống" not in lead.text


async def test_a_question_asked_at_the_roster_is_answered_and_a_slip_is_told(office: Office) -> None:
    lead, _, _ = await _team(office)
    await lead.says("lịch trực")
    await lead.says("làm giấy khai sinh cần giấy gì")
    assert "khai sinh" in lead.text
    await lead.says("lịch trực")
    await lead.says("thứ tư 2/12 7:30-11:30 Lan")
    assert "Đã thêm 1 ca" in lead.text
    await lead.presses("Thêm ca")
    await lead.says("31/11")
    assert "Không có ngày 31/11" in lead.text
    await lead.says("4/12")
    await lead.says("11:30-7:30")
    assert "giờ kết thúc phải sau" in lead.text
    await lead.says("8h-10h30")
    await lead.presses("Để trống")
    assert "thứ Sáu 4/12/2026: 8:00 - 10:30 còn trống" in lead.text


@pytest.mark.parametrize(
    ("listed", "kind"),
    [("my_shifts", "my_shifts"), ("swap", "my_shifts"), ("sick", "my_shifts"), ("open", "open_shifts"),
     ("week", "roster_week"), ("come", "at_office"), ("go", "at_office")],
)  # fmt: skip
async def test_every_phrase_leads_where_its_list_says(office: Office, listed: str, kind: str) -> None:
    _, lan, _ = await _team(office)
    for phrase in office.texts["vi"](f"roster_words.{listed}").split("|"):
        await lan.says("bắt đầu lại")
        await lan.says(phrase)
        kept = await office.store.talk_of(lan.address)
        assert kept is not None
        stage = load(kept).stage
        assert stage.kind == kind, phrase
        assert not isinstance(stage, MyShifts) or stage.wish == ("" if listed == "my_shifts" else listed), phrase
        there = await office.desk.office(lambda office: office.roster.on_duty("vinh-hai"))
        assert bool(there) == (listed == "come"), phrase


async def test_an_error_leaves_the_week_that_was_shown(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", "vinh-hai")
    await office.member("Lan", "volunteer", "vinh-hai")
    await lead.says("lịch: thứ tư 2/12 7:30-11:30 Lan")
    assert "tuần từ 30/11/2026" in lead.text
    for wrong in ("lịch: 31/11 7:30-11:30 Lan", "3/12 7:30-11:30 Ngọc", "lịch: 24/11 7:30-11:30 Lan"):
        await lead.says(wrong)
        assert "tuần từ 30/11/2026" in lead.text, wrong
        assert "7:30 - 11:30 Lan" in lead.text, wrong


async def test_at_the_weekend_the_week_to_come_is_open(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", "vinh-hai")
    await lead.says("lịch trực")
    assert "tuần từ 23/11/2026" in lead.text
    for days in (3, 1):  # Saturday, Sunday
        office.later(days=days)
        await lead.says("lịch trực")
        assert "tuần từ 30/11/2026" in lead.text


async def test_a_volunteer_sees_the_week_of_their_next_shift(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await lan.says("ca của tôi")
    await lan.presses("Lịch trực trong tuần")
    assert "tuần từ 23/11/2026" in lan.text
    await lead.says("lịch: thứ tư 9/12 7:30-11:30 Lan")
    await lan.says("ca của tôi")
    await lan.presses("Lịch trực trong tuần")
    assert "tuần từ 7/12/2026" in lan.text
