"""`guide new` and the page that teaches it: a scaffold loads, marks its gaps, never overwrites; the example works as it is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bot.workshop.opening import CannotOpen, mirror_path, mirrors_of, opened, shelf
from bot.workshop.scaffolding import GAP, Made, scaffold
from bot.workshop.trying import tried
from knowledge.checking import check
from knowledge.loading import GUIDES, library_of, load
from knowledge.mirrors import read_mirror
from tests import own

TODAY = date(2026, 11, 22)
README = GUIDES.parent / "README.md"
RECORD = """\
# Nhập tự động.
id: xin-giay-tam-9000005
code: "9.000005"
name: "Xin giấy tạm"
status: imported
level: [commune]
documents:
  - id: don
    name: "Đơn theo mẫu"
    original: 1
    source: s1
fees:
  - note: "Cổng không ghi."
    source: s1
sources:
  - id: s1
    title: "Cổng Dịch vụ công quốc gia, thủ tục 9.000005"
    data_date: 2026-06-10
    checked_on: 2026-06-10
    certainty: copied
"""


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """A folder as ./run import leaves it, with one record and another file."""
    folder = tmp_path / "nhap" / "cu-tru"
    folder.mkdir(parents=True)
    (folder / "xin-giay-tam-9000005.yaml").write_text(RECORD, encoding="utf-8")
    (folder / "khac-9000006.yaml").write_text(
        RECORD.replace("9.000005", "9.000006").replace("xin-giay-tam-9000005", "khac-9000006"), encoding="utf-8"
    )
    return tmp_path / "nhap"


def new(to: Path, code: str = "9.000005", source: Path | None = None, field: str = "") -> Made:
    return scaffold(code, library_of([]), source, to, field, TODAY)


def test_from_a_record_the_official_text_is_kept_and_the_gaps_are_marked(tmp_path: Path, imported: Path) -> None:
    made = new(tmp_path / "g", source=imported)
    assert made.guide == tmp_path / "g" / "cu-tru" / "xin-giay-tam.yaml"
    assert made.mirror == mirror_path(made.guide) == tmp_path / "g-kiem-thu" / "cu-tru" / "xin-giay-tam.yaml"
    text = made.guide.read_text(encoding="utf-8")
    assert made.gaps == text.count(GAP) + made.mirror.read_text(encoding="utf-8").count(GAP) > 10
    assert "Đơn theo mẫu" in text
    assert "times: bản ghi không có" in text
    assert text.count("\nid: ") == text.count("\nstatus: ") == 1
    book = opened("9.000005", [tmp_path / "g"], TODAY)
    assert (book.guide.id, book.guide.status, book.guide.level) == ("xin-giay-tam", "draft", ("commune",))
    assert book.guide.sources[0].certainty == "copied"
    schema = re.search(r"\$schema=(\S+)", text)
    assert schema is not None
    assert (made.guide.parent / schema[1]).resolve() == (GUIDES.parent / "guide.schema.json").resolve()


def test_without_a_record_the_scaffold_is_empty_and_says_that_nothing_is_known(tmp_path: Path) -> None:
    made = new(tmp_path / "g", field="cu-tru")
    loaded = load([tmp_path / "g"], TODAY)
    assert loaded.errors == ()
    guide = opened("9.000005", [tmp_path / "g"], TODAY).guide
    assert (guide.documents, guide.fees, guide.sources[0].certainty) == ((), (), "unknown")
    assert 'name: "Thủ tục 9.000005"' in made.guide.read_text(encoding="utf-8")


def test_the_examples_in_the_gaps_are_good_when_the_signs_are_taken_away(tmp_path: Path) -> None:
    made = new(tmp_path / "g", field="cu-tru")
    lines = made.guide.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line[2:] if re.match(r"# ( |[a-z]+:$)", line) else line for line in lines)
    text = text.replace("to-khai\n", "to-khai\n    when: {noi-sinh: [tai-nha]}\n")
    made.guide.write_text(text.replace("certainty: unknown", "certainty: verified"), encoding="utf-8")
    assert load([tmp_path / "g"], TODAY).errors == ()
    guide = opened("9.000005", [tmp_path / "g"], TODAY).guide
    assert (len(guide.asks), len(guide.documents), len(guide.channels), len(guide.times)) == (1, 1, 1, 1)


def test_the_mirror_tells_what_is_missing_until_it_is_written(tmp_path: Path) -> None:
    made = new(tmp_path / "g", field="cu-tru")
    _, _, problems = read_mirror(made.mirror)
    assert [problem.what for problem in problems] == [f"“{key}” quá ít mục" for key in ("finds", "not_finds", "talks")]
    lines = made.mirror.read_text(encoding="utf-8").splitlines()
    text = "\n".join(re.sub(r"^#(?=  )", "", line) for line in lines if line != "talks: []")
    text = text.replace("  - name: nộp", "talks:\n  - name: nộp").replace("finds: []", f"finds: [{'a, ' * 8}]")
    made.mirror.write_text(text, encoding="utf-8")
    mirror, _, problems = read_mirror(made.mirror)
    assert problems == ()
    assert mirror is not None
    assert mirror.talks[0]["name"] == "nộp tại xã, đi đến hết"


@pytest.mark.parametrize("lost", ["guide", "mirror"])
def test_nothing_is_ever_overwritten(tmp_path: Path, imported: Path, lost: str) -> None:
    made = new(tmp_path / "g", source=imported)
    kept = made.mirror if lost == "guide" else made.guide
    (made.guide if lost == "guide" else made.mirror).unlink()
    kept.write_text("của tôi", encoding="utf-8")
    with pytest.raises(CannotOpen, match="không ghi đè"):
        new(tmp_path / "g", source=imported)
    assert kept.read_text(encoding="utf-8") == "của tôi"
    assert made.guide.exists() + made.mirror.exists() == 1


def test_what_cannot_be_set_up_is_one_line_with_the_cure(tmp_path: Path, imported: Path) -> None:
    def stopped(code: str = "9.000005", source: Path | None = None, field: str = "") -> str:
        with pytest.raises(CannotOpen) as error:
            scaffold(code, shelf([GUIDES], TODAY), source, tmp_path / "g", field, TODAY)
        assert not (tmp_path / "g").exists()
        assert "\n" not in str(error.value)
        return str(error.value)

    assert stopped("1004884").startswith("1004884: không phải mã thủ tục, mã có dạng 1.001193")
    assert "không có bản ghi mã 9.000007" in stopped("9.000007", imported)
    assert "không có tệp nào ở đây" in stopped("9.000005", tmp_path / "none")
    assert stopped(field="cutru").startswith("--field cutru: không có lĩnh vực này, có phải là “cu-tru”?")


def test_a_guide_of_ours_is_named_but_an_office_may_have_its_own(tmp_path: Path) -> None:
    library = shelf([GUIDES], TODAY)
    with pytest.raises(CannotOpen, match=r"đã có hướng dẫn .*ho-tich/dang-ky-lai-khai-sinh\.yaml, mở tệp đó"):
        scaffold("1.004884", library, None, GUIDES, "", TODAY)
    made = scaffold("1.004884", library, None, tmp_path / "g", "", TODAY)
    guide = opened("1.004884", [GUIDES, tmp_path / "g"], TODAY).guide
    assert (guide.id, guide.field, guide.status) == (made.guide.stem, "ho-tich", "draft")


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "g").write_text("một tệp, không phải thư mục", encoding="utf-8")
    with pytest.raises(CannotOpen, match="không ghi được"):
        new(tmp_path / "g", field="cu-tru")


def test_an_imported_record_in_use_does_not_stand_in_the_way(tmp_path: Path, imported: Path) -> None:
    library = shelf([imported], TODAY)
    made = scaffold("9.000005", library, imported, tmp_path / "g", "", TODAY)
    assert made.guide.exists()


def example(folder: Path) -> tuple[Path, Path]:
    """The two files of the example in README.md, put where it says, under an office's folder."""
    guide, mirror = re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    name = Path("van-hoa") / "muon-nha-van-hoa.yaml"
    paths = folder / name, mirrors_of(folder) / name
    for path, text in zip(paths, (guide, mirror), strict=True):
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return paths


def test_the_example_of_the_page_has_no_problem_and_passes_its_own_test(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    path, mirror = example(folder)
    assert [str(problem) for problem in load([folder], TODAY).problems] == []
    assert check([folder], TODAY, mirrors_of(folder)).warned == ()
    book = opened(str(path), [GUIDES, folder], TODAY)
    result = tried(book.guide, book.library, own.sentences(), mirror, TODAY)
    assert (result.failed, result.finds, result.not_finds, result.talks) == ((), 8, 3, 1)


def test_the_page_is_one_page_and_names_only_what_there_is() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 130
    commands = set(re.findall(r"`\./run guide ([a-z]+)", text))
    assert commands == {"new", "show", "map", "test", "collisions", "diff", "due", "links", "count", "english"}
    for name in re.findall(r"`(?:knowledge|tests)/([a-z./]+)`", text):
        assert (GUIDES.parents[1] / "knowledge" / name).exists(), name
