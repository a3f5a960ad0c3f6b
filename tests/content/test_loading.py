"""Loading guides: every mistake an official can make is one line with the place and the cure, all at once."""

import os
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.loading import GUIDES, load
from knowledge.yaml_lines import read

TODAY = date(2026, 11, 22)
BAD = Path(__file__).parent / "bad"
GOOD = (BAD / "khai-sinh-mau.yaml").read_text(encoding="utf-8")

Put = Callable[..., Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a guide (the good one, with some of its text replaced) into a folder of guides."""

    def write(*edits: tuple[str, str], folder: str = "guides", field: str = "ho-tich", name: str = "") -> Path:
        text = GOOD
        for old, new in edits:
            assert old in text, f"not in the good guide: {old}"
            text = text.replace(old, new, 1)
        guide_id = text.split("\nid: ", 1)[1].split("\n", 1)[0] if "\nid: " in text else "khai-sinh-mau"
        path = tmp_path / folder / field / (name or f"{guide_id}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path / folder

    return write


def lines(folder: Path, *more: Path, today: date | None = TODAY) -> list[str]:
    """The problems as printed, with their files as seen from the folder."""
    return [str(problem).replace(f"{folder.as_posix()}/", "") for problem in load([folder, *more], today).problems]


def test_a_good_guide_has_no_problem(put: Put) -> None:
    loaded = load([put()], TODAY)
    assert loaded.problems == ()
    assert loaded.library is not None
    guide = loaded.library.get("khai-sinh-mau")
    assert guide is not None
    assert guide.field == "ho-tich"
    assert guide.documents[0].issued_by == "Cơ sở y tế nơi sinh"


MISTAKES = read((BAD / "against-the-model.yaml").read_bytes(), "against-the-model.yaml").value


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: str(row["case"]))
def test_each_mistake_is_one_line_with_place_and_cure(put: Put, row: Mapping[str, str]) -> None:
    folder = put((row["old"], row["new"]), name="khai-sinh-mau.yaml")
    assert lines(folder) == [f"ho-tich/khai-sinh-mau.yaml:{row['says']}"]
    assert load([folder], TODAY).library is None


BYTES: list[tuple[str, bytes, str]] = [
    ("empty", b"", "1:1: tệp trống"),
    ("a comment alone", b"# nothing\n", "1:1: tệp trống"),
    ("a list", b"- a\n- b\n", "1:1: tệp không gồm các dòng"),
    ("a word", b"abc", "1:1: tệp không gồm các dòng"),
    ("2 MB", GOOD.encode() + b"#" * 2_000_000, "1:1: tệp quá lớn (1955 KiB), mỗi tệp tối đa 64 KiB"),
    ("just too large", b"a: " + b"x" * 65_534, "1:1: tệp quá lớn (64 KiB)"),
    ("binary", bytes(range(256)) * 8, "1:1: tệp nhị phân"),
    ("zip", b"PK\x03\x04" + bytes(100), "1:1: đây là tệp nén, Word hoặc Excel"),
    ("windows-1258", "id: a\nname: Đăng ký".encode("cp1258", "replace"), "2:7: tệp không phải UTF-8"),
    ("utf-16", GOOD.encode("utf-16"), "1:1: tệp lưu bằng bảng mã UTF-16"),
    ("bomb", b"a: &a [x]\nb: [*a, *a]\n", "1:4: neo “&a”, không dùng neo"),
    ("deep", b"a: " + b"[" * 60_000, "1:15: lồng quá sâu"),
    ("tag", b"a: !!python/name:os.system\n", "1:4: thẻ kiểu"),
]


@pytest.mark.parametrize(("data", "line"), [row[1:] for row in BYTES], ids=[row[0] for row in BYTES])
def test_a_file_that_is_no_guide_says_what_it_is(tmp_path: Path, data: bytes, line: str) -> None:
    folder = tmp_path / "ho-tich"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(data)
    assert any(f"a.yaml:{line}" in said for said in lines(tmp_path)), lines(tmp_path)


def test_windows_line_ends_byte_order_mark_and_loose_marks_are_read(put: Put) -> None:
    path = put() / "ho-tich" / "khai-sinh-mau.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + unicodedata.normalize("NFD", GOOD).replace("\n", "\r\n").encode())
    loaded = load([path.parent.parent], TODAY)
    assert [(problem.line, problem.severity) for problem in loaded.problems] == [(4, "warning")]
    assert "NFD" in str(loaded.problems[0])
    assert loaded.library is not None
    assert loaded.library.guides["khai-sinh-mau"].name == unicodedata.normalize("NFC", "Đăng ký khai sinh")


def test_all_problems_of_all_files_are_told_at_once(put: Put) -> None:
    put(("status: published", "status: publish"), ("original: 1", "original: một"))
    folder = put(("id: khai-sinh-mau", "id: b"), ("1.001193", "1.001194"), ("noi-sinh: [tai-nha]", "noi-sinh: [nha]"))
    said = lines(folder)
    assert [line.split(": ")[0] for line in said] == [
        "ho-tich/b.yaml:33:23",
        "ho-tich/khai-sinh-mau.yaml:5:9",
        "ho-tich/khai-sinh-mau.yaml:26:15",
    ]


def test_the_same_id_twice_in_one_folder_is_an_error(put: Put) -> None:
    put(field="cu-tru")
    said = lines(put(field="ho-tich"))
    assert any(line.startswith("ho-tich/khai-sinh-mau.yaml:2:5: id “khai-sinh-mau” dùng hai lần") for line in said), (
        said
    )


def test_a_later_folder_lies_over_an_earlier_one(put: Put) -> None:
    first = put()
    by_id = put(("name: Đăng ký khai sinh", "name: Khai sinh ở phường"), folder="office")
    by_code = put(("id: khai-sinh-mau", "id: khai-sinh-o-phuong"), folder="other")
    library = load([first, by_id], TODAY).library
    assert library is not None
    assert [guide.name for guide in library.guides.values()] == ["Khai sinh ở phường"]
    library = load([first, by_code], TODAY).library
    assert library is not None
    assert list(library.guides) == ["khai-sinh-o-phuong"]


def test_a_running_bot_keeps_the_good_guides(put: Put) -> None:
    put(("status: published", "status: publish"), ("1.001193", "1.001000"), ("id: khai-sinh-mau", "id: hong"))
    folder = put()
    assert load([folder], TODAY).library is None
    borne = load([folder], TODAY, tolerate=True)
    assert borne.library is not None
    assert list(borne.library.guides) == ["khai-sinh-mau"]
    assert [problem.line for problem in borne.errors] == [5]


def test_an_office_guide_with_a_mistake_leaves_the_product_guide_in_use(put: Put) -> None:
    first, office = put(), put(("status: published", "status: publish"), folder="office")
    library = load([first, office], TODAY, tolerate=True).library
    assert library is not None
    assert library.guides["khai-sinh-mau"].status == "published"


def test_nothing_good_at_all_is_no_library(put: Put) -> None:
    assert load([put(("status: published", "status: x"))], TODAY, tolerate=True).library is None


@pytest.mark.parametrize("id", ["khai-sinh-mau", "khai-sinh-xa-ta"])
def test_an_offices_draft_hides_no_guide_that_citizens_see(put: Put, id: str) -> None:
    ours = put()
    draft = put(
        ("id: khai-sinh-mau", f"id: {id}"),
        ("status: published", "status: draft"),
        ("name: Đăng ký", "name: Bản nháp đăng ký"),
        folder="office",
    )
    library = load([ours, draft], TODAY).library
    assert library is not None
    assert [(guide.id, guide.status) for guide in library.guides.values()] == [("khai-sinh-mau", "published")]
    found = library.by_code("1.001193")
    assert found is not None
    assert found.name == "Đăng ký khai sinh"
    written = load([ours, draft], TODAY, drafts=True).library  # as its author sees it
    assert written is not None
    assert [(guide.id, guide.status) for guide in written.guides.values()] == [(id, "draft")]


def test_an_office_may_withdraw_a_guide_and_keep_drafts_of_what_is_not_there_yet(put: Put) -> None:
    ours = put()
    office = put(("status: published", "status: withdrawn"), folder="office")
    put(
        ("id: khai-sinh-mau", "id: viec-moi"),
        ("1.001193", "1.001195"),
        ("status: published", "status: draft"),
        folder="office",
    )
    library = load([ours, office], TODAY).library
    assert library is not None
    assert {guide.id: guide.status for guide in library.guides.values()} == {
        "khai-sinh-mau": "withdrawn",
        "viec-moi": "draft",
    }


def test_folders_that_hold_no_guides(tmp_path: Path) -> None:
    (tmp_path / "empty" / "ho-tich").mkdir(parents=True)
    (tmp_path / "file").write_text("x")
    assert "thư mục trống, không có thủ tục nào để hướng dẫn" in str(load([tmp_path / "empty"]).problems[0])
    assert "không có thư mục này" in str(load([tmp_path / "none"]).problems[0])
    assert "đây là tệp, không phải thư mục" in str(load([tmp_path / "file"]).problems[0])
    assert load([]).library is None


def test_what_should_not_lie_in_a_folder_of_guides(put: Put) -> None:
    folder = put()
    field = folder / "ho-tich"
    (field / "ghi-chu.docx").write_bytes(b"PK")
    (field / "b.yml").write_text(GOOD)
    (field / "C.YAML").write_text(GOOD)
    (field / ".hidden.yaml.swp").write_bytes(b"\0")
    (field / "sub").mkdir()
    (field / "tat.yaml").symlink_to("/etc/hostname")
    os.mkfifo(field / "ong.yaml")
    (folder / "le.yaml").write_text(GOOD)
    (folder / "README.md").write_text("x")
    (folder / "ho-tichh").mkdir()
    (folder / "ho-tichh" / "d.yaml").write_text(GOOD.replace("khai-sinh-mau", "d").replace("1.001193", "1.001195"))
    said = lines(folder)
    for line in (
        "ho-tich/ghi-chu.docx:1:1: không phải tệp .yaml",
        "ho-tich/b.yml:1:1: đuôi tệp “.yml”, chỉ đọc tệp .yaml, đổi tên thành b.yaml",
        "ho-tich/C.YAML:1:1: đuôi tệp “.YAML”, chỉ đọc tệp .yaml, đổi tên thành C.yaml",
        "ho-tich/sub:1:1: thư mục lồng trong lĩnh vực",
        "ho-tich/tat.yaml:1:1: đường dẫn tắt (symlink)",
        "ho-tich/ong.yaml:1:1: không phải tệp thường",
        "le.yaml:1:1: tệp nằm ngoài thư mục lĩnh vực",
        "ho-tichh/d.yaml:2:1: lĩnh vực lạ “ho-tichh” (tên thư mục), không có trong fields.yaml, có phải là “ho-tich”?",
    ):
        assert any(one.startswith(line) for one in said), (line, said)
    assert not any("hidden" in one or "README" in one for one in said)


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[None]:
    """The test goes on as a user without rights (root reads everything)."""
    load([GUIDES])  # the product's own files are read once: nobody may be kept out of the folder they lie in
    modes = {above: above.stat().st_mode for above in (tmp_path, *tmp_path.parents)}
    shut = {above: mode for above, mode in modes.items() if mode & 0o055 != 0o055}
    root = os.geteuid() == 0
    if root:
        for above, mode in shut.items():
            above.chmod(mode | 0o055)
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)
        for above, mode in shut.items():
            above.chmod(mode)


@pytest.fixture
def locked(put: Put) -> Iterator[Path]:
    """A folder with a file, a field and a folder inside that nobody may open."""
    folder = put()
    shut = [folder / "ho-tich" / "khai-sinh-mau.yaml", folder / "cu-tru", folder / "kho"]
    shut[1].mkdir()
    shut[2].mkdir()
    for path in (folder, folder / "ho-tich"):
        path.chmod(0o755)  # whatever the umask
    for path in shut:
        path.chmod(0)
    yield folder
    for path in shut:
        path.chmod(0o700)


@pytest.mark.parametrize("inside", ["", "kho", "kho/sau"])
def test_what_may_not_be_opened_is_told(locked: Path, nobody: None, inside: str) -> None:
    said = lines(locked / inside)
    denied = "1:1: không mở được, máy báo: Permission denied, xem lại quyền đọc của tệp và thư mục"
    where = [f"{(locked / inside).as_posix()}:"] if inside else ["cu-tru:", "ho-tich/khai-sinh-mau.yaml:", "kho:"]
    assert said == [f"{path}{denied}" for path in where]


def test_a_thousand_guides_load_in_a_second(put: Put) -> None:
    for n in range(1000):
        folder = put(
            ("id: khai-sinh-mau", f"id: thu-tuc-{n}"),
            ("1.001193", f"1.{n:06d}"),
            ("name: Đăng ký khai sinh", f"name: Thủ tục số {n}"),
            ("- làm giấy khai sinh\n  - khai sanh cho con", f"- việc số {n}"),
        )
    began = time.process_time()
    loaded = load([folder], TODAY)
    took = time.process_time() - began
    assert loaded.problems == ()
    assert loaded.library is not None
    assert len(loaded.library.guides) == 1000
    assert took < 8, f"{took:.1f} s of processor time"  # about 1 s on a quiet machine


VALUES = [
    "",
    "x",
    "1",
    "-1",
    "true",
    "2026-11-22",
    "9999-12-31",
    "[]",
    "{}",
    "[[1]]",
    "{a: b}",
    "“x”",
    "8.000",
    "'" + "y" * 3000 + "'",
]
SPOILABLE = [at for at, row in enumerate(GOOD.splitlines()) if ": " in row and not row.startswith("#")]


@given(st.dictionaries(st.sampled_from(SPOILABLE), st.sampled_from(VALUES), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_no_value_anywhere_crashes_the_reading(spoilt: dict[int, str]) -> None:
    rows = GOOD.splitlines()
    for at, value in spoilt.items():
        rows[at] = f"{rows[at].partition(': ')[0]}: {value}"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ho-tich" / "khai-sinh-mau.yaml"
        path.parent.mkdir()
        path.write_text("\n".join(rows), encoding="utf-8")
        loaded = load([Path(folder)], TODAY)
    assert loaded.library is not None or loaded.errors
    for problem in loaded.problems:
        assert problem.what
        assert problem.why
        assert problem.cure
        assert 1 <= problem.line <= len(rows)
