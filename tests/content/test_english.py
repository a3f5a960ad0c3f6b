"""English stands beside the very Vietnamese it renders: laid over when it fits, told as older when it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.shelf import Shelf
from bot.workshop.opening import opened
from bot.workshop.previewing import preview
from bot.workshop.translating import untold
from knowledge.checking import check
from knowledge.english import CLOSES, OPENS, SHARED, Rendered, sentences, wrong_numbers
from knowledge.library import Library
from knowledge.loading import GUIDES, load
from tests import own

TODAY = date(2026, 11, 22)
GUIDE = """\
id: thu
code: "1.000001"
name: Thủ tục thử
en: Trial procedure
status: imported
documents:
  - {id: don, name: Đơn, en: Request, original: 1, note: Nộp trong 15 ngày., source: s1}
steps:
  - {text: Nộp đơn., source: s1}
sources:
  - {id: s1, title: Bản ghi, checked_on: 2026-11-22, certainty: verified}
"""
ENGLISH = """\
phrases: [how to try]
texts:
  - {vi: Nộp trong 15 ngày., en: File within 15 days.}
  - {vi: Nộp đơn., en: File the request.}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("ho-tich", GUIDE), ("english/ho-tich", ENGLISH)):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "thu.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def english_file(folder: Path) -> Path:
    return folder / "english/ho-tich/thu.yaml"


def read(folder: Path) -> Library:
    loaded = load([folder], TODAY, tolerate=True)
    assert loaded.library is not None, loaded.problems
    return loaded.library


def test_english_is_laid_over_the_guide_and_leaves_the_guide_as_it_is(folder: Path) -> None:
    library = read(folder)
    english, vietnamese = library.translated("thu", ""), library.get("thu")
    assert english is not None
    assert vietnamese is not None
    assert [step.text for step in english.steps] == ["File the request."]
    assert english.documents[0].note == "File within 15 days."
    assert [step.text for step in vietnamese.steps] == ["Nộp đơn."]
    assert english.edition == vietnamese.edition, "to read a guide in English is no edit"
    assert library.translated("khong-co", "") is None


def test_a_guide_is_found_by_how_people_ask_for_it_in_english(folder: Path) -> None:
    assert [one.id for one in read(folder).find("how to try", TODAY).found] == ["thu"]


def test_what_has_no_english_stays_in_vietnamese_and_is_marked(folder: Path) -> None:
    english_file(folder).write_text("texts: [{vi: Nộp đơn., en: File the request.}]\n", encoding="utf-8")
    guide = read(folder).translated("thu", "")
    assert guide is not None
    assert guide.documents[0].note == f"{OPENS}Nộp trong 15 ngày{CLOSES}."


def test_an_edited_sentence_loses_its_english_and_check_says_which_and_what_it_is_now(folder: Path) -> None:
    edited = GUIDE.replace("trong 15 ngày", "trong 15 ngày làm việc")
    (folder / "ho-tich/thu.yaml").write_text(edited, encoding="utf-8")
    guide = read(folder).translated("thu", "")
    assert guide is not None
    assert "15 days" not in guide.documents[0].note
    checked = check([folder], TODAY)
    assert checked.status == 0
    (older,) = (line for line in checked.warned if "bản tiếng Anh cũ hơn" in line)
    (missing,) = (line for line in checked.warned if line != older)
    assert "thu.yaml:3:" in older
    assert "nay là “Nộp trong 15 ngày làm việc.”" in older
    assert "còn 1 câu chưa có tiếng Anh, câu đầu: “Nộp trong 15 ngày làm việc.”" in missing


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("texts:\n  - {vi: Nộp trong 15 ngày., en: File within 16 days.}\n", "số 15 chỉ có ở một bên"),
        ("texts:\n  - {vi: Nộp đơn., en: A}\n  - {vi: Nộp đơn., en: B}\n", "câu này đã có ở trên"),
        ("texts:\n  - {vi: Nộp đơn., anh: A}\n", "thiếu “en”"),
        ("texts: []\n", "quá ít mục"),
        ("texts:\n\t- vi: Nộp đơn.\n", "dấu tab ở đầu dòng"),
        ("", "nội dung tệp"),
    ],
)
def test_a_wrong_file_is_told_with_its_line_and_holds_back_only_itself(folder: Path, text: str, what: str) -> None:
    english_file(folder).write_text(text, encoding="utf-8")
    loaded = load([folder], TODAY, tolerate=True)
    assert loaded.library is not None
    assert loaded.library.get("thu") is not None
    told = [str(problem) for problem in loaded.errors]
    assert any("english/ho-tich/thu.yaml:" in line and what in line for line in told), told
    assert load([folder], TODAY).library is None, "./run check refuses it"


