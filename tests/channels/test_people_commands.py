"""./run people, as whoever runs the machine types it."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows import codes
from tests.channels.test_commands import served
from tests.fake_telegram import FakeTelegram

ROOT = Path(__file__).resolve().parents[2]


def ran(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environ = {"DATA": str(data), "PATH": os.environ["PATH"], "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **more}
    command = [sys.executable, "-m", "bot", "people", *words]
    return subprocess.run(command, cwd=data, env=environ, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def data(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of an office to which nobody has come; the guides have been read already."""
    data = shutil.copytree(read_once, tmp_path_factory.mktemp("office") / "data")
    assert "Chưa có ai" in ran(data).stdout
    return data


def test_the_first_administrator_is_invited_and_everything_is_told(data: Path, tmp_path: Path) -> None:
    tmp_path = shutil.copytree(data, tmp_path / "data")
    made = ran(tmp_path, "invite", "--called", "Chị Hoa", "--telegram", "@thutu_bot", PUBLIC_URL="https://x.example.vn")
    assert made.returncode == 0, made.stderr
    code = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", made.stdout)[0].replace("-", "")
    assert codes.is_invitation(code)
    assert f"https://t.me/thutu_bot?start=i_{code}" in made.stdout
    assert f"https://x.example.vn/i/{code}" in made.stdout

    listed = ran(tmp_path).stdout
    assert "Chị Hoa: Quản trị, đến" in listed
    assert code not in listed  # it was shown once
    id = listed.splitlines()[-1].split()[0]
    assert "Đã thu hồi lời mời cho Chị Hoa" in ran(tmp_path, "revoke", id).stdout
    assert ran(tmp_path, "revoke", id).returncode == 1
    told = ran(tmp_path, "audit").stdout.splitlines()
    assert [line.partition(": ")[2] for line in told] == [
        "Người vận hành thu hồi lời mời cho Chị Hoa: Quản trị.",
        "Người vận hành mời Chị Hoa: Quản trị.",
    ]


WRONG: tuple[tuple[tuple[str, ...], str], ...] = (
    (("invite", "--called", "0912"), "tên gọi có chữ"),
    (("invite", "--called", "Lan", "--role", "sếp"), "Không có vai trò “sếp”"),
    (("invite", "--called", "Lan", "--role", "volunteer", "--desk", "khong-co"), "Không có bàn “khong-co”"),
    (("end", "1a2b3c4d", "--why", "hết đợt"), "xem lại bằng ./run people"),
    (("end", "1a2b3c4d", "--why", "  "), "Xin ghi vì sao"),
)


def test_what_cannot_be_done_is_said_in_one_line_and_changes_nothing(data: Path) -> None:
    for words, said in WRONG:
        done = ran(data, *words)
        assert done.returncode == 1, words
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert "Chưa có việc gì" in ran(data, "audit").stdout


async def test_invited_by_command_while_the_bot_runs_and_ended_by_command(data: Path, tmp_path: Path) -> None:
    """Two processes on one file: what is typed at the machine is told to whom it concerns, on their phone."""
    here = shutil.copytree(data, tmp_path / "data")
    async with FakeTelegram() as api:
        hoa = api.user(7, "Hoa")
        telegram = {"TELEGRAM_TOKEN": api.state.token, "TELEGRAM_API_URL": api.url}
        async with served(here, **telegram) as running:
            await running.says("Telegram: bật, @thu_nghiem_bot")
            made = await asyncio.to_thread(ran, here, "invite", "--called", "Chị Hoa", "--telegram", "thu_nghiem_bot")
            (link,) = re.findall(r"https://t\.me/thu_nghiem_bot\?start=(\S+)", made.stdout)
            await hoa.follows_link(link)
            await hoa.sees("Lời mời này dành cho Chị Hoa: Quản trị", within=20)
            await hoa.presses("1. Tôi là Chị Hoa, tôi nhận lời")
            await hoa.sees("Bàn làm việc của Chị Hoa", within=20)
            id = (await asyncio.to_thread(ran, here)).stdout.split()[0]
            ended = await asyncio.to_thread(ran, here, "end", id, "--why", "chuyển công tác")
            assert "Đã kết thúc: Chị Hoa, Quản trị" in ended.stdout
            await hoa.sees("Vai trò của anh/chị đã kết thúc: Quản trị", within=30)
            await running.ends()
