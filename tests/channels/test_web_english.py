"""On the web an English page says of every Vietnamese passage that it is Vietnamese, and changes nothing else."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from html.parser import HTMLParser

import pypdfium2
import pytest

from bot import papers
from bot.channels.web.pages import Pages
from bot.channels.web.passages import passages_told
from bot.channels.web.static_files import StaticFiles
from flows import engine, replies
from flows.events import Pressed, Said
from flows.replies import Choice, Heading, Line, Reply
from flows.state import Talk
from flows.turn import World
from tests import own

TEXTS = own.sentences()
PAGES = Pages(TEXTS, StaticFiles())
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


class Told(HTMLParser):
    """The texts of a page in elements that say lang="vi", and how many elements are left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.vietnamese: list[str] = []
        self._open = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            self._open = 1 if dict(attrs).get("lang") == "vi" else self._open + bool(self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._open:
            self._open -= 1

    def handle_data(self, data: str) -> None:
        if self._open:
            self.vietnamese.append(data)


@pytest.fixture(scope="module")
def world() -> World:
    return World(own.library(), TEXTS, NOW)


def test_official_names_are_told_to_be_vietnamese_wherever_they_stand(world: World) -> None:
    turn = engine.step(Talk(language="en"), Said("birth certificate for my baby"), world)
    assert turn.reply is not None
    told = Told(PAGES.talk(turn.reply, "token")).vietnamese
    assert {"Đăng ký khai sinh", "Giấy chứng sinh", "Tờ khai đăng ký khai sinh"} <= set(told)


def test_the_list_with_its_buttons_stays_whole(world: World) -> None:
    turn = engine.step(Talk(language="en"), Said("birth certificate for my baby"), world)
    turn = engine.step(turn.talk, Pressed("prepare", turn.talk.turn), world)
    while turn.reply is not None and any(choice.id.startswith("a:") for choice in turn.reply.choices):
        turn = engine.step(turn.talk, Pressed("a:chua-ro", turn.talk.turn), world)
    assert turn.reply is not None
    html = PAGES.talk(turn.reply, "token")
    assert 'Birth notification from the hospital (<span lang="vi">Giấy chứng sinh</span>)' in html
    assert 'data-label="Birth notification from the hospital"' in html
    assert "&lt;span" not in html


def test_passages_are_escaped_and_labels_of_papers_left_alone() -> None:
    reply = Reply(
        (Heading("Form (Đơn <b>)"), Line("See Đơn <b> & https://example.org/don")),
        (Choice("d:don", "Đơn <b>", "paper", ticked=False), Choice("g:don", "Đơn <b>")),
        1,
        "en",
        vietnamese=("Đơn <b>",),
    )
    told = passages_told(reply)
    assert told.blocks[0] == Heading('Form (<span lang="vi">Đơn &lt;b&gt;</span>)')
    assert [choice.label for choice in told.choices] == ["Đơn <b>", '<span lang="vi">Đơn &lt;b&gt;</span>']
    html = PAGES.talk(reply, "token")
    assert "<b>)" not in html
    assert "<title>Form (Đơn &lt;b&gt;) ·" in html
    assert '<a href="https://example.org/don"' in html


def test_a_vietnamese_page_is_left_as_it_is(world: World) -> None:
    reply = engine.step(Talk(), Said("đăng ký khai sinh"), world).reply
    assert reply is not None
    assert passages_told(reply) is reply


def test_the_pdf_of_an_english_list_is_english_with_the_names_on_the_papers(world: World) -> None:
    world = dataclasses.replace(world, code="K7M3PQ")
    turn = engine.step(Talk(language="en"), Said("lost passport"), world)
    for choice in ("prepare", *["a:chua-ro"] * 5, "done", "take"):
        if turn.reply is not None and any(one.id == choice for one in turn.reply.choices):
            turn = engine.step(turn.talk, Pressed(choice, turn.talk.turn), world)
    assert turn.reply is not None
    pdf = pypdfium2.PdfDocument(papers.pdf_of(turn.reply, TEXTS["en"], "https://example.org/c/K7M3PQ", NOW))
    words = " ".join("".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    assert "Report of a lost passport (Trình báo mất hộ chiếu phổ thông)" in words
    assert "Code of the list: K7M3PQ" in words
    assert "Check before you leave" in words
    assert "Giấy tờ" not in words


def test_the_code_of_an_english_list_opens_it_in_vietnamese_for_the_volunteer(world: World) -> None:
    world = dataclasses.replace(world, code="K7M3PQ")
    turn = engine.step(Talk(language="en"), Said("lost passport"), world)
    for choice in ("prepare", *["a:chua-ro"] * 5, "done", "take"):
        if turn.reply is not None and any(one.id == choice for one in turn.reply.choices):
            turn = engine.step(turn.talk, Pressed(choice, turn.talk.turn), world)
    assert turn.shared is not None
    other = engine.step(Talk(), Said("K7M3PQ"), dataclasses.replace(world, carried=turn.shared.carried))
    assert other.reply is not None
    shown = " ".join(replies.words(other.reply))
    assert "Giấy tờ của quý vị" in shown
    assert "Report of" not in shown
    assert other.reply.vietnamese == ()
