"""Practice: cases made from the guides, judged by the guides, what the team gets wrong, and a contest."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk import Address, Arrival
from bot.store import Kept, NotAllowed
from bot.store.office.practice import quiz_of
from flows import state
from flows.drilling import Chance, drills
from flows.events import Pressed
from flows.judging import judged
from flows.office import Deed
from flows.office.practice import AnswerQuiz, CloseQuiz, Drill, JoinQuiz, OpenQuiz, Player, Quiz
from flows.office.practice_stages import Practising
from flows.told import in_opening
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.tailor import Fit, papers
from tests.office.rig import Office, Person


async def drill_of(person: Person) -> Drill:
    """The case that a person is at, as it is kept."""
    kept = await person.office.store.talk_of(person.address)
    assert kept is not None
    stage = state.load(kept).stage
    assert isinstance(stage, Practising)
    return stage.drill


def needed(drill: Drill, office: Office) -> list[int]:
    """The places of the papers that the guide asks for, found without what judges them."""
    guide = office.library.guides[drill.guide]
    listed = papers(guide, dict(drill.answers), office.world().today)
    sure = {f"{guide.id}/{document.id}" for document, fit in listed if fit is Fit.YES and not document.if_any}
    return [place for place, ref in enumerate(drill.papers) if ref in sure]


async def press(person: Person, id: str) -> None:
    await person.does(Pressed(id, person.page.turn))


async def answer(person: Person, drill: Drill, *, guide: str = "", right: bool = True) -> None:
    """Go through a case that is open, rightly or without a single paper."""
    await press(person, f"g:{guide or drill.guide}")
    for place in needed(drill, person.office) if right else ():
        await press(person, f"p:{place}")
    await press(person, "done")


def kept(office: Office) -> list[dict[str, object]]:
    with sqlite3.connect(office.path) as db:
        rows = db.execute("select body from facts where kind = 'practised' order by number").fetchall()
    db.close()
    return [json.loads(body) for (body,) in rows]


def refuse(deed: Deed) -> Callable[[object, object], Kept]:
    """What a forged turn asks the store for."""
    return lambda *_: Kept("{}", deeds=(deed,))


def quiz_in(office: Office) -> Quiz:
    with sqlite3.connect(office.path) as db:
        (id,) = db.execute("select id from quizzes order by begins desc").fetchone()
        quiz = quiz_of(db, id)
    db.close()
    assert quiz is not None
    return quiz


async def quiz_by(lead: Person) -> Quiz:
    """A quiz of five cases and ten minutes."""
    await lead.says("luyện tập")
    for label in ("Mở hội thi", "5 câu", "10 phút"):
        await lead.presses(label)
    return quiz_in(lead.office)


def test_the_same_chance_makes_the_same_cases_and_each_can_be_solved(office: Office) -> None:
    world = office.world()
    made = drills(12, "K7M3PQ", world)
    assert made == drills(12, "K7M3PQ", world)
    assert made != drills(12, "K7M3PR", world)
    assert len({drill.guide for drill in made}) == 12
    for drill in made:
        assert drill.guide in drill.guides
        assert len(set(drill.guides)) == 4
        assert len(set(drill.papers)) == len(drill.papers) <= 7
        right = needed(drill, office)
        assert right
        assert judged(drill, drill.guide, right, world).points == 2
        assert judged(drill, drill.guides[0], (), world).points == int(drill.guides[0] == drill.guide)
        assert set(judged(drill, drill.guide, (), world).missed) == {drill.papers[place] for place in right}


def test_chance_reaches_everything() -> None:
    chance = Chance("x")
    assert {chance.one_of("abc") for _ in range(60)} == set("abc")
    assert sorted(chance.shuffled("abcdef")) == list("abcdef")


async def test_a_case_is_told_judged_and_explained_with_its_source(office: Office) -> None:
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    await lan.presses("Luyện tập")
    await lan.presses("Làm một câu")
    assert "Một người nói" in lan.text
    drill = await drill_of(lan)
    await answer(lan, drill)
    assert "2/2 điểm" in lan.text
    assert "Kiểm tra ngày" in lan.text
    await lan.presses("Câu khác")
    second = await drill_of(lan)
    assert second.guide != drill.guide
    await answer(lan, second, right=False)
    assert "1/2 điểm" in lan.text
    assert "Còn thiếu" in lan.text
    guide = office.library.guides[second.guide]
    assert any(source.title in lan.text for source in guide.sources)
    await lan.says("luyện tập")
    assert "Đã làm 2 câu gần đây, đúng hết 1 câu. Chuỗi đúng: 0" in lan.text
    facts = kept(office)
    assert [fact["right"] for fact in facts] == [True, False]
    assert facts[1]["wrong"] == [second.papers[place] for place in sorted(needed(second, office))]


async def test_a_streak_is_kept_over_a_restart(office: Office) -> None:
    lan = await office.member("Lan")
    await lan.says("luyện tập")
    await lan.presses("Làm một câu")
    for _ in range(3):
        await answer(lan, await drill_of(lan))
        await lan.presses("Câu khác")
    await office.restart()
    await lan.says("luyện tập")
    assert "Chuỗi đúng: 3 câu liền" in lan.text


async def test_the_lead_sees_what_went_wrong_and_not_whose_it_was(office: Office) -> None:
    lead = await office.member("Mai", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    far = await office.member("Xa", "volunteer", "loc-tho")
    for person in (lan, far):
        await person.says("luyện tập")
        await person.presses("Làm một câu")
    drill = await drill_of(lan)
    wrong = next(id for id in drill.guides if id != drill.guide)
    await answer(lan, drill, guide=wrong, right=False)
    assert "Chưa đúng" in lan.text
    await answer(far, await drill_of(far), right=False)
    await lead.says("luyện tập")
    await lead.presses("Cả nhóm hay sai gì")
    assert "Từ 1 câu của cả nhóm" in lead.text
    assert f"{office.library.guides[drill.guide].title}: sai 1 trong 1 câu" in lead.text
    assert office.library.guides[wrong].title in lead.text
    assert "Lan" not in lead.text
    assert not any(choice.label == "Cả nhóm hay sai gì" for choice in lan.page.choices)


async def test_a_press_delivered_twice_counts_once(office: Office) -> None:
    lan = await office.member("Lan")
    await lan.says("luyện tập")
    await lan.presses("Làm một câu")
    await press(lan, f"g:{(await drill_of(lan)).guide}")
    done = Arrival(lan.address, "once", Pressed("done", lan.page.turn))
    await office.desk.hear(done)
    await office.desk.hear(done)
    await office.desk.hear(replace(done, id="again"))
    assert len(kept(office)) == 1


async def test_a_guide_withdrawn_in_the_middle_of_a_case_does_not_count(office: Office) -> None:
    lan = await office.member("Lan")
    await lan.says("luyện tập")
    await lan.presses("Làm một câu")
    drill = await drill_of(lan)
    await press(lan, f"g:{drill.guide}")
    office.library = without(office.library, drill.guide)
    await press(lan, "done")
    assert "Câu này không tính" in lan.text
    assert kept(office) == []
    await lan.presses("Câu khác")
    assert (await drill_of(lan)).guide != drill.guide


def without(library: Library, id: str) -> Library:
    """The library after a guide was withdrawn."""
    guides: dict[str, Guide] = dict(library.guides)
    guides[id] = guides[id].model_copy(update={"status": "withdrawn"})
    return replace(library, guides=guides)


async def test_a_contest_has_the_same_cases_for_all_and_a_table_by_points_then_time(office: Office) -> None:
    lead = await office.member("Mai", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    hung = await office.member("Hùng", "volunteer", "vinh-hai")
    binh = await office.member("Bình", "volunteer", "vinh-hai")
    quiz = await quiz_by(lead)
    await office.calls()
    await lan.looks()
    assert "Có hội thi tại Một cửa phường Vĩnh Hải" in lan.text
    for person, seconds, right in ((lan, 30, True), (hung, 20, True), (binh, 5, False)):
        await person.says("luyện tập")
        await person.presses("Vào hội thi")
        for nth, drill in enumerate(quiz.drills):
            assert f"câu {nth + 1}/5" in person.text
            assert office.library.guides[drill.guide].phrases[drill.phrase] in person.text
            if nth == 2:
                await office.restart()
            office.later(seconds=seconds)
            await answer(person, drill, right=right)
        assert "Bảng điểm hiện khi hết giờ" in person.text
    await lead.says("luyện tập")
    await lead.presses("Bảng điểm hội thi")
    await lead.presses("Kết thúc hội thi")
    await office.calls()
    await lan.looks()
    assert "đã kết thúc" in lan.text
    await lan.says("luyện tập")
    await lan.presses("Bảng điểm")
    table = [line for line in lan.text.splitlines() if "điểm, " in line]
    assert table == [
        "Hùng: 10/10 điểm, 5 câu, 1 phút 40 giây",
        "Lan: 10/10 điểm, 5 câu, 2 phút 30 giây",
        "Bình: 5/10 điểm, 5 câu, 0 phút 25 giây",
    ]


async def test_who_leaves_a_contest_comes_back_to_the_next_case_and_none_counts_after_the_end(office: Office) -> None:
    lead = await office.member("Mai", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    quiz = await quiz_by(lead)
    await lan.says("luyện tập")
    await lan.presses("Vào hội thi")
    await answer(lan, quiz.drills[0])
    await lan.says("đăng ký tạm trú")
    await lan.says("luyện tập")
    await lan.presses("Vào hội thi")
    assert "câu 2/5" in lan.text
    await press(lan, f"g:{quiz.drills[1].guide}")
    office.later(minutes=11)
    await press(lan, "done")
    assert "đã hết giờ" in lan.text
    await lan.presses("Tiếp tục")
    assert "Lan: 2/10 điểm, 1 câu" in lan.text
    await lan.says("luyện tập")
    assert not any(choice.label.startswith("Vào hội thi") for choice in lan.page.choices)


async def test_a_guide_withdrawn_during_a_contest_counts_for_nobody(office: Office) -> None:
    lead = await office.member("Mai", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    quiz = await quiz_by(lead)
    await lan.says("luyện tập")
    await lan.presses("Vào hội thi")
    await answer(lan, quiz.drills[0])
    await answer(lan, quiz.drills[1])
    office.library = without(without(office.library, quiz.drills[0].guide), quiz.drills[2].guide)
    await lan.looks()
    assert "Câu này không tính" in lan.text
    await lan.presses("Tiếp tục")
    assert "câu 4/5" in lan.text
    await lead.says("luyện tập")
    await lead.presses("Bảng điểm")
    assert "Lan: 2/6 điểm" in lead.text
    assert "2 câu không tính" in lead.text


async def test_a_member_who_is_gone_stands_in_no_table_and_a_lead_who_is_gone_ends_nothing(office: Office) -> None:
    lead = await office.member("Mai", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    quiz = await quiz_by(lead)
    await lan.says("luyện tập")
    await lan.presses("Vào hội thi")
    await answer(lan, quiz.drills[0])
    await lead.says("luyện tập")
    await lead.presses("Bảng điểm")
    with sqlite3.connect(office.path) as db:
        db.execute("pragma foreign_keys = on")
        db.execute("delete from members where called = 'Lan'")
    db.close()
    await lead.presses("Xem lại")
    assert "Chưa có ai dự thi" in lead.text
    turn = lead.page.turn
    with sqlite3.connect(office.path) as db:
        db.execute("delete from posts")
    db.close()
    await lead.does(Pressed("close", turn))
    assert quiz_in(office).open(office.now)


async def test_the_store_lets_nobody_do_what_they_may_not(office: Office) -> None:
    lead = await office.member("Mai", "lead", "vinh-hai")
    lan = await office.member("Lan", "volunteer", "vinh-hai")
    far = await office.member("Xa", "lead", "loc-tho")
    quiz = await quiz_by(lead)
    until = office.now + timedelta(minutes=5)
    forged: tuple[tuple[Person, Deed], ...] = (
        (lan, OpenQuiz("vinh-hai", quiz.drills, until)),
        (far, OpenQuiz("vinh-hai", quiz.drills, until)),
        (lan, CloseQuiz(quiz.id)),
        (far, CloseQuiz(quiz.id)),
        (far, JoinQuiz(quiz.id)),
        (lan, AnswerQuiz(quiz.id, 0, 2)),
        (lead, AnswerQuiz("nowhere", 0, 2)),
    )
    for nth, (person, deed) in enumerate(forged):
        with pytest.raises(NotAllowed):
            await office.store.turn(person.address, f"forged{nth}", office.now, refuse(deed))
    await lan.says("luyện tập")
    await lan.presses("Vào hội thi")
    for nth, deed in enumerate((AnswerQuiz(quiz.id, 0, 3), AnswerQuiz(quiz.id, 5, 1))):
        with pytest.raises(NotAllowed):
            await office.store.turn(lan.address, f"more{nth}", office.now, refuse(deed))
    assert [player.points for player in await table(office, lan, quiz)] == [()]


async def table(office: Office, person: Person, quiz: Quiz) -> tuple[Player, ...]:
    return await office.store.view(person.address, office.now, lambda _, here: here.practice.players(quiz.id))


async def test_a_desk_renamed_keeps_its_contest_under_the_new_name(office: Office) -> None:
    lead = await office.member("Mai", "lead", "vinh-hai")
    await quiz_by(lead)
    renamed = office.desks["vinh-hai"].model_copy(update={"name": "Trung tâm mới"})
    office.desks = {**office.desks, "vinh-hai": renamed}
    await lead.looks()
    await lead.presses("Bảng điểm hội thi Trung tâm mới")
    assert "Hội thi tại Trung tâm mới" in lead.text


async def test_citizens_and_pages_that_many_use_have_no_practice(office: Office) -> None:
    somebody = await office.citizen("ai đó")
    await somebody.says("/luyen-tap")
    assert "được mời" in somebody.text
    kiosk = Person(office, Address("web", "k-mot"))
    await kiosk.says("/luyen-tap")
    assert "được mời" in kiosk.text


def test_what_the_phrase_of_a_case_tells_is_its_answer(office: Office) -> None:
    world = office.world()
    wanted = {
        "con ốm nghỉ làm hưởng bảo hiểm": ("ai-om", "con-om"),
        "mất điện thoại không vào được VNeID": ("nguoi", "tu-14"),
    }
    made: dict[str, Drill] = {}
    for nth in range(500):  # which phrase is drawn is chance
        if wanted.keys() <= made.keys():
            break
        made |= {office.library.guides[one.guide].phrases[one.phrase]: one for one in drills(60, f"S{nth}", world)}
    for phrase, (ask, choice) in wanted.items():
        assert dict(made[phrase].answers)[ask] == choice
    for drill in made.values():
        guide = office.library.guides[drill.guide]
        said = in_opening(guide, guide.phrases[drill.phrase], office.library.words, world.today, {})
        assert said.items() <= {**said, **dict(drill.answers)}.items()


def test_a_paper_that_is_only_said_to_be_asked_for_judges_nobody(office: Office) -> None:
    world = office.world()
    for drill in drills(60, "K7M3PQ", world):
        guide = office.library.guides[drill.guide]
        unsure = {one.id for one in guide.documents if guide.certainty_of(one) not in ("verified", "copied")}
        assert not unsure & {ref.partition("/")[2] for ref in drill.papers if ref.startswith(f"{guide.id}/")}
        for ticked in ((), range(len(drill.papers))):
            told = judged(drill, drill.guide, ticked, world)
            assert not unsure & {ref.partition("/")[2] for ref in (*told.missed, *told.extra) if guide.id in ref}
