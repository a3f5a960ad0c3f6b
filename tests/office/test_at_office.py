"""Who works here comes to their own page by a word; nobody else does, and nobody stays whose post has ended."""

from __future__ import annotations

import sqlite3

from bot.desk import Address
from flows.replies import Notice
from tests.office.rig import Office, Person


async def test_a_member_comes_to_the_office_from_anywhere(office: Office) -> None:
    lan = await office.member("Lan", "lead", "vinh-hai")
    assert "Lan" in lan.text
    assert "Trưởng nhóm tại Một cửa phường Vĩnh Hải" in lan.text
    await lan.says("làm giấy khai sinh")
    await lan.says("bàn làm việc")
    assert "Vĩnh Hải" in lan.text


async def test_others_are_told_that_the_command_is_not_for_them(office: Office) -> None:
    somebody = await office.citizen("ai đó")
    await somebody.says("/ban")
    assert "được mời" in somebody.text
    await somebody.says("bàn làm việc")
    assert "Bàn làm việc của" not in somebody.text


async def test_whose_post_ended_is_led_out(office: Office) -> None:
    lan = await office.member("Lan")
    with sqlite3.connect(office.path) as db:
        db.execute("delete from posts")
    db.close()
    assert "đã kết thúc" in "\n".join(str(block) for block in (await lan.looks()).blocks)
    await lan.says("1")
    assert "Bàn làm việc của" not in lan.text


async def test_a_page_that_many_use_is_no_place_for_the_office(office: Office) -> None:
    lan = await office.member("Lan")
    kiosk = Person(office, Address("web", "k-mot"))
    await kiosk.says("/ban")
    assert "được mời" in kiosk.text
    assert "Lan" in lan.text


async def test_the_way_back_from_a_side_of_a_report_is_its_summary(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    await boss.says("báo cáo")
    await boss.says("từ 1/11 đến 10/11")
    await boss.presses("Xem theo")
    assert "Số chính" in [choice.label for choice in boss.page.choices]
    await boss.presses("Theo thủ tục")
    await boss.presses("Quay lại")
    assert "Xem theo bàn, người, thủ tục" in boss.text
    assert "1/11/2026 - 10/11/2026" in boss.text
    await boss.presses("Quay lại")
    assert "Bàn làm việc của Bà Mai" in boss.text


async def test_what_came_while_nobody_looked_is_said_on_the_page_and_once_more_after_the_next_press(
    office: Office,
) -> None:
    lan = await office.member("Lan", "lead", "vinh-hai", channel="web")
    minh = await office.member("Minh", "volunteer", "vinh-hai", channel="web")
    await lan.says("lịch: thứ tư 2/12 7:30-11:30 Minh")
    await office.calls()
    await minh.says("trợ giúp")  # pressed on without having looked
    assert "vừa thay đổi" in "\n".join(block.text for block in minh.page.blocks if isinstance(block, Notice))
    await minh.says("/ban")
    assert not any("vừa thay đổi" in block.text for block in minh.page.blocks if isinstance(block, Notice))


async def test_it_waits_on_the_open_page_too(office: Office) -> None:
    lan = await office.member("Lan", "lead", "vinh-hai", channel="web")
    minh = await office.member("Minh", "volunteer", "vinh-hai", channel="web")
    await lan.says("lịch: thứ tư 2/12 7:30-11:30 Minh")
    await office.calls()
    for _ in range(2):
        await minh.looks()
        assert "vừa thay đổi" in "\n".join(block.text for block in minh.page.blocks if isinstance(block, Notice))
