"""Those who are helped one after another are kept apart: nothing of one is left for the next, nor of the volunteer."""

from __future__ import annotations

import asyncio

from bot.desk import Arrival
from flows.events import Pressed, Said, Started
from flows.office.stages import Helping, TurnedRound
from tests.office.assist_rig import helped, kept, taken_along, volunteer
from tests.office.rig import Office


async def test_nothing_of_one_person_is_left_for_the_next(office: Office) -> None:
    """Not in the talk, not by going back, not by an old button: for every way a person's turn can end."""
    lan = await volunteer(office)
    ways = (("Đã nộp tại quầy", "Không chấm"), ("Đã nộp tại quầy", "Rất hài lòng"), ("Thôi, không ghi",))
    for way in ways:
        await lan.says("đăng ký khai sinh")
        await lan.presses("Ở nhà")
        await lan.presses("Có người làm chứng")
        await lan.says("có tờ khai rồi")
        tick = next(choice for choice in lan.page.choices if choice.group == "paper")
        await lan.does(Pressed(tick.id, lan.page.turn))
        old = [Pressed(choice.id, lan.page.turn) for choice in lan.page.choices]
        if len(way) > 1:
            await lan.presses("Bỏ qua câu hỏi")
        for label in way:
            await lan.presses(label)
        await lan.presses("Người tiếp theo")
        stage = (await kept(office, lan)).stage
        assert isinstance(stage, Helping)
        assert stage.new
        text = await office.store.talk_of(lan.address) or ""
        for trace in ("khai-sinh", "tai-nha", "co-nguoi-lam-chung", tick.id, "rat_hai_long", "satisfied"):
            assert trace not in text, trace
        for press in old:
            await lan.does(press)
        await lan.says("quay lại")
        assert (await kept(office, lan)).stage == stage
        assert "khai sinh" not in lan.text.replace("Đăng ký khai sinh", "").lower()
    assert len(await helped(office)) == 2


async def test_leaving_by_any_word_leaves_nothing(office: Office) -> None:
    lan = await volunteer(office)
    for words in ("bắt đầu lại", "trợ giúp", "/ban", "việc của tôi"):
        await lan.says("/tiep")
        await lan.says("đăng ký tạm trú")
        await lan.presses("Người đủ 18")
        await lan.says(words)
        text = await office.store.talk_of(lan.address) or ""
        assert "tam-tru" not in text, words
        assert "nguoi-lon" not in text, words
        await lan.says("quay lại")
        assert not isinstance((await kept(office, lan)).stage, Helping)
    assert await helped(office) == []


