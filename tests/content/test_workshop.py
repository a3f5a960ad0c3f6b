"""The workshop's other commands: test, due, map, collisions, links, each with what goes wrong, and the talk player."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.workshop import drawing, linking
from bot.workshop.colliding import collisions
from bot.workshop.due import differing, due
from bot.workshop.opening import CannotOpen, listed, mirror_path, opened, shelf
from bot.workshop.playing import read_talks
from bot.workshop.previewing import preview
from bot.workshop.trying import tried
from tests import own

ROOT = Path(__file__).resolve().parents[2]
GOOD = (Path(__file__).parent / "bad" / "khai-sinh-mau.yaml").read_text(encoding="utf-8")
TODAY = date(2026, 11, 22)
MIRROR = """\
finds: [làm giấy khai sinh, khai sanh cho con, giay khai sinh, dang ky khai sinh, khai sinh be, lam ks cho con, làm khai sinh, đăng ký khai sinh]
not_finds: [trời mưa, giá vàng, sửa xe]
talks:
  - name: ở nhà
    on: 2026-11-22
    talk:
      - say: Đăng ký khai sinh
      - press: Chuẩn bị giấy tờ
      - press: Ở nhà hoặc nơi khác
      - press: Cha hoặc mẹ
      - see: [Văn bản của người làm chứng]
      - not_see: Giấy chứng sinh
      - offers: Xem tóm tắt
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office's folder with one guide and its mirror."""
    folder = tmp_path / "g"
    put(folder, GOOD)
    mirror_path(file_of(folder)).parent.mkdir(parents=True)
    mirror_path(file_of(folder)).write_text(MIRROR, encoding="utf-8")
    return folder


def file_of(folder: Path, name: str = "khai-sinh-mau") -> Path:
    return folder / "ho-tich" / f"{name}.yaml"


def put(folder: Path, text: str, name: str = "khai-sinh-mau") -> None:
    file_of(folder).parent.mkdir(parents=True, exist_ok=True)
    file_of(folder, name).write_text(text, encoding="utf-8")


def failed(folder: Path, mirror: str) -> list[str]:
    """What `guide test` says of a mirror, its file cut off."""
    book = opened("khai-sinh-mau", [folder], TODAY)
    path = mirror_path(book.path)
    path.write_text(mirror, encoding="utf-8")
    lines = tried(book.guide, book.library, own.sentences(), path, TODAY).failed
    return [line.replace(f"{path.as_posix()}:", "") for line in lines]


def test_a_good_mirror_passes(folder: Path) -> None:
    book = opened("khai-sinh-mau", [folder], TODAY)
    result = tried(book.guide, book.library, own.sentences(), mirror_path(book.path), TODAY)
    assert (result.failed, result.finds, result.not_finds, result.talks) == ((), 8, 3, 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "làm giấy khai sinh,",
            "xyzzy plugh,",
            "1:9: finds “xyzzy plugh” không tìm ra thủ tục nào, thêm cách gọi",
        ),
        ("[trời mưa,", "[làm giấy khai sinh,", "2:13: not_finds “làm giấy khai sinh” vẫn mở thủ tục này, nói rõ hơn"),
        (
            "- see: [Văn bản của người làm chứng]",
            "- see: [Giấy chứng sinh]",
            "11: cuộc trò chuyện “ở nhà”: trang không hiện “Giấy chứng sinh”, sửa hướng dẫn",
        ),
        (
            "- not_see: Giấy chứng sinh",
            "- not_see: Văn bản của người làm chứng",
            "12: cuộc trò chuyện “ở nhà”: trang vẫn hiện “Văn bản của người làm chứng”",
        ),
        ("- offers: Xem tóm tắt", "- offers: Trả tiền", "13: cuộc trò chuyện “ở nhà”: không có nút “Trả tiền”"),
        ("- offers: Xem tóm tắt", "- not_offers: Xem tóm tắt", "13: cuộc trò chuyện “ở nhà”: vẫn có nút “Xem tóm tắt”"),
        (
            "- press: Ở nhà hoặc nơi khác",
            "- press: Ở nhà hoặc chỗ khác",
            "9: cuộc trò chuyện “ở nhà”: không có nút “Ở nhà hoặc chỗ khác”, có phải là “Ở nhà hoặc nơi khác”?",
        ),
        ("- say: Đăng", "- sai: Đăng", "7:9: bước lạ “sai”, không có việc này, có phải là “say”?"),
        ("- say: Đăng ký khai sinh", "- send: phim", "7:9: bước lạ “phim”"),
        ("- say: Đăng ký khai sinh", "- say: [a, b]", "7:9: bước “say” có nhiều nội dung"),
        ("- say: Đăng ký khai sinh", "- Đăng ký khai sinh", "7:9: bước viết chưa đúng"),
        ("    on: 2026-11-22\n", "", "4:5: cuộc trò chuyện thiếu “on”"),
        ("    on: 2026-11-22\n", "    on: hôm nay\n", "4:5: cuộc trò chuyện thiếu “on”"),
        (
            "not_finds: [trời mưa, giá vàng, sửa xe]",
            "not_finds: [trời mưa]",
            "2:12: “not_finds” quá ít mục, cần ít nhất 3",
        ),
        ("talks:", "\ttalks:", "3:1: dấu tab ở đầu dòng"),
    ],
)
def test_what_fails_is_told_with_its_line(folder: Path, old: str, new: str, says: str) -> None:
    assert old in MIRROR
    lines = failed(folder, MIRROR.replace(old, new, 1))
    assert any(line.startswith(says) for line in lines), lines


