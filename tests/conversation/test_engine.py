"""The conversation's own promises: numbers and labels, old buttons, edited and withdrawn guides, any words at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows import engine, fitting, open_guide, state
from flows.events import Event, Left, Pressed, Said, Sent, Started
from flows.facts import Answered, Asked, Explained, HelpWanted, Listed, Opened, Rated, Solved, Ticked
from flows.replies import Heading, Notice, Reply, words
from flows.state import Asking, AtGuide, Case, Choosing, Collecting, Gone, Home, Language, Talk, Thanks
from flows.texts import Say
from flows.turn import World
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.loading import library_of

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
MARRIAGE = "dang-ky-ket-hon"


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


def heading(reply: Reply) -> str:
    return next(block.text for block in reply.blocks if isinstance(block, Heading))


def notices(reply: Reply) -> list[str]:
    return [block.text for block in reply.blocks if isinstance(block, Notice)]


def press(world: World, talk: Talk, label: str) -> Pressed:
    return Pressed(next(c.id for c in engine.show(talk, world).choices if c.label == label), talk.turn)


def changed(library: Library, **changes: object) -> Library:
    """The library with the marriage guide edited."""
    guides = dict(library.guides)
    guides[MARRIAGE] = Guide.model_validate(guides[MARRIAGE].model_dump(by_alias=True) | changes)
    return library_of(guides.values())


def test_the_greeting_says_it_is_a_machine_and_what_not_to_type(world: World) -> None:
    _, reply, facts = play(world, Started())
    text = " ".join(words(reply))
    assert "không phải cán bộ" in text
    assert "mật khẩu" in text
    assert facts == []


def test_a_sure_question_opens_the_guide_and_is_remembered(world: World) -> None:
    talk, reply, facts = play(world, Started(), Said("muốn đăng ký kết hôn"))
    assert talk.stage == AtGuide(MARRIAGE)
    assert heading(reply) == "Đăng ký kết hôn"
    asked, opened = facts
    assert isinstance(asked, Asked)
    assert (asked.text, asked.band, asked.found[0]) == ("muốn đăng ký kết hôn", "answer", MARRIAGE)
    assert opened == Opened(MARRIAGE, world.guide(MARRIAGE).edition, "words")


def test_an_unknown_question_is_said_to_be_unknown(world: World) -> None:
    talk, reply, facts = play(world, Said("thời tiết ngày mai thế nào"))
    assert heading(reply) == "Chưa tìm được thủ tục phù hợp"
    assert [fact.band for fact in facts if isinstance(fact, Asked)] == ["unknown"]
    talk, reply, facts = play(world, press(world, talk, "Hỏi người hướng dẫn"), talk=talk)
    assert facts == [HelpWanted("")]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("nhà em đang cháy cứu với", "Xin gọi ngay để được giúp"),
        ("có người gọi điện đòi mã otp", "Xin cẩn thận, đây có thể là lừa đảo"),
    ],
)
def test_an_emergency_and_a_scam_get_their_own_answer(world: World, said: str, title: str) -> None:
    _, reply, facts = play(world, Said(said))
    assert heading(reply) == title
    assert [type(fact) for fact in facts] == [Asked]


def test_typing_a_number_or_a_label_is_pressing(world: World) -> None:
    start, page, _ = play(world, Started(), Said("đăng ký kết hôn"))
    label = page.choices[0].label
    pressed = play(world, Pressed(page.choices[0].id, start.turn), talk=start)
    for typed in ("1", " 1. ", "số 1", label, label.upper(), "chuan bi giay to"):
        assert play(world, Said(typed), talk=start)[0].stage == pressed[0].stage
        assert play(world, Said(typed), talk=start)[1].blocks == pressed[1].blocks


def test_a_number_that_is_not_offered_is_said_to_be_none(world: World) -> None:
    talk, reply, facts = play(world, Started(), Said("77"))
    assert "Trang này không có lựa chọn số 77." in notices(reply)
    assert talk.stage == Home()
    assert facts == []


def test_an_old_button_changes_nothing_and_shows_where_we_are(world: World) -> None:
    talk, _page, _ = play(world, Started(), Said("đăng ký kết hôn"))
    later, _, _ = play(world, Pressed("prepare", talk.turn), talk=talk)
    after, reply, facts = play(world, Pressed("steps", talk.turn), talk=later)
    assert after.stage == later.stage
    assert after.turn == later.turn
    assert facts == []
    assert notices(reply)[0].startswith("Nút vừa bấm thuộc trang cũ")


def test_a_double_tap_changes_nothing_and_says_nothing(world: World) -> None:
    talk, _, _ = play(world, Started(), Said("đăng ký kết hôn"))
    once, page, _ = play(world, Pressed("prepare", talk.turn), talk=talk)
    twice, again, facts = play(world, Pressed("prepare", talk.turn), talk=once)
    assert (twice, again, facts) == (once, page, [])


@pytest.mark.parametrize("choice", ["", "g:nobody", "x" * 5000, "prepare", "d:giay", "\x00", "🙂"])
def test_an_invented_button_is_answered_and_changes_nothing(world: World, choice: str) -> None:
    talk, _, _ = play(world, Started())
    after, reply, facts = play(world, Pressed(choice, talk.turn), talk=talk)
    assert after.stage == talk.stage
    assert facts == []
    assert "Không có lựa chọn đó ở trang này. Xin chọn lại." in notices(reply)


@pytest.mark.parametrize("said", ["", "   ", "🙂🙂🙂", "?!...", "\u202e\u200b", "\x00\x01"])
def test_no_words_are_asked_for_words(world: World, said: str) -> None:
    _talk, reply, facts = play(world, Started(), Said(said))
    assert notices(reply)[0] == "Xin viết bằng lời chỗ chưa rõ, hoặc bấm một nút bên dưới."
    assert facts == []


def test_a_very_long_message_is_answered_from_its_beginning(world: World) -> None:
    _talk, reply, facts = play(world, Said("đăng ký kết hôn cần giấy gì " + "a" * 100_000))
    assert notices(reply)[0].startswith("Tin nhắn dài")
    assert len(next(fact.text for fact in facts if isinstance(fact, Asked))) == open_guide.ASKED_LONGEST


@pytest.mark.parametrize(
    "said",
    [
        "đăng ký kết hôn",  # NFD
        "<b>đăng ký kết hôn</b>",
        "**đăng ký kết hôn** [x](y)",
        "\u202eđăng ký kết hôn\u202c",
        "đăng\nký\tkết\u200b hôn",
        "dang ky ket hon",
        "ddawng kys keets hoon",
    ],
)
def test_marks_signs_and_directions_do_not_hide_the_question(world: World, said: str) -> None:
    talk, _, _ = play(world, Said(said))
    assert talk.stage == AtGuide(MARRIAGE)


@pytest.mark.parametrize("sort", ["photo", "file", "voice", "sticker", "other"])
def test_what_is_not_words_is_declined_kindly(world: World, sort: str) -> None:
    talk, _, _ = play(world, Started(), Said("đăng ký kết hôn"))
    after, reply, facts = play(world, Sent(sort), talk=talk)  # type: ignore[arg-type]  # the parameters are the sorts
    assert after.stage == talk.stage
    assert "chữ" in notices(reply)[0] or "lời" in notices(reply)[0]
    assert facts == []


def test_an_unknown_command_is_named(world: World) -> None:
    _, reply, _ = play(world, Said("/abc xyz"))
    assert notices(reply)[0].startswith("Không có lệnh /abc.")


def test_leaving_keeps_the_talk_and_answers_nobody(world: World) -> None:
    talk, _, _ = play(world, Started(), Said("đăng ký kết hôn"))
    turn = engine.step(talk, Left(), world)
    assert turn.reply is None
    assert turn.talk.stage == talk.stage


@pytest.mark.parametrize(
    ("payload", "stage"), [(f"g_{MARRIAGE}", AtGuide(MARRIAGE)), ("g_nobody", Home()), ("x", Home())]
)
def test_a_deep_link_opens_its_guide(world: World, payload: str, stage: object) -> None:
    talk, _reply, facts = play(world, Started(payload))
    assert talk.stage == stage
    assert ([fact.by for fact in facts if isinstance(fact, Opened)] == ["link"]) is isinstance(stage, AtGuide)


def test_the_language_can_be_changed_at_any_place_and_stays(world: World) -> None:
    talk, _, _ = play(world, Started(), Said("đăng ký kết hôn"), Said("English"))
    assert talk.stage == AtGuide(MARRIAGE)
    reply = engine.show(talk, world)
    assert reply.language == "en"
    assert "Papers needed" in list(words(reply))
    back, _, _ = play(world, Said("tiếng việt"), talk=talk)
    assert back.language == "vi"


def test_back_goes_one_step_and_start_again_goes_home(world: World) -> None:
    talk, _, _ = play(world, Started(), Said("đăng ký kết hôn"))
    asking, _, _ = play(world, Said("1"), talk=talk)
    assert play(world, Said("quay lai"), talk=asking)[0].stage == talk.stage
    home, _reply, _ = play(world, Said("bắt đầu lại"), talk=asking)
    assert home.stage == Home()
    assert home.past == ()
    assert notices(play(world, Said("back"), talk=home)[1])[0] == "Đây là trang đầu."


def through(world: World, talk: Talk) -> Talk:
    """Answer every ask with its first choice, down to the list of papers."""
    while not isinstance(talk.stage, Collecting):
        talk, _, _ = play(world, Said("1"), talk=talk)
    return talk


def test_the_whole_way_leaves_its_facts(world: World) -> None:
    talk, _, _first = play(world, Said("đăng ký kết hôn"), Said("chuẩn bị giấy tờ"))
    talk = through(world, talk)
    talk, _, facts = play(
        world, Said("1"), Said("xem tóm tắt"), Said("kết thúc"), Said("chưa"), Said("không hài lòng"), talk=talk
    )
    talk, _reply, more = play(world, Said("khó hiểu"), Said("chữ nhỏ quá"), talk=talk)
    assert [type(fact) for fact in facts] == [Ticked, Listed, Solved, Rated]
    assert [fact.level for fact in facts if isinstance(fact, Rated)] == ["not_satisfied"]
    assert more == [
        Explained(MARRIAGE, "hard_to_understand", ""),
        Explained(MARRIAGE, "hard_to_understand", "chữ nhỏ quá"),
    ]
    assert talk.stage == Thanks(MARRIAGE)
    case = talk.case(MARRIAGE, 1)
    assert case is not None
    assert case.rated
    again, _, _ = play(world, Said("quay lại"), Said("kết thúc"), talk=talk)
    assert again.stage == Thanks(MARRIAGE)  # not asked to rate the same list twice


def test_ticking_twice_is_unticking(world: World) -> None:
    talk, _, _ = play(world, Said("đăng ký kết hôn"), Said("1"))
    talk = through(world, talk)
    once, page, facts = play(world, Said("1"), talk=talk)
    assert page.choices[0].ticked is True
    _twice, page, more = play(world, Said("1"), talk=once)
    assert page.choices[0].ticked is False
    assert [fact.have for fact in (*facts, *more) if isinstance(fact, Ticked)] == [True, False]


def test_changing_one_answer_keeps_the_others(world: World) -> None:
    talk, _, _ = play(world, Said("đăng ký kết hôn"), Said("1"))
    talk = through(world, talk)
    before = talk.case(MARRIAGE, 1)
    assert before is not None
    talk, _page, _ = play(world, Said("sửa câu trả lời"), Said("1"), talk=talk)
    talk, _, facts = play(world, Said("chưa rõ"), talk=talk)
    after = talk.case(MARRIAGE, 1)
    assert after is not None
    (answered,) = (fact for fact in facts if isinstance(fact, Answered))
    assert {ask: c for ask, c in after.answers.items() if ask != answered.ask} == {
        ask: c for ask, c in before.answers.items() if ask != answered.ask
    }


def test_an_answer_in_words_is_understood_and_others_are_not_taken_for_one(world: World) -> None:
    talk, _, _ = play(world, Said("đăng ký kết hôn"), Said("1"))
    ask = world.guide(MARRIAGE).asks[0]
    choice, first = next(iter(ask.choices.items()))
    _told, _, facts = play(world, Said(f"dạ {first.label} ạ"), talk=talk)
    assert facts == [Answered(MARRIAGE, ask.id, choice)]
    stayed, reply, facts = play(world, Said("ừm để coi lại đã"), talk=talk)
    assert (stayed.stage, facts) == (talk.stage, [])
    assert notices(reply)[0].startswith("Chưa rõ câu trả lời")


def test_a_new_question_in_the_middle_opens_the_new_guide_and_says_so(world: World) -> None:
    talk, _, _ = play(world, Said("đăng ký kết hôn"), Said("1"))
    after, reply, _ = play(world, Said("làm giấy khai sinh cho con"), talk=talk)
    assert after.stage == AtGuide("dang-ky-khai-sinh")
    assert notices(reply)[0].startswith("Đang mở thủ tục")
    assert play(world, Said("quay lại"), talk=after)[0].stage == talk.stage


def test_an_edited_guide_is_said_so_and_answers_that_fit_are_kept(world: World, library: Library) -> None:
    talk, _, _ = play(world, Said("đăng ký kết hôn"), Said("1"), Said("1"))
    before = talk.case(MARRIAGE, 1)
    assert before is not None
    edited = World(changed(library, summary="Bản mới."), world.texts, NOON)
    after, reply, _ = play(edited, Said("1"), talk=talk)
    case = after.case(MARRIAGE, 1)
    assert case is not None
    assert case.edition == edited.guide(MARRIAGE).edition != before.edition
    assert before.answers.items() <= case.answers.items()
    assert notices(reply)[0].startswith("Hướng dẫn")


def test_papers_that_a_day_or_an_edit_changed_are_told_once_by_name(world: World, library: Library) -> None:
    old, new = (
        {"id": id, "name": name, "original": 1, "source": library.guides[MARRIAGE].sources[0].id} | dates
        for id, name, dates in (
            ("giay-cu", "Giấy theo luật cũ", {"until": NOON.date()}),
            ("giay-moi", "Giấy theo luật mới", {"since": NOON.date() + timedelta(days=1)}),
        )
    )
    others = [paper.model_dump(by_alias=True) for paper in library.guides[MARRIAGE].documents]
    dated = changed(library, documents=(*others, old, new))
    today = World(dated, world.texts, NOON)
    talk, reply, _ = play(today, Said("đăng ký kết hôn"), Said("1"))
    while isinstance(talk.stage, Asking):
        talk, reply, _ = play(today, Said("chưa rõ"), talk=talk)
    assert isinstance(talk.stage, Collecting)
    assert "Giấy theo luật cũ" in " ".join(words(reply))
    tomorrow = replace(today, now=NOON + timedelta(days=1))
    after, reply, _ = play(tomorrow, Said("giúp tôi với"), talk=talk)
    told = " ".join(notices(reply))
    assert "không cần: Giấy theo luật cũ" in told
    assert "cần thêm: Giấy theo luật mới" in told
    _, reply, _ = play(tomorrow, Said("trợ giúp"), Said("quay lại"), talk=after)
    assert "Quy định đã đổi" not in " ".join(notices(reply))
    edited = World(changed(library, documents=others[:1]), world.texts, NOON + timedelta(days=2))
    _, reply, _ = play(edited, Said("giúp tôi với"), talk=after)
    assert "không cần: " in " ".join(notices(reply))


def test_a_fee_asked_for_while_choosing_is_told_once_chosen(world: World) -> None:
    choosing = Talk(stage=Choosing((MARRIAGE, "dang-ky-khai-sinh")))
    talk, reply, _ = play(world, Said("lệ phí nhiêu"), talk=choosing)
    assert isinstance(talk.stage, Choosing)
    assert notices(reply)[0].startswith("Xin chọn một việc trước")
    talk, _, _ = play(world, Said("1"), talk=talk)
    assert talk.stage == AtGuide(MARRIAGE, ("fee",))


def test_an_ask_taken_out_in_the_middle_is_no_error(world: World, library: Library) -> None:
    talk, _, _ = play(world, Said("đăng ký kết hôn"), Said("1"), Said("1"))
    papers = [paper.model_dump(by_alias=True) | {"when": {}} for paper in library.guides[MARRIAGE].documents]
    facts = dict.fromkeys(("fees", "times", "channels", "deadlines", "conditions", "steps", "mistakes"), ())
    edited = World(changed(library, asks=(), documents=tuple(papers), **facts), world.texts, NOON)
    after, reply, _ = play(edited, Pressed("a:chua-ro", talk.turn), talk=talk)
    assert after.stage == Collecting(MARRIAGE)
    assert engine.show(talk, edited).blocks == reply.blocks


@pytest.mark.parametrize("how", ["withdrawn", "expired", "deleted"])
def test_a_withdrawn_guide_is_said_so_and_the_talk_goes_on(world: World, library: Library, how: str) -> None:
    talk, _, _ = play(world, Said("đăng ký kết hôn"), Said("1"), Said("1"))
    if how == "withdrawn":
        gone = changed(library, status="withdrawn")
    elif how == "expired":
        gone = changed(library, expires=date(2026, 11, 21))
    else:
        gone = library_of(guide for guide in library.guides.values() if guide.id != MARRIAGE)
    without = World(gone, world.texts, NOON)
    after, reply, _facts = play(without, Said("1"), talk=talk)
    assert heading(reply) == "Hướng dẫn này đã được rút"
    assert "Đăng ký kết hôn" in " ".join(words(reply))
    assert isinstance(after.stage, Gone) or heading(reply)
    onward, _, _ = play(without, Said("làm giấy khai sinh cho con"), talk=after)
    assert onward.stage == AtGuide("dang-ky-khai-sinh")


def test_erasing_asks_first_and_then_leaves_nothing(world: World) -> None:
    talk, _, _ = play(world, Said("đăng ký kết hôn"), Said("1"), Said("xóa dữ liệu của tôi"))
    kept, _, _ = play(world, Said("không xóa"), talk=talk)
    assert kept.case(MARRIAGE, 1) is not None
    turn = engine.step(talk, press(world, talk, "Xóa hẳn"), world)
    assert turn.forget
    assert turn.talk.cases == ()
    assert turn.talk.past == ()
    assert turn.talk.stage == Home()


def test_a_death_is_met_with_condolence_and_no_rating_on_the_same_page(world: World) -> None:
    _talk, reply, _ = play(world, Said("khai tử cho ông nội"))
    text = " ".join(words(reply))
    assert "Xin chia buồn cùng gia đình." in text
    assert "hài lòng" not in text.casefold()
    assert "!" not in text


def test_the_way_back_and_the_lists_are_bounded(world: World) -> None:
    events = [Said(text) for _ in range(30) for text in ("đăng ký kết hôn", "làm giấy khai sinh cho con")]
    talk, _, _ = play(world, *events)
    assert len(talk.past) <= state.WAY_BACK
    crowded = Talk(cases=tuple(Case(f"guide-{n}", "x", "x") for n in range(50)))
    after, _, _ = play(world, Said("đăng ký kết hôn"), Said("1"), talk=crowded)
    assert len(after.cases) <= fitting.LISTS
