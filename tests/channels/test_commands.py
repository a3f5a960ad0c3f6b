"""The program as an operator starts it: its lines, its refusals, its end; a pipe of bad input; two on one database."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.store.sqlite import SQLiteStore
from tests.channels.page import WebDriver
from tests.channels.telegram_place import SAY
from tests.fake_telegram import FakeTelegram

ROOT = Path(__file__).resolve().parents[2]
ALONE = {name: text for name, text in os.environ.items() if name in {"PATH", "HOME", "TMPDIR"}}
TITLE = "Đăng ký khai sinh"


@pytest.fixture
def data(read_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(read_once, tmp_path / "data")


def ran(data: Path, *words: str, into: bytes = b"", **environ: str) -> subprocess.CompletedProcess[bytes]:
    """A command that ends by itself."""
    env = ALONE | {"DATA": str(data), "PYTHONUTF8": "1"} | environ
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env=env,
        input=into,
        capture_output=True,
        check=False,
        timeout=60,
    )


@dataclass
class Running:
    """A served product: its process and the lines it has said."""

    process: asyncio.subprocess.Process
    said: list[str] = field(default_factory=list)

    async def says(self, pattern: str) -> re.Match[str]:
        assert self.process.stdout is not None
        async with asyncio.timeout(60):
            while True:
                for line in self.said:
                    if found := re.search(pattern, line):
                        return found
                line = (await self.process.stdout.readline()).decode()
                assert line, f"it ended without saying {pattern!r}: {self.said}"
                self.said.append(line.rstrip())

    async def ends(self) -> None:
        """By SIGTERM, within five seconds, well."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(5):
            assert await self.process.wait() == 0


@asynccontextmanager
async def served(data: Path, **environ: str) -> AsyncIterator[Running]:
    env = ALONE | {"DATA": str(data), "PORT": "0", "PYTHONUTF8": "1"} | environ
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", cwd=ROOT, env=env,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    running = Running(process)
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


# -- lines from a pipe ---------------------------------------------------------------------------------------


def test_a_pipe_of_bad_input_is_answered_line_by_line_and_ends_well(data: Path) -> None:
    lines = (
        "làm giấy khai sinh " + "x" * 100_000,
        "😀😀😀",
        unicodedata.normalize("NFD", "Làm giấy khai sinh cho con"),  # loose marks, as a Mac types them
        "\x00\x1b[2J\x07 \u202eảo\u202c khai sinh",
        '<b>Trần *Thị* _Ánh_</b> [x](https://example.vn) "; drop table talk',
        "/khong-co-lenh-nay",
        "",
        "   ",
    )
    done = ran(data, "chat", into="\n".join(lines).encode() + b"\n\xff\xfe khai sinh\nbye")
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert said.count(TITLE) >= 2
    assert "/khong-co-lenh-nay" in said
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", said), "nothing that a terminal obeys"


def test_questions_from_a_pipe_each_get_a_line_of_json_whatever_they_are(data: Path) -> None:
    asked = ["lam giay ks cho con can j", '{"question": "lệ phí bao nhiêu", "context": "dang-ky-khai-sinh"}',
             "{", "[1, 2]", "x" * 100_000, "😀", "làm giấy khai sinh", "\u202e\u2066", "null"]  # fmt: skip
    done = ran(data, "find", "--jsonl", into="\n".join(asked).encode() + b"\n\n\xff\xfe\n")
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(answers) == len(asked) + 1, "an empty line asks nothing"
    for answer in answers:
        assert list(answer) == ["question", "decision", "found", "ms"]
        assert answer["decision"] in {"answer", "choose", "unknown"}
        assert len(answer["found"]) <= 10
    assert answers[0]["found"][0]["code"] == answers[6]["found"][0]["code"] == "1.001193"
    assert [answers[at]["decision"] for at in (2, 5, 7)] == ["unknown"] * 3


# -- what keeps it from starting ------------------------------------------------------------------------------


def refused(done: subprocess.CompletedProcess[bytes]) -> str:
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Traceback" not in done.stderr
    return done.stderr.decode()


def test_all_wrong_settings_are_named_at_once(data: Path) -> None:
    said = refused(
        ran(data, "serve", PORT="99999", HOST="300.1.1.1", TELEGRAM_TOKEN="sai", LOG_LEVEL="loud")
    ).splitlines()
    assert [line.split(":")[0] for line in said] == ["HOST", "PORT", "TELEGRAM_TOKEN", "LOG_LEVEL"]