async def test_the_volunteers_own_lists_are_apart(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await lan.says("đăng ký tạm trú")
    await lan.presses("Chuẩn bị giấy tờ")
    await lan.presses("Người đủ 18")
    mine = (await kept(office, lan)).cases
    assert mine
    await lan.says("người tiếp theo")
    await lan.says("đăng ký tạm trú")
    await lan.presses("Trẻ em")
    await lan.presses("Bỏ qua câu hỏi")
    await lan.presses("Đã hướng dẫn miệng")
    await lan.presses("Không chấm")
    assert (await kept(office, lan)).cases == mine


async def test_a_code_brings_what_the_citizen_says_beside_what_is_seen(office: Office) -> None:
    citizen = await office.citizen("ai đó")
    await citizen.says("đăng ký tạm trú")
    await citizen.presses("Chuẩn bị giấy tờ")
    while not any(choice.group == "paper" for choice in citizen.page.choices):
        await citizen.does(Pressed(citizen.page.choices[0].id, citizen.page.turn))
    said = next(choice for choice in citizen.page.choices if choice.group == "paper")
    await citizen.does(Pressed(said.id, citizen.page.turn))
    await citizen.presses("Xem tóm tắt")
    stage = await taken_along(office, citizen)
    lan = await volunteer(office)
    for event in (Said(stage.code), Started(f"c_{stage.code}")):
        await lan.does(event)
        at = (await kept(office, lan)).stage
        assert isinstance(at, Helping)
        assert (at.about, at.said, at.seen) == (stage.guide, (said.id.removeprefix("d:"),), ())
        assert "Người dân nói có, chưa xem" in lan.text
        assert (await kept(office, lan)).cases == ()
    await lan.does(Pressed(said.id, lan.page.turn))
    assert "Người dân nói có" not in lan.text
    await lan.says("K7M3PQ")
    assert "Không có danh sách nào mang mã này" in lan.text


async def test_the_list_goes_home_with_the_person_under_a_code(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("đăng ký khai sinh")
    await lan.presses("Ở bệnh viện")
    await lan.says("có giấy chứng sinh rồi")
    await lan.presses("Bỏ qua câu hỏi")
    await lan.presses("Cho người này mang danh sách về")
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert stage.list in lan.text
    await lan.presses("Phải về lấy thêm giấy")
    assert stage.list not in (await office.store.talk_of(lan.address) or "")
    citizen = await office.citizen("ai đó")
    await citizen.says(stage.list)
    (case,) = (await kept(office, citizen)).cases
    assert (case.guide, dict(case.answers)) == ("dang-ky-khai-sinh", {"noi-sinh": "co-so-y-te"})
    assert case.have == ("giay-chung-sinh",)


async def test_a_reminder_of_ones_own_waits_beside_whom_one_helps(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await lan.says("đăng ký tạm trú")
    await lan.presses("Chuẩn bị giấy tờ")
    for _ in range(2):
        await lan.presses("Chưa rõ")
    await lan.says("đã nộp hôm nay")
    await lan.says("nhắc")
    office.later(days=12)
    await lan.says("người tiếp theo")
    await lan.says("chứng thực bản sao")
    stage = (await kept(office, lan)).stage
    await office.calls()
    await lan.looks()
    assert (await kept(office, lan)).stage == stage
    assert "Nhắc hẹn" in "\n".join(str(page) for page in lan.got) or "Đến ngày có kết quả" in str(lan.got)


async def test_a_code_scanned_when_the_last_one_has_gone_is_the_next_ones(office: Office) -> None:
    citizen = await office.citizen("ai đó")
    await citizen.says("chứng thực bản sao")
    await citizen.presses("Chuẩn bị giấy tờ")
    await citizen.says("xem tóm tắt")
    await citizen.presses("Chưa rõ")
    await citizen.presses("Xem tóm tắt")
    stage = await taken_along(office, citizen)
    lan = await volunteer(office)
    await lan.presses("Ghi luôn: đã hướng dẫn miệng")
    await lan.presses("Không chấm")
    await lan.does(Started(f"c_{stage.code}"))
    at = (await kept(office, lan)).stage
    assert isinstance(at, Helping)
    assert at.about == "chung-thuc-ban-sao"
    assert at.called == office.now
    assert (await kept(office, lan)).cases == ()


async def test_quick_taps_pass_nobody_over(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    press = Pressed("next", lan.page.turn)
    await asyncio.gather(*(office.desk.hear(Arrival(lan.address, f"x{n}", press)) for n in range(3)))
    first = (await kept(office, lan)).stage
    for words in ("người tiếp theo", "tiếp theo"):
        await lan.says(words)
        assert (await kept(office, lan)).stage == first
        assert "Đang chờ người này" in lan.text
    await lan.says("đăng ký tạm trú")
    await lan.says("người tiếp theo")
    assert "chưa có kết quả" in lan.text
    ending = lan.choice("Đã nộp tại quầy")
    turn = lan.page.turn
    again = [office.desk.hear(Arrival(lan.address, f"y{n}", Pressed(ending.id, turn))) for n in range(3)]
    await asyncio.gather(*again)
    assert len(await helped(office)) == 1
    assert isinstance((await kept(office, lan)).stage, TurnedRound)


async def test_a_duplicate_delivery_and_a_restart_change_nothing(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("đăng ký tạm trú")
    before = await kept(office, lan)
    for _ in range(2):
        await office.desk.hear(Arrival(lan.address, f"a{lan.arrivals}", Said("đăng ký tạm trú")))
    assert await kept(office, lan) == before
    await office.restart()
    assert (await lan.looks()).turn == before.turn
    await lan.presses("Bỏ qua câu hỏi")
    press = Pressed(lan.choice("Đã nộp trực tuyến").id, lan.page.turn)
    for _ in range(2):
        await office.desk.hear(Arrival(lan.address, "same", press))
    (fact,) = await helped(office)
    assert (fact.online, fact.outcomes) == (True, ("filed_online",))


async def test_a_poster_scanned_while_helping_opens_its_guide_for_that_person(office: Office) -> None:
    lan = await volunteer(office)
    for link in ("g_chung-thuc-ban-sao", "l_dang-ky-tam-tru"):
        await lan.does(Started(link))
        talk = await kept(office, lan)
        assert isinstance(talk.stage, Helping)
        assert talk.stage.about == link[2:]
        assert talk.cases == ()
    await lan.does(Started("g_khong-co"))
    await lan.says("quay lại")
