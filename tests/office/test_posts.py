"""A post is called by a name, ends for a reason, is given up, and leaves to others what was under way."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import timedelta

import pytest

from bot.desk import Address
from bot.store import NotAllowed
from bot.store.office import do
from bot.store.transaction import writing
from flows import codes, replies
from flows.events import Pressed, Started
from flows.office.people import EVERYWHERE, CallBy, End, Invite, Post
from tests.office.people_rig import LOC_THO, VINH_HAI, count, invited, joined
from tests.office.requests_rig import talking, told
from tests.office.rig import Office, Person


async def test_a_press_on_the_page_of_a_post_that_ended_says_so(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    lan = await office.member("Lan", "volunteer", VINH_HAI)
    await lan.says("người tiếp theo")
    await lan.says("làm giấy khai sinh")
    open_page = lan.page
    assert open_page.closed
    await lead.says("người trong nhóm")
    await lead.presses("Lan")
    await lead.presses("Kết thúc: Tình nguyện viên")
    await lead.presses("Đã hết đợt")
    await office.calls()
    for _ in range(2):
        await lan.does(Pressed(open_page.choices[0].id, open_page.turn))
        assert "Vai trò của anh/chị ở đây đã kết thúc. Nếu đang giúp ai" in lan.text
        assert "Nút vừa bấm" not in lan.text


async def test_a_member_is_called_otherwise_and_the_audit_tells(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    lan = await office.member("Lan", "volunteer", VINH_HAI)
    await office.member("Hùng", "volunteer", VINH_HAI)
    await lead.says("người trong nhóm")
    await lead.presses("Chị Mai")
    assert "Đổi tên gọi" not in lead.text  # a lead's own post is not theirs to end
    await lead.presses("Quay lại")
    await lead.presses("Lan")
    await lead.presses("Đổi tên gọi")
    await lead.says("hung")
    assert "Trong nhóm đã có Hùng" in lead.text
    await lead.says("Lan 0912345678")
    assert "Xin gõ một tên gọi" in lead.text
    await lead.says("Lan Tổ 5")
    assert "Đã đổi tên gọi: Lan → Lan Tổ 5." in lead.text
    assert "Kết thúc: Tình nguyện viên" in lead.text
    await lan.says("/ban")
    assert "Bàn làm việc của Lan Tổ 5" in lan.text
    admin = await office.member("Chị Hoa", "administrator")
    await admin.says("người trong nhóm")
    await admin.presses("Nhật ký")
    assert "Chị Mai đổi tên gọi Lan → Lan Tổ 5: Tình nguyện viên" in admin.text
    db = sqlite3.connect(office.path, isolation_level=None)
    key, id = db.execute("select person, id from members where called = 'Lan Tổ 5'").fetchone()
    for name in ("Lan Vui", "Hùng"):
        with pytest.raises(NotAllowed), writing(db):
            do(db, key, office.now, CallBy(id, name))
    db.close()


async def test_a_post_is_ended_for_a_reason(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    lan = await office.member("Lan", "volunteer", VINH_HAI)
    await lead.says("người trong nhóm")
    await lead.presses("Lan")
    await lead.presses("Kết thúc: Tình nguyện viên")
    await lead.says("nghỉ hẳn, gọi số 0912345678 nếu cần")
    assert "Đã kết thúc vai trò của Lan" in lead.text
    assert "đã được che" in lead.text  # they are told that it was masked
    assert "Lan:" not in "\n".join(choice.label for choice in lead.page.choices)
    await office.calls()
    await lan.looks()
    assert "Vai trò của anh/chị đã kết thúc: Tình nguyện viên" in "\n".join(replies.words(lan.page))
    await lan.says("/ban")
    assert "Bàn làm việc" not in lan.text

    admin = await office.member("Chị Hoa", "administrator")
    await admin.says("người trong nhóm")
    await admin.presses("Nhật ký")
    assert "Chị Mai kết thúc vai trò của Lan" in admin.text
    assert "Lý do: nghỉ hẳn, gọi số [số điện thoại] nếu cần" in admin.text


async def test_who_is_removed_in_the_middle_of_a_shift_and_a_talk_leaves_both_to_others(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    citizen, lan = await talking(office)
    with sqlite3.connect(office.path) as db:
        db.execute("update posts set desk = ? where role = 'volunteer'", (VINH_HAI,))
    db.close()
    await lead.says("lịch: thứ tư 2/12 7:30-11:30 Lan")
    await lead.says("người trong nhóm")
    await lead.presses("Lan")
    await lead.presses("Kết thúc: Tình nguyện viên")
    await lead.presses("Đã hết đợt")
    assert count(office, "select count(*) from shifts where member is not null") == 0
    assert count(office, "select count(*) from presences where went is null") == 0
    await told(office, citizen)
    assert "Đang chờ tình nguyện viên" in citizen.text
    await lan.says("chào cô")  # it reaches nobody
    await told(office, citizen)
    assert "chào cô" not in citizen.text
    assert "Bàn làm việc" not in lan.text


async def test_a_lead_knows_only_their_own_desk(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    await office.member("Lan", "volunteer", VINH_HAI)
    await office.member("Hùng", "volunteer", LOC_THO)
    await office.member("Chị Hoa", "administrator")
    await lead.says("người trong nhóm")
    labels = " ".join(choice.label for choice in lead.page.choices)
    assert "Lan" in labels
    assert "Hùng" not in labels
    assert "Chị Hoa" not in labels
    assert "Nhật ký" not in labels


async def test_a_post_is_given_up(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", VINH_HAI)
    await lan.presses("Thôi một vai trò")
    await lan.presses("Đúng, tôi thôi")
    assert "đã thôi vai trò" in lan.text
    assert "Bàn làm việc" not in lan.text
    await lan.says("/ban")
    assert "Bàn làm việc" not in lan.text


async def test_one_of_two_posts_ends_under_somebodys_feet(office: Office) -> None:
    admin = await office.member("Chị Hoa", "administrator")
    mai = await office.member("Chị Mai", "lead", VINH_HAI)
    with sqlite3.connect(office.path) as db:
        (id,) = db.execute("select id from members where called = 'Chị Mai'").fetchone()
        db.execute("insert into posts values (?, 'volunteer', ?, ?)", (id, LOC_THO, office.now.isoformat()))
    db.close()
    payload = await invited(mai, "Lan")
    await mai.says("người trong nhóm")
    await admin.says("người trong nhóm")
    await admin.presses("Chị Mai")
    await admin.presses("Kết thúc: Trưởng nhóm")
    await admin.presses("Chuyển sang nơi khác")
    await mai.presses("Mời người")  # a page that is no longer theirs
    assert "không có vai trò cho trang đó" in mai.text
    assert "Tình nguyện viên tại Một cửa phường Lộc Thọ" in mai.text
    lan = Person(office, Address("telegram", "lan"))
    await lan.does(Started(payload))  # what they had invited to went with the post
    assert "đã được thu hồi" in lan.text


async def test_erasing_everything_ends_the_membership_and_keeps_the_name_of_the_work(office: Office) -> None:
    admin = await office.member("Chị Hoa", "administrator")
    lan = await office.member("Lan", "volunteer", VINH_HAI)
    with sqlite3.connect(office.path) as db:
        (id,) = db.execute("select id from members where called = 'Lan'").fetchone()
    db.close()
    await lan.says("xóa dữ liệu")
    await lan.presses("Xóa")
    await lan.says("/ban")
    assert "Bàn làm việc" not in lan.text
    assert count(office, "select count(*) from members where called = 'Lan'") == 0
    await admin.says("người trong nhóm")
    assert "Lan" not in " ".join(choice.label for choice in admin.page.choices)
    await admin.presses("Nhật ký")
    assert "Lan xóa mọi dữ liệu của họ" in admin.text
    with sqlite3.connect(office.path) as db:
        assert id not in "\n".join(db.iterdump())
    db.close()


async def test_what_somebody_invited_to_goes_when_they_are_erased(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    await lead.says("xóa dữ liệu")
    await lead.presses("Xóa")
    lan = Person(office, Address("telegram", "lan"))
    await lan.does(Started(payload))
    assert "đã được thu hồi" in lan.text


async def test_members_are_not_forgotten_when_they_are_long_away(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", VINH_HAI)
    office.later(days=90)
    await office.store.prune(office.now)
    await lan.says("/ban")
    assert "Bàn làm việc của Lan" in lan.text


async def test_the_audit_is_read_page_by_page(office: Office) -> None:
    admin = await office.member("Chị Hoa", "administrator")
    post = Post("volunteer", VINH_HAI)
    for n in range(25):
        await office.desk.operate(Invite(codes.draw_invitation(secrets.randbelow), post, f"Người {n}"))
    await admin.says("người trong nhóm")
    await admin.presses("Nhật ký")
    assert "Người vận hành mời Người 24" in admin.text
    await admin.presses("Cũ hơn")
    await admin.presses("Cũ hơn")
    assert "Người vận hành mời Người 0:" in admin.text
    assert all("Cũ hơn" not in choice.label for choice in admin.page.choices)
    await admin.presses("Mới hơn")
    assert "Người vận hành mời Người 14:" in admin.text


async def test_the_operator_invites_lists_ends_and_reads(office: Office) -> None:
    code = "K7M3T29QB4XZ"
    await office.desk.operate(Invite(code, Post("administrator", EVERYWHERE), "Chị Hoa", timedelta(days=10)))
    office.later(days=9)
    hoa = await joined(office, "hoa", f"i_{code}")
    assert "Quản trị" in hoa.text
    (colleague,) = await office.desk.office(lambda there: there.people.colleagues())
    assert colleague.called == "Chị Hoa"
    await office.desk.operate(End(colleague.id, Post("administrator", EVERYWHERE), "chuyển công tác"))
    assert await office.desk.office(lambda there: there.people.colleagues()) == ()
    entries = await office.desk.office(lambda there: there.people.audit(0, 10))
    assert [entry.doing for entry in entries] == ["ended", "joined", "invited"]
    with pytest.raises(NotAllowed):
        await office.desk.operate(End(colleague.id, Post("administrator", EVERYWHERE), "lần nữa"))
