"""The first page of a guide fits a phone, says each doubt once, and leaves nothing out that a person came for."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from flows import engine, replies
from flows.events import Pressed
from flows.replies import Reply, Row, Rows
from flows.state import AtGuide, Language, Talk
from flows.texts import Say
from flows.turn import World
from knowledge.library import Library

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def pages(library: Library, sentences: Mapping[Language, Say]) -> dict[str, Reply]:
    """The first page of every guide, before anything is answered."""
    world = World(library, sentences, NOON)
    return {id: engine.show(Talk(stage=AtGuide(id)), world) for id in library.guides}


def told(page: Reply) -> str:
    """What stands before the buttons."""
    return "\n".join(replies.words(Reply(page.blocks, (), page.turn, page.language)))


def rows(page: Reply) -> dict[str, Row]:
    return {row.label: row for block in page.blocks if isinstance(block, Rows) for row in block.rows}


def test_the_first_page_fits_a_phone(pages: Mapping[str, Reply]) -> None:
    lengths = {id: len(told(page)) for id, page in pages.items()}
    assert statistics.median(lengths.values()) <= 960
    assert {id: length for id, length in lengths.items() if length > 1450} == {}


def test_a_doubt_is_said_once(pages: Mapping[str, Reply]) -> None:
    for id, page in pages.items():
        text = told(page)
        for doubt in ("Mức chắc chắn", "theo bản chép", "không có nghĩa là miễn phí"):
            assert text.count(doubt) <= 1, (id, doubt)


def test_the_first_page_answers_first(pages: Mapping[str, Reply]) -> None:
    for id, page in pages.items():
        text = told(page)
        assert "Kiểm tra ngày" in text, id
        assert {"Phí, lệ phí", "Thời gian"} <= set(rows(page)), id
        assert {"Nơi nộp", "Làm trực tuyến"} & set(rows(page)), id
        assert "iấy tờ" in text, id


def test_what_costs_money_is_never_told_as_free_alone(
    pages: Mapping[str, Reply], library: Library, sentences: Mapping[Language, Say]
) -> None:
    free = sentences["vi"]("fee.free").casefold()
    charging = [id for id, guide in library.guides.items() if any(fee.amount != 0 for fee in guide.fees)]
    assert len(charging) > 40
    told_free = [
        id for id in charging if all(free in line.casefold() for line in rows(pages[id])["Phí, lệ phí"].values)
    ]
    assert told_free == []


def test_everything_is_one_press_away(library: Library, sentences: Mapping[Language, Say]) -> None:
    world = World(library, sentences, NOON)
    for id, guide in library.guides.items():
        talk = Talk(stage=AtGuide(id))
        turn = engine.step(talk, Pressed("all", talk.turn), world)
        assert turn.reply is not None
        text = told(turn.reply)
        assert guide.name in text, id
        assert all(document.name in text for document in guide.documents), id
        assert all(choice.id != "all" for choice in turn.reply.choices), id


def test_papers_brought_only_if_there_are_any_never_stand_as_the_papers_needed(
    pages: Mapping[str, Reply], library: Library
) -> None:
    """Making a copy needs the original, registering a residence its form: before anything is answered, these go first."""
    needed = {
        "chung-thuc-ban-sao": "bản chính giấy tờ cần sao",
        "dang-ky-thuong-tru": "tờ khai thay đổi thông tin cư trú (mẫu CT01)",
        "cap-so-do-lan-dau": "đơn đăng ký đất đai, tài sản gắn liền với đất;",
    }
    for id, name in needed.items():
        text = told(pages[id])
        optional = next(document.name for document in library.guides[id].documents if document.if_any)
        assert "Giấy tờ cần có" not in text, id
        assert name in text, id
        assert optional not in text or text.index(name) < text.index("Nếu có thì mang thêm") < text.index(optional), id


def test_post_is_named_only_where_it_needs_no_remark(pages: Mapping[str, Reply], library: Library) -> None:
    """An ID card is only sent home by post, and a couple has to come: the first page promises no filing by post."""
    post = {id: [c for c in guide.channels if c.how == "post"] for id, guide in library.guides.items()}
    remarked = [id for id, channels in post.items() if channels and all(channel.note for channel in channels)]
    assert {"cap-doi-cap-lai-the-can-cuoc", "dang-ky-ket-hon"} <= {*remarked}
    assert [id for id in remarked if "Gửi bưu điện cũng được" in told(pages[id])] == []
    assert any("Gửi bưu điện cũng được" in told(page) for page in pages.values())
