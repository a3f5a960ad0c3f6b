"""What `guide show` and `preview` print is what citizens read, through the engine, as of any day."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.workshop.opening import CannotOpen, opened
from bot.workshop.previewing import preview
from flows.state import Language
from flows.texts import Say
from knowledge.loading import GUIDES

ROOT = Path(__file__).resolve().parents[2]
GOOD = (ROOT / "tests" / "content" / "bad" / "khai-sinh-mau.yaml").read_text(encoding="utf-8")
TODAY = date(2026, 11, 22)


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(read_once: Path) -> Run:
    """A command as an official types it."""
    env = {name: text for name, text in os.environ.items() if name != "GUIDES"}
    env |= {"PYTHONUTF8": "1", "DATA": str(read_once)}
    return lambda *words, **environ: subprocess.run(
        [sys.executable, "-m", "bot", *words], cwd=ROOT, env=env | environ, capture_output=True, text=True, check=False
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office's folder with one guide, in the place of the product's own of the same code."""
    folder = tmp_path / "so-tu-phap"
    (folder / "ho-tich").mkdir(parents=True)
    write(folder, GOOD)
    return folder


def write(folder: Path, text: str) -> None:
    (folder / "ho-tich" / "khai-sinh-mau.yaml").write_text(text, encoding="utf-8")


def shown(office: Path, texts: Mapping[Language, Say], on: date, *answers: str, province: str = "") -> str:
    return preview(opened("khai-sinh-mau", [office], on), texts, on, answers, province)


def test_all_three_pages_are_shown(office: Path, sentences: Mapping[Language, Say]) -> None:
    text = shown(office, sentences, TODAY)
    assert [line for line in text.splitlines() if line.isupper() or line.startswith(("TRANG", "DANH SÁCH", "TÓM"))] == [
        "TRANG THỦ TỤC, ngày 22/11/2026",
        "DANH SÁCH GIẤY TỜ (chưa trả lời câu nào)",
        "TÓM TẮT MANG THEO",
    ]
    assert "Quên mang giấy tờ tùy thân" in text


def test_answers_change_the_list(office: Path, sentences: Mapping[Language, Say]) -> None:
    text = shown(office, sentences, TODAY, "noi-sinh=tai-nha", "nguoi-di=nguoi-khac")
    papers = text.partition("DANH SÁCH GIẤY TỜ")[2]
    assert "(noi-sinh=tai-nha, nguoi-di=nguoi-khac)" in papers
    assert "[ ] Văn bản của người làm chứng" in papers
    assert "[ ] Văn bản ủy quyền" in papers
    assert "Giấy chứng sinh" not in papers


def test_an_answer_that_is_never_asked_for_is_told(office: Path, sentences: Mapping[Language, Say]) -> None:
    text = shown(office, sentences, TODAY, "noi-sinh=co-so-y-te", "nguoi-di=nguoi-khac")
    assert "Không dùng đến câu trả lời cho: nguoi-di" in text


def test_the_day_switches_what_holds(office: Path, sentences: Mapping[Language, Say]) -> None:
    assert "Quên mang giấy tờ tùy thân" not in shown(office, sentences, date(2027, 1, 1))
    assert "đến hạn xem lại" in shown(office, sentences, date(2027, 3, 2))
    assert "đến hạn xem lại" not in shown(office, sentences, date(2027, 3, 1))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("status: draft", "bản nháp (status: draft): người dân chưa thấy"),
        ("status: withdrawn", "đã rút (status: withdrawn)"),
        ("status: published\nexpires: 2026-11-21", "Hết dùng từ 21/11/2026"),
    ],
)
def test_what_citizens_do_not_see_is_shown_and_said(
    office: Path, sentences: Mapping[Language, Say], change: str, says: str
) -> None:
    write(office, GOOD.replace("status: published", change))
    text = shown(office, sentences, TODAY)
    assert says in text
    assert "TÓM TẮT MANG THEO" in text


