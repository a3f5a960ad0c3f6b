"""A person on Telegram: pages that change in place, what is typed, pressed and sent, and who is not answered."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.showing import BUTTON, show
from flows import replies
from flows.events import Sort
from flows.facts import Asked, Opened, Rated, Solved, Ticked
from flows.replies import Bullets, Choice, Heading, Line, Notice, Paper, Papers, Reply, Row, Rows
from tests.channels.telegram_driver import TelegramDriver
from tests.channels.telegram_place import SAY, TEXTS, Place, place
from tests.fake_telegram import read_html
from tests.fake_telegram.markup import units

GUIDE = "dang-ky-khai-sinh"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Place]:
    async with place(tmp_path) as here, here.serving():
        yield here


@pytest.fixture
def lan(here: Place) -> TelegramDriver:
    return here.person()


async def to_the_list(lan: TelegramDriver) -> None:
    """From a guide's page through its questions, by the first answer each time, to the list of papers."""
    await lan.press(SAY("guide.prepare"))
    for _ in range(10):
        if SAY("collecting.done") in {label for _, label in lan.screen.choices}:
            return
        await lan.press("1")
    raise AssertionError(lan.screen)


def reads(lan: TelegramDriver, *words: str) -> None:
    for one in words:
        assert one in lan.screen.words[0], lan.person.screen()


async def test_a_whole_talk_with_pages_that_change_in_place(here: Place, lan: TelegramDriver) -> None:
    await lan.start()
    reads(lan, SAY("home.title"), SAY("home.hello"))
    await lan.say("làm giấy khai sinh cho con")
    reads(lan, "Đăng ký khai sinh cho bé", SAY("guide.fee"))
    page = lan.page.id
    await to_the_list(lan)
    reads(lan, "☐ 1. Tờ khai")
    await lan.press("1")
    reads(lan, "✓ 1. Tờ khai")
    assert lan.page.labels[0].startswith("✓ 1. ")
    await lan.press("1")
    reads(lan, "☐ 1. Tờ khai")
    await lan.press(SAY("collecting.done"))
    await lan.press(SAY("summary.finish"))
    await lan.press(SAY("was_solved.yes"))
    await lan.press("1")
    reads(lan, SAY("thanks.title"))
    assert [message.id for message in lan.person.answers if message.buttons][-1] == page
    assert len(lan.person.answers) == 2, "one page for each thing said; presses change it in place"
    kinds = [type(fact) for fact in await here.facts()]
    assert kinds[:2] == [Asked, Opened]
    assert kinds.count(Ticked) == 2
    assert kinds[-2:] == [Solved, Rated]
    await here.all_delivered()
    assert here.log.lines == []


async def test_a_number_or_a_label_typed_is_a_press(lan: TelegramDriver) -> None:
    await lan.start(f"g_{GUIDE}")
    await lan.say("1")
    reads(lan, "Câu 1/")
    await lan.say(lan.screen.choices[0][1].upper())
    reads(lan, "Câu ")
    assert "Câu 1/" not in lan.screen.words[0]
    await lan.say("quay lai")
    reads(lan, "Câu 1/")
    await lan.say("số 77")
    reads(lan, SAY("aside.no_such_number", about="số 77"))


async def test_an_old_button_changes_nothing_and_shows_the_present_page(here: Place, lan: TelegramDriver) -> None:
    await lan.start()
    old, data = lan.page.id, lan.data()[0]
    await lan.start(f"g_{GUIDE}")
    talk, facts = await here.turn_of(7), await here.facts()
    await lan.press_data(data, old)
    reads(lan, SAY("aside.old_button"), "Đăng ký khai sinh cho bé")
    assert await here.facts() == facts
    assert (await here.turn_of(7) or "").replace('{"text":"aside.old_button","about":""}', "") == talk
    data = lan.data()[0]
    await lan.press_data(data)
    reads(lan, "Câu 1/")


async def test_a_double_tap_is_one_tap(here: Place, lan: TelegramDriver) -> None:
    await lan.start(f"g_{GUIDE}")
    await to_the_list(lan)
    before, page, data = await here.facts(), lan.page, lan.data()[0]
    presses = [await lan.person.presses_data(page.id, data) for _ in range(3)]
    for press in presses:
        await lan.person.sees_answer(press)
    await lan.person.sees("✓ 1. ", after=page.revision)
    await here.api.drained()
    await here.api.until(lambda: len(here.api.called("editMessageText", ok=False)) == 2)
    assert [type(fact) for fact in (await here.facts())[len(before) :]] == [Ticked]
    assert lan.page.labels[0].startswith("✓ 1. ")
    assert [message.id for message in lan.person.answers][-1] == page.id
    assert {call.description for call in here.api.called("editMessageText", ok=False)} != set()
    assert here.log.lines == [], "a page that reads so already is no news"