def test_a_missing_mirror_is_told(folder: Path) -> None:
    book = opened("khai-sinh-mau", [folder], TODAY)
    mirror_path(book.path).unlink()
    (line,) = tried(book.guide, book.library, own.sentences(), mirror_path(book.path), TODAY).failed
    assert "chưa có tệp kiểm thử, chép tệp kiểm thử của một thủ tục gần giống rồi sửa" in line


def test_a_file_of_talks_alone_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "talks.yaml"
    path.write_text("- {name: a, on: 2026-11-22, talk: [{say: chào}, {send: photo}]}\n- 5\n", encoding="utf-8")
    talks, problems = read_talks(path, None, "ten.yaml")
    assert [(talk.name, talk.file, [step.line for step in talk.steps]) for talk in talks] == [("a", "ten.yaml", [1, 1])]
    assert [problem.line for problem in problems] == [2, 2, 2]
    assert read_talks(tmp_path / "none.yaml", None)[0] == ()


DATED = (
    GOOD.replace("until: 2026-12-31", "until: 2026-11-30")
    .replace("60 ngày.\n", "60 ngày.\n    until: 2026-11-21\n")
    .replace("    verify: 5\n", "    verify: 5\n    since: 2026-12-01\n")
    .replace(
        "    data_date: 2026-06-10\n",
        "    data_date: 2026-06-10\n    in_force: 2026-12-02\n    out_of_force: 2026-11-01\n",
    )
    .replace("review_by: 2027-03-01", "review_by: 2026-12-05\nexpires: 2026-12-20")
)


def said(folder: Path, on: date, within: int) -> list[str]:
    return [str(one).rpartition(".yaml:")[2] for one in due([folder], on, within)]


def test_days_passed_and_near_are_told_the_oldest_first(folder: Path) -> None:
    put(folder, DATED)
    assert [line.split(", ")[0] for line in said(folder, TODAY, 30)] == [
        "74:19: nguồn hết hiệu lực từ ngày 01/11/2026",
        "42:12: hết áp dụng từ ngày 21/11/2026",
        "67:12: hết áp dụng ngày 30/11/2026",
        "52:12: từ 01/12/2026 bắt đầu áp dụng: mục này",
        "73:15: ngày 02/12/2026 nguồn mới có hiệu lực: Bản ghi thủ tục 1.001193",
        "81:12: phải xem lại ngày 05/12/2026",
        "82:10: hết dùng ngày 20/12/2026",
    ]
    assert len(said(folder, TODAY, 0)) == 2
    assert said(folder, date(2026, 10, 1), 30) == []


