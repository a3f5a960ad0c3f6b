"""Coming to a desk and going: on time, late, early, without a word, without a shift, at another desk than planned."""

from __future__ import annotations

import sqlite3

from bot.desk import Arrival
from bot.store.office import roster
from flows.events import Left
from flows.facts import CheckedIn, CheckedOut, load
from flows.office.people import Member
from flows.replies import words
from tests.office.rig import Office, Person


async def _presence(office: Office) -> list[CheckedIn | CheckedOut]:
    kept = [load(fact.body) for fact in await office.store.facts()]
    return [fact for fact in kept if isinstance(fact, CheckedIn | CheckedOut)]


async def _planned(office: Office, words: str, desk: str = "vinh-hai") -> Person:
    """The lead of the desk, who has planned this."""
    lead = await office.member("Hoa", "lead", desk)
    await lead.says(words)
    assert "Đã thêm" in lead.text, lead.text
    return lead


async def test_who_comes_without_a_shift_is_noted_so(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await lan.presses("Có mặt tại Một cửa phường Vĩnh Hải")
    assert "đến thêm" in lan.text
    assert "đang có mặt tại Một cửa phường Vĩnh Hải từ 8:00" in lan.text
    office.later(hours=1)
    await lan.presses("Ra về")
    assert "ra về lúc 9:00" in lan.text
    assert [(fact.kind, fact.shift) for fact in await _presence(office)] == [("checked_in", ""), ("checked_out", "")]


async def test_late_and_early_are_told_and_kept_in_minutes(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await _planned(office, "lịch: 25/11 8:00-11:30 Lan")
    office.later(minutes=12)
    await lan.says("có mặt")
    assert "trễ 12 phút" in lan.text
    office.later(hours=2)
    await lan.says("ra về")
    assert "sớm 1 giờ 18 phút" in lan.text
    came, went = await _presence(office)
    assert isinstance(came, CheckedIn)
    assert isinstance(went, CheckedOut)
    assert (came.late_minutes, went.early_minutes, went.minutes, went.forgotten) == (12, 78, 120, False)


async def test_a_second_tap_or_delivery_changes_nothing(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await lan.presses("Có mặt")
    await lan.says("/comat")
    assert len(await _presence(office)) == 1
    assert "rồi" in lan.text


async def test_who_forgets_to_say_goodbye_is_taken_to_have_stayed_to_the_end(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await _planned(office, "lịch: 25/11 8:00-11:30 Lan")
    await lan.presses("Có mặt")
    office.later(hours=4, minutes=29)
    await office.calls()
    assert len(await _presence(office)) == 1
    office.later(minutes=2)
    await office.calls()
    await lan.looks()
    assert "quên báo về" in lan.text
    went = (await _presence(office))[-1]
    assert isinstance(went, CheckedOut)
    assert (went.minutes, went.early_minutes, went.forgotten) == (210, 0, True)
    await lan.presses("Có mặt")
    assert len(await _presence(office)) == 3


async def test_another_desk_than_planned_is_asked_once_and_kept(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    with sqlite3.connect(office.path) as db:
        db.execute("insert into posts select member, role, 'loc-tho', since from posts")
    db.close()
    await _planned(office, "lịch: 25/11 8:00-11:30 Lan")
    await lan.says("bàn làm việc")
    await lan.presses("Có mặt ở bàn khác")
    await lan.presses("Một cửa phường Lộc Thọ")
    assert "Anh/chị đang ở Một cửa phường Lộc Thọ?" in lan.text
    await lan.presses("Đúng, tôi ở Một cửa phường Lộc Thọ")
    assert "đang có mặt tại Một cửa phường Lộc Thọ" in lan.text
    (came,) = await _presence(office)
    assert isinstance(came, CheckedIn)
    assert (came.desk, came.planned) == ("loc-tho", "vinh-hai")


async def test_who_may_not_help_cannot_come(office: Office) -> None:
    official = await office.member("Ông Tư", "official", "vinh-hai")
    assert "Có mặt" not in official.text
    await official.says("/comat")
    assert not await _presence(office)
    somebody = await office.citizen("ai đó")
    await somebody.says("/comat")
    assert "được mời" in somebody.text


async def test_whose_post_ends_is_there_no_more_and_their_shifts_are_free(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    lead = await _planned(office, "lịch: 25/11 8:00-11:30 Lan; 2/12 8:00-11:30 Lan")
    await lan.presses("Có mặt")
    with sqlite3.connect(office.path, isolation_level=None) as db:
        (member,) = db.execute("select id from members where called = 'Lan'").fetchone()
        db.execute("delete from posts where member = ?", (member,))
        roster.ended(db, Member(member, "Lan", ()), office.now)
    db.close()
    await office.calls()
    await lead.says("lịch trực")
    assert "8:00 - 11:30 còn trống" in lead.text
    assert any("không có người nữa" in text for page in lead.got for text in words(page))
    went = (await _presence(office))[-1]
    assert isinstance(went, CheckedOut)


async def test_who_blocked_us_and_forgot_to_leave_is_there_no_more(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await _planned(office, "lịch: 25/11 8:00-11:30 Lan")
    await lan.presses("Có mặt")
    await office.desk.hear(Arrival(lan.address, "left", Left()))
    office.later(hours=4, minutes=31)
    assert not await office.desk.office(lambda office: office.roster.on_duty("vinh-hai"))
    assert len(await _presence(office)) == 1
    await office.store.prune(office.now)
    went = (await _presence(office))[-1]
    assert isinstance(went, CheckedOut)
    assert went.forgotten