@pytest.mark.parametrize("data", ["x", ":", "0:", "1:khong-co", "-1:home", "99999999999:home", "1:home:home", "²:home"])
async def test_invented_data_is_answered_and_changes_nothing(here: Place, lan: TelegramDriver, data: str) -> None:
    await lan.start(f"g_{GUIDE}")
    facts = await here.facts()
    await lan.press_data(data)
    reads(lan, "Đăng ký khai sinh cho bé")
    assert any(SAY(f"aside.{why}") in lan.screen.words[0] for why in ("old_button", "no_such_choice"))
    assert await here.facts() == facts


async def test_a_link_opens_its_guide(here: Place, lan: TelegramDriver) -> None:
    await lan.start(f"g_{GUIDE}")
    reads(lan, "Đăng ký khai sinh cho bé")
    assert [fact.by for fact in await here.facts() if isinstance(fact, Opened)] == ["link"]
    for payload in ("g_khong-co", "xyz", "g_", "g_../../etc", "<b>"):
        await lan.start(payload)
        reads(lan, SAY("aside.unknown_link"), SAY("home.title"))


@pytest.mark.parametrize(
    ("words", "aside"),
    [
        ("/khongco", SAY("aside.unknown_command", about="/khongco")),
        ("/khongco@thu_nghiem_bot xin chào", SAY("aside.unknown_command", about="/khongco")),
        ("/<b>đậm</b> *x*", SAY("aside.unknown_command", about="/<b>đậm</b>")),
        ("😀😀😀", SAY("aside.no_words")),
        ("…!?", SAY("aside.no_words")),
        ("làm giấy khai sinh " * 215, SAY("aside.too_long")),
    ],
)
async def test_what_is_not_a_question_is_answered_kindly(lan: TelegramDriver, words: str, aside: str) -> None:
    await lan.start()
    await lan.say(words[:4096])
    reads(lan, aside)


@pytest.mark.parametrize("sort", ["photo", "file", "voice", "sticker", "edited", "other"])
async def test_what_is_not_words_is_told_so(lan: TelegramDriver, sort: Sort) -> None:
    await lan.start()
    await lan.send(sort)
    reads(lan, SAY(f"aside.{sort}"), SAY("home.title"))


@pytest.mark.parametrize("kind", ["pinned_message", "message_auto_delete_timer_changed", "chat_background_set"])
async def test_what_telegram_itself_writes_into_the_chat_is_not_answered(
    here: Place, lan: TelegramDriver, kind: str
) -> None:
    await lan.start()
    chat = {"id": 7, "type": "private"}
    here.api.push("message", {"message_id": 9, "date": 0, "chat": chat, "from": {"id": 7, "is_bot": False}, kind: {}})
    await lan.say("/help")
    await here.api.drained()
    assert len(lan.person.answers) == 2


async def test_commands_of_the_menu_work_and_stand_there_in_both_languages(here: Place, lan: TelegramDriver) -> None:
    await lan.start()
    await lan.say("/help@thu_nghiem_bot")
    reads(lan, SAY("help.title"))
    await lan.say("/en")
    reads(lan, TEXTS["en"]("help.title"))
    menus = here.api.called("setMyCommands", ok=True)
    assert {menu.values.get("language_code", "") for menu in menus} == {"", "en"}
    shown = [command["description"] for command in menus[0].values["commands"]]
    assert shown[-1] == SAY("telegram.forget")
    assert not here.api.called("setMyCommands", ok=False)


async def test_a_phone_in_english_is_greeted_in_english(here: Place) -> None:
    john = TelegramDriver(here.api, here.api.user(8, "John", "en-GB"))
    await john.start()
    reads(john, TEXTS["en"]("home.title"))


async def test_words_in_other_unicode_forms_are_understood(lan: TelegramDriver) -> None:
    await lan.start()
    await lan.say(unicodedata.normalize("NFD", "làm giấy khai sinh cho con") + "\u200b\u202e\x07")
    reads(lan, "Đăng ký khai sinh cho bé")


