"""Letters: those that come to a citizen by what happened, those that wait for the desk lead, those written at the desk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.channels.web.pages import Pages
from bot.channels.web.static_files import StaticFiles
from bot.desk import Address, Arrival
from bot.store import ChannelName, Kept, NotAllowed
from flows.events import Pressed
from flows.office import Deed
from flows.office.letters import Approve, Refuse, Take
from flows.office.people import Role
from flows.replies import Letter, Reply, words
from knowledge.desks import Desk, Letterhead
from tests.office.conftest import DESKS
from tests.office.rig import Office, Person

HEAD = Letterhead(place="Nha Trang", signed_by="Nguyễn Thị Hoa", title="Chủ tịch Ủy ban nhân dân phường")
FREE = HEAD.model_copy(update={"go": "free"})


def writing(head: Letterhead | None = HEAD) -> dict[str, Desk]:
    """One desk, with that letterhead."""
    return {"vinh-hai": DESKS["vinh-hai"].model_copy(update={"letters": head})}


def letter_on(page: Reply) -> Letter | None:
    return next((block for block in page.blocks if isinstance(block, Letter)), None)


def kept(office: Office, kind: str) -> list[dict[str, str]]:
    with sqlite3.connect(office.path) as db:
        rows = db.execute("select body from facts where kind = ? order by number", (kind,)).fetchall()
    db.close()
    return [json.loads(body) for (body,) in rows]


def forging(deed: Deed) -> Callable[[object, object], Kept]:
    """What a forged turn asks the store for."""
    return lambda *_: Kept("{}", deeds=(deed,))


async def received(person: Person, asked: str, how: str = "Đúng hẹn") -> None:
    """Somebody asks, makes the list, hands it in, and has the result."""
    await person.says(asked)
    await person.presses("Chuẩn bị")
    while person.page.prompt != "" and any(choice.label == "Chưa rõ" for choice in person.page.choices):
        await person.presses("Chưa rõ")
    await person.says("đã nộp")
    await person.says("hôm nay")
    await person.says("đã nhận kết quả")
    await person.presses(how)


async def waiting(office: Office, channel: ChannelName = "telegram") -> tuple[Person, Person]:
    """The lead of a desk that writes letters, and a mother whose letter waits for the lead."""
    office.desks = writing()
    lead = await office.member("Mai", "lead", "vinh-hai")
    citizen = await office.citizen("mẹ bé", channel)
    await received(citizen, "đăng ký khai sinh")
    return lead, citizen


async def asked_the_lead(volunteer: Person) -> None:
    """A volunteer writes a letter of thanks, which waits for the lead."""
    await volunteer.says("viết thư")
    await volunteer.presses("Cảm ơn")
    await volunteer.presses("Gửi trưởng nhóm")


async def test_a_condolence_comes_at_once_where_the_desk_wants_none_read(office: Office) -> None:
    office.desks = writing(FREE)
    citizen = await office.citizen("người nhà")
    await received(citizen, "đăng ký khai tử")
    letter = letter_on(citizen.page)
    assert letter is not None
    assert letter.title == "Thư chia buồn"
    assert letter.date == "Nha Trang, ngày 25 tháng 11 năm 2026"
    assert letter.name == "Nguyễn Thị Hoa"
    assert not any("mừng" in line or "!" in line for line in letter.lines)
    assert kept(office, "letter_sent") == [
        {"desk": "vinh-hai", "letter": "death", "guide": "dang-ky-khai-tu", "kind": "letter_sent"}
    ]
    await citizen.presses("Tiếp tục")
    assert "Những điều trên đã đủ" in citizen.text


async def test_nothing_comes_where_the_desk_writes_no_letters_or_nobody_knows_which_desk(office: Office) -> None:
    for desks in (writing(None), DESKS):
        office.desks = desks
        citizen = await office.citizen(f"ai đó {len(desks)}")
        await received(citizen, "đăng ký khai sinh")
        assert letter_on(citizen.page) is None
    assert kept(office, "letter_sent") == []


async def test_no_condolence_for_an_inheritance_and_no_letter_for_what_nobody_writes_about(office: Office) -> None:
    office.desks = writing(FREE)
    for asked in ("đăng ký tạm trú", "chứng thực văn bản từ chối nhận di sản"):
        citizen = await office.citizen(asked)
        await received(citizen, asked)
        assert letter_on(citizen.page) is None


async def test_a_letter_waits_for_the_lead_and_then_comes_once(office: Office) -> None:
    lead, citizen = await waiting(office)
    assert letter_on(citizen.page) is None
    await citizen.says("về đầu")
    await office.calls()
    await lead.looks()
    assert "Có thư chờ duyệt tại Một cửa phường Vĩnh Hải" in lead.text
    await lead.says("thư chờ duyệt")
    await lead.presses("Chúc mừng em bé chào đời")
    assert "không biết tên" in lead.text
    await lead.presses("Duyệt")
    assert "Không có thư nào chờ duyệt" in lead.text
    assert kept(office, "letter_sent") == []
    await office.calls()
    await citizen.looks()
    letter = letter_on(citizen.page)
    assert letter is not None
    assert letter.title == "Thư chúc mừng"
    assert len(kept(office, "letter_sent")) == 1
    await office.calls()
    assert len([page for page in citizen.got if letter_on(page)]) == 1


async def test_who_is_in_the_middle_of_something_reads_it_when_it_suits_them(office: Office) -> None:
    lead, citizen = await waiting(office, "web")
    await citizen.says("đăng ký tạm trú")
    await lead.says("thư chờ duyệt")
    await lead.presses("Chúc mừng")
    await lead.presses("Duyệt")
    await office.calls()
    await citizen.looks()
    assert "Có thư của Một cửa phường Vĩnh Hải" in citizen.text
    assert letter_on(citizen.page) is None
    await citizen.says("thư")
    assert letter_on(citizen.page) is not None
    assert len(kept(office, "letter_sent")) == 1


async def test_a_file_that_is_late_gets_an_apology_with_the_day_that_staff_says(office: Office) -> None:
    office.desks = writing(FREE)
    lead = await office.member("Mai", "lead", "vinh-hai")
    citizen = await office.citizen("ông Tư")
    await citizen.says("đăng ký kết hôn")
    await citizen.presses("Chuẩn bị")
    while any(choice.label == "Chưa rõ" for choice in citizen.page.choices):
        await citizen.presses("Chưa rõ")
    await citizen.says("đã nộp")
    await citizen.says("2/11")
    await citizen.presses("Xin thư hẹn lại ngày")
    assert "không kèm tên" in citizen.text
    assert all(not choice.label.startswith("Xin thư") for choice in citizen.page.choices)
    await lead.says("thư chờ duyệt")
    await lead.presses("Xin lỗi vì trễ hẹn")
    assert "Nộp ngày 2/11/2026" in lead.text
    await lead.says("1/1/2020")
    assert "Ngày đó không dùng được" in lead.text
    await lead.says("15/12")
    assert "thứ Ba 15/12/2026" in lead.text
    await lead.presses("Duyệt")
    await office.calls()
    await citizen.looks()
    letter = letter_on(citizen.page)
    assert letter is not None
    assert letter.title == "Thư xin lỗi và hẹn lại ngày"
    assert any("15/12/2026" in line for line in letter.body)


async def test_a_result_that_came_late_gets_an_apology_that_promises_nothing(office: Office) -> None:
    office.desks = writing(FREE)
    citizen = await office.citizen("ông Tư")
    await received(citizen, "đăng ký tạm trú", "Muộn hơn")
    letter = letter_on(citizen.page)
    assert letter is not None
    assert letter.title == "Thư xin lỗi"
    assert "dự kiến" not in " ".join(letter.lines)


async def test_a_volunteer_writes_for_whoever_is_there_and_prints_what_was_approved(office: Office) -> None:
    office.desks = writing()
    lead = await office.member("Mai", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await lan.presses("Thư")
    await lan.presses("Cảm ơn")
    assert letter_on(lan.page) is None
    await lan.presses("Gửi trưởng nhóm")
    assert "Đã gửi trưởng nhóm" in lan.text
    assert "Người tiếp theo" in lan.page.choices[0].label
    await lead.says("thư chờ duyệt")
    assert lead.choice("Cảm ơn").label == "Cảm ơn, 08:00, Lan"
    await lead.presses("Cảm ơn")
    assert "Do Lan viết" in lead.text
    await lead.presses("Duyệt")
    await office.calls()
    await lan.looks()
    assert "Thư đã duyệt: Cảm ơn" in lan.text
    assert kept(office, "letter_sent") == []
    await lan.says("bàn làm việc")
    await lan.presses("Thư (1 để in)")
    await lan.presses("In thư đã duyệt")
    assert letter_on(lan.page) is not None
    assert [fact["letter"] for fact in kept(office, "letter_sent")] == ["thanks"]
    await lan.says("viết thư")
    assert not any(choice.label.startswith("In thư") for choice in lan.page.choices)


async def test_a_lead_takes_a_letter_without_asking_themselves(office: Office) -> None:
    office.desks = writing()
    lead = await office.member("Mai", "lead", "vinh-hai")
    await lead.says("viết thư")
    await lead.presses("Xin lỗi")
    await lead.presses("thứ Sáu")
    assert "27/11/2026" in lead.text
    await lead.presses("Lấy thư")
    letter = letter_on(lead.page)
    assert letter is not None
    assert letter.foot.startswith("Thư này không thay cho giấy hẹn")


async def test_who_has_several_desks_says_for_which(office: Office) -> None:
    office.desks = {id: desk.model_copy(update={"letters": HEAD}) for id, desk in DESKS.items()}
    lan = await office.member("Lan")
    await lan.says("viết thư")
    await lan.presses("Một cửa phường Lộc Thọ")
    await lan.presses("Chia buồn")
    assert "Một cửa phường Lộc Thọ xin chia buồn" in lan.text


async def test_a_number_in_a_reason_is_masked_and_the_writer_is_told(office: Office) -> None:
    office.desks = writing()
    lead = await office.member("Mai", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await asked_the_lead(lan)
    await lead.says("thư chờ duyệt")
    await lead.presses("Cảm ơn")
    await lead.presses("Không gửi")
    await lead.says("đã gửi cho người có CCCD 079123456789 rồi")
    assert "Thư không gửi" in lead.text
    assert office.texts["vi"]("aside.masked") in lead.text
    await office.calls()
    await lan.looks()
    assert "đã gửi cho người có CCCD [số giấy tờ] rồi" in lan.text
    with sqlite3.connect(office.path) as db:
        assert "079123456789" not in "\n".join(db.iterdump())
    db.close()


async def test_a_citizen_hears_why_there_is_no_new_day_and_nothing_of_a_letter_they_never_asked_for(
    office: Office,
) -> None:
    lead, citizen = await waiting(office)
    before = len(citizen.got)
    await lead.says("thư chờ duyệt")
    await lead.presses("Chúc mừng")
    await lead.presses("Không gửi")
    await lead.presses("Sai loại thư")
    await office.calls()
    await citizen.looks()
    assert len(citizen.got) == before
    assert "Sai loại" not in citizen.text


@pytest.mark.parametrize("role", ["volunteer", "official"])
async def test_the_store_lets_nobody_approve_who_may_not(office: Office, role: Role) -> None:
    office.desks = writing()
    await office.member("Lan", "volunteer", "vinh-hai")
    other = await office.member("Hà", "lead", "loc-tho")
    mate = await office.member("Mate", role, "vinh-hai")
    lan = Person(office, Address("telegram", "Lan"), arrivals=50)
    await asked_the_lead(lan)
    with sqlite3.connect(office.path) as db:
        (id,) = db.execute("select id from letters").fetchone()
    db.close()
    deeds: tuple[Deed, ...] = (Approve(id, date(2026, 11, 25)), Refuse(id, "x"))
    for person in (other, mate, lan):
        for nth, deed in enumerate(deeds):
            with pytest.raises(NotAllowed):
                await office.store.turn(person.address, f"forged{nth}", office.now, forging(deed))
    with pytest.raises(NotAllowed):
        await office.store.turn(lan.address, "forged", office.now, forging(Take(id)))
    with sqlite3.connect(office.path) as db:
        assert db.execute("select state from letters").fetchall() == [("waiting",)]
    db.close()


async def test_a_press_delivered_twice_approves_once_and_a_second_lead_is_told(office: Office) -> None:
    office.desks = writing()
    mai = await office.member("Mai", "lead", "vinh-hai")
    hoa = await office.member("Hoa", "lead", "vinh-hai")
    citizen = await office.citizen("mẹ bé")
    await received(citizen, "đăng ký khai sinh")
    for lead in (mai, hoa):
        await lead.says("thư chờ duyệt")
        await lead.presses("Chúc mừng")
    press = Arrival(mai.address, "twice", Pressed("approve", mai.page.turn))
    await office.desk.hear(press)
    await office.desk.hear(press)
    await hoa.presses("Duyệt")
    assert "đã có người duyệt" in hoa.text
    await citizen.says("về đầu")
    await office.calls()
    await citizen.looks()
    assert len(kept(office, "letter_sent")) == 1


async def test_who_says_twice_that_the_result_came_gets_one_letter(office: Office) -> None:
    lead, citizen = await waiting(office)
    await citizen.says("đăng ký khai sinh")
    await citizen.presses("Tiếp tục danh sách")
    await citizen.says("đã nộp")
    await citizen.says("hôm nay")
    await citizen.says("đã nhận kết quả")
    await citizen.presses("Sớm hơn")
    await lead.says("thư chờ duyệt")
    assert len([choice for choice in lead.page.choices if choice.label.startswith("Chúc mừng")]) == 1


async def test_a_lead_whose_post_ended_is_led_out_and_the_letter_waits_on(office: Office) -> None:
    lead, _ = await waiting(office)
    await lead.says("thư chờ duyệt")
    await lead.presses("Chúc mừng")
    turn = lead.page.turn
    with sqlite3.connect(office.path) as db:
        db.execute("delete from posts")
    db.close()
    await lead.does(Pressed("approve", turn))
    assert "đã kết thúc" in lead.text
    with sqlite3.connect(office.path) as db:
        assert db.execute("select state from letters").fetchall() == [("waiting",)]
    db.close()


async def test_a_desk_renamed_writes_under_its_new_name_and_one_that_is_gone_writes_nothing(office: Office) -> None:
    lead, citizen = await waiting(office)
    await citizen.says("về đầu")
    await lead.says("thư chờ duyệt")
    await lead.presses("Chúc mừng")
    office.desks = {"vinh-hai": office.desks["vinh-hai"].model_copy(update={"name": "Trung tâm Vĩnh Hải mới"})}
    await lead.presses("Duyệt")
    await office.calls()
    await citizen.looks()
    letter = letter_on(citizen.page)
    assert letter is not None
    assert letter.office == "Trung tâm Vĩnh Hải mới"
    office.desks = {}
    await citizen.looks()
    assert letter_on(citizen.page) is None
    assert list(words(citizen.page))


async def test_who_erased_everything_gets_no_letter_any_more(office: Office) -> None:
    lead, citizen = await waiting(office)
    await citizen.says("xóa dữ liệu")
    await citizen.presses("Xóa")
    await lead.says("thư chờ duyệt")
    assert "Không có thư nào" in lead.text


async def test_at_a_page_that_many_use_no_letter_is_written(office: Office) -> None:
    office.desks = writing(FREE)
    kiosk = Person(office, Address("web", "k-mot"))
    await kiosk.says("đăng ký khai sinh")
    await received(kiosk, "đăng ký khai sinh")
    assert letter_on(kiosk.page) is None


async def test_whoever_was_just_helped_can_be_written_to_where_the_desk_writes(office: Office) -> None:
    office.desks = {**DESKS, **writing(FREE)}
    lan = await office.member("Lan")
    await lan.presses("Người tiếp theo")
    await lan.presses("Một cửa phường Vĩnh Hải")
    await lan.presses("Người tiếp theo")
    await lan.presses("Ghi luôn: đã hướng dẫn miệng")
    await lan.presses("Không chấm")
    await lan.presses("Viết thư cho người vừa rồi")
    await lan.presses("Cảm ơn")
    assert "Một cửa phường Vĩnh Hải xin cảm ơn" in lan.text
    await lan.presses("Lấy thư")
    assert letter_on(lan.page) is not None
    office.desks = DESKS
    await lan.presses("Xong")
    await lan.presses("Người tiếp theo")
    await lan.presses("Ghi luôn: đã hướng dẫn miệng")
    await lan.presses("Không chấm")
    assert not any(choice.label.startswith("Viết thư") for choice in lan.page.choices)


async def test_a_letter_to_a_talk_that_a_kill_cut_off_is_there_after_the_start(office: Office) -> None:
    """All that a letter waits in is the file: approved before the restart, it comes after it, once."""
    lead, citizen = await waiting(office)
    await citizen.says("về đầu")
    await lead.says("thư chờ duyệt")
    await lead.presses("Chúc mừng")
    await lead.presses("Duyệt")
    await office.restart()
    await office.calls()
    await office.restart()
    await office.calls()
    await citizen.looks()
    assert len([page for page in citizen.got if letter_on(page)]) == 1
    assert len(kept(office, "letter_sent")) == 1


async def test_the_same_letter_sent_twice_in_a_row_waits_once_and_later_again(office: Office) -> None:
    office.desks = writing()
    lead = await office.member("Mai", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    for minutes, wait in ((1, 1), (5, 1), (0, 2)):
        await asked_the_lead(lan)
        await lead.says("thư chờ duyệt")
        assert sum("Cảm ơn" in choice.label for choice in lead.page.choices) == wait
        office.now += timedelta(minutes=minutes)


async def test_under_a_letter_on_the_web_stands_nothing_of_the_machine(office: Office) -> None:
    office.desks = writing(FREE)
    citizen = await office.citizen("người nhà", "web")
    await received(citizen, "đăng ký khai tử")
    pages = Pages(office.texts, StaticFiles())
    machine = office.texts["vi"]("web.machine")
    assert letter_on(citizen.page) is not None
    assert machine not in pages.talk(citizen.page, "")
    await citizen.presses("Tiếp tục")
    assert machine in pages.talk(citizen.page, "")
