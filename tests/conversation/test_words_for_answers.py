"""Words as answers and ticks: what real questions must not do, what any words may not break, and what is taken back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import answering, engine, questions, spans, state, ticking, told
from flows.events import Event, Pressed, Said
from flows.facts import Answered, Asked, Opened, Ticked
from flows.replies import Notice, Reply
from flows.state import Asking, AtGuide, Collecting, Language, NotKnown, NotThis, Talk
from flows.texts import Say
from flows.turn import World
from knowledge.guide import Ask, Choice, Guide
from knowledge.library import Library
from knowledge.loading import library_of
from knowledge.tailor import UNSURE

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
BIRTH = "dang-ky-khai-sinh"
CARD = "cap-doi-cap-lai-the-can-cuoc"
WORDS = st.lists(
    st.sampled_from(
        "có không chưa rồi đủ hết thiếu mất giấy tờ chứng sinh khai căn cước cccd 1 2 3 12 15 tuổi tháng ngày năm hơn "
        "dưới bệnh viện nhà trừ và , ? con em dạ ạ kết hôn hộ chiếu nhầm lộn không biết ở đâu bao nhiêu".split()
    ),
    max_size=9,
).map(" ".join)
CALM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def world(library: Library, sentences: Mapping[Language, Say]) -> World:
    return World(library, sentences, NOON)


def play(world: World, *events: Event, talk: Talk | None = None) -> tuple[Talk, Reply, list[object]]:
    """The talk after the events, the last page, and all facts; through JSON after every turn."""
    talk = talk or Talk()
    reply = engine.show(talk, world)
    facts: list[object] = []
    for event in events:
        turn = engine.step(talk, event, world)
        talk = state.load(state.dump(turn.talk))
        facts += turn.facts
        reply = turn.reply or reply
    return talk, reply, facts


def notices(reply: Reply) -> list[str]:
    return [block.text for block in reply.blocks if isinstance(block, Notice)]


def at_ask(guide: str, ask: str) -> Talk:
    return Talk(stage=Asking(guide, ask))


def at_papers(library: Library, guide: str = BIRTH) -> Talk:
    case = state.Case(guide, library.guides[guide].edition, library.guides[guide].title)
    return Talk(stage=Collecting(guide), cases=(case,))


def ask_of(*labels: str, text: str = "Bao lâu rồi?") -> Ask:
    return Ask(id="a", text=text, choices={f"c{at}": Choice(label=label) for at, label in enumerate(labels)})


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ("con 3 tháng", "c1"),
        ("được 70 ngày rồi", "c1"),
        ("60 ngày", "c0"),
        ("mới 2 tuần", "c0"),
        ("hơn hai tháng", "c1"),
        ("gần hai tháng", "c0"),
        ("bảy chục ngày", "c1"),
        ("2 tháng", ""),
        ("từ 10 ngày đến 70 ngày", ""),
        ("9999 ngày", "c1"),
        ("99999999999999999999 ngày", ""),
    ],
)
def test_a_length_of_time_falls_in_one_choice_or_in_none(said: str, choice: str) -> None:
    assert spans.chosen(ask_of("Trong vòng 60 ngày", "Đã quá 60 ngày", "Đã lớn"), said, 2026) == choice


@pytest.mark.parametrize(
    ("said", "told", "choice"),
    [
        ("cháu 5 tuổi", "here", "c2"),
        ("nó 15", "alone", "c0"),
        ("nó 15", "here", ""),
        ("chưa đủ 6", "alone", "c2"),
        ("chưa đủ 14", "alone", ""),
        ("mười ba tuổi", "here", "c1"),
        ("13 tuổi rưỡi", "here", "c1"),
        ("sinh năm 2015", "alone", "c1"),
        ("con 8 tháng", "here", "c2"),
        ("tạm trú thêm 1 năm", "aside", ""),
        ("con 5 tuổi, mẹ 30 tuổi", "aside", ""),
    ],
)
def test_an_age_falls_in_one_choice_or_in_none(said: str, told: spans.Told, choice: str) -> None:
    ask = ask_of("Từ đủ 14 tuổi", "Từ đủ 6 tuổi, chưa đủ 14", "Dưới 6 tuổi", text="Mấy tuổi?")
    assert spans.chosen(ask, said, 2026, told) == choice


def test_a_number_alone_does_not_decide_where_a_choice_wants_more() -> None:
    ask = ask_of("Từ đủ 75 tuổi", "Từ 70 đến dưới 75, hộ nghèo", "Chưa đủ tuổi", text="Bao nhiêu tuổi?")
    assert spans.chosen(ask, "80 tuổi", 2026) == "c0"
    assert spans.chosen(ask, "72 tuổi", 2026) == ""


def test_every_label_and_word_of_every_choice_is_understood_as_that_choice(
    library: Library, sentences: Mapping[Language, Say]
) -> None:
    """With and without a polite word around it; a phrase that two choices share may be understood as neither."""
    wrong = []
    for guide in library.guides.values():
        for ask in guide.asks:
            shared = [words for choice in ask.choices.values() for words in (choice.label, *choice.words)]
            for id, choice in ask.choices.items():
                for words in (choice.label, *choice.words):
                    for said in (words, f"dạ {words} ạ"):
                        meant = answering.in_words(ask, said, library.words, TODAY, sentences["vi"])
                        if shared.count(words) == 1 and (meant is None or meant.choice != id):
                            wrong.append((guide.id, ask.id, said, meant))
    assert wrong == []


def test_no_label_of_a_choice_sounds_like_danger(library: Library) -> None:
    index = library.index(TODAY)
    labels = [
        choice.label for guide in library.guides.values() for ask in guide.asks for choice in ask.choices.values()
    ]
    assert [label for label in labels if index.understood(label).alarm != "none"] == []


def test_questions_that_find_other_guides_are_no_answers(library: Library, sentences: Mapping[Language, Say]) -> None:
    """What people ask of all guides, put to the asks of others: never an answer that is not asked about again."""
    asked = [phrase for guide in library.guides.values() for phrase in guide.phrases[:3] if len(phrase.split()) > 4]
    asks = [ask for id in (BIRTH, CARD, "dang-ky-tam-tru") for ask in library.guides[id].asks]
    taken = [
        (ask.id, phrase)
        for phrase in asked
        for ask in asks
        if (meant := answering.in_words(ask, phrase, library.words, TODAY, sentences["vi"])) and meant.sure
    ]
    assert len(asked) > 60
    assert len(taken) <= len(asked) * len(asks) // 250, taken


@CALM
@given(said=st.one_of(WORDS, st.text(max_size=60)))
def test_any_words_at_any_ask_mean_one_of_its_choices_or_nothing(
    said: str, library: Library, sentences: Mapping[Language, Say]
) -> None:
    for guide in (library.guides[id] for id in (BIRTH, CARD, "tro-cap-huu-tri-xa-hoi")):
        for ask in guide.asks:
            meant = answering.in_words(ask, said, library.words, TODAY, sentences["vi"])
            assert meant is None or meant.choice in {*ask.choices, UNSURE}
        taken = told.in_opening(guide, said, library.words, TODAY, {})
        asks = {ask.id: ask for ask in guide.asks}
        assert all(choice in asks[id].choices for id, choice in taken.items())


@CALM
@given(said=st.one_of(WORDS, st.text(max_size=60)))
def test_any_words_tick_papers_of_the_list_only_and_none_both_ways(
    said: str, library: Library, sentences: Mapping[Language, Say]
) -> None:
    listed = library.guides[BIRTH].documents
    ticks = ticking.in_words(said, listed, library.words, sentences["vi"])
    if ticks is not None:
        assert {*ticks.have, *ticks.lack} <= {document.id for document in listed}
        assert {*ticks.have}.isdisjoint(ticks.lack)


@CALM
@given(said=st.lists(WORDS, max_size=6))
def test_what_words_did_is_taken_back_by_going_back(
    said: list[str], library: Library, sentences: Mapping[Language, Say]
) -> None:
    world = World(library, sentences, NOON)
    for start in (at_ask(BIRTH, "noi-sinh"), at_papers(library)):
        talk = start
        for words in said:
            before, turn = talk, engine.step(talk, Said(words), world)
            talk = state.load(state.dump(turn.talk))
            if talk.meant and talk.turn != before.turn and not isinstance(talk.stage, AtGuide):
                back = engine.step(talk, Said("quay lại"), world).talk
                assert back.stage == before.stage
                have = [{*case.have} for case in back.cases]
                assert have in ([{*case.have} for case in before.cases], [set()])
                assert back.meant == ()


def test_a_paper_told_at_the_guides_page_is_taken_back_there(world: World, library: Library) -> None:
    page, _, _ = play(world, Said("khai sinh"), talk=at_papers(library))
    assert isinstance(page.stage, AtGuide)
    told, _, _ = play(world, Said("có cccd"), talk=page)
    assert [case.have for case in told.cases] == [("giay-tuy-than",)]
    back, _, _ = play(world, Said("quay lại"), talk=told)
    assert back.stage == page.stage
    assert [case.have for case in back.cases] == [()]


def test_an_answer_in_words_is_remembered_as_one_and_taken_back_whole(world: World) -> None:
    talk, reply, facts = play(world, Said("sinh ở nhà bà đỡ"), talk=at_ask(BIRTH, "noi-sinh"))
    assert facts == [Answered(BIRTH, "noi-sinh", "tai-nha")]
    assert notices(reply)[0] == "Trợ lý hiểu là: Ở nhà hoặc nơi khác. Không đúng thì gõ quay lại."
    assert talk.meant == ("a:tai-nha",)
    talk, reply, _ = play(world, Said("nhầm rồi"), talk=talk)
    case = talk.case(BIRTH, 1)
    assert case is not None
    assert case.answers == {}
    assert talk.stage == Asking(BIRTH, "noi-sinh")
    assert talk.past == ()


def test_a_pressed_answer_stays_when_going_back_and_goes_when_it_was_a_mistake(world: World) -> None:
    talk = at_ask(BIRTH, "noi-sinh")
    pressed, _, _ = play(world, Pressed("a:tai-nha", talk.turn), talk=talk)
    back, _, _ = play(world, Said("quay lại"), talk=pressed)
    wrong, _, _ = play(world, Said("lộn"), talk=pressed)
    answers = [dict(case.answers) for one in (back, wrong) if (case := one.case(BIRTH, 1)) is not None]
    assert answers == [{"noi-sinh": "tai-nha"}, {}]


def test_several_ticks_are_remembered_one_by_one_and_taken_back_together(world: World, library: Library) -> None:
    talk, _, facts = play(world, Said("1,2"), talk=at_papers(library))
    assert [(fact.document, fact.have) for fact in facts if isinstance(fact, Ticked)] == [
        ("to-khai", True),
        ("giay-chung-sinh", True),
    ]
    talk, _, facts = play(world, Said("thiếu cái 1"), talk=talk)
    assert facts == [Ticked(BIRTH, "to-khai", False)]
    talk, _, facts = play(world, Said("quay lại"), talk=talk)
    assert facts == [Ticked(BIRTH, "to-khai", True)]


def test_a_duplicate_of_a_pressed_tick_changes_nothing(world: World, library: Library) -> None:
    talk = at_papers(library)
    once, _, _ = play(world, Pressed("d:to-khai", talk.turn), talk=talk)
    twice, _, facts = play(world, Pressed("d:to-khai", talk.turn), talk=once)
    assert facts == []
    assert twice.cases == once.cases


def test_what_the_question_told_is_an_answer_once_the_list_is_begun(world: World) -> None:
    talk, reply, facts = play(world, Said("mất cccd"))
    assert isinstance(talk.stage, AtGuide)
    assert talk.stage.taken == (("viec", "mat-hong"),)
    assert notices(reply)[0].startswith("Trợ lý hiểu là: ")
    assert [type(fact) for fact in facts] == [Asked, Opened]
    talk, _, facts = play(world, Pressed("prepare", talk.turn), talk=talk)
    assert facts == [Answered(CARD, "viec", "mat-hong")]
    case = talk.case(CARD, 1)
    assert case is not None
    assert case.answers == {"viec": "mat-hong"}


def test_what_the_question_told_is_forgotten_by_going_back_or_by_saying_so(world: World) -> None:
    for said in ("quay lại", "nhầm rồi", "không phải"):
        talk, _, _ = play(world, Said("mất cccd"), Said(said))
        assert talk.stage == AtGuide(CARD)
    talk, _, _ = play(world, Said("mất cccd"), Said("nhầm rồi"), Said("nhầm rồi"))
    assert talk.stage == NotThis(CARD)


def test_what_was_told_of_an_ask_that_is_edited_away_is_dropped(world: World, library: Library) -> None:
    talk, _, _ = play(world, Said("mất cccd"))
    edited = library.guides[CARD].model_dump(by_alias=True) | {"asks": (), "documents": (), "fees": (), "times": ()}
    for name in ("channels", "deadlines", "conditions", "steps", "results", "mistakes", "legal_basis"):
        edited[name] = tuple(fact | {"when": {}} for fact in edited[name])
    guides = {**library.guides, CARD: Guide.model_validate(edited)}
    later = dataclasses.replace(world, library=library_of(guides.values()))
    talk, reply, _ = play(later, Said("lệ phí bao nhiêu"), talk=talk)
    talk, _, facts = play(later, Pressed("prepare", talk.turn), talk=talk)
    assert talk.stage == Collecting(CARD)
    assert facts == []
    assert reply.blocks


@pytest.mark.parametrize("stage", [Asking(BIRTH, "noi-sinh"), Collecting(BIRTH), AtGuide(BIRTH), state.Summary(BIRTH)])
def test_danger_goes_before_everything_and_leads_back(stage: state.Stage, world: World) -> None:
    talk, _, facts = play(world, Said("nhà em đang cháy gần bệnh viện"), talk=Talk(stage=stage))
    assert talk.stage == NotKnown("emergency")
    assert [fact.band for fact in facts if isinstance(fact, Asked)] == ["emergency"]
    back, _, _ = play(world, Said("quay lại"), talk=talk)
    assert back.stage == stage


def test_two_procedures_in_one_message_are_both_offered(world: World) -> None:
    talk, reply, facts = play(world, Said("xin xác nhận độc thân và đăng ký kết hôn"))
    assert isinstance(talk.stage, AtGuide)
    assert (talk.stage.guide, talk.stage.also) == ("xac-nhan-tinh-trang-hon-nhan", "dang-ky-ket-hon")
    assert [choice.label for choice in reply.choices[:2]] == ["Chuẩn bị giấy tờ", "Quý vị còn hỏi: Đăng ký kết hôn"]
    assert [choice.label for choice in reply.choices if choice.group == "main"] == ["Chuẩn bị giấy tờ"], (
        "it stays in view"
    )
    assert [fact.found for fact in facts if isinstance(fact, Asked)] == [
        ("xac-nhan-tinh-trang-hon-nhan", "dang-ky-ket-hon")
    ]
    talk, _, _ = play(world, Pressed("g:dang-ky-ket-hon", talk.turn), talk=talk)
    assert talk.stage == AtGuide("dang-ky-ket-hon")


@pytest.mark.parametrize("said", ["đăng ký kết hôn và", "và với rồi", "đăng ký kết hôn với đăng ký kết hôn", "; ; ;"])
def test_one_procedure_said_twice_or_half_is_not_two(said: str, world: World) -> None:
    move = questions.answer(Talk(), said, world)
    assert move is not None
    assert not (isinstance(move.to, AtGuide) and move.to.also)


def test_what_was_told_goes_along_when_the_guide_is_chosen_from_several(world: World) -> None:
    told = ((CARD, "tuoi", "duoi-6"), (BIRTH, "noi-sinh", "tai-nha"))
    for stage in (state.Choosing((CARD, BIRTH), ("fee",), told), NotKnown("none", (CARD,), ("fee",), told)):
        talk, reply, _ = play(world, Pressed(f"g:{CARD}", 0), talk=Talk(stage=stage))
        assert talk.stage == AtGuide(CARD, ("fee",), (("tuoi", "duoi-6"),))
        assert notices(reply)[0].startswith("Trợ lý hiểu là: Dưới 6 tuổi")