async def test_signs_of_markup_in_a_guide_are_read_as_they_are(here: Place, lan: TelegramDriver) -> None:
    name = 'Khai <b>sinh</b> & "con" *_[x](y)'
    guides = dict(here.library.guides)
    guides[GUIDE] = guides[GUIDE].model_copy(update={"name": name, "short": name, "edition": "00000000"})
    here.library = replace(here.library, guides=MappingProxyType(guides))
    await lan.start(f"g_{GUIDE}")
    reads(lan, name)
    await lan.press("1")
    await lan.say("<i>không</i> & [hiểu](x)")
    reads(lan, "Câu 1/")
    assert here.log.lines == []


async def test_a_long_page_comes_in_several_messages(here: Place, lan: TelegramDriver) -> None:
    guide = here.library.guides[GUIDE]
    long = guide.model_copy(update={"summary": "một đoạn dài, " * 700 + "hết đoạn.", "edition": "00000000"})
    here.library = replace(here.library, guides=MappingProxyType({GUIDE: long}))
    await lan.start()
    page, mark = lan.page.id, lan.person.mark
    await lan.press("1")
    reads(lan, "Đăng ký khai sinh cho bé", "hết đoạn. " + SAY("guide.papers"))
    pieces = [message for message in lan.person.answers if message.revision > mark]
    assert len(pieces) >= 3
    assert pieces[0].id == page, "the page that was pressed is where the answer begins"
    assert all(not piece.buttons for piece in pieces[:-1])
    assert all(units(piece.text) <= 4096 for piece in pieces)
    await lan.press("1")
    assert lan.page.id == pieces[-1].id


async def test_two_people_never_see_each_other(here: Place) -> None:
    people = [here.person(id, f"Người {id}") for id in range(10, 18)]
    guides = sorted(here.library.guides)[: len(people)]
    await asyncio.gather(*(one.start(f"g_{guide}") for one, guide in zip(people, guides, strict=False)))
    await asyncio.gather(*(one.press("1") for one in people))
    for one, guide in zip(people, guides, strict=False):
        mine = here.library.guides[guide].title
        others = {here.library.guides[other].title for other in guides} - {mine}
        assert {call.values["chat_id"] for call in here.api.calls if "chat_id" in call.values} == {
            other.person.id for other in people
        }
        titles = {answer.text.split("\n")[0] for answer in one.person.answers}
        assert not titles & others


async def test_a_button_of_another_person_opens_nothing_of_theirs(here: Place, lan: TelegramDriver) -> None:
    await lan.start(f"g_{GUIDE}")
    hoa = here.person(8, "Hoa")
    await hoa.start()
    before = lan.person.answers
    await hoa.press_data(lan.data()[0], lan.page.id)
    reads(hoa, SAY("home.title"))
    assert lan.person.answers == before
    assert [type(fact) for fact in await here.facts()] == [Opened]


async def test_a_name_that_turns_letters_around_is_nowhere_said_or_kept(here: Place, lan: TelegramDriver) -> None:
    name = "\u202eimA\u2066\u0000" + "a\u0301" * 60
    one = here.person(9, name)
    await one.start()
    await one.say("làm giấy khai sinh cho con")
    assert all("\u202e" not in seen.text for seen in one.person.answers)
    await here.all_delivered()
    assert b"imA" not in here.file.read_bytes() + here.file.with_name(f"{here.file.name}-wal").read_bytes()


async def test_groups_are_left_alone_where_nobody_speaks_to_us(here: Place, lan: TelegramDriver) -> None:
    inside = lan.person.inside(here.api.group())
    for words in (
        "/start",
        "làm giấy khai sinh",
        "/help@other_bot",
        "hỏi @thu_nghiem_bot_khac xem",
        "a@thu_nghiem_botx",
    ):
        await inside.says(words)
    await inside.sends_sticker()
    await here.api.drained()
    assert inside.answers == []
    assert await here.turn_of(-500) is None
    assert await here.turn_of(7) is None


@pytest.mark.parametrize("kind", ["mention", "command", "answer", "mention alone"])
async def test_a_group_is_answered_when_it_speaks_to_us(here: Place, lan: TelegramDriver, kind: str) -> None:
    inside = lan.person.inside(here.api.group())
    await inside.says("/start@thu_nghiem_bot")
    home = await inside.sees(SAY("home.title"))
    match kind:
        case "mention":
            await inside.says("@Thu_Nghiem_Bot làm giấy khai sinh cho con")
        case "command":
            await inside.says(f"/start@thu_nghiem_bot g_{GUIDE}")
        case "answer":
            await inside.answers_to(home.id, "làm giấy khai sinh cho con")
        case _:
            await inside.says("@thu_nghiem_bot")
            await inside.sees(SAY("home.title"), after=home.revision)
            return
    await inside.sees(lambda seen: seen.text.startswith("Đăng ký khai sinh cho bé"))
    press = await inside.presses(1)
    await inside.sees_answer(press)
    await inside.sees("Câu 1/")
    assert await here.turn_of(7) is None, "what a group asks is the group's, not one person's"