def test_withdrawn_imported_and_broken_files_rest(folder: Path) -> None:
    for change in ("status: withdrawn", "status: imported", "status: publish"):
        put(folder, DATED.replace("status: published", change))
        assert said(folder, TODAY, 3650) == []


def test_what_a_province_decides_is_due_too(folder: Path) -> None:
    provinces = folder / "provinces"
    provinces.mkdir()
    (provinces / "hai-phong.yaml").write_text(
        "sources: [{id: a, title: Nghị quyết, checked_on: 2026-11-22, certainty: copied, out_of_force: 2026-11-25}]\n"
        'guides: {"1.001193": {fees: [{amount: 5000, source: a, until: 2026-11-24}]}}\n',
        encoding="utf-8",
    )
    assert [line.split(", ")[0] for line in said(folder, TODAY, 5)] == [
        "2:63: hết áp dụng ngày 24/11/2026",
        "1:95: nguồn hết hiệu lực ngày 25/11/2026",
    ]


def record(folder: Path, text: str) -> None:
    """An official record as ./run import leaves it."""
    put(folder, text.replace("status: published", "status: imported"), "khai-sinh-mau")


def differences(folder: Path, imported: Path) -> list[str]:
    found = differing(shelf([folder], TODAY), listed([folder]), imported)
    return [one.what for one in found]


def test_where_the_official_record_now_says_otherwise(folder: Path, tmp_path: Path) -> None:
    nhap = tmp_path / "nhap"
    record(nhap, GOOD)
    assert differences(folder, nhap) == []
    more = "documents:\n  - {id: moi, name: Giấy mới, source: s1}\n"
    text = GOOD.replace("name: Đăng ký khai sinh", "name: Khai sinh").replace("documents:\n", more)
    record(nhap, text.replace("times:\n  - amount: 1", "times:\n  - amount: 3"))
    assert differences(folder, nhap) == [
        "tên khác dữ liệu chính thức: “Đăng ký khai sinh”, ở đó là “Khai sinh”",
        "số giấy tờ: hướng dẫn 3, dữ liệu chính thức 4",
        "thời gian: hướng dẫn 1 ngày làm việc, dữ liệu chính thức 3 ngày làm việc",
    ]
    record(nhap, GOOD.replace("1.001193", "1.001194", 1))
    assert differences(folder, nhap) == ["mã 1.001193 không có trong dữ liệu chính thức"]
    with pytest.raises(CannotOpen, match="không có bản ghi nào"):
        differences(folder, tmp_path / "none")


def parsed(picture: drawing.Drawing) -> ET.Element:
    return ET.fromstring(drawing.as_svg(picture))  # noqa: S314  # our own picture, made right here


def test_the_preview_ends_with_what_is_told_to_whoever_asks_just_so(folder: Path) -> None:
    told = "text: Quên mang giấy tờ tùy thân.\n"
    put(folder, GOOD.replace(told, f"{told}    asked: [quên giấy, mất giấy]\n    when: {{noi-sinh: [tai-nha]}}\n"))
    book = opened("khai-sinh-mau", [folder], TODAY)
    at_home = preview(book, own.sentences(), TODAY, ["noi-sinh=tai-nha"], "")
    assert at_home.endswith(
        "Hỏi “quên giấy”, “mất giấy”:\n  → Quên mang giấy tờ tùy thân (từ 1/1/2026, đến hết 31/12/2026).\n"
    )
    elsewhere = preview(book, own.sentences(), TODAY, ["noi-sinh=co-so-y-te"], "")
    assert elsewhere.endswith("→ vào ngày này, với các câu trả lời này thì không nghe câu nào.\n")
    put(folder, GOOD)
    assert "asked" not in preview(opened("khai-sinh-mau", [folder], TODAY), own.sentences(), TODAY, [], "")


