"""./run pictures, as a volunteer types it, on the files that the page leaves behind."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.pictures.sealing import Seal
from bot.store import Address, Kept, SealedPicture
from bot.store.sqlite import SQLiteStore
from flows import facts, state
from flows.facts import PictureOpened
from flows.state import Talk

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "K7M2QX"


@pytest.fixture
async def data(tmp_path: Path, read_once: Path) -> Path:
    """A data folder with one picture of two pages, kept for another day."""
    shutil.copytree(read_once / "cache", tmp_path / "cache")
    key = os.urandom(32)
    (tmp_path / "pictures.key").write_bytes(key)
    store = await SQLiteStore.open(tmp_path / "thu-tu.sqlite3")
    sealed = Seal(key).closed((b"\xff\xd8page one", b"\xff\xd8page two"), NUMBER)
    until = datetime.now(UTC) + timedelta(days=1)
    picture = SealedPicture(NUMBER, "dang-ky-tam-tru", "hop-dong-thue", until, sealed)
    await store.turn(
        Address("web", "lan"), "1", datetime.now(UTC), lambda _, _office: Kept(state.dump(Talk()), picture=picture)
    )
    await store.close()
    return tmp_path


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {"DATA": str(data), "PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "pictures", *words]
    return subprocess.run(command, cwd=data, env=environ, capture_output=True, text=True, check=False)


async def seen(data: Path) -> list[PictureOpened]:
    store = await SQLiteStore.open(data / "thu-tu.sqlite3")
    kept = [facts.load(fact.body) for fact in await store.facts()]
    await store.close()
    return [fact for fact in kept if isinstance(fact, PictureOpened)]


async def test_what_there_is_and_one_of_them_with_a_trace(data: Path) -> None:
    listed = run(data)
    assert f"{NUMBER}  Hợp đồng thuê nhà, thuê phòng trọ (Đăng ký tạm trú" in listed.stdout
    assert await seen(data) == [], "a list shows no picture"
    done = run(data, NUMBER.lower(), "--by", "Lan", "--why", "xem trước", "--into", "ra")
    assert done.returncode == 0, done.stderr
    files = sorted((data / "ra").iterdir())
    assert [file.read_bytes() for file in files] == [b"\xff\xd8page one", b"\xff\xd8page two"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert await seen(data) == [PictureOpened("dang-ky-tam-tru", "hop-dong-thue", "Lan", "xem trước")]


async def test_nobody_looks_without_saying_who_and_why(data: Path) -> None:
    for words in ((NUMBER,), (NUMBER, "--by", "Lan"), (NUMBER, "--why", "xem"), (NUMBER, "--by", " ", "--why", "xem")):
        refused = run(data, *words)
        assert refused.returncode != 0
        assert "ai xem và vì sao" in refused.stderr
    assert await seen(data) == []
    assert not (data / "pictures").exists()


async def test_no_such_number_and_another_key_are_told(data: Path) -> None:
    assert "Không có ảnh số ZZZZZZ" in run(data, "ZZZZZZ", "--by", "Lan", "--why", "xem").stderr
    (data / "pictures.key").write_bytes(bytes(32))
    other = run(data, NUMBER, "--by", "Lan", "--why", "xem")
    assert "khóa bằng khóa khác" in other.stderr
    assert "Traceback" not in other.stderr