@pytest.mark.parametrize(("sender", "answers"), [({"sender_chat": {"id": -500, "type": "supergroup"}}, 1), ({}, 0)])
async def test_who_leads_a_group_without_a_name_is_answered_and_another_bot_is_not(
    here: Place, lan: TelegramDriver, sender: dict[str, object], answers: int
) -> None:
    group = here.api.group()
    nameless = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    said = {"message_id": 9, "date": 0, "chat": group, "from": nameless, "text": "/help@thu_nghiem_bot", **sender}
    here.api.push("message", said)
    await here.api.drained()
    await here.all_delivered()
    assert len(lan.person.inside(group).answers) == answers


@pytest.mark.parametrize("words", ["đăng ký kết hôn", "/start"])
async def test_a_message_edited_afterwards_is_not_acted_upon_and_told_so(
    here: Place, lan: TelegramDriver, words: str
) -> None:
    await lan.start()
    await lan.say("làm giấy khai sinh cho con")
    said = next(message.id for message in lan.person.messages if message.text.startswith("làm"))
    await lan.person.edits(said, words)
    await lan.person.sees(SAY("aside.edited"))
    assert len(lan.person.answers) == 3
    assert [type(fact) for fact in await here.facts()] == [Asked, Opened]


async def test_kinds_of_updates_that_nobody_knows_are_let_go(here: Place, lan: TelegramDriver) -> None:
    await lan.start()
    person = {"id": 7, "is_bot": False, "first_name": "Lan"}
    here.api.mailbox.allowed = None
    here.api.push(
        "edited_channel_post", {"message_id": 1, "date": 0, "chat": {"id": -9, "type": "channel"}, "text": "x"}
    )
    moving = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 7, "type": "private"},
        "location": {"latitude": 21, "longitude": 105},
    }
    here.api.push("edited_message", moving)
    here.api.push("inline_query", {"id": "1", "from": person, "query": "", "offset": ""})
    here.api.push("something_new", {"id": 7})
    here.api.push("callback_query", {"id": "5", "from": person, "chat_instance": "1", "data": "0:home"})
    await lan.say("/help")
    reads(lan, SAY("help.title"))
    await here.api.drained()
    assert here.log.lines == []


async def test_one_who_blocked_us_is_left_in_peace_and_welcome_back(here: Place, lan: TelegramDriver) -> None:
    await lan.start(f"g_{GUIDE}")
    await lan.person.blocks_bot()
    await here.api.drained()
    calls = len(here.api.called("sendMessage"))
    await lan.person.says("còn đó không")  # on its way when the block came
    await here.api.until(lambda: len(here.api.called("sendMessage", ok=False)) == 1)
    await here.api.drained()
    assert len(here.api.called("sendMessage")) == calls + 1
    await lan.person.unblocks_bot()
    await lan.start()
    reads(lan, SAY("home.title"))
    await here.all_delivered()


# -- how a page looks ----------------------------------------------------------------------------------------

SENTENCES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: text.strip() != "")
LONG = st.builds(lambda text, times: text * times, SENTENCES, st.integers(1, 3000))
ANY = SENTENCES | LONG
SEVERAL = st.lists(ANY, min_size=1, max_size=4).map(tuple)
PAPERS = st.builds(
    Paper,
    ANY,
    st.just("") | SENTENCES,
    st.lists(ANY, max_size=3).map(tuple),
    st.sampled_from(["have", "missing", "open"]),
)
BLOCKS = st.one_of(
    st.builds(Heading, ANY),
    st.builds(Line, ANY),
    st.builds(Notice, ANY, st.sampled_from(["info", "warning", "source"])),
    st.builds(Rows, st.lists(st.builds(Row, ANY, SEVERAL), min_size=1, max_size=3).map(tuple)),
    st.builds(Bullets, SEVERAL, st.just("") | SENTENCES, st.booleans()),
    st.builds(Papers, st.lists(PAPERS, min_size=1, max_size=3).map(tuple), st.just("") | SENTENCES),
)
CHOICES = st.builds(
    Choice,
    st.just("a:x"),
    SENTENCES,
    st.sampled_from(["main", "answer", "paper", "more", "way"]),
    st.none() | st.booleans(),
)


