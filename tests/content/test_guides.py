"""The product's own guides: nothing wrong, everyone has papers, and what people type finds the right one."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.checking import check
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.loading import GUIDES, load
from knowledge.mirrors import Mirror, mirrors, read_mirror
from knowledge.tailor import Fit, combinations, diverted, papers

TODAY = date(2026, 11, 22)  # tests do not depend on today
MIRRORS = Path(__file__).parents[1] / "guides"
GOOD = (Path(__file__).parent / "bad" / "khai-sinh-mau.yaml").read_text(encoding="utf-8")

LOADED = load([GUIDES], TODAY, tolerate=True)
PUBLISHED = [guide for guide in LOADED.library.guides.values() if guide.status == "published"] if LOADED.library else []


@pytest.fixture(scope="module")
def library() -> Library:
    assert LOADED.library is not None
    return LOADED.library


def mirror_of(guide: Guide) -> Mirror:
    mirror, _, problems = read_mirror(MIRRORS / guide.field / f"{guide.id}.yaml")
    assert mirror is not None, [str(problem) for problem in problems]
    return mirror


def test_nothing_is_wrong() -> None:
    assert [str(problem) for problem in LOADED.problems] == []


def test_every_guide_has_its_mirror_and_none_is_left_over() -> None:
    assert [str(problem) for problem in mirrors(GUIDES, MIRRORS)] == []


@pytest.mark.parametrize("guide", PUBLISHED, ids=lambda guide: guide.id)
def test_every_combination_of_answers_has_papers_on_every_day_that_changes_them(guide: Guide) -> None:
    days = {TODAY, *(doc.since for doc in guide.documents if doc.since and doc.since > TODAY)}
    days |= {doc.until + timedelta(1) for doc in guide.documents if doc.until and doc.until >= TODAY}
    for answers in combinations(guide):
        if diverted(guide, answers) is not None:
            continue
        for day in days:
            names = [document.name for document, fit in papers(guide, answers, day) if fit is Fit.YES]
            assert names, (answers, day)
            assert len(names) == len(set(names)), (answers, day)


@pytest.mark.parametrize("guide", PUBLISHED, ids=lambda guide: guide.id)
def test_what_people_type_finds_the_guide_first(guide: Guide, library: Library) -> None:
    missed = {}
    for words in mirror_of(guide).finds:
        found = library.find(words, TODAY).found
        if not found or found[0].id != guide.id:
            missed[words] = [one.id for one in found[:2]]
    assert missed == {}


@pytest.mark.parametrize("guide", PUBLISHED, ids=lambda guide: guide.id)
def test_what_means_another_procedure_does_not_find_the_guide(guide: Guide, library: Library) -> None:
    wrong = [
        words
        for words in mirror_of(guide).not_finds
        if (finding := library.find(words, TODAY)).decision == "answer" and finding.found[0].id == guide.id
    ]
    assert wrong == []


def test_a_guide_is_found_by_its_own_name_and_code(library: Library) -> None:
    for guide in PUBLISHED:
        for words in (guide.name, guide.code, *guide.phrases):
            assert library.find(words, TODAY).found[0].id == guide.id, words


def test_what_a_guide_is_called_opens_it_at_once(library: Library) -> None:
    """Its short name always; the everyday names all but a few, which may be another's too and lead to a choice."""
    assert [guide.id for guide in PUBLISHED if library.find(guide.title, TODAY).decision != "answer"] == []
    bands = [library.find(phrase, TODAY).decision for guide in PUBLISHED for phrase in guide.phrases]
    assert bands.count("answer") >= 0.98 * len(bands)
    assert "unknown" not in bands


def test_the_check_says_one_line_of_counts_or_every_problem(tmp_path: Path) -> None:
    good = tmp_path / "guides" / "ho-tich" / "khai-sinh-mau.yaml"
    good.parent.mkdir(parents=True)
    good.write_text(GOOD, encoding="utf-8")
    checked = check([tmp_path / "guides"], TODAY)
    assert checked.status == 0
    assert checked.said == ("1 thủ tục (1 đang dùng), 2 câu hỏi, 3 giấy tờ, 2 nguồn: không có lỗi, 0 cảnh báo",)
    late = check([tmp_path / "guides"], date(2027, 3, 2))
    assert late.status == 0
    assert late.said[0].endswith("1 cảnh báo")
    assert "quá ngày xem lại" in late.warned[0]
    good.write_text(GOOD.replace("published", "publish").replace("original: 1", "original: x"), encoding="utf-8")
    bad = check([tmp_path / "guides"], TODAY)
    assert bad.status == 1
    assert len(bad.said) == 2
    assert check([], TODAY).status == 1


MIRROR = "finds: [a, b, c, d, e, f, g, h]\nnot_finds: [a, b, c]\ntalks: [{name: n, talk: [{say: x}]}]\n"


def test_a_mirror_missing_left_over_or_ill_formed_is_told(tmp_path: Path) -> None:
    guides, tests = tmp_path / "guides", tmp_path / "tests"
    for folder in (guides, tests):
        (folder / "ho-tich").mkdir(parents=True)
    (guides / "ho-tich" / "khai-sinh-mau.yaml").write_text(GOOD, encoding="utf-8")
    (guides / "ho-tich" / "nhap.yaml").write_text(
        GOOD.replace("khai-sinh-mau", "nhap").replace("published", "draft"), encoding="utf-8"
    )

    def said() -> list[str]:
        return [str(problem).replace(f"{tmp_path.as_posix()}/", "") for problem in mirrors(guides, tests)]

    assert [line.split(", viết")[0] for line in said()] == [
        "guides/ho-tich/khai-sinh-mau.yaml:2:1: thiếu tệp kiểm thử, thủ tục đang dùng phải có tệp kiểm thử soi gương"
    ]
    mirror = tests / "ho-tich" / "khai-sinh-mau.yaml"
    mirror.write_text(MIRROR, encoding="utf-8")
    assert said() == []
    mirror.write_text(MIRROR.replace(", h]", "]").replace("talks", "talk"), encoding="utf-8")
    assert [line.split(", ")[0] for line in said()] == [
        "tests/ho-tich/khai-sinh-mau.yaml:1:8: “finds” quá ít mục",
        "tests/ho-tich/khai-sinh-mau.yaml:1:1: thiếu “talks”",
        "tests/ho-tich/khai-sinh-mau.yaml:3:1: khóa lạ “talk”",
    ]
    mirror.rename(tests / "ho-tich" / "khac.yaml")
    (tests / "ho-tich" / "khac.yaml").write_text(MIRROR, encoding="utf-8")
    assert any("tests/ho-tich/khac.yaml:1:1: tệp kiểm thử thừa" in line for line in said())
    mirror.write_bytes(b"\xff\xfe\0")
    assert any("khai-sinh-mau.yaml:1:1: tệp lưu bằng bảng mã UTF-16" in line for line in said())
