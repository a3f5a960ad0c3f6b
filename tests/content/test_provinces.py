"""What a province decides lies over the national guide, and a wrong file is told with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.deciding import misplaced, provinces, read_decisions
from knowledge.guide import Guide
from knowledge.loading import load
from knowledge.province import laid_over

NATIONAL = """\
id: thu
code: "1.000001"
name: Thủ tục thử
status: imported
asks:
  - id: han
    text: Còn hạn không?
    choices: {con: Còn hạn, qua: Quá hạn}
fees:
  - {what: Lệ phí, set_by: province, when: {han: qua}, source: s1}
channels:
  - {how: counter, where: Một cửa, source: s1}
  - {how: online, where: Cổng, source: s1}
sources:
  - {id: s1, title: Bản ghi, checked_on: 2026-11-22, certainty: verified}
"""
LOCAL = """\
sources:
  - {id: s1, title: Nghị quyết của tỉnh, checked_on: 2026-11-22, certainty: copied}
guides:
  "1.000001":
    fees:
      - {what: Lệ phí, amount: 0, at: [online], when: {han: [qua]}, note: Nộp trên mạng, source: s1}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ho-tich").mkdir()
    (tmp_path / "ho-tich" / "thu.yaml").write_text(NATIONAL, encoding="utf-8")
    (tmp_path / "provinces").mkdir()
    (tmp_path / "provinces" / "hai-phong.yaml").write_text(LOCAL, encoding="utf-8")
    return tmp_path


def test_there_are_34_provinces_and_no_name_is_shared() -> None:
    names = [name.casefold() for province in provinces() for name in (province.name, *province.also)]
    assert len(provinces()) == 34
    assert len(names) == len(set(names))


def test_a_provinces_fee_lies_over_the_national_one_and_what_it_leaves_open_stays_open(folder: Path) -> None:
    library = load([folder]).library
    assert library is not None
    guide = library.local("thu", "hai-phong")
    assert guide is not None
    known, left = guide.fees
    assert (known.amount, known.at, known.source) == (0, ("online",), "hai-phong/s1")
    assert (left.amount, left.at, left.set_by) == (None, ("counter",), "province")
    assert guide.certainty_of(known) == "copied"
    assert guide.source("hai-phong/s1").checked_on == date(2026, 11, 22)


OWN = """\
sources:
  - {id: s1, title: Quyết định của tỉnh, checked_on: 2026-11-22, certainty: copied}
  - {id: s2, title: Nguồn của việc khác, checked_on: 2026-11-22, certainty: verified}
guides:
  "1.000001":
    code: {code: "1.116512", note: Theo Quyết định 69/2026., source: s1}
    forms:
      - {document: don, form: {name: Mẫu 01 của tỉnh}, source: s1}
    notes:
      - {text: Hỏi xã trước khi đi., source: s1}
"""


def test_a_province_has_a_code_and_a_form_of_its_own(folder: Path) -> None:
    paper = "documents:\n  - {id: don, name: Đơn, form: {name: Mẫu chung}, source: s1}\nfees:"
    (folder / "ho-tich" / "thu.yaml").write_text(NATIONAL.replace("fees:", paper), encoding="utf-8")
    (folder / "provinces" / "can-tho.yaml").write_text(OWN, encoding="utf-8")
    library = load([folder]).library
    assert library is not None
    guide = library.local("thu", "can-tho")
    assert guide is not None
    code = library.local_code(guide, "can-tho")
    assert code is not None
    assert (code.code, code.whole) == ("1.116512", True)
    assert library.local_code(guide, "hai-phong") is None
    don = guide.document("don")
    assert don is not None
    assert don.form is not None
    assert (don.form.name, guide.certainty_of(don)) == ("Mẫu 01 của tỉnh", "copied")
    assert [notice.text for notice in guide.conditions] == ["Hỏi xã trước khi đi."]
    assert [source.id for source in guide.sources] == ["s1", "can-tho/s1"]  # only what this guide was told from


def test_the_province_may_be_chosen_wherever_one_is_known_to_decide(folder: Path) -> None:
    library = load([folder]).library
    assert library is not None
    guide = library.get("thu")
    assert guide is not None
    nowhere = guide.model_copy(update={"fees": ()})
    assert library.decided_somewhere(guide)
    assert library.decided_somewhere(nowhere)  # Hải Phòng decides its code 1.000001
    assert not library.decided_somewhere(nowhere.model_copy(update={"code": "1.000002"}))