@settings(max_examples=60, deadline=None)  # a busy machine is no fault of the page's
@given(st.lists(BLOCKS, min_size=1, max_size=5).map(tuple), st.lists(CHOICES, max_size=6).map(tuple))
def test_any_page_fits_telegram_and_says_all(blocks: tuple[replies.Block, ...], choices: tuple[Choice, ...]) -> None:
    reply = Reply(blocks, choices, 1, "vi")
    shown = show(reply)
    pieces = [read_html(text) for text in shown.texts]
    assert all(0 < units(piece.trimmed().text) <= 4096 for piece in pieces)
    read = "".join("".join(piece.text.split()) for piece in pieces)
    at = 0
    for words in replies.words(Reply(blocks, (), 1, "vi")):
        wanted = "".join(words.split())
        found = read.find(wanted, at)
        assert found >= 0, words
        at = found + len(wanted)
    buttons = [button for row in shown.keyboard["inline_keyboard"] for button in row]
    assert [button["callback_data"] for button in buttons] == ["1:a:x"] * len(choices)


def test_a_long_page_is_cut_where_a_paragraph_begins() -> None:
    kept = Bullets(tuple(f"việc thứ {number} " + "chữ " * 40 for number in range(16)), "Trước")
    moved = Bullets(tuple(f"điều thứ {number} " + "chữ " * 40 for number in range(8)), "Sau")
    first, second = (read_html(text).text for text in show(Reply((kept, moved), (), 1, "vi")).texts)
    assert first.startswith("Trước\n• việc thứ 0 ")
    assert second.startswith("Sau\n• điều thứ 0 ")
    whole = show(Reply((Heading("Một"), replace(kept, items=kept.items * 2)), (), 1, "vi")).texts
    assert read_html(whole[0]).text.startswith("Một\n\nTrước\n• việc"), "half of a message is not left empty for it"
    assert units(read_html(whole[0]).text) > 3500


def test_lines_too_long_for_one_message_are_cut_again_where_a_paragraph_was_moved() -> None:
    first, second, third = ("một " * 520).strip(), ("hai " * 450).strip(), ("ba " * 1300).strip()
    shown = show(Reply((Heading(first), Bullets((second, third))), (), 1, "vi"))
    assert [read_html(text).text for text in shown.texts] == [first, f"• {second}", f"• {third}"]


def test_labels_too_long_for_a_button_are_written_out_above() -> None:
    long = "Đang hưởng trợ cấp xã hội hoặc hưu trí xã hội"
    choices = (Choice("a:x", long), Choice("a:y", "Không"), Choice("help", "Trợ giúp", "way"))
    shown = show(Reply((Heading("Người mất có hưởng trợ cấp không?"),), choices, 4, "vi"))
    assert len(long) > BUTTON
    assert shown.texts == (f"<b>Người mất có hưởng trợ cấp không?</b>\n\n1. {long}\n2. Không",)
    short = show(Reply((Heading("Có không?"),), choices[1:], 4, "vi"))
    assert short.texts == ("<b>Có không?</b>",)


def test_a_list_of_papers_reads_by_the_numbers_of_its_buttons() -> None:
    papers = (
        Paper("Tờ khai", "1 bản chính", ("Lấy ở: nơi nộp", "Điền trên mạng được"), "have"),
        Paper("Giấy chứng sinh", "", (), "missing"),
        Paper("Văn bản ủy quyền", "", ("Chỉ cần nếu: đi thay",), "open"),
    )
    choices = (
        Choice("d:a", "Tờ khai", "paper", True),
        Choice("d:b", "Giấy chứng sinh", "paper", False),
        Choice("d:c", "Văn bản ủy quyền", "paper", False),
        Choice("done", "Xem tóm tắt", "main"),
    )
    shown = show(Reply((Heading("Giấy tờ"), Papers(papers), Line("Đã có 1/3.")), choices, 4, "vi"))
    assert "".join(shown.texts).split("\n") == [
        "<b>Giấy tờ</b>",
        "",
        "✓ <b>1. Tờ khai</b> – 1 bản chính",
        "<blockquote expandable>Lấy ở: nơi nộp",
        "Điền trên mạng được</blockquote>",
        "",
        "☐ <b>2. Giấy chứng sinh</b>",
        "",
        "○ <b>3. Văn bản ủy quyền</b>",
        "<blockquote>Chỉ cần nếu: đi thay</blockquote>",
        "",
        "Đã có 1/3.",
    ]
    rows = [[button["text"] for button in row] for row in shown.keyboard["inline_keyboard"]]
    assert rows == [["✓ 1. Tờ khai"], ["☐ 2. Giấy chứng sinh"], ["☐ 3. Văn bản ủy quyền"], ["4. Xem tóm tắt"]]