def test_an_answer_that_leads_elsewhere_ends_there(office: Path, sentences: Mapping[Language, Say]) -> None:
    other = "{label: Ở nước ngoài, instead: {code: '2.000528', name: Khai sinh có yếu tố nước ngoài, why: Sinh ở nước ngoài.}}"
    write(office, GOOD.replace("choices:\n", f"choices:\n      nuoc-ngoai: {other}\n", 1))
    text = shown(office, sentences, TODAY, "noi-sinh=nuoc-ngoai")
    assert "CÂU TRẢ LỜI DẪN SANG THỦ TỤC KHÁC" in text
    assert "Khai sinh có yếu tố nước ngoài" in text
    assert "TÓM TẮT" not in text


@pytest.mark.parametrize(
    ("answers", "province", "says"),
    [
        (
            ["noi-sin=tai-nha"],
            "",
            "--answers noi-sin=tai-nha: phải là câu-hỏi=câu-trả-lời của khai-sinh-mau, có phải là “noi-sinh”?",
        ),
        (["noi-sinh"], "", "--answers noi-sinh: phải là câu-hỏi=câu-trả-lời"),
        (["noi-sinh=tainha"], "", "câu hỏi “noi-sinh” không có câu trả lời “tainha”, có phải là “tai-nha”?"),
        ([], "hai-phog", "--province hai-phog: không có tỉnh, thành phố này, có phải là “hai-phong”?"),
    ],
)
def test_a_wrong_answer_or_province_is_one_line(
    office: Path, sentences: Mapping[Language, Say], answers: list[str], province: str, says: str
) -> None:
    with pytest.raises(CannotOpen) as stopped:
        shown(office, sentences, TODAY, *answers, province=province)
    assert str(stopped.value).startswith(says) or says in str(stopped.value)
    assert "\n" not in str(stopped.value)


def test_a_guide_is_opened_by_id_code_old_code_and_file(office: Path) -> None:
    write(office, GOOD.replace('code: "1.001193"', 'code: "1.001193"\nreplaces: ["1.000999"]'))
    file = str(office / "ho-tich" / "khai-sinh-mau.yaml")
    for name in ("khai-sinh-mau", "1.001193", "1.001193.H42", file):
        book = opened(name, [office], TODAY)
        assert (book.guide.id, book.remark) == ("khai-sinh-mau", ""), name
    assert opened(file, [GUIDES], TODAY).guide.id == "khai-sinh-mau"
    assert opened("1.000999", [office], TODAY).remark == (
        "Mã 1.000999 đã được thay: nay là 1.001193, Đăng ký khai sinh."
    )


def test_a_guide_that_cannot_be_opened_says_why(office: Path) -> None:
    def stopped(name: str) -> str:
        with pytest.raises(CannotOpen) as error:
            opened(name, [office], TODAY)
        return str(error.value)

    assert stopped("khai-sinh-mua").endswith("có phải là “khai-sinh-mau”?")
    assert "./run guide new 9.999999" in stopped("9.999999")
    assert "./run find" in stopped("zzz")
    write(office, GOOD.replace("status: published", "status: publish").replace("original: 1", "original: x"))
    lines = stopped("khai-sinh-mau").splitlines()
    assert [line.rpartition("/")[2].split(": ")[0] for line in lines] == [
        "khai-sinh-mau.yaml:5:9",
        "khai-sinh-mau.yaml:26:15",
    ]


def test_the_commands_print_the_same_page(office: Path, run: Run) -> None:
    words = ("khai-sinh-mau", "--on", "2027-03-02", "--answers", "noi-sinh=tai-nha", "nguoi-di=cha-me")
    preview_, show = run("preview", *words, GUIDES=str(office)), run("guide", "show", *words, "--guides", str(office))
    assert preview_.returncode == 0, preview_.stderr
    assert "TRANG THỦ TỤC, ngày 02/03/2027" in preview_.stdout
    assert preview_.stdout == show.stdout


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("preview", "1.001193", "--on", "2027-02-30"), 1, "--on 2027-02-30: không phải ngày có thật"),
        (("preview",), 2, "./run preview: còn thiếu phần sau lệnh"),
        (("guide", "sow"), 2, "./run guide sow: không có lệnh này"),
        (("guide", "show", "x", "--bad"), 2, "không có lựa chọn (--...) này"),
        (("import", "x", "--to", "y"), 2, "không có lựa chọn (--...) này, có phải là “--into”?"),
    ],
)
def test_what_is_mistyped_is_one_line_in_vietnamese(words: tuple[str, ...], status: int, says: str, run: Run) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (status, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
