"""Reports in the chat: of one's own shift, of days that are typed, of a desk; who may see which; nothing is not 0."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest

from bot.desk import Address
from flows.facts import Asked, Fact, HandedIn, Helped, HelpOutcome, HelpRated, Level, Received, RequestClosed, load
from flows.office.reports import VIEWS, Period, Scope, Share, query
from flows.office.roster import Rename
from flows.periods import period_in
from flows.replies import Chart, Reply, Table, Workbook
from flows.tally import Told
from flows.telling.report import of_view
from flows.telling.satisfaction import Untold
from tests.office.made_facts import Made, written
from tests.office.rig import Office, Person

TODAY = date(2026, 11, 25)
numbers = count(1)


def tables(reply: Reply) -> dict[str, dict[str, tuple[str, ...]]]:
    """Each table by its title: the name of a row -> its cells."""
    return {block.title: {row[0]: row[1:] for row in block.rows} for block in reply.blocks if isinstance(block, Table)}


def has(reply: Reply, kind: type[Chart | Workbook]) -> bool:
    return any(isinstance(block, kind) for block in reply.blocks)


def helped(
    member: str = "m1", desk: str = "vinh-hai", *, online: bool = True, waited: int | None = 300, code: str = ""
) -> Helped:
    outcome: HelpOutcome = "filed_online" if online else "filed_at_counter"
    return Helped(
        desk, member, "dang-ky-khai-sinh", online, (outcome,), (), waited, 600, code or f"{next(numbers):012}"
    )


def happened(office: Office, *told: Fact, person: str = "") -> None:
    """Facts of a citizen, as of now."""
    whose = person or f"{next(numbers):032}"
    written(office.path, iter([Made(office.now, whose, "citizen", fact) for fact in told]))


def rated(office: Office, level: Level, times: int = 1, member: str = "m1") -> None:
    for _ in range(times):
        help = helped(member)
        happened(office, help, HelpRated(help.code, help.desk, level))


async def id_of(office: Office, person: Person) -> str:
    me = await office.desk.see(person.address)
    assert me.turn
    found = await office.store.view(person.address, office.now, lambda _, its: its.people.me())
    assert found is not None
    return found.id


async def test_nothing_reported_is_said_so_and_is_no_zero(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    await boss.says("báo cáo")
    assert "chưa có ai báo số liệu" in boss.text
    assert not tables(boss.page)
    happened(office, Asked("Xin phép nuôi yến?", "unknown", ()))
    await boss.says("báo cáo")
    assert tables(boss.page)["Số chính"]["Lượt giúp tại bàn"] == ("chưa có số liệu",)
    assert tables(boss.page)["Số chính"]["Mức hài lòng"] == ("chưa có số liệu",)
    assert " 0 " not in boss.text
    assert "0 %" not in boss.text.replace("100,0 %", "")


async def test_each_percentage_stands_beside_its_count(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    rated(office, "very_satisfied", 21)
    rated(office, "satisfied", 2)
    await boss.says("báo cáo")
    main = tables(boss.page)["Số chính"]
    assert main["Rất hài lòng"] == ("91,3 % (21/23)",)
    assert main["Chưa hài lòng"] == ("0,0 % (0/23)",)
    assert main["Chờ (trung vị)"] == ("5 phút (23 lượt)",)
    assert main["Nộp trực tuyến"] == ("100,0 % (23/23)",)


async def test_a_volunteer_sees_the_own_shift_only(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    happened(office, helped(await id_of(office, lan)), helped("another"))
    await lan.says("báo cáo ca")
    assert "ca của tôi" in lan.text
    assert tables(lan.page)["Số chính"]["Lượt giúp tại bàn"] == ("1",)
    await lan.says("báo cáo tháng 10")
    assert "dành cho trưởng nhóm" in lan.text
    assert "ca của tôi" in lan.text
    for scope in (
        Scope(Period(TODAY, TODAY)),
        Scope(Period(TODAY, TODAY), "vinh-hai"),
        Scope(Period(TODAY, TODAY), "", "another"),
    ):
        assert await office.desk.report(lan.address, query(scope)) is None


async def test_what_one_person_thought_of_one_volunteer_is_not_told(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    me = await id_of(office, lan)
    rated(office, "very_satisfied", 3, me)
    rated(office, "not_satisfied", 1, me)
    await lan.says("báo cáo ca")
    assert tables(lan.page)["Số chính"]["Mức hài lòng"] == ("chưa đủ 5 phiếu (có 4)",)
    assert lan.text.count("chưa đủ 5 phiếu") == 1
    rated(office, "satisfied", 1, me)
    await lan.says("báo cáo ca")
    assert tables(lan.page)["Số chính"]["Chưa hài lòng"] == ("20,0 % (1/5)",)


async def test_no_side_of_the_own_report_tells_what_one_person_thought(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    me = await id_of(office, lan)
    rated(office, "very_satisfied", 1, me)
    report = await office.desk.report(lan.address, query(Scope(Period(TODAY, TODAY), "", me)))
    assert report is not None
    await lan.says("báo cáo ca")
    told = [
        cell for view in VIEWS for row in of_view(report, view, office.world(), office.texts["vi"]).rows for cell in row
    ]
    assert sum(isinstance(cell, Untold) for cell in told) == 1 + 3 * 4
    assert "chưa đủ 5 phiếu (có 1)" in lan.text
    await lan.presses("Theo thủ tục")
    assert "chưa đủ 5 phiếu (có 1)" in lan.text
    assert "(1/1)" not in lan.text.replace("100,0 % (1/1)", "", 1)  # filed online
    rated(office, "satisfied", 6, me)
    await lan.says("báo cáo ca")
    await lan.presses("Theo thủ tục")
    assert "7 phiếu, chỉ nêu ở bảng số chính" in lan.text
    assert "(1/7)" not in lan.text


async def test_what_is_left_untold_cannot_be_had_as_the_rest(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    rated(office, "very_satisfied", 6, "m1")
    rated(office, "not_satisfied", 2, "m2")
    scope = Scope(Period(TODAY, TODAY))

    async def of_members() -> list[object]:
        report = await office.desk.report(boss.address, query(scope))
        assert report is not None
        grid = of_view(report, "by_member", office.world(), office.texts["vi"])
        return [row[grid.columns.index("Rất hài lòng")] for row in grid.rows]

    assert await of_members() == [Untold(6), Untold(2)]
    rated(office, "satisfied", 2, "m3")
    assert await of_members() == [Untold(6), Untold(2), Untold(2)]
    rated(office, "satisfied", 1, "m3")
    assert await of_members() == [Share(6, 6), Untold(3), Untold(2)]


async def test_ratings_are_told_apart_by_the_help_they_are_of(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    rated(office, "very_satisfied", 2)
    for code in ("d" * 12, "e" * 12):
        happened(office, RequestClosed("vinh-hai", "m2", 90, 400, "member", code))
    happened(office, HelpRated("d" * 12, "vinh-hai", "satisfied"))
    await boss.says("báo cáo")
    main = tables(boss.page)["Số chính"]
    assert main["Lượt giúp tại bàn"] == ("2",)
    assert main["Lượt giúp qua tin nhắn"] == ("2",)
    assert main["Phiếu chấm"] == ("3 (2 tại bàn, 1 qua tin nhắn)",)
    report = await office.desk.report_to_operator(Scope(Period(TODAY, TODAY)))
    grid = of_view(report, "by_member", office.world(), office.texts["vi"])
    of_m2 = dict(zip(grid.columns, next(row for row in grid.rows if "m2" in str(row[0])), strict=True))
    assert (of_m2["Lượt giúp tại bàn"], of_m2["Lượt giúp qua tin nhắn"]) == ("–", 2)


async def test_a_lead_sees_the_own_desk_and_no_other(office: Office) -> None:
    minh = await office.member("Minh", "lead", "vinh-hai")
    happened(office, helped(), helped(desk="loc-tho"), helped(desk="loc-tho"))
    await minh.says("báo cáo")
    assert "Vĩnh Hải" in minh.text
    assert tables(minh.page)["Số chính"]["Lượt giúp tại bàn"] == ("1",)
    assert await office.desk.report(minh.address, query(Scope(Period(TODAY, TODAY), "loc-tho"))) is None
    assert await office.desk.report(minh.address, query(Scope(Period(TODAY, TODAY), "vinh-hai"))) is not None


async def test_whose_role_ends_at_the_page_sees_no_more(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    happened(office, helped())
    await boss.says("báo cáo")
    asked = query(Scope(Period(TODAY, TODAY)))
    assert await office.desk.report(boss.address, asked) is not None
    with sqlite3.connect(office.path) as db:
        db.execute("delete from posts")
    db.close()
    assert await office.desk.report(boss.address, asked) is None
    await boss.looks()
    assert "Số chính" not in boss.text


async def test_citizens_are_led_nowhere(office: Office) -> None:
    somebody = await office.citizen("ai đó")
    await somebody.says("báo cáo tháng 11")
    assert "Báo cáo 1/11" not in somebody.text
    await somebody.says("/baocao")
    assert "được mời" in somebody.text
    assert await office.desk.report(somebody.address, query(Scope(Period(TODAY, TODAY)))) is None
    kiosk = Address("web", "k-mot")
    assert await office.desk.report(kiosk, query(Scope(Period(TODAY, TODAY)))) is None


async def test_days_are_chosen_or_typed(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    happened(office, helped())
    office.later(days=-20)
    happened(office, helped(online=False))
    office.later(days=20)
    await boss.says("báo cáo tháng này")
    assert "1/11/2026 - 30/11/2026" in boss.text
    assert tables(boss.page)["Số chính"]["Nộp trực tuyến"] == ("50,0 % (1/2)",)
    assert has(boss.page, Chart)
    await boss.presses("Hôm nay")
    assert tables(boss.page)["Số chính"]["Lượt giúp tại bàn"] == ("1",)
    await boss.says("từ 1/11 đến 10/11")
    assert tables(boss.page)["Số chính"]["Nộp trực tuyến"] == ("0,0 % (0/1)",)
    await boss.says("từ 31/2 đến 3/3")
    assert "Không có những ngày đó" in boss.text
    await boss.presses("Xem theo")
    assert list(tables(boss.page)) == ["Theo bàn"]
    await boss.presses("Tải tệp Excel")
    assert has(boss.page, Workbook)


async def test_a_long_report_is_counted_once_a_minute(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    happened(office, helped())
    await boss.says("báo cáo 5 năm")
    assert tables(boss.page)["Số chính"]["Lượt giúp tại bàn"] == ("1",)
    happened(office, helped())
    await boss.says("báo cáo 5 năm")
    assert tables(boss.page)["Số chính"]["Lượt giúp tại bàn"] == ("1",)
    office.later(seconds=61)
    await boss.says("báo cáo 5 năm")
    assert tables(boss.page)["Số chính"]["Lượt giúp tại bàn"] == ("2",)


async def test_turns_go_on_while_a_report_is_counted(office: Office) -> None:
    happened(office, helped())
    somebody, read, go_on = await office.citizen("ai đó"), threading.Event(), threading.Event()

    def slowly(facts: Iterator[Told]) -> int:
        first = len(list(facts))
        read.set()
        assert go_on.wait(10)
        return first

    counting = asyncio.create_task(office.store.counted(Period(TODAY, TODAY), slowly))
    assert await asyncio.to_thread(read.wait, 10)
    await somebody.says("làm giấy khai sinh")
    assert "khai sinh" in somebody.text
    assert not counting.done()
    go_on.set()
    assert await counting == 1


async def test_a_dossier_is_joined_with_the_desk_that_helped_and_with_its_result(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    person = "7" * 32
    help = helped()
    happened(office, help)
    happened(office, HelpRated(help.code, help.desk, "satisfied"), person=person)
    filed = HandedIn("dang-ky-khai-sinh", TODAY, date(2026, 12, 2))
    happened(office, filed, person=person)
    office.later(days=2)
    happened(
        office, Received("dang-ky-khai-sinh", "more_papers"), Received("dang-ky-khai-sinh", "early"), person=person
    )
    await boss.says("báo cáo tháng 11")
    main = tables(boss.page)["Số chính"]
    assert main["Kết quả đúng hẹn hoặc sớm"] == ("100,0 % (1/1)",)
    await boss.presses("Xem theo")
    await boss.presses("Hẹn và kết quả")
    ((_, rows),) = tables(boss.page).items()
    assert rows["Một cửa phường Vĩnh Hải"] == rows["Đăng ký khai sinh cho bé"]
    assert rows["Một cửa phường Vĩnh Hải"][2:] == (
        "100,0 % (1/1)",
        "0,0 % (0/1)",
        "ít nhất 3, tính trên 1 hồ sơ",
    )
    report = await office.desk.report(boss.address, query(Scope(Period(TODAY, date(2026, 11, 30)), "vinh-hai")))
    assert report is not None
    assert (report.whole.filed, report.whole.saved) == (1, 3)


async def test_what_happens_at_a_desk_to_try_on_is_no_figure(office: Office) -> None:
    happened(office, helped(), helped(desk="loc-tho"))
    office.desks = {**office.desks, "loc-tho": office.desks["loc-tho"].model_copy(update={"trial": True})}
    report = await office.desk.report_to_operator(Scope(Period(TODAY, TODAY)))
    assert list(report.by_desk) == ["vinh-hai"]


async def test_a_desk_that_is_called_otherwise_keeps_its_figures(office: Office) -> None:
    happened(office, helped(), helped(desk="loc-tho"))
    await office.desk.operate(Rename("vinh-hai", "vinh-hai-moi"))
    report = await office.desk.report_to_operator(Scope(Period(TODAY, TODAY)))
    assert {desk: figures.helped for desk, figures in report.by_desk.items()} == {"vinh-hai-moi": 1, "loc-tho": 1}


async def test_what_no_guide_answers_at_a_desk_is_told_there_and_codes_never_are(office: Office) -> None:
    minh = await office.member("Minh", "lead", "vinh-hai")
    elsewhere = await office.member("Hòa", "lead", "loc-tho")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await lan.presses("Người tiếp theo")
    for words in (
        "xin phép nuôi chim yến trong thành phố",
        "K7M3-T29Q-B4XZ",
        "mã K7M3PQ",
        "nuôi yến mã K7M3-T29Q-B4XZ",
    ):
        await lan.says(words)
    await minh.says("báo cáo")
    report = await office.desk.report(minh.address, query(Scope(Period(TODAY, TODAY), "vinh-hai")))
    assert report is not None
    told = {one.text for one in report.unanswered}
    assert "xin phép nuôi chim yến trong thành phố" in told
    assert not any("K7M3" in text for text in told)
    assert "K7M3" not in "".join(fact.body for fact in await office.store.facts())
    assert tables(minh.page)["Số chính"]["Câu chưa có hướng dẫn"] != ("chưa có số liệu",)
    await minh.presses("Xem theo")
    await minh.presses("Câu chưa có hướng dẫn")
    assert "xin phép nuôi chim yến trong thành phố" in minh.text
    other = await office.desk.report(elsewhere.address, query(Scope(Period(TODAY, TODAY), "loc-tho")))
    assert other is not None
    assert (other.asked, other.without_guide) == (0, 0)


async def test_a_question_offered_guides_of_which_none_helped_has_no_guide(office: Office) -> None:
    near = ("dang-ky-ket-hon", "dang-ky-khai-sinh")
    for code, found in (("a" * 12, near), ("b" * 12, near[:1]), ("c" * 12, near)):
        happened(office, Asked(f"giấy tờ {code}", "choose", found, "vinh-hai", code))
    happened(office, helped(code="a" * 12), helped(code="b" * 12))
    report = await office.desk.report_to_operator(Scope(Period(TODAY, TODAY), "vinh-hai"))
    assert [one.text for one in report.unanswered] == [f"giấy tờ {'b' * 12}"]


def test_a_question_kept_before_desks_were_known_still_loads() -> None:
    assert load('{"text": "a", "band": "unknown", "found": [], "kind": "asked"}') == Asked("a", "unknown", ())


async def test_trials_and_the_own_questions_of_the_team_are_left_out(office: Office) -> None:
    boss = await office.member("Bà Mai", "official")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    operator = Person(office, Address("terminal", "o"))
    somebody = await office.citizen("ai đó")
    for person in (lan, operator, somebody):
        await person.says("xin phép nuôi chim yến trong thành phố")
    await boss.says("báo cáo")
    assert tables(boss.page)["Số chính"]["Câu hỏi bằng lời"] == ("1",)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("báo cáo ngày", "2026-11-25", "2026-11-25"),
        ("hôm qua", "2026-11-24", "2026-11-24"),
        ("tuần này", "2026-11-23", "2026-11-29"),
        ("tuan truoc", "2026-11-16", "2026-11-22"),
        ("tháng trước", "2026-10-01", "2026-10-31"),
        ("tháng 12", "2025-12-01", "2025-12-31"),
        ("tháng 2/2028", "2028-02-01", "2028-02-29"),
        ("quý 3/2026", "2026-07-01", "2026-09-30"),
        ("quý IV", "2026-10-01", "2026-12-31"),
        ("năm 2025", "2025-01-01", "2025-12-31"),
        ("từ 1/11 đến 30/11", "2026-11-01", "2026-11-30"),
        ("từ ngày 1 tháng 11 đến 30 tháng 11 năm 2026", "2026-11-01", "2026-11-30"),
        ("1/12 đến 5/1", "2025-12-01", "2026-01-05"),
        ("2026-11-01 2026-11-30", "2026-11-01", "2026-11-30"),
        ("from 1/11 to 30/11", "2026-11-01", "2026-11-30"),
    ],
)
def test_words_name_a_period(words: str, first: str, last: str) -> None:
    assert period_in(words, TODAY) == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("words", ["31/2", "từ 5/11 đến 1/11", "quý 5", "99 năm", "tháng 13", "làm khai sinh", ""])
def test_other_words_name_none(words: str) -> None:
    assert period_in(words, TODAY) is None