def test_a_file_of_no_guide_is_told(folder: Path) -> None:
    english_file(folder).rename(folder / "english/ho-tich/thuu.yaml")
    (line,) = check([folder], TODAY).warned
    assert "không có thủ tục “thuu”" in line
    assert "“thu”?" in line


def test_what_is_missing_is_printed_ready_to_be_written(folder: Path) -> None:
    english_file(folder).write_text("texts:\n  - {vi: Nộp đơn., en: File the request.}\n", encoding="utf-8")
    found = untold(opened("thu", [folder], TODAY))
    assert (found.sentences, found.missing, found.path) == (2, 1, english_file(folder))
    assert found.lines == '  - vi: "Nộp trong 15 ngày."\n    en: ""\n'
    with english_file(folder).open("a", encoding="utf-8") as file:
        file.write(found.lines.replace('en: ""', "en: File within 15 days."))
    assert check([folder], TODAY).warned == ()
    assert untold(opened("thu", [folder], TODAY)).missing == 0


def test_a_guide_without_an_english_file_gets_one_to_begin_with(folder: Path) -> None:
    english_file(folder).unlink()
    found = untold(opened("thu", [folder], TODAY))
    assert (found.missing, found.path) == (2, english_file(folder))
    found.path.write_text(found.lines.replace('en: ""', "en: In 15 days.", 1).replace('en: ""', "en: File."), "utf-8")
    assert check([folder], TODAY).warned == ()


def test_officials_see_the_guide_in_english() -> None:
    book = opened("dang-ky-khai-sinh", [GUIDES], TODAY)
    shown = preview(book, own.sentences(), TODAY, ["noi-sinh=co-so-y-te"], "", language="en")
    assert "Birth registration (Đăng ký khai sinh)" in shown
    assert "Take care: do not bring the discharge paper instead." in shown


def test_a_running_bot_takes_new_english_and_keeps_the_last_good_one(folder: Path) -> None:
    shelf = Shelf([folder], lambda: TODAY)

    def step() -> str:
        guide = shelf.library.translated("thu", "")
        assert guide is not None
        return guide.steps[0].text

    assert step() == "File the request."
    english_file(folder).write_text("texts: [{vi: Nộp đơn., en: Hand in the request.}]\n", encoding="utf-8")
    assert shelf.look()
    assert step() == "Hand in the request."
    english_file(folder).write_text("texts: [{vi: Nộp đơn.\n", encoding="utf-8")
    assert shelf.look()
    assert step() == "Hand in the request."
    assert shelf.held_back == 1
    english_file(folder).unlink()
    assert shelf.look()
    assert step() == f"{OPENS}Nộp đơn{CLOSES}."


def test_english_is_kept_for_the_next_start(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    Shelf([folder], lambda: TODAY, cache)
    again = Shelf([folder], lambda: TODAY, cache)
    guide = again.library.translated("thu", "")
    assert guide is not None
    assert guide.steps[0].text == "File the request."


def test_an_offices_english_lies_over_the_products(folder: Path) -> None:
    own = folder / "english/ho-tich"
    own.joinpath("dang-ky-khai-sinh.yaml").write_text(
        "texts: [{vi: Chuẩn bị giấy tờ theo danh sách., en: Bring what the list says.}]\n", encoding="utf-8"
    )
    library = load([GUIDES, folder], TODAY, tolerate=True).library
    assert library is not None
    guide = library.translated("dang-ky-khai-sinh", "")
    assert guide is not None
    texts = [step.text for step in guide.steps]
    assert "Bring what the list says." in texts
    assert not [text for text in texts if OPENS in text]


def test_every_published_guide_of_ours_is_whole_in_english() -> None:
    library = own.library()
    shared = set(library.shared_english)
    for guide in library.guides.values():
        held = shared | set(library.english[guide.id].texts if guide.id in library.english else {})
        assert set(sentences(guide)) <= held, guide.id
        names = [guide.en, guide.summary_en if guide.summary else "-", *(document.en for document in guide.documents)]
        asks = [text for ask in guide.asks for text in (ask.en, *(choice.en for choice in ask.choices.values()))]
        assert all((*names, *asks)), guide.id


def test_no_number_is_lost_or_won_between_the_languages() -> None:
    library = own.library()
    assert SHARED in library.english
    pairs = [Rendered(vi=vi, en=en) for told in library.english.values() for vi, en in told.texts.items()]
    assert len(pairs) > 2_000
    assert [one for one in pairs if [*wrong_numbers(one)]] == []
    assert [*wrong_numbers(Rendered(vi="Nộp sau 15 giờ, phí 8.000 đồng", en="After 15:00, fee 8,000 VND"))] == []
    assert [*wrong_numbers(Rendered(vi="trong 60 ngày", en="within two months"))] == [60]
