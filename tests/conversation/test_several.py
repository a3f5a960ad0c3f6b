"""Several answers in one line: which are, what is denied in them, and that a question about something else is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from flows import several
from flows.state import Language
from flows.texts import Say
from knowledge.folders import File, files
from knowledge.library import Library
from knowledge.loading import GUIDES
from knowledge.mirrors import read_mirror

TODAY = date(2026, 11, 22)
MIRRORS = GUIDES.parents[1] / "tests" / "guides"
LINES = (
    ("dang-ky-khai-sinh", "sinh bv, cuoi roi, 70 ngay roi", {"thoi-han": "qua-60-ngay"}),
    ("dang-ky-khai-sinh", "sinh bv, cuoi roi, chua qua 60 ngay", {"thoi-han": "trong-60-ngay"}),
    ("dang-ky-khai-sinh", "o nha, khong, moi sinh", {"lam-chung": "khong-nguoi-lam-chung"}),
    ("cap-doi-cap-lai-the-can-cuoc", "khong phai bi mat, 30 tuoi", {"viec": None, "tuoi": "tu-14"}),
    ("dang-ky-ho-kinh-doanh", "1 nguoi, nho con nop, co chung chi", {"vneid": None}),
    ("dang-ky-ket-hon", "ca 2 nguoi viet, lan dau", {"luc-luong": None, "lan-truoc": "chua-ai"}),
)


@pytest.mark.parametrize(("guide", "line", "told"), LINES, ids=[line for _, line, _ in LINES])
def test_each_part_answers_its_ask(
    guide: str, line: str, told: Mapping[str, str | None], library: Library, sentences: Mapping[Language, Say]
) -> None:
    read = several.in_words(library.guides[guide], line, {}, library, TODAY, sentences["vi"])
    assert read is not None
    assert {ask: read.answers.get(ask) for ask in told} == told


@pytest.mark.parametrize("guide", ["dang-ky-khai-sinh", "dang-ky-khai-tu", "cap-doi-cap-lai-the-can-cuoc"])
def test_what_finds_another_guide_is_no_line_of_answers(
    guide: str, library: Library, sentences: Mapping[Language, Say]
) -> None:
    open_one, asked, swallowed = library.guides[guide], 0, []
    for file in files(MIRRORS):
        assert isinstance(file, File)
        mirror, _, _ = read_mirror(file.path)
        assert mirror is not None
        for question in mirror.finds if file.stem != guide else ():
            asked += 1
            read = several.in_words(open_one, question, {}, library, TODAY, sentences["vi"])
            if read is not None and read.most and open_one.asks[0].id in read.answers:
                swallowed.append(question)
    assert asked > 500
    assert swallowed == []
