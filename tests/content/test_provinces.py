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
