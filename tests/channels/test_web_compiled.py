"""Compiled templates are kept for the next start, only where nobody else may write, and never stand in the way."""

from __future__ import annotations

import os
from pathlib import Path
from types import CodeType

import pytest
from jinja2 import DictLoader, Environment

from bot.channels.web.compiled import compiled

TEMPLATE = "Chào {{ who }}"


class Watched(Environment):
    """Remembers which templates it had to compile."""

    def __init__(self, kept: Path | None, text: str = TEMPLATE) -> None:
        super().__init__(loader=DictLoader({"chao.html": text}), bytecode_cache=compiled(kept), autoescape=True)
        self.made: list[str] = []

    def _compile(self, source: str, filename: str) -> CodeType:
        self.made.append(source)
        return super()._compile(source, filename)

    def says(self) -> str:
        return self.get_template("chao.html").render(who="bà")


def test_the_next_start_compiles_only_what_changed(tmp_path: Path) -> None:
    first, second, edited = Watched(tmp_path / "c"), Watched(tmp_path / "c"), Watched(tmp_path / "c", "Mời {{ who }}")
    assert (first.says(), len(first.made)) == ("Chào bà", 1)
    assert (second.says(), len(second.made)) == ("Chào bà", 0)
    assert (edited.says(), len(edited.made)) == ("Mời bà", 1)
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "c").iterdir()} == {0}


@pytest.mark.parametrize("content", [b"", b"not compiled at all", b"half"])
def test_what_is_broken_is_made_anew(tmp_path: Path, content: bytes) -> None:
    Watched(tmp_path / "c").says()
    (path,) = (tmp_path / "c").iterdir()
    path.write_bytes(path.read_bytes()[:-9] if content == b"half" else content)
    again = Watched(tmp_path / "c")
    assert (again.says(), len(again.made)) == ("Chào bà", 1)


def test_without_a_place_of_our_own_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "ours").mkdir(mode=0o700)
    (tmp_path / "led").symlink_to(tmp_path / "ours")
    (tmp_path / "file").write_text("")
    for place in (
        None,
        tmp_path / "open",
        tmp_path / "led",
        tmp_path / "file",
        tmp_path / "file" / "c",
        Path("/proc/c"),
    ):
        assert Watched(place).says() == "Chào bà"
        assert compiled(place) is None
    assert os.listdir(tmp_path / "open") == os.listdir(tmp_path / "ours") == []  # noqa: PTH208 - names alone


def test_a_full_disk_is_no_reason_not_to_serve(tmp_path: Path) -> None:
    kept = Watched(tmp_path / "c")
    (tmp_path / "c").rmdir()
    assert kept.says() == "Chào bà"
