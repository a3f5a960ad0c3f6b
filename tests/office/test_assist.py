"""One person after the other at a desk: found, asked, papers seen, what came of it, and nothing left of them after."""

from __future__ import annotations

import dataclasses
import json
import sqlite3

import pytest

from bot.desk import Address
from flows import state
from flows.events import Pressed, Started
from flows.facts import Asked, HelpNoted
from flows.office.stages import HandedBack, Helping
from flows.replies import Notice
from tests.office.assist_rig import helped, kept, known, volunteer
from tests.office.rig import Office, Person


async def test_one_tap_calls_the_next_and_comes_to_the_desk(office: Office) -> None:
    lan = await volunteer(office)
    assert "Người dân cần làm việc gì?" in lan.text
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert (stage.desk, stage.called, stage.new) == ("vinh-hai", office.now, True)
    assert "checked_in" in {fact.kind for _, fact in await known(office)}


async def test_who_may_help_at_several_desks_is_asked_once_at_which(office: Office) -> None:
    hoa = await office.member("Hòa", "lead")
    await hoa.presses("Người tiếp theo")
    assert not isinstance((await kept(office, hoa)).stage, Helping)
    await hoa.presses("Một cửa phường Lộc Thọ")
    for _ in range(2):
        await hoa.presses("Người tiếp theo")
        await hoa.presses("Ghi luôn: đã hướng dẫn miệng")
        await hoa.presses("Không chấm")
    assert [fact.desk for fact in await helped(office)] == ["loc-tho", "loc-tho"]


@pytest.mark.parametrize(
    ("words", "guide", "answers"),
    [
        ("làm khai sinh cho con, sinh ở bệnh viện", "Đăng ký khai sinh cho bé", {"noi-sinh": "co-so-y-te"}),
        ("đăng ký tạm trú ở phòng trọ", "Đăng ký tạm trú", {"cho-o": "thue"}),
        ("sao y", "Chứng thực bản sao", {}),
    ],
)
async def test_words_find_the_guide_and_answer_what_they_tell(
    office: Office, words: str, guide: str, answers: dict[str, str]
) -> None:
    lan = await volunteer(office)
    await lan.says(words)
    if "Có thể là một trong các việc này" in lan.text:
        assert sum(choice.id.startswith("g:") for choice in lan.page.choices) <= 5
        await lan.presses(guide)
    assert guide in lan.text
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert dict(stage.answers) == answers
    assert "quay lại" not in lan.text, "there is no way back there"
    asked = [(whose, fact) for whose, fact in await known(office) if isinstance(fact, Asked)]
    assert [stage.about in fact.found for _, fact in asked] == [True]
    with sqlite3.connect(office.path) as db:
        found = db.execute("select count(*) from addresses where person = ?", (asked[0][0],)).fetchone()
    db.close()
    assert found == (0,), "a question of a citizen does not hang on the volunteer"


