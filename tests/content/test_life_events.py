"""Life events: every procedure is known, what comes after comes after, and a named procedure is not taken for a story."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.journeys import journeys
from knowledge.life_event import LifeEvent, life_events, told_in
from knowledge.loading import everyday_words
from tests import own

EVENTS = life_events()
QUESTIONS = Path(__file__).resolve().parents[2] / "../shared/data/questions.jsonl"


def test_they_have_their_own_ids_and_phrases() -> None:
    assert len(EVENTS) >= 14
    assert len({event.id for event in EVENTS}) == len(EVENTS)
    phrases = [phrase for event in EVENTS for phrase in event.phrases]
    assert len(phrases) == len(set(phrases))


def test_every_procedure_has_a_guide_or_a_name() -> None:
    library = own.library()
    codes = {code for event in EVENTS for code in event.codes}
    assert [code for code in codes if library.by_code(code) is None and library.name_only(code) is None] == []


def test_the_answers_of_a_step_are_answers_of_its_guide() -> None:
    library = own.library()
    for step in (step for event in EVENTS for step in event.steps):
        guide = library.by_code(step.code)
        for id, choice in step.answers.items():
            assert guide is not None, step
            ask = guide.ask(id)
            assert ask is not None, step
            assert choice in ask.choices, step


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.id)
def test_what_has_to_wait_stands_behind_what_it_waits_for(event: LifeEvent) -> None:
    done: set[str] = set()
    for step in event.steps:
        assert set(step.after) <= done
        done.add(step.code)


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ("ba em mới mất", "mat-nguoi-than"),
        ("Ba em mới mất tuần trước gia đình cần làm giấy gì với phường ạ", "mat-nguoi-than"),
        ("ba em moi mat", "mat-nguoi-than"),
        ("vợ em vừa sanh em bé", "sinh-con"),
        ("mất ví rồi làm sao", "mat-giay-to"),
        ("tụi em sắp cưới", "ket-hon"),
        ("ba em mới mất giấy tờ xe", None),
        ("mẹ mất bằng lái", None),
        ("vợ mới sinh làm giấy khai sinh", None),
        ("lấy vợ người Hàn Quốc", None),
        ("tôi muốn ly hôn thì nộp đơn ở đâu", "ly-hon"),
        ("chia tài sản vợ chồng", "ly-hon"),
        ("muon kien hang xom", "kien-tung"),
        ("chia tài sản", "kien-tung"),
        ("đã ly hôn giờ xin giấy độc thân", None),
        ("ghi chú ly hôn ở nước ngoài", None),
        ("điều kiện nhập hộ khẩu", None),
        ("chia tài sản thừa kế", None),
        ("mẹ tôi qua đời hôm qua", "mat-nguoi-than"),
        ("vợ em mới sinh", "sinh-con"),
        ("chồng em chết", "mat-nguoi-than"),
        ("chị gái em mất vì tai nạn", "mat-nguoi-than"),
        ("em mới có con", "sinh-con"),
        ("con em mất thẻ bảo hiểm", None),
        ("đăng ký cho chị mất bao lâu", None),
        ("thời tiết", None),
        ("", None),
    ],
)
def test_a_story_is_told_from_a_named_procedure(said: str, event: str | None) -> None:
    told = told_in(said, EVENTS)
    assert (told.id if told else None) == event


def test_short_forms_are_understood() -> None:
    told = told_in("ck e mat hom qua", EVENTS, everyday_words())
    assert told is not None
    assert told.id == "mat-nguoi-than"


def test_no_question_about_a_procedure_is_taken_for_a_story() -> None:
    """Of the real questions whose procedure is known, those taken for a story lead to that procedure all the same."""
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    known = everyday_words()
    strayed = [
        row["question"]
        for row in rows
        if row.get("codes")
        and (event := told_in(row["question"], EVENTS, known)) is not None
        and not set(event.codes) & set(row["codes"])
    ]
    assert len(rows) > 1000
    assert strayed == []


JOURNEY = """\
life_events:
  - id: sinh-con
    name: Sinh con
    intro: Làm giấy khai sinh trước.
    one_go: "3.000722"
    phrases: [mới sinh]
    steps:
      - {code: "1.001193", why: Khai sinh., answers: {noi-sinh: tai-nha}}
      - {code: "1.004222", why: Thường trú., after: ["1.001193"]}
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("x", "x", ""),
        ('"1.004222"', '"1.999999"', "9:16: mã lạ “1.999999”, không có hướng dẫn"),
        ('"3.000722"', '"9.000722"', "5:13: mã lạ “9.000722”"),
        ('["1.001193"]', '["1.001194"]', "9:54: after trỏ tới mã 1.001194, việc phải xong trước phải đứng trên"),
        ("noi-sinh: tai-nha", "noi-sin: tai-nha", "8:55: câu hỏi lạ “noi-sin”"),
        ("noi-sinh: tai-nha", "noi-sinh: tai-nh", "8:65: câu trả lời lạ “tai-nh”"),
        ("phrases:", "phrase:", "6:5: khóa lạ “phrase”"),
        ("life_events:", "lifeevents:", "1:1: khóa lạ “lifeevents”"),
        ("    name:", "\tname:", "3:1: dấu tab ở đầu dòng"),
    ],
)
def test_a_mistake_in_the_life_events_is_told_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = tmp_path / "life_events.yaml"
    file.write_text(JOURNEY.replace(old, new, 1), encoding="utf-8")
    library = own.library()
    told = [str(problem).removeprefix(f"{file.as_posix()}:") for problem in journeys(library, file)]
    assert bool(told) == bool(says), told
    assert any(line.startswith(says) for line in told) or not says, told


def test_the_products_own_life_events_have_no_mistake() -> None:
    library = own.library()
    assert journeys(library) == ()