def test_the_map_shows_asks_answers_and_papers(folder: Path) -> None:
    other = "{label: Nước ngoài <&>, instead: {code: '2.000528', name: Khác, why: Vì vậy.}}"
    put(folder, GOOD.replace("choices:\n", f"choices:\n      nuoc-ngoai: {other}\n", 1))
    picture = drawing.drawing(opened("khai-sinh-mau", [folder], TODAY).guide)
    text = drawing.as_text(picture)
    for line in (
        "Đăng ký khai sinh (1.001193)",
        "├─ Câu 1: Bé sinh ở đâu?",
        "│   │   → làm thủ tục khác: Khác (2.000528)",
        "│       + Văn bản của người làm chứng",
        "│       + Văn bản ủy quyền (và “Người khác”)",
        "└─ Câu 2: Ai đi làm? [chỉ hỏi khi “Ở nhà hoặc nơi khác”]",
        "    │   = không thêm gì",
        "        + Văn bản ủy quyền (và “Ở nhà hoặc nơi khác”)",
    ):
        assert line in text.splitlines(), text
    svg = parsed(picture)
    words = " ".join("".join(node.itertext()) for node in svg.iter("{http://www.w3.org/2000/svg}text"))
    assert "Nước ngoài <&>" in words
    assert "Văn bản của người làm chứng" in words
    height = float(svg.attrib["height"])
    assert all(0 < float(node.attrib["y"]) < height for node in svg.iter("{http://www.w3.org/2000/svg}text"))


def test_every_guide_of_ours_can_be_drawn() -> None:
    library = own.library()
    for guide in library.guides.values():
        picture = drawing.drawing(guide)
        text = drawing.as_text(picture)
        missing = [document.name for document in guide.documents if document.name not in text]
        assert missing == [], guide.id
        assert parsed(picture).attrib["lang"] == "vi"


def test_a_phrase_that_finds_another_guide_first_is_told(folder: Path) -> None:
    found = collisions(shelf([folder], TODAY), listed([folder]), TODAY)
    assert (found.lines, found.tried) == ((), 11)
    put(
        folder,
        GOOD.replace("khai-sinh-mau", "sao-y")
        .replace("1.001193", "2.000815")
        .replace("Đăng ký khai sinh", "Chứng thực bản sao giấy khai sinh")
        .replace("- làm giấy khai sinh", "- sao y bản chính")
        .replace("- khai sanh cho con", "- giấy khai sinh"),
        "sao-y",
    )
    lines = collisions(shelf([folder], TODAY), listed([folder]), TODAY).lines
    said = [
        line for line in lines if "sao-y.yaml:10:5: phrases “giấy khai sinh” tìm ra “Đăng ký khai sinh” trước" in line
    ]
    assert len(said) == 1, lines
    mirror_path(file_of(folder)).write_text(MIRROR.replace("làm khai sinh,", "sao y bản chính,"), encoding="utf-8")
    lines = collisions(shelf([folder], TODAY), listed([folder]), TODAY).lines
    assert any("finds “sao y bản chính” tìm ra “Chứng thực bản sao giấy khai sinh” trước" in line for line in lines)