def test_a_port_that_is_taken(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused(ran(data, "serve", PORT=port))
    assert said == f"Cổng {port} đang có chương trình khác dùng; hãy chọn cổng khác, ví dụ: PORT=8090 ./run\n"


@pytest.mark.parametrize("command", ["serve", "chat"])
def test_a_database_of_a_newer_release(data: Path, command: str) -> None:
    assert ran(data, "chat").returncode == 0
    with closing(sqlite3.connect(data / "thu-tu.sqlite3")) as db:
        db.execute("pragma user_version = 9999")
    said = refused(ran(data, command, PORT="0"))
    assert "cấu trúc số 9999" in said
    assert len(said.splitlines()) == 1


def test_folders_of_guides_that_hold_none(data: Path, tmp_path: Path) -> None:
    (tmp_path / "trống").mkdir()
    assert "GUIDES: không có thư mục" in refused(ran(data, "serve", GUIDES=str(tmp_path / "không có")))
    checked = ran(data, "check", str(tmp_path / "trống"))
    assert checked.returncode == 1
    assert "thư mục trống" in checked.stdout.decode()


# -- while it runs --------------------------------------------------------------------------------------------


async def test_wrong_guide_files_of_an_office_stop_nothing_and_are_counted_at_the_start(
    data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "guides" / "ho-tich"
    folder.mkdir(parents=True)
    (folder / "nhi-phan.yaml").write_bytes(os.urandom(5_000))
    (folder / "bom.yaml").write_text("a: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(99)), encoding="utf-8")
    async with served(data, GUIDES=str(folder.parent)) as running:
        address = (await running.says(r"đang chạy: (http\S+)"))[1]
        await running.says(r"^2 tệp hướng dẫn có lỗi .*đang dùng bản trước")
        for name in ("nhi-phan.yaml", "bom.yaml"):
            assert any(re.search(rf"{name}:\d+:\d+: ", line) for line in running.said)
        person = WebDriver(address)
        await person.start()
        await person.say("làm giấy khai sinh cho con")
        assert any(TITLE in words for words in person.words)
        await person.close()
        await running.ends()


async def test_two_on_one_database_both_answer(data: Path) -> None:
    async with served(data) as one, served(data) as other:
        people = [WebDriver((await running.says(r"đang chạy: (http\S+)"))[1]) for running in (one, other)]
        for person in people:
            await person.start()
        for _ in range(3):
            await asyncio.gather(*(person.say("làm giấy khai sinh cho con") for person in people))
        for person in people:
            assert any(TITLE in words for words in person.words)
            await person.close()
        await asyncio.gather(one.ends(), other.ends())


async def test_a_stop_keeps_the_replies_that_telegram_would_not_take_and_the_next_start_sends_them(data: Path) -> None:
    async with FakeTelegram() as api:
        lan = api.user(7, "Lan")
        telegram = {"TELEGRAM_TOKEN": api.state.token, "TELEGRAM_API_URL": api.url}
        async with served(data, **telegram) as running:
            await running.says("Telegram: bật, @thu_nghiem_bot")
            api.faults.next("sendMessage", status=500, times=None)
            await lan.says("/start")
            await api.until(lambda: bool(api.called("sendMessage", ok=False)), within=20)
            await running.ends()
        assert lan.answers == []
        store = await SQLiteStore.open(data / "thu-tu.sqlite3")
        assert len(await store.undelivered("telegram", 10)) == 1
        await store.close()
        api.faults.planned.clear()
        async with served(data, **telegram) as running:
            await lan.sees(SAY("home.title"), within=20)
            await running.ends()
        assert len(lan.answers) == 1


async def test_without_telegram_the_page_is_served_and_the_cure_is_said(data: Path) -> None:
    async with FakeTelegram() as gone:
        pass
    async with served(data, TELEGRAM_TOKEN=gone.state.token, TELEGRAM_API_URL=gone.url) as running:
        address = (await running.says(r"đang chạy: (http\S+)"))[1]
        await running.says(f"Mất liên lạc với Telegram .* hãy xem mạng của máy này và TELEGRAM_API_URL={gone.url}")
        person = WebDriver(address)
        await person.start()
        assert person.page.status == 200
        await person.close()
        assert gone.state.token not in " ".join(running.said)
        await running.ends()
