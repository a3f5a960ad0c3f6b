"""Stories in which the world changes between the turns: days pass, a guide is edited, a list goes from kiosk to phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows import engine, state
from flows.events import Event, Pressed, Reminded, Said, Started
from flows.replies import Reply, words
from flows.state import Awaiting, Collecting, Language, Talk
from flows.texts import Say
from flows.turn import Turn, World
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.loading import library_of

MORNING = datetime(2026, 11, 20, 3, tzinfo=UTC)
STAY = "dang-ky-tam-tru"


@pytest.fixture
def world(library: Library, sentences: Mapping[Language, Say]) -> World:
    return World(library, sentences, MORNING, code="K7M3PQ", reminds=True)


class Person:
    """Somebody who talks on over days; the talk goes through JSON after every turn."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.talk = Talk()
        self.turn: Turn = self.does(Started())

    def does(self, event: Event) -> Turn:
        self.turn = engine.step(self.talk, event, self.world)
        self.talk = state.load(state.dump(self.turn.talk))
        return self.turn

    def says(self, *texts: str) -> str:
        for text in texts:
            self.does(Said(text))
        return self.sees()

    def sees(self) -> str:
        return "\n".join(words(self.page()))

    def page(self) -> Reply:
        return engine.show(self.talk, self.world)

    def presses(self, label: str) -> str:
        page = self.page()
        self.does(Pressed(next(one.id for one in page.choices if one.label == label), page.turn))
        return self.sees()


def at_own_list(world: World) -> Person:
    person = Person(world)
    person.says("đăng ký tạm trú", "chuẩn bị giấy tờ", "cho em", "thue tro", "1", "đặt tên: của em")
    return person


def edited(library: Library, **changes: object) -> Library:
    guides = dict(library.guides)
    guides[STAY] = Guide.model_validate(guides[STAY].model_dump(by_alias=True) | changes)
    return library_of(guides.values())


def test_days_later_the_guide_is_edited_and_the_list_goes_on(world: World, library: Library) -> None:
    person = at_own_list(world)
    papers = [one.model_dump(by_alias=True) for one in library.guides[STAY].documents]
    new = {"id": "giay-moi", "name": "Giấy theo quy định mới", "original": 1, "source": papers[0]["source"]}
    person.world = replace(world, library=edited(library, documents=(*papers, new)), now=MORNING + timedelta(days=3))
    seen = person.says("việc của tôi")
    assert "của em: đã có 1/3 giấy tờ" in seen
    assert "giấy theo quy định mới" in seen
    seen = person.says("danh sách của em")
    assert "Giấy theo quy định mới" in seen
    case = person.talk.case(STAY, 1)
    assert case is not None
    assert len(case.have) == 1


def test_a_list_goes_from_the_kiosk_to_the_phone_with_its_name_and_meets_another_there(world: World) -> None:
    kiosk = at_own_list(world)
    kiosk.says("mang danh sách theo")
    shared = kiosk.turn.shared
    assert shared is not None
    assert "của em" in kiosk.sees()
    phone = Person(replace(world, now=MORNING + timedelta(hours=5)))
    phone.says("đăng ký tạm trú", "chuẩn bị giấy tờ", "con nho")  # one of the phone's own
    phone.world = replace(phone.world, carried=state.load_carried(state.dump_carried(shared.carried)))
    seen = phone.says("k7m 3pq")
    assert "Giấy tờ của quý vị: Đăng ký tạm trú (ở trọ, ở tạm) – của em" in seen
    assert [(case.nth, case.called, len(case.have)) for case in phone.talk.cases] == [(2, "của em", 1), (1, "", 0)]
    phone.says("2")
    again = phone.says("K7M3PQ")  # typed once more by mistake
    assert "Đã có đủ các giấy tờ" in again
    assert len(phone.talk.cases) == 2


def test_an_unnamed_list_goes_without_a_name(world: World) -> None:
    person = Person(world)
    person.says("đăng ký tạm trú", "chuẩn bị giấy tờ", "cho em", "thue tro", "mang danh sách theo")
    assert person.turn.shared is not None
    assert isinstance(person.turn.shared.carried, state.Carried)
    assert person.turn.shared.carried.case.called == ""
    assert "Tóm tắt: Đăng ký tạm trú (ở trọ, ở tạm)\n" in person.sees() + "\n"


def test_each_list_is_reminded_of_by_itself_and_not_after_it_is_deleted(world: World) -> None:
    person = at_own_list(world)
    person.says("em nộp hôm nay rồi", "nhắc trước")
    mine = person.turn.reminders
    assert mine is not None
    assert mine.list == STAY
    person.says("lập thêm danh sách cho mẹ", "chưa rõ", "chưa rõ", "em nộp hôm nay rồi", "nhắc trước")
    mothers = person.turn.reminders
    assert mothers is not None
    assert mothers.list == f"{STAY}.2"
    assert "cho mẹ" in person.sees()
    person.says("bắt đầu lại")
    person.world = replace(world, now=mine.at[0])
    person.does(Reminded(mine.list))
    assert person.talk.stage == Awaiting(STAY)
    seen = person.sees()
    assert "Nhắc hẹn" in seen
    assert "của em" in seen
    person.says("xóa danh sách này")
    person.presses("Xóa danh sách")
    assert person.turn.reminders is not None
    assert (person.turn.reminders.list, person.turn.reminders.at) == (STAY, ())
    assert person.does(Reminded(mine.list)).reply is None
    person.does(Reminded(mothers.list))
    assert person.talk.stage == Awaiting(STAY, nth=2)


def test_back_never_leads_into_a_deleted_list(world: World) -> None:
    person = at_own_list(world)
    person.says("sửa câu trả lời", "quay lại", "xóa danh sách này")
    person.presses("Xóa danh sách")
    while person.talk.past:
        person.says("quay lại")
        assert not isinstance(person.talk.stage, Collecting)
    assert person.talk.cases == ()
