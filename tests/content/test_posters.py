"""Posters for a wall: what they say, that their QRs lead there, and desks whose files went wrong."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from bot.papers.lettered import POINT
from bot.papers.poster import FOOT, MARGIN, QR_SIDE, Poster, posters
from bot.posters import NoSuchPoster, Wall
from knowledge import checking, loading
from knowledge.desks import read_desks
from tests import own

DESK = """\
id: vinh-bao
name: Bộ phận một cửa xã Vĩnh Bảo
address: Số 1 đường Trần Phú
opening:
  - {days: [monday, tuesday, wednesday, thursday, friday], hours: "7:30 - 11:30, 13:30 - 17:00"}
  - {days: [saturday], hours: "7:30 - 11:30"}
hotline: "0225 388 4567"
friendly_day: wednesday
checked_on: 2026-11-22
"""
SAY = own.sentences()["vi"]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "desks").mkdir()
    (tmp_path / "desks" / "vinh-bao.yaml").write_text(DESK, encoding="utf-8")
    return tmp_path


@pytest.fixture
def wall(office: Path) -> Wall:
    library = own.library()
    desks = read_desks((office,)).desks
    return Wall(
        library,
        desks,
        date(2026, 11, 22),
        SAY,
        "https://hoidap.example.vn",
        "thutu_bot",
        desks["vinh-bao"],
        "hai-phong",
    )


def read_back(poster: Poster) -> tuple[str, set[str]]:
    """The words of the page and the links of its QRs, as a camera sees them."""
    page = pypdfium2.PdfDocument(io.BytesIO(posters([poster], "vi-VN", "Thứ Tư", NOW)))[0]
    picture = page.render(scale=2).to_pil()
    return page.get_textpage().get_text_range(), {code.text for code in zxingcpp.read_barcodes(picture)}


def test_a_guide_on_the_wall(wall: Wall) -> None:
    ((id, poster),) = wall.posters("1.001193")
    words, links = read_back(poster)
    assert id == "dang-ky-khai-sinh"
    assert poster.title in " ".join(words.split())
    assert "8.000 đồng" in words  # the province's, since the wall is there
    assert "0225 388 4567" in words
    assert "22/11/2026" in words
    assert links == {
        "https://hoidap.example.vn/thu-tuc/dang-ky-khai-sinh",
        "https://t.me/thutu_bot?start=g_dang-ky-khai-sinh",
    }


def test_a_desk_on_the_wall(wall: Wall) -> None:
    ((_, poster),) = wall.posters("vinh-bao")
    words, links = read_back(poster)
    assert ("Giờ làm việc", "Thứ Hai đến thứ Sáu: 7:30 - 11:30, 13:30 - 17:00; Thứ Bảy: 7:30 - 11:30") in poster.lines
    assert "Thứ Tư hằng tuần" in words
    assert links == {"https://hoidap.example.vn/", "https://t.me/thutu_bot?start=d_vinh-bao"}


def test_every_guide_and_desk_fits_its_page(wall: Wall) -> None:
    made = list(wall.posters("all"))
    assert len(made) == 1 + sum(guide.status == "published" for guide in wall.library.guides.values())
    document = pypdfium2.PdfDocument(io.BytesIO(posters([one for _, one in made], "vi-VN", "Thứ Tư", NOW)))
    assert len(document) == len(made)
    for (id, poster), page in zip(made, document, strict=True):
        text = page.get_textpage()
        below = text.get_text_bounded(bottom=0, top=(MARGIN + FOOT + QR_SIDE) / POINT)
        shown = " ".join(f"{words} {poster.foot} {poster.call}" for words in [target.says for target in poster.targets])
        assert set(below.split()) <= set(shown.split()), f"{id}: the lines run into the QRs"


@pytest.mark.parametrize("name", ["khong-co", "9.999999", ""])
def test_nothing_of_that_name(wall: Wall, name: str) -> None:
    with pytest.raises(NoSuchPoster):
        list(wall.posters(name))


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("friendly_day: wednesday", "friendly_day: thu-tu", "friendly_day"),
        ("id: vinh-bao", "id: vinhbao", "id “vinhbao” khác tên tệp"),
        ('hotline: "0225 388 4567"', 'hotline: "gọi 113"', "hotline"),
        ("address: Số 1 đường Trần Phú", "adress: Số 1", "adress"),
        ("checked_on: 2026-11-22", "", "checked_on"),
        ("opening:", "opening: [", ""),
    ],
)
def test_a_desk_that_went_wrong_is_named_with_its_line(office: Path, wrong: str, right: str, told: str) -> None:
    (office / "desks" / "vinh-bao.yaml").write_text(DESK.replace(wrong, right), encoding="utf-8")
    read = read_desks((office,))
    assert read.desks == {}
    assert read.problems
    assert told in " ".join(map(str, read.problems))
    assert all("desks/vinh-bao.yaml:" in str(problem) for problem in read.problems)
    assert set(map(str, read.problems)) <= set(checking.check((office,), None).said)


def test_a_folder_with_desks_alone_is_a_folder(office: Path) -> None:
    assert checking.check((loading.GUIDES, office), None).status == 0


@pytest.mark.parametrize(
    ("name", "public", "told", "status"),
    [
        ("dang-ky-khai-sinh", "https://hoidap.example.vn", "1 tờ A4", 0),
        ("dang-ky-khai-sinh", "", "PUBLIC_URL", 1),
        ("khong-co", "https://hoidap.example.vn", "khong-co", 1),
    ],
)
def test_the_command(office: Path, tmp_path: Path, name: str, public: str, told: str, status: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "poster", name, "--into", tmp_path / "out", "--desk", "vinh-bao"],
        env={"DATA": str(tmp_path / "data"), "GUIDES": str(office), "PUBLIC_URL": public},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, told in done.stdout + done.stderr) == (status, True)
    assert [path.name for path in (tmp_path / "out").glob("*.pdf")] == (
        ["dang-ky-khai-sinh.pdf"] if status == 0 else []
    )
