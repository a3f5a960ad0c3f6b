"""How hard a text is to read: sentences are counted as people read them, and every published guide is easy."""

from pathlib import Path

import pytest

from knowledge.loading import GUIDES
from knowledge.readability import Readability, measure, table
from knowledge.rules.words import sentences

GOOD = (Path(__file__).parent / "bad" / "khai-sinh-mau.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Một câu. Hai câu? Ba câu; bốn câu…", ["Một câu", " Hai câu", " Ba câu", " bốn câu"]),
        ("Lệ phí 8.000 đồng, mã 1.001193.", ["Lệ phí 8.000 đồng, mã 1.001193"]),
        ("Xem dichvucong.gov.vn trước", ["Xem dichvucong.gov.vn trước"]),
        ("dòng một\ndòng hai\n", ["dòng một", "dòng hai"]),
        ("...", []),
        ("", []),
    ],
)
def test_sentences_end_where_people_see_them_end(text: str, parts: list[str]) -> None:
    assert list(sentences(text)) == parts


def test_labels_and_signs_do_not_count() -> None:
    said = measure(["nhà lưu giữ", "Anh/chị – nộp tại xã, phường.", "Một hai ba bốn năm."])
    assert (said.sentences, said.words) == (2, 10)
    assert said.average == 5
    assert measure([]) == Readability(0, 0, 0, "")
    assert measure([]).average == 0
    assert str(measure([])).startswith("dễ đọc: trung bình 0,0 chữ một câu, 0 %")


@pytest.mark.parametrize(
    ("words", "level", "long"), [(12, "dễ đọc", 0), (17, "đọc được", 0), (18, "khó đọc", 0), (21, "khó đọc", 1)]
)
def test_the_level_goes_by_the_average(words: int, level: str, long: int) -> None:
    said = measure([" ".join(["chữ"] * words) + "."])
    assert (said.level, said.long) == (level, long)


def test_every_guide_has_a_line_the_hardest_first_and_is_easy_to_read() -> None:
    lines = list(table([GUIDES]))
    assert len(lines) > 30
    assert lines[-1].startswith(f"{len(lines) - 1} thủ tục: dễ đọc")
    averages = [float(line.split("trung bình ")[1].split(" ")[0].replace(",", ".")) for line in lines[:-1]]
    assert averages == sorted(averages, reverse=True)
    assert [line for line in lines if "khó đọc" in line] == []


def test_imported_and_broken_files_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "ho-tich"
    folder.mkdir()
    (folder / "khai-sinh-mau.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "nhap.yaml").write_text(
        GOOD.replace("khai-sinh-mau", "nhap").replace("published", "imported"), encoding="utf-8"
    )
    (folder / "hong.yaml").write_bytes(b"\xff\xfe\0")
    assert [line.split(":")[0] for line in table([tmp_path])] == ["khai-sinh-mau", "1 thủ tục"]
    assert list(table([tmp_path / "none"])) == []
