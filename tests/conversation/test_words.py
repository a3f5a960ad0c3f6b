"""Hard words are explained under a page that uses them, briefly on the first page, and never more than two."""

from __future__ import annotations

from collections.abc import Mapping

from flows.replies import Bullets, Heading, Line, Notice, Paper, Papers, Row, Rows
from flows.state import Language
from flows.telling.words import hard_words, meaning
from flows.texts import Say
from knowledge.glossary import glossary

TEXT = Line("Nộp trích lục khai tử có chứng thực, kèm chữ ký số.")


def test_two_words_at_most_in_the_order_of_the_page(sentences: Mapping[Language, Say]) -> None:
    told = [notice.text for notice in hard_words([TEXT], sentences["vi"])]
    assert [text.partition(":")[0] for text in told] == ["Trích lục", "Chứng thực"]
    assert told[0].count(".") == 2


def test_the_first_page_explains_one_word_in_one_sentence(sentences: Mapping[Language, Say]) -> None:
    assert hard_words([TEXT], sentences["vi"], brief=True) == (
        Notice("Trích lục: Giấy do nơi giữ sổ chép lại từ sổ gốc và đóng dấu."),
    )


def test_every_kind_of_block_with_facts_is_read_and_headings_are_not(sentences: Mapping[Language, Say]) -> None:
    say = sentences["vi"]
    word = "có chứng thực"
    for block in (
        Line(word),
        Bullets((word,)),
        Rows((Row("Nơi nộp", (word,)),)),
        Papers((Paper(word, "", (), "open"),)),
        Papers((Paper("Đơn", "", (word,), "open"),)),
    ):
        assert len(hard_words([block], say)) == 1, block
    assert hard_words([Heading(word), Notice(word, "source")], say) == ()
    assert hard_words([], say) == ()


def test_usual_words_are_explained_only_when_asked_for(sentences: Mapping[Language, Say]) -> None:
    assert hard_words([Line("Nộp bản chính, trả lệ phí, chờ 3 ngày làm việc.")], sentences["vi"]) == ()
    assert "bản chính" in [term.name for term in glossary().asked("bản chính là gì")]


def test_a_meaning_that_states_a_fact_says_where_it_was_read(sentences: Mapping[Language, Say]) -> None:
    facts = {term.id: term for term in glossary().terms}
    assert "Nghị định 224/2026/NĐ-CP" in meaning(facts["toan-trinh"], sentences["vi"])
    assert "22/11/2026" in meaning(facts["toan-trinh"], sentences["vi"])
    assert "(" not in meaning(facts["diem-chi"], sentences["vi"])
    assert meaning(facts["diem-chi"], sentences["en"]).startswith("Fingerprint: ")