async def test_what_came_of_it_is_kept_apart_with_the_papers_that_are_missing(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("chứng thực bản sao")
    await lan.presses("Có bản chính")
    await lan.presses("Cơ quan, tổ chức của Việt Nam")
    office.later(minutes=4)
    assert "hỏi người dân rồi bấm" not in lan.text
    await lan.presses("Thêm: đã giúp về VNeID")
    await lan.presses("Phải về lấy thêm giấy")
    (fact,) = await helped(office)
    assert fact.desk == "vinh-hai"
    assert (fact.guide, fact.online, fact.outcomes) == ("chung-thuc-ban-sao", False, ("bring_more", "vneid"))
    assert (fact.waited, fact.took) == (None, 240)
    assert fact.missing
    with sqlite3.connect(office.path) as db:
        assert db.execute("select id from members").fetchall() == [(fact.member,)]
    db.close()


async def test_a_paper_that_was_seen_is_not_missing(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("đăng ký khai sinh")
    await lan.presses("Ở bệnh viện")
    await lan.presses("Bỏ qua câu hỏi")
    papers = [choice for choice in lan.page.choices if choice.group == "paper"]
    first = papers[0]
    await lan.does(Pressed(first.id, lan.page.turn))
    again = [choice for choice in lan.page.choices if choice.group == "paper"]
    assert [choice.ticked for choice in again].count(True) == 1
    assert [choice.id for choice in again] == [choice.id for choice in papers], "no button moves under the finger"
    lacking = lan.text[lan.text.index("Còn thiếu") : lan.text.index("Xong thì bấm")]
    assert first.label.lower() not in lacking.lower()
    await lan.presses("Phải về lấy thêm giấy")
    (fact,) = await helped(office)
    assert first.id.removeprefix("d:") not in fact.missing


async def test_papers_are_marked_in_words_while_asking(office: Office) -> None:
    """Numbers are those of the answers there, and "everything" is what is known to be needed so far."""
    lan = await volunteer(office)
    await lan.says("đăng ký khai sinh")
    await lan.says("1, 2 có rồi")
    assert "Chưa rõ giấy nào" in lan.text
    shown = [choice.id for choice in lan.page.choices if choice.group == "paper"]
    await lan.says("có đủ hết rồi")
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert [f"d:{id}" for id in stage.seen] == shown
    await lan.says("chưa có tờ khai")
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert [f"d:{id}" for id in stage.seen] == shown[1:]


async def test_one_line_answers_several_asks(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("đăng ký khai sinh")
    await lan.says("sinh ở bệnh viện, cha mẹ đã đăng ký kết hôn")
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert stage.answers == {"noi-sinh": "co-so-y-te", "cha-me": "da-ket-hon"}
    assert "Hiểu là" in lan.text


async def test_an_answer_that_leads_elsewhere_offers_that(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("đăng ký khai sinh")
    await lan.presses("Ở bệnh viện")
    await lan.presses("Cha hoặc mẹ là người nước ngoài")
    assert "làm thủ tục khác" in lan.text
    await lan.presses("Khai sinh cho bé có cha, mẹ nước ngoài")
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert stage.about == "khai-sinh-co-yeu-to-nuoc-ngoai"
    await lan.presses("Việc khác của người này")
    again = (await kept(office, lan)).stage
    assert isinstance(again, Helping)
    assert (again.about, again.code, again.called) == ("", stage.code, stage.called)


async def test_an_ask_nobody_can_answer_hides_no_paper(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("đăng ký tạm trú")
    while "hỏi người dân rồi bấm" in lan.text:
        await lan.presses("Chưa rõ")
    assert "tùy trường hợp" in lan.text
    unsure = {choice.id for choice in lan.page.choices if choice.group == "paper"}
    await lan.presses("Sửa câu trả lời")
    answer = next(choice for choice in lan.page.choices if choice.group == "answer")
    await lan.does(Pressed(answer.id, lan.page.turn))
    assert {choice.id for choice in lan.page.choices if choice.group == "paper"} < unsure


@pytest.mark.parametrize("how", ["withdrawn", "edited"])
async def test_a_guide_that_changes_meanwhile_does_not_stop_the_help(office: Office, how: str) -> None:
    lan = await volunteer(office)
    await lan.says("đăng ký khai sinh")
    await lan.presses("Ở bệnh viện")
    await lan.presses("Đã đăng ký kết hôn")
    guide = office.library.guides["dang-ky-khai-sinh"]
    update = {"status": "withdrawn"} if how == "withdrawn" else {"asks": guide.asks[:1]}
    changed = guide.model_copy(update=update)
    office.library = dataclasses.replace(office.library, guides={**office.library.guides, guide.id: changed})
    await lan.looks()
    assert ("Người dân cần làm việc gì?" in lan.text) == (how == "withdrawn")
    await lan.presses("Ghi luôn: đã mời" if how == "withdrawn" else "Đã mời sang cán bộ")
    (fact,) = await helped(office)
    assert fact.guide == ("" if how == "withdrawn" else guide.id)


async def test_whose_post_ends_in_the_middle_is_led_out_with_nothing_of_the_person(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("đăng ký khai sinh")
    await lan.presses("Ở nhà")
    with sqlite3.connect(office.path) as db:
        db.execute("delete from posts")
    db.close()
    await lan.presses("Bỏ qua câu hỏi")
    assert "đã kết thúc" in lan.text
    text = await office.store.talk_of(lan.address) or ""
    assert "khai-sinh" not in text
    assert "tai-nha" not in text
    await lan.says("quay lại")
    await lan.says("người tiếp theo")
    assert not isinstance((await kept(office, lan)).stage, Helping)
    assert await helped(office) == []


async def test_the_store_refuses_help_at_a_desk_that_is_not_ones_own(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("đăng ký tạm trú")
    await lan.presses("Bỏ qua câu hỏi")
    talk = await kept(office, lan)
    with sqlite3.connect(office.path) as db:
        forged = json.loads(state.dump(talk))
        forged["stage"]["desk"] = "loc-tho"
        db.execute("update talks set talk = ? where talk like '%helping%'", (json.dumps(forged),))
    db.close()
    await lan.does(Pressed("o:advised", lan.page.turn))
    assert await helped(office) == []


async def test_a_note_is_masked_and_hangs_on_nobody(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("đăng ký tạm trú")
    await lan.says("ghi chú: chủ nhà số căn cước 001085012345 không cho ký")
    assert [block.text for block in lan.page.blocks if isinstance(block, Notice)] == [
        office.texts["vi"]("assist.noted")
    ]
    assert "được che" in lan.text
    assert "Xin đừng ghi tên" in lan.text
    notes = [fact for _, fact in await known(office) if isinstance(fact, HelpNoted)]
    assert [("001085012345" in note.text, "chủ nhà" in note.text) for note in notes] == [(False, True)]
    with sqlite3.connect(office.path) as db:
        everything = "\n".join(db.iterdump())
    db.close()
    assert "001085012345" not in everything
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert stage.code == notes[0].code
    await lan.says("ghi chú")
    assert "Xin gõ nội dung" in lan.text


async def test_others_cannot_call_anybody(office: Office) -> None:
    somebody = await office.citizen("ai đó")
    await somebody.says("/tiep")
    assert "được mời" in somebody.text
    official = await office.member("Minh", "official", "vinh-hai")
    assert "Người tiếp theo" not in [choice.label for choice in official.page.choices]
    await official.says("/tiep")
    assert not isinstance((await kept(office, official)).stage, Helping)
    kiosk = Person(office, Address("web", "k-mot"))
    await kiosk.says("/tiep")
    assert not isinstance((await kept(office, kiosk)).stage, Helping | HandedBack)


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        ("Ghi luôn: đã hướng dẫn miệng", "advised"),
        ("Ghi luôn: đã giúp về VNeID", "vneid"),
        ("Ghi luôn: đã mời sang cán bộ", "to_official"),
    ],
)
async def test_who_needs_no_guide_is_helped_too(office: Office, outcome: str, kind: str) -> None:
    lan = await volunteer(office)
    await lan.presses(outcome)
    (fact,) = await helped(office)
    assert (fact.guide, fact.outcomes, fact.missing) == ("", (kind,), ())


@pytest.mark.parametrize(
    ("guide", "words", "answers"),
    [
        (
            "dang-ky-khai-sinh",
            "sinh ở nhà, không ai làm chứng, chưa cưới không ghi tên cha, mới sinh, bà ngoại đi",
            "tai-nha khong-nguoi-lam-chung chua-khong-ten-cha trong-60-ngay cha-me-nguoi-than",
        ),
        (
            "dang-ky-khai-sinh",
            "sinh o nha ko ai lam chung chua cuoi ko ghi ten cha moi sinh ba ngoai di",
            "tai-nha khong-nguoi-lam-chung chua-khong-ten-cha trong-60-ngay cha-me-nguoi-than",
        ),
        (
            "dang-ky-khai-sinh",
            "sinh bv, ko dkkh, me don than, 2 tuan, me di",
            "co-so-y-te chua-khong-ten-cha trong-60-ngay cha-me-nguoi-than",
        ),
        ("dang-ky-tam-tru", "thue tro, chu nha ko cho muon giay, o 1 minh", "thue"),
        ("dang-ky-tam-tru", "o nha nguoi quen, chua co hop dong", "o-nho"),
        ("cap-doi-cap-lai-the-can-cuoc", "mat the, 30 tuoi, ko doi thong tin", "mat-hong tu-14"),
        ("cap-doi-cap-lai-the-can-cuoc", "chua bao gio bi mat the", ""),
        ("dang-ky-khai-tu", "chet o bv, chua qua 15 ngay", "trong-15-ngay co-so-y-te"),
        ("dang-ky-khai-tu", "chi khai tu, ong 80t mat o nha, biet noi o, con di", "chi-khai-tu biet-noi-o nguoi-than"),
        ("dang-ky-ho-kinh-doanh", "1 minh lam chu, ko uy quyen, ko co chung chi", "ca-nhan"),
        (
            "khai-sinh-nhan-cha-me-con",
            "chua ks muon ghi ten cha, sinh bv, ko xet nghiem",
            "chua-co co-chung-sinh khong-giam-dinh",
        ),
        ("sang-ten-so-do", "bo cho con, ko ban", "tang-cho"),
        (
            "sang-ten-so-do",
            "bo me cho con, ko the chap, 1 nguoi nhan, ca thua",
            "tang-cho khong-the-chap mot-nguoi ca-thua",
        ),
        ("dang-ky-khai-tu", "mat 3 ngay truoc o nha, con trai di khai", "trong-15-ngay nguoi-than"),
        ("the-bao-hiem-y-te", "sv, chua co the bao gio", "hoc-sinh"),
        ("xac-nhan-tinh-trang-hon-nhan", "chua vo bao gio, lam de mua nha", "viec-khac"),
        ("dang-ky-tam-tru", "sv o ktx", "nguoi-lon danh-sach"),
        (
            "cap-doi-cap-lai-the-can-cuoc",
            "be 10 tuoi lam lan dau, da co du lieu dung roi",
            "lan-dau tu-6-den-14 da-dung",
        ),
        ("the-bao-hiem-y-te", "mua theo ho gia dinh, gia han", "ho-gia-dinh dong"),
        ("tro-cap-huu-tri-xa-hoi", "xin lan dau, 72 tuoi ho can ngheo, ko co luong huu", "xin-huong tu-70-ngheo"),
        ("xac-nhan-tinh-trang-hon-nhan", "vay ngan hang, ly hon roi, lan dau", "viec-khac da-ly-hon lan-dau"),
        ("doi-cap-lai-giay-phep-lai-xe", "het han, xe may, nguoi viet, nop online", "het-han a1-a-b1 cong-dan"),
        ("dang-ky-ho-kinh-doanh", "vo chong cung mo, nho con nop, co vneid", "ho-gia-dinh nho-nguoi co-vneid"),
        ("dang-ky-ket-hon", "ca 2 nguoi viet, chong cong an", "hai-viet-nam quan-doi-cong-an"),
        ("dang-ky-ket-hon", "ca 2 nguoi viet, anh da ly hon", "hai-viet-nam da-ly-hon"),
    ],
)
async def test_a_line_of_answers_is_for_the_guide_that_is_open(
    office: Office, guide: str, words: str, answers: str
) -> None:
    lan = await volunteer(office)
    await lan.does(Started(f"g_{guide}"))
    await lan.says(words)
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    if answers:
        assert (stage.about, [*stage.answers.values()]) == (guide, answers.split())
        assert "Hiểu là" in lan.text
    else:
        assert not stage.answers


async def test_a_line_that_answers_nothing_leaves_the_page_and_one_after_all_says_it_anew(office: Office) -> None:
    lan = await volunteer(office)
    await lan.does(Started("g_cap-ho-chieu"))
    await lan.says("co may cai, gio ko biet sao, thoi ke")
    assert "Chưa hiểu câu trả lời nào" in lan.text
    for words, first in (("con nho, lan dau, di truc tiep", "duoi-14-co-ma"), ("nguoi lon, lan dau", "tu-14")):
        await lan.says(words)
        stage = (await kept(office, lan)).stage
        assert isinstance(stage, Helping)
        assert (stage.about, stage.answers["nguoi"]) == ("cap-ho-chieu", first)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("nhà đang bị cháy", "114 cháy"),
        ("mat het so, bi chay nha", "giúp tiếp ở đây"),
        ("công an gọi điện kêu chuyển tiền", "không chuyển tiền"),
    ],
)
async def test_nobody_who_is_helped_is_lost_over_a_word_of_danger(office: Office, words: str, told: str) -> None:
    lan = await volunteer(office)
    await lan.does(Started("g_cap-lai-so-do-bi-mat"))
    before = (await kept(office, lan)).stage
    assert isinstance(before, Helping)
    await lan.says(words)
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert (stage.code, stage.about) == (before.code, before.about)
    assert told in lan.text


async def test_a_question_about_the_open_guide_is_answered_on_its_page(office: Office) -> None:
    lan = await volunteer(office)
    await lan.does(Started("g_dang-ky-khai-tu"))
    await lan.says("le phi bao nhieu, mat may ngay")
    assert "Phí, lệ phí: " in lan.text
    assert "Thời gian: Trong ngày." in lan.text
    await lan.says("con nop kip khong")
    assert "Hạn phải làm: " in lan.text
    assert "Chưa tìm thấy" not in lan.text
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert (stage.about, dict(stage.answers)) == ("dang-ky-khai-tu", {})
    await lan.says("đổi bằng lái xe lệ phí bao nhiêu")
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert stage.about == "doi-cap-lai-giay-phep-lai-xe"


@pytest.mark.parametrize(
    ("guide", "words", "told"),
    [
        ("dang-ky-khai-sinh", "tre han co bi phat ko", "Đã quá 60 ngày vẫn đi khai sinh được."),
        ("cap-lai-so-do-bi-mat", "co bi phat ko e", "Trợ lý chưa có thông tin về mức phạt."),
    ],
)
async def test_the_sentence_that_answers_just_what_was_asked_is_told_beside_who_is_helped(
    office: Office, guide: str, words: str, told: str
) -> None:
    lan = await volunteer(office)
    await lan.does(Started(f"g_{guide}"))
    await lan.says(words)
    assert told in lan.text
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert (stage.about, stage.offered) == (guide, ())


async def test_a_line_ticks_the_papers_it_names_beside_answers(office: Office) -> None:
    lan = await volunteer(office)
    await lan.does(Started("g_dang-ky-khai-sinh"))
    await lan.says("sinh ở viện, cưới rồi, có giấy chứng sinh, chưa có giấy kết hôn")
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert (dict(stage.answers), stage.seen) == (
        {"noi-sinh": "co-so-y-te", "cha-me": "da-ket-hon"},
        ("giay-chung-sinh",),
    )


async def test_a_question_that_opens_a_guide_is_answered_above_its_asks(office: Office) -> None:
    lan = await volunteer(office)
    await lan.says("quen mk vneid")
    assert "mật khẩu" in lan.text.split("Làm tài khoản cho ai?")[0]
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert stage.about == "tai-khoan-vneid-muc-2"
    await lan.says("việc khác, xin giay doc than mat may ngay z")
    assert "Thời gian: " in lan.text


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        (
            "sinh o bv, vc co dkkh, moi de, chi ruot di khai",
            {
                "noi-sinh": "co-so-y-te",
                "cha-me": "da-ket-hon",
                "thoi-han": "trong-60-ngay",
                "nguoi-di": "cha-me-nguoi-than",
            },
        ),
        ("sinh o bv, vc chua co dkkh", {"noi-sinh": "co-so-y-te"}),
    ],
)
async def test_parents_who_are_married_are_told_from_those_who_are_not(
    office: Office, words: str, answers: dict[str, str]
) -> None:
    lan = await volunteer(office)
    await lan.does(Started("g_dang-ky-khai-sinh"))
    await lan.says(words)
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert dict(stage.answers) == answers


async def test_contrary_answers_are_asked_again_and_another_matter_is_opened(office: Office) -> None:
    lan = await volunteer(office)
    await lan.does(Started("g_dang-ky-ket-hon"))
    await lan.says("lan dau, nu da ly hon")
    assert "Có hai điều trái nhau" in lan.text
    await lan.does(Started("g_dang-ky-khai-sinh"))
    await lan.says("đăng ký tạm trú cho con mới sinh ở nhà bà ngoại")
    stage = (await kept(office, lan)).stage
    assert isinstance(stage, Helping)
    assert stage.about == "dang-ky-tam-tru"