class Site(BaseHTTPRequestHandler):
    """Answers as its path says; /405 refuses HEAD alone."""

    def do_HEAD(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/405" else int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_links_are_asked_and_dead_ones_told_at_each_place(site: str) -> None:
    links = {f"{site}/{code}": ["a.yaml:1:1", "b.yaml:2:2"] for code in ("200", "404", "405", "500")}
    links["https://nowhere.invalid/"] = ["c.yaml:3:3"]
    lines = linking.told(links, asyncio.run(linking.ask(links)))
    cure = "mở thử bằng trình duyệt rồi sửa địa chỉ"
    assert lines == (
        f"a.yaml:1:1: {site}/404 trang không còn (404), {cure}",
        f"b.yaml:2:2: {site}/404 trang không còn (404), {cure}",
        f"a.yaml:1:1: {site}/500 trang báo lỗi 500, {cure}",
        f"b.yaml:2:2: {site}/500 trang báo lỗi 500, {cure}",
        f"c.yaml:3:3: https://nowhere.invalid/ không nối được (ConnectError), {cure}",
    )


def test_without_a_network_one_line_says_so() -> None:
    links = {"https://nowhere.invalid/a": ["a:1:1"], "https://nowhere.invalid/b": ["b:1:1"]}
    (line,) = linking.told(links, asyncio.run(linking.ask(links)))
    assert "trong 2 liên kết: máy này không có mạng" in line
    assert linking.told({}, {}) == ()


def test_every_link_is_found_with_its_places(folder: Path) -> None:
    (folder / "provinces").mkdir()
    (folder / "provinces" / "hai-phong.yaml").write_text(
        "sources: [{id: a, url: 'https://haiphong.gov.vn'}]\n", encoding="utf-8"
    )
    found = linking.links_in([folder])
    places = {url: [place.rpartition("/")[2] for place in places] for url, places in found.items()}
    assert places == {
        "https://dichvucong.gov.vn": ["khai-sinh-mau.yaml:59:10", "khai-sinh-mau.yaml:69:10"],
        "https://haiphong.gov.vn": ["hai-phong.yaml:1:24"],
    }


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(read_once: Path) -> Run:
    """`./run guide`, as an official types it."""
    env = {name: text for name, text in os.environ.items() if name != "GUIDES"}
    env |= {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "DATA": str(read_once)}
    command = [sys.executable, "-m", "bot", "guide"]
    return lambda *words: subprocess.run(
        [*command, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_the_commands_say_what_they_found(folder: Path, run: Run) -> None:
    office = ("--guides", str(folder))
    listing = run()
    assert listing.returncode == 0
    for name in ("new", "show", "test", "diff", "due", "map", "collisions", "links"):
        assert f"./run guide {name}" in listing.stdout
    passed = run("test", "khai-sinh-mau", *office)
    assert passed.returncode in {0, 1}
    assert "8 câu phải tìm ra" in passed.stdout + passed.stderr
    assert run("diff", "khai-sinh-mau", "--against", str(file_of(folder)), *office).stdout.endswith(
        "không có gì thay đổi\n"
    )
    assert (
        run("due", "--on", "2026-11-22", "--within", "0", *office)
        .stdout.splitlines()[-1]
        .startswith("Đến ngày 22/11/2026:")
    )
    svg = folder.parent / "hinh.svg"
    assert run("map", "khai-sinh-mau", "--svg", str(svg), *office).returncode == 0
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    made = run("new", "9.000009", "--to", str(folder), "--field", "ho-tich")
    assert made.returncode == 0, made.stderr
    assert "chỗ phải viết" in made.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("test", "khong-co"),
        ("diff", "khong-co"),
        ("map", "khong-co"),
        ("map", "1.001193", "--svg", "/khong/co/hinh.svg"),
        ("due", "--on", "mai"),
        ("due", "--within", "-1"),
        ("collisions", "--on", "32"),
        ("new", "abc"),
        ("diff", "1.001193", "--against", "/khong/co"),
        ("show", "1.001193", "--guides", "/khong/co"),
    ],
)
def test_a_mistake_is_one_line_and_no_traceback(words: tuple[str, ...], run: Run) -> None:
    done = run(*words)
    if words[0] == "show":  # a folder that is not there adds nothing
        assert done.returncode == 0, done.stderr
        return
    assert done.returncode in {1, 2}
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    condition: Đăng ký đúng hạn trong 60 ngày.\n    source: s1\n", "    condition: Đăng ký đúng hạn.\n", "40:5: thiếu “source”"),
        ("    checked_on: 2026-11-22\n", "", "thiếu “checked_on”"),
        ("url: https://", "url: http://", "địa chỉ phải bắt đầu bằng https://"),
        ("noi-sinh: [tai-nha]", "noi-sin: [tai-nha]", "when trỏ tới câu hỏi “noi-sin”"),
    ],
)  # fmt: skip
def test_a_guide_with_a_mistake_is_not_opened_but_told(folder: Path, old: str, new: str, says: str) -> None:
    assert old in GOOD
    put(folder, GOOD.replace(old, new, 1))
    for name in ("khai-sinh-mau", "1.001193"):
        with pytest.raises(CannotOpen) as stopped:
            opened(name, [folder], TODAY)
        assert any(says in line for line in str(stopped.value).splitlines()), stopped.value
