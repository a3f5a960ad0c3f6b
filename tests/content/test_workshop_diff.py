"""`guide diff`: every kind of change is told in words, against git, a file or a folder, and nothing when nothing changed."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from bot.workshop.comparing import LISTS, NAMES, WORDS, changes
from bot.workshop.history import before
from bot.workshop.opening import Book, CannotOpen, opened
from knowledge import guide as model
from knowledge.folders import File
from knowledge.guide import Guide, Part
from knowledge.loading import read_guide

GOOD = (
    (Path(__file__).parent / "bad" / "khai-sinh-mau.yaml")
    .read_text(encoding="utf-8")
    .replace("fees:\n", "fees:\n  - {what: Lệ phí đăng ký lại, amount: 8000, source: s1}\n")
)
TODAY = date(2026, 11, 22)


def guide_of(folder: Path, text: str) -> Guide:
    path = folder / "ho-tich" / "khai-sinh-mau.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    guide, _, problems = read_guide(File(path, "ho-tich"))
    assert guide is not None, [str(problem) for problem in problems]
    return guide


CHANGES = [
    ("amount: 8000", "amount: 10000", ["lệ phí đăng ký lại: 8.000đ → 10.000đ"]),
    ("  - amount: 1\n    verify", "  - amount: 3\n    verify", ["thời gian giải quyết: 1 ngày làm việc → 3 ngày làm việc"]),
    ("  - amount: 1\n    verify", "  - amount: 5\n    unit: half_days\n    verify", ["thời gian giải quyết: 1 ngày làm việc → 2,5 ngày làm việc"]),
    ("    verify: 5\n", "    verify: 8\n", ["thời gian giải quyết: khi phải xác minh: 5 → 8"]),
    ("    original: 1\n", "    original: 2\n", ["giấy tờ “Giấy chứng sinh”: số bản chính: 1 → 2"]),
    ("name: Giấy chứng sinh", "name: Giấy báo sinh", ["giấy tờ “Giấy chứng sinh”: tên: “Giấy chứng sinh” → “Giấy báo sinh”"]),
    ("- id: uy-quyen\n    name: Văn bản ủy quyền", "- id: moi\n    name: Giấy mới", ["thêm giấy tờ “Giấy mới”", "bỏ giấy tờ “Văn bản ủy quyền”"]),
    ("when: {noi-sinh: [tai-nha]}", "when: {noi-sinh: [co-so-y-te, tai-nha]}", ["giấy tờ “Văn bản của người làm chứng”: chỉ khi: noi-sinh: tai-nha → noi-sinh: co-so-y-te hoặc tai-nha"]),
    ("text: Ai đi làm?", "text: Ai đi nộp?", ["câu hỏi “Ai đi làm?”: nội dung: “Ai đi làm?” → “Ai đi nộp?”"]),
    ("cha-me: Cha hoặc mẹ", "cha-me: Cha, mẹ", ["câu hỏi “Ai đi làm?”, câu trả lời “Cha hoặc mẹ”: chữ trên nút: “Cha hoặc mẹ” → “Cha, mẹ”"]),
    ("      nguoi-khac: Người khác", "      nguoi-khac: Người khác\n      ong-ba: Ông bà", ["câu hỏi “Ai đi làm?”: thêm câu trả lời “Ông bà”"]),
    ("words: [bà đỡ]", "words: [bà mụ]", ["câu hỏi “Bé sinh ở đâu?”, câu trả lời “Ở nhà hoặc nơi khác”: thêm cách trả lời: bà mụ", "câu hỏi “Bé sinh ở đâu?”, câu trả lời “Ở nhà hoặc nơi khác”: bỏ cách trả lời: bà đỡ"]),
    ("  - khai sanh cho con\n", "  - giấy khai sanh\n", ["thêm cách gọi: giấy khai sanh", "bỏ cách gọi: khai sanh cho con"]),
    ("  - làm giấy khai sinh\n  - khai sanh cho con\n", "  - khai sanh cho con\n  - làm giấy khai sinh\n", ["đổi thứ tự cách gọi"]),
    ("online: full", "online: partial", ["cách nộp “trực tuyến”: mức trực tuyến: toàn trình → một phần"]),
    ("status: published", "status: withdrawn", ["trạng thái: đang dùng → đã rút"]),
    ("review_by: 2027-03-01", "review_by: 2027-06-30", ["ngày xem lại: 01/03/2027 → 30/06/2027"]),
    ("text: Quên mang giấy tờ tùy thân.", "text: Quên mang căn cước, giấy tờ tùy thân.", ["hay sai “Quên mang giấy tờ tùy thân.”: nội dung: “Quên mang giấy tờ tùy thân.” → “Quên mang căn cước, giấy tờ tùy thân.”"]),
    ("text: Quên mang giấy tờ tùy thân.", "text: Đến sai nơi.", ["thêm hay sai “Đến sai nơi.”", "bỏ hay sai “Quên mang giấy tờ tùy thân.”"]),
    ("checked_on: 2026-11-22\n    certainty: unverified", "checked_on: 2026-11-23\n    certainty: unverified", ["nguồn “Bản chép văn bản ủy quyền”: kiểm tra ngày: 22/11/2026 → 23/11/2026"]),
    ("certainty: verified", "certainty: copied", ["nguồn “Bản ghi thủ tục 1.001193”: độ chắc chắn: đã đối chiếu → theo bản chép"]),
    ("    condition: Đăng ký đúng hạn trong 60 ngày.", "    what: Lệ phí khai sinh\n    condition: Đăng ký đúng hạn trong 60 ngày.", ["thêm phí “Lệ phí khai sinh”: 0đ", "bỏ phí “phí”: 0đ"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), CHANGES, ids=[row[0][:30] + " > " + row[1][:30] for row in CHANGES])
def test_a_change_is_told_in_words(tmp_path: Path, old: str, new: str, says: list[str]) -> None:
    assert old in GOOD
    was = guide_of(tmp_path, GOOD)
    now = guide_of(tmp_path, GOOD.replace(old, new, 1))
    told = list(changes(was, now))
    assert len(told) == len(says), told
    for line, end in zip(told, says, strict=True):
        assert line.endswith(end), told


def test_nothing_changed_is_nothing_told(tmp_path: Path) -> None:
    guide = guide_of(tmp_path, GOOD)
    assert changes(guide, guide_of(tmp_path, "# ghi chú\n" + GOOD)) == ()


def test_the_order_of_a_list_is_told(tmp_path: Path) -> None:
    guide = guide_of(tmp_path, GOOD)
    turned = guide.model_copy(update={"documents": guide.documents[::-1]})
    assert changes(guide, turned) == ("đổi thứ tự giấy tờ",)


def test_an_amount_that_is_no_longer_known_is_told_so(tmp_path: Path) -> None:
    was = guide_of(tmp_path, GOOD)
    now = guide_of(tmp_path, GOOD.replace("amount: 8000", "note: Chưa rõ."))
    assert changes(was, now)[0] == "lệ phí đăng ký lại: 8.000đ → chưa biết"


def test_every_key_and_word_of_the_model_has_a_name() -> None:
    parts = [part for part in vars(model).values() if isinstance(part, type) and issubclass(part, Part)]
    assert len(parts) > 10
    keys = {key for part in parts for key in part.model_fields}
    assert keys - NAMES.keys() - LISTS.keys() == {"asks", "choices"} - LISTS.keys()
    for words in (model.Certainty, model.Status, model.Level, model.How, model.Event, model.Unit):
        assert set(get_args(words)) <= WORDS.keys()


def git(folder: Path, *words: str) -> None:
    names = ("-c", "user.name=Cán bộ", "-c", "user.email=can-bo@example.vn")
    program = shutil.which("git")
    assert program, "git is needed to test what it remembers"
    subprocess.run([program, "-C", folder, *names, *words], check=True, capture_output=True)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A guide in a folder of its own, in no checkout yet."""
    guide_of(tmp_path, GOOD)
    return opened("khai-sinh-mau", [tmp_path], TODAY)