def test_a_province_that_decides_nothing_leaves_the_guide_as_it_is(folder: Path) -> None:
    library = load([folder]).library
    assert library is not None
    assert library.local("thu", "ha-noi") is library.get("thu")
    assert library.local("thu", "") is library.get("thu")
    assert library.local("nobody", "hai-phong") is None


def test_choosing_a_province_is_not_an_edit(folder: Path) -> None:
    library = load([folder]).library
    assert library is not None
    local, national = library.local("thu", "hai-phong"), library.get("thu")
    assert local is not None
    assert national is not None
    assert local.edition == national.edition


def test_an_office_lays_its_own_values_over_the_products(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    office = tmp_path_factory.mktemp("office")
    (office / "ho-tich").mkdir()
    (office / "ho-tich" / "khac.yaml").write_text(
        NATIONAL.replace("id: thu\n", "id: khac\n").replace("1.000001", "1.000002"), encoding="utf-8"
    )
    (office / "provinces").mkdir()
    (office / "provinces" / "hai-phong.yaml").write_text(LOCAL.replace("amount: 0", "amount: 5000"), encoding="utf-8")
    loaded = load([folder, office])
    assert loaded.library is not None, loaded.problems
    guide = loaded.library.local("thu", "hai-phong")
    assert guide is not None
    assert guide.fees[0].amount == 5000


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "told"),
    [
        ("hai-phonh", "", "", 1, "không có tỉnh “hai-phonh”"),
        ("hai-phong", "source: s1}", "source: s9}", 6, "không có nguồn “s9”"),
        ("hai-phong", "certainty: copied", "certainty: unverified", 6, "có con số mà chưa kiểm chứng"),
        ("hai-phong", "amount: 0", "amount: 8.000", 6, ""),
        ("hai-phong", "what: Lệ phí", "wat: Lệ phí", 6, "khóa lạ"),
        ("hai-phong", '"1.000001"', '"1.999999"', 4, "mã lạ “1.999999”"),
        ("hai-phong", "han: [qua]", "han: [sai]", 6, "when “han” không khớp"),
        ("hai-phong", "sources:", "sources: [", 1, ""),
        ("hai-phong", "    fees:", "    code: {code: x, source: s1}\n    fees:", 5, "code"),
        ("hai-phong", "    fees:", "    code: {code: '1.1165', source: s7}\n    fees:", 5, "không có nguồn “s7”"),
        (
            "hai-phong",
            "    fees:",
            "    forms:\n      - {document: dom, form: {name: Mẫu}, source: s1}\n    fees:",
            6,
            "giấy tờ “dom”",
        ),
    ],
)
def test_a_wrong_file_is_told_with_its_line(folder: Path, name: str, old: str, new: str, line: int, told: str) -> None:
    (folder / "provinces" / "hai-phong.yaml").unlink()
    (folder / "provinces" / f"{name}.yaml").write_text(LOCAL.replace(old, new) if old else LOCAL, encoding="utf-8")
    loaded = load([folder])
    problems = [problem for problem in loaded.problems if "provinces" in problem.file]
    assert [problem.severity for problem in problems][:1] == ["error"]
    assert problems[0].line >= line
    assert told in str(problems[0])
    assert loaded.library is None
    tolerant = load([folder], tolerate=True).library
    assert tolerant is not None
    assert tolerant.get("thu") is not None


def test_the_products_own_values_fit_its_guides() -> None:
    root = Path(__file__).resolve().parents[2] / "knowledge"
    decisions, problems = read_decisions(root / "provinces")
    library = load([root / "guides"], tolerate=True).library
    assert library is not None
    assert problems == ()
    assert list(misplaced(decisions, {guide.code: guide for guide in library.guides.values()})) == []
    for decision in decisions:
        for code in decision.decided.guides:
            guide = library.by_code(code)
            assert guide is not None
            local = laid_over(guide, decision.province, decision.decided)
            assert isinstance(local, Guide)
            assert all(local.certainty_of(fee) for fee in local.fees)
