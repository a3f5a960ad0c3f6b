"""Citizens ask when and where volunteers help: told from the desks' files, holidays considered; no procedure is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.state import AtGuide, Choosing, NotKnown, load
from knowledge.calendar import calendar
from knowledge.friendly_day import next_friendly_day
from tests.office.conftest import DESKS
from tests.office.rig import Office, Person

ASKING = (
    "thứ tư này ở đâu",
    "thu tu nay o dau",
    "thứ tư này mấy giờ ạ",
    "ai trực",
    "hôm nay ai trực vậy",
    "khi nào có tình nguyện viên",
    "Cho em hỏi ngày thân thiện là hôm nào?",
    "bàn hỗ trợ ở chỗ nào",
    "tình nguyện viên có làm việc thứ 4 tuần này không",
    "thứ Tư có ai giúp người dân không ạ",
)

NOT_ASKING = (
    "đăng ký kết hôn thứ tư được không",
    "thứ tư làm giấy khai sinh ở đâu",
    "nộp hồ sơ thứ tư được không",
    "thư từ ở đâu",
    "bàn giao nhà đất mấy giờ",
    "thứ tư tôi bận",
    "đăng ký tạm trú ở đâu",
    "mất giấy khai sinh thì hỏi ai",
)


async def _one_desk(office: Office) -> Person:
    office.desks = {"vinh-hai": DESKS["vinh-hai"]}
    return await office.citizen("dân")


@pytest.mark.parametrize("words", ASKING)
async def test_whoever_asks_for_the_day_is_told(office: Office, words: str) -> None:
    citizen = await _one_desk(office)
    await citizen.says(words)
    assert "Tình nguyện viên giúp vào thứ Tư 25/11/2026" in citizen.text
    assert "Số 1, Một cửa phường Vĩnh Hải" in citizen.text
    assert "Giờ: 7:30 - 11:30, 13:30 - 17:00" in citizen.text
    assert "0900 000 000" in citizen.text


@pytest.mark.parametrize("words", NOT_ASKING)
async def test_a_question_about_something_else_stays_one(office: Office, words: str) -> None:
    citizen = await _one_desk(office)
    await citizen.says(words)
    assert "Tình nguyện viên giúp vào" not in citizen.text


async def test_a_procedure_on_a_wednesday_opens_its_guide(office: Office) -> None:
    citizen = await _one_desk(office)
    await citizen.says("đăng ký kết hôn thứ tư được không")
    kept = await office.store.talk_of(citizen.address)
    assert kept is not None
    assert isinstance(load(kept).stage, AtGuide | Choosing | NotKnown)
    assert "kết hôn" in citizen.text


async def test_how_many_are_planned_is_told_and_names_only_where_the_desk_says_so(office: Office) -> None:
    citizen = await _one_desk(office)
    lead = await office.member("Hoa", "lead", "vinh-hai")
    for name in ("Lan", "Minh"):
        await office.member(name, "volunteer", "vinh-hai")
    await lead.says("lịch: 25/11 13:30-17:00 Lan, Minh; 25/11 17:00-18:00 Lan")
    await citizen.says("thứ tư này ở đâu")
    assert "đã xếp lịch: 2 người" in citizen.text
    assert "Lan" not in citizen.text
    assert "Lan" not in "\n".join(str(block) for block in (await citizen.looks()).blocks)
    office.desks = {"vinh-hai": DESKS["vinh-hai"].model_copy(update={"names": True})}
    await citizen.says("ai trực")
    assert "Tình nguyện viên: Lan, Minh" in citizen.text


async def test_several_desks_are_listed_and_none_leads_to_the_one_of_the_commune(office: Office) -> None:
    citizen = await office.citizen("dân")
    await citizen.says("thứ tư này ở đâu")
    assert "Vĩnh Hải" in citizen.text
    assert "Lộc Thọ" in citizen.text
    office.desks = {}
    await citizen.says("thứ tư này ở đâu")
    assert "chưa có địa chỉ và lịch" in citizen.text
    assert "Trung tâm Phục vụ hành chính công xã" in citizen.text
    office.desks = {"thu": DESKS["vinh-hai"].model_copy(update={"id": "thu", "trial": True})}
    await citizen.says("thứ tư này ở đâu")
    assert "chưa có địa chỉ và lịch" in citizen.text


async def test_after_closing_time_the_next_week_is_told(office: Office) -> None:
    citizen = await _one_desk(office)
    office.now = datetime(2026, 11, 25, 9, 59, tzinfo=UTC)
    await citizen.says("thứ tư này ở đâu")
    assert "thứ Tư 25/11/2026" in citizen.text
    assert "hôm nay" in citizen.text
    office.later(minutes=2)
    await citizen.says("thứ tư này ở đâu")
    assert "thứ Tư 2/12/2026" in citizen.text


def test_no_friendly_day_falls_on_a_day_off() -> None:
    days = calendar()
    off = sorted(day for day in days.off if day.weekday() == 2)
    assert off, "no Wednesday is off: the test proves nothing"
    for day in off:
        before = datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)
        found = next_friendly_day(DESKS["vinh-hai"], before, days)
        assert found is not None
        assert found.day > day
        assert found.day not in days.off
        assert found.day.weekday() == 2
        assert found.skipped[0].date == day


async def test_a_holiday_on_the_way_is_named(office: Office) -> None:
    citizen = await _one_desk(office)
    off = min(day for day in calendar().off if day.weekday() == 2 and day > date(2026, 11, 25))
    office.now = datetime(off.year, off.month, off.day, 1, 0, tzinfo=UTC)
    await citizen.says("thứ tư này ở đâu")
    assert f"{off.day}/{off.month}/{off.year} nghỉ" in citizen.text
