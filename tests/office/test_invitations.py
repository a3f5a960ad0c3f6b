"""People come in by an invitation, once: it is opened by whom it is for, it ends, it is taken back, it is not guessed."""

from __future__ import annotations

import dataclasses
import sqlite3
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import privacy
from bot.channels.web.app import app
from bot.desk import Address, Desk
from bot.store import NotAllowed
from bot.store.office import do
from bot.store.transaction import writing
from flows import codes, replies
from flows.events import Started
from flows.office.people import Invite, Join, Post
from tests.channels.page import WebDriver
from tests.fake_http import serving
from tests.office.people_rig import LOC_THO, VINH_HAI, count, invited, joined, link
from tests.office.rig import Office, Person


async def test_a_lead_invites_a_volunteer_and_hears_that_they_came(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    await lead.says("mời người")
    assert "Tình nguyện viên tại Một cửa phường Vĩnh Hải" in lead.text  # nothing to choose, so nothing is asked
    payload = link(await lead.says("  Lan   Tổ 5 "))
    assert "Lan Tổ 5" in lead.text
    assert "https://hoidap.example.vn/i/" in lead.text
    assert codes.grouped(payload.removeprefix("i_")) in lead.text

    lan = Person(office, Address("telegram", "lan"))
    await lan.does(Started(payload))
    assert "Lan Tổ 5: Tình nguyện viên tại Một cửa phường Vĩnh Hải" in lan.text
    await lan.presses("Tôi là Lan Tổ 5")
    assert "Bàn làm việc của Lan Tổ 5" in lan.text

    await office.calls()
    await lead.looks()
    assert "Đã có người nhận lời mời cho Lan Tổ 5" in lead.text
    assert "đã dùng xong" in lead.text
    assert "t.me" not in lead.text


async def test_the_code_can_be_typed_in_any_form(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    code = (await invited(lead, "Lan")).removeprefix("i_")
    for text in (code.lower(), f"mã mời {codes.grouped(code)}", f" {codes.grouped(code).replace('-', ' ')} "):
        lan = await office.citizen(f"lan-{text}")
        await lan.says(text)
        assert "Lời mời này dành cho Lan" in lan.text, text
        assert "số giấy tờ" not in lan.text


async def test_a_link_works_on_the_page_too(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    lan = Person(office, Address("web", "mot-phien"))
    await lan.does(Started(payload))
    await lan.presses("Tôi là Lan")
    assert "Bàn làm việc của Lan" in lan.text


async def test_the_link_of_the_page_opens_it_by_a_button(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")

    async def answers() -> bool:
        return True

    page = app(office.desk, office.texts, public_url=None, secret=b"s" * 32, health=answers)
    async with serving(page) as url:
        web = WebDriver(url)
        await web.get(f"/i/{payload.removeprefix('i_')}")  # looking at a link takes nothing up
        assert web.page.main.tagged("h1")[0].text == "Lời mời làm việc cùng nhóm"
        assert web.page.main.tagged("button")[0].text == "Xem lời mời"
        assert count(office, "select count(*) from invitations where outcome is null") == 1
        await web.start(payload)
        assert "Lời mời này dành cho Lan" in " ".join(web.words)
        await web.press("Tôi là Lan, tôi nhận lời")
        assert "Bàn làm việc của Lan" in " ".join(web.words)
        for wrong in ("/i/xxx", "/i/%3Cscript%3E", "/i/" + "K" * 500, "/i/K7M3PQ"):
            assert (await web.http.get(wrong)).status_code == 404
        await web.http.aclose()


async def test_who_it_is_not_for_leaves_it_to_whom_it_is(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    other = Person(office, Address("telegram", "khac"))
    await other.does(Started(payload))
    await other.presses("Không phải tôi")
    lan = await joined(office, "lan", payload)
    assert "Bàn làm việc của Lan" in lan.text


async def test_a_forwarded_invitation_is_refused_and_the_inviter_is_told(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    waits = Person(office, Address("telegram", "cham"))
    await waits.does(Started(payload))
    await joined(office, "nhanh", payload)

    await waits.presses("Tôi là Lan")  # both had the page open: one of them was first
    assert "không dùng được nữa" in waits.text
    await waits.does(Started(payload))
    assert "đã có người dùng" in waits.text
    await waits.says("/ban")
    assert "Bàn làm việc" not in waits.text
    await office.calls()
    assert any("mở lại lời mời đã dùng cho Lan" in "\n".join(replies.words(page)) for page in lead.got) or (
        "mở lại lời mời đã dùng cho Lan" in "\n".join(replies.words(await lead.looks()))
    )


async def test_knocking_again_and_again_tells_the_inviter_once(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    await joined(office, "lan", payload)
    for n in range(4):
        await Person(office, Address("telegram", f"khac-{n}")).does(Started(payload))
    assert count(office, "select count(*) from reminders where event like '%knocked%'") == 1
    assert count(office, "select count(*) from audit where act = 'knocked'") == 1


async def test_whoever_opens_their_own_link_again_is_let_in(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    lan = await joined(office, "lan", payload)
    await lan.does(Started(payload))
    assert "đã nhận lời mời này rồi" in lan.text
    assert "Bàn làm việc của Lan" in lan.text
    assert count(office, "select count(*) from posts") == 2


async def test_an_invitation_ends(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    office.later(days=3, minutes=1)
    lan = Person(office, Address("telegram", "lan"))
    await lan.does(Started(payload))
    assert "đã hết hạn" in lan.text
    office.later(days=31)
    await office.store.prune(office.now)
    await lan.does(Started(payload))
    assert "Không có lời mời nào" in lan.text


async def test_an_invitation_is_taken_back(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    first, second = await invited(lead, "Lan"), await invited(lead, "Hùng")
    await lead.presses("Thu hồi lời mời này")
    assert "Đã thu hồi lời mời cho Hùng" in lead.text
    await lead.says("người trong nhóm")
    await lead.presses("Lời mời đang chờ (1)")
    await lead.presses("Thu hồi lời mời cho Lan")
    assert "Không có lời mời nào đang chờ" in lead.text
    for payload in (first, second):
        person = Person(office, Address("telegram", payload))
        await person.does(Started(payload))
        assert "đã được thu hồi" in person.text


async def test_a_second_invitation_adds_a_post(office: Office) -> None:
    admin = await office.member("Chị Hoa", "administrator")
    lan = await office.member("Lan", "volunteer", VINH_HAI)
    await admin.says("mời người")
    await admin.presses("Trưởng nhóm")
    await admin.presses("Một cửa phường Lộc Thọ")
    payload = link(await admin.says("Lan"))
    await lan.does(Started(payload))
    await lan.presses("Tôi là Lan")
    assert "Trưởng nhóm tại Một cửa phường Lộc Thọ" in lan.text
    assert "Tình nguyện viên tại Một cửa phường Vĩnh Hải" in lan.text


async def test_a_shared_place_opens_no_invitation(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    for address in (Address("telegram", "-100123"), Address("web", "k-mot")):
        place = Person(office, address)
        await place.does(Started(payload))
        assert "không mở trong nhóm hay ở máy dùng chung" in place.text
        await place.says(payload.removeprefix("i_"))
        assert "Lời mời này dành cho" not in place.text
    assert "Bàn làm việc của Lan" in (await joined(office, "lan", payload)).text


async def test_guessing_is_stopped(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    thief = await office.citizen("kẻ dò mã")
    for n in range(5):
        await thief.says(f"K7M3-T29Q-B4X{n + 2}")
        assert "Không có lời mời nào" in thief.text
    await thief.says("K7M3-T29Q-B4X9")
    assert "Mã sai đã được nhập nhiều lần" in thief.text
    await thief.does(Started(payload))  # even the right one is not looked up for now
    assert "Mã sai đã được nhập nhiều lần" in thief.text
    assert "Bàn làm việc của Lan" in (await joined(office, "lan", payload)).text


async def test_a_code_is_kept_nowhere_but_where_it_is_shown(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    lan = await joined(office, "lan", payload)
    await lead.presses("Về bàn làm việc")
    assert "Lan" in lan.text
    with sqlite3.connect(office.path) as db:
        everything = "\n".join(db.iterdump())
    db.close()
    assert payload.removeprefix("i_") not in everything


async def test_a_number_is_no_name(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    await lead.says("mời người")
    await lead.says("Lan 0912 345 678")
    assert "Xin gõ một tên gọi" in lead.text
    await lead.says("!!!")
    assert "Đã có lời mời" not in lead.text
    await lead.says("Lan")
    assert "Đã có lời mời cho Lan" in lead.text
    with sqlite3.connect(office.path) as db:
        assert "0912" not in "\n".join(db.iterdump())
    db.close()


async def test_nobody_is_invited_by_the_name_of_somebody_there(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    await office.member("Lan", "volunteer", VINH_HAI)
    await office.member("Hùng", "volunteer", LOC_THO)
    await office.member("Hoa", "administrator")
    await lead.says("mời người")
    for name, there in (("lan", "Lan"), ("HOA", "Hoa"), ("Chị  Mai", "Chị Mai")):
        await lead.says(name)
        assert f"Trong nhóm đã có {there}. Xin thêm chữ để phân biệt, ví dụ: {there} Tổ 5." in lead.text
    await lead.says("Lan Tổ 5")
    assert "Đã có lời mời cho Lan Tổ 5" in lead.text
    await lead.presses("Mời người nữa")
    await lead.says("Lan Tổ 6")
    assert "Đã có lời mời cho Lan Tổ 6" in lead.text
    await lead.presses("Mời người nữa")
    await lead.says("Lan Tổ 5")  # only invited so far
    assert "Trong nhóm đã có Lan Tổ 5" in lead.text
    await lead.says("Hùng")  # works elsewhere only
    assert "Đã có lời mời cho Hùng" in lead.text


async def test_nobody_joins_under_the_name_of_somebody_there(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    payload = await invited(lead, "Lan")
    lan = Person(office, Address("telegram", "lan"))
    await lan.does(Started(payload))
    await office.member("Lan", "volunteer", VINH_HAI)  # as it was before names were told apart
    await lan.presses("Tôi là Lan")
    assert "Trong nhóm đã có Lan" in lan.text
    assert "Bàn làm việc" not in lan.text
    assert count(office, "select count(*) from members where called = 'Lan'") == 1
    code, post = payload.removeprefix("i_"), Post("volunteer", VINH_HAI)
    people = sqlite3.connect(office.path)
    keys = [key for (key,) in people.execute("select person from addresses where id in ('lan', 'Chị Mai') order by id")]
    deeds: tuple[Invite | Join, ...] = (Invite("K7M3T29QB4XZ", post, "LAN"), Join(code))
    for key, deed in zip(keys, deeds, strict=True):
        with pytest.raises(NotAllowed), writing(people):
            do(people, key, office.now, deed)
    people.close()


async def test_another_name_typed_below_an_invitation_is_invited_too(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    await invited(lead, "Lan")
    assert "Hoặc đọc mã này" in lead.text
    await lead.says("Hùng Tổ 5")
    assert "Đã có lời mời cho Hùng Tổ 5" in lead.text
    await lead.says("Lan")
    assert "Trong nhóm đã có Lan" in lead.text
    await lead.says("làm giấy khai sinh cần gì")
    assert "Đã có lời mời" not in lead.text


@pytest.mark.parametrize("typed", ["K7M3-T29Q-B4XA", "k7m3-t29q-b4x0", "mã mời K7M3-O29Q-B4XZ", "KKMM-TTQQ-BBXX"])
async def test_what_looks_like_a_code_is_answered_as_one_and_is_no_question(office: Office, typed: str) -> None:
    person = await office.citizen("lan")
    before = count(office, "select count(*) from facts where kind = 'asked'")
    await person.says(typed)
    assert "Không có lời mời nào mang mã này. Xin xem lại từng chữ, từng số." in person.text
    assert "Chưa tìm được" not in person.text
    assert count(office, "select count(*) from facts where kind = 'asked'") == before


@given(st.integers(min_value=0))
def test_a_code_of_an_invitation_is_like_nothing_else_that_is_typed(seed: int) -> None:
    """Not the code of a list, not a number that is masked, not abbreviations typed in a row."""
    chance = iter(int.from_bytes(sha256(f"{seed} {n}".encode()).digest()[:4]) for n in range(10_000))
    code = codes.draw_invitation(lambda most: next(chance) % most)
    for typed in (code, code.lower(), codes.grouped(code), codes.grouped(code).replace("-", " "), f"mã mời {code}"):
        assert codes.invitation_in(typed) == code
        assert codes.code_in(typed) == ""
        assert not privacy.hides(typed)


@pytest.mark.parametrize("typed", ["BHXH BHYT CCCD", "K7M3PQ", "0912 345 678", "2222-3333-4444", "làm giấy khai sinh"])
def test_what_is_typed_is_seldom_a_code(typed: str) -> None:
    assert codes.invitation_in(typed) == ""


async def test_without_an_address_the_code_stands_alone(office: Office) -> None:
    lead = await office.member("Chị Mai", "lead", VINH_HAI)
    world = office.world()
    office.desk = Desk(office.store, lambda: dataclasses.replace(world, page="", telegram=""))
    await lead.says("mời người")
    await lead.says("Lan")
    assert "Đọc mã này để gõ cho trợ lý" in lead.text
    assert "Hoặc" not in lead.text
    assert "http" not in lead.text