def keep(book: Book, text: str) -> None:
    folder = book.path.parent.parent
    guide_of(folder, text)
    if not (folder / ".git").exists():
        git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x")


def test_the_last_published_version_in_git_is_compared_with(book: Book) -> None:
    keep(book, GOOD.replace("amount: 8000", "amount: 6000"))
    keep(book, GOOD.replace("amount: 8000", "amount: 7000").replace("status: published", "status: draft"))
    guide_of(book.path.parent.parent, GOOD)
    was = before(book, "")
    assert was.where.endswith("trong git")
    assert any(line.endswith("6.000đ → 8.000đ") for line in changes(was.guide, book.guide))


def test_without_a_published_version_the_last_one_counts(book: Book) -> None:
    keep(book, GOOD.replace("status: published", "status: draft"))
    assert changes(before(book, "").guide, book.guide) == ("trạng thái: nháp → đang dùng",)


def test_a_file_or_a_folder_is_compared_with(book: Book, tmp_path: Path) -> None:
    old = tmp_path / "cu"
    old.mkdir()
    guide_of(old, GOOD.replace("amount: 8000", "amount: 5000"))
    for against in (old, old / "ho-tich" / "khai-sinh-mau.yaml", old / "ho-tich"):
        (line,) = changes(before(book, str(against)).guide, book.guide)
        assert line.endswith("5.000đ → 8.000đ")


def stopped(book: Book, against: str = "") -> str:
    with pytest.raises(CannotOpen) as error:
        before(book, against)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_no_earlier_version_is_one_line_with_the_cure(book: Book, tmp_path: Path) -> None:
    assert "--against TỆP" in stopped(book)  # in no checkout
    git(tmp_path, "init", "-q")
    assert "--against TỆP" in stopped(book)  # in one without any commit
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "x")
    assert "đây là thủ tục mới" in stopped(book)
    assert "không có tệp này" in stopped(book, str(tmp_path / "none.yaml"))
    broken = tmp_path / "hong.yaml"
    broken.write_text("id: [", encoding="utf-8")
    assert "chọn bản khác bằng --against TỆP" in stopped(book, str(broken))
