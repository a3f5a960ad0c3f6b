"""The wheel alone is the whole product: from an empty environment it serves guides, words and static files."""

import asyncio
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.page import WebDriver

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "flows", "knowledge")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    made = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr.decode()
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of its own with the wheel; its libraries are the ones these tests run with, not loaded again."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    quiet = ["-qq", "--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", *quiet, wheel], check=True)
    ours = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    (ours / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def alone(**environ: str) -> dict[str, str]:
    """An environment without a way back to the checkout, and without the settings of whoever runs the tests."""
    theirs = {"PYTHONPATH", "DATA", "GUIDES", "HOST", "PORT", "TELEGRAM_TOKEN", "TELEGRAM_API_URL", "PUBLIC_URL"}
    return {name: text for name, text in os.environ.items() if name not in theirs} | {"PYTHONUTF8": "1"} | environ


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    ours = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours - held == set()
    assert {name.split("/")[0] for name in held} == {*PACKAGES, "thu_tu-0.1.0.dist-info"}


def test_commands_work_away_from_the_checkout(python: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [python, "-c", "import bot; print(bot.__file__)"], cwd=tmp_path, env=alone(), capture_output=True, check=True
    )
    assert where.stdout.decode().startswith(str(python.parents[1]))
    checked = subprocess.run(
        [python, "-m", "bot", "check"], cwd=tmp_path, env=alone(), capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout.decode() + checked.stderr.decode()
    assert len(checked.stdout.splitlines()) == 1


@pytest.fixture
async def kiosk(python: Path, tmp_path: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """A kiosk started in an empty folder, and its address."""
    process = await asyncio.create_subprocess_exec(
        python, "-m", "bot", "serve", cwd=tmp_path, env=alone(PORT="0"), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        address = None
        async with asyncio.timeout(30):
            while address is None and (line := await process.stdout.readline()):
                address = re.search(r"http://127\.0\.0\.1:\d+", line.decode())
        assert address, "the kiosk ended without saying its address"
        yield process, address[0]
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_the_kiosk_serves_from_the_wheel(kiosk: tuple[asyncio.subprocess.Process, str], tmp_path: Path) -> None:
    process, address = kiosk
    person = WebDriver(address)
    try:
        assert (await person.http.get("/health")).status_code == 200
        await person.start()
        loads = [node.attributes for node in person.page.tree.tagged("link", "script", "img")]
        files = [has.get("href") or has["src"] for has in loads if has.get("rel") != "alternate"]
        assert any(name.endswith(".css") for name in files)
        for name in files:
            file = await person.http.get(name)
            assert file.status_code == 200, name
            assert file.content, name
        await person.say("đăng ký khai sinh cho con")
        assert any("Đăng ký khai sinh" in words for words in person.words)
    finally:
        await person.close()
    assert any((tmp_path / "data").iterdir()), "data lies in the folder it was started in"
    process.terminate()
    async with asyncio.timeout(5):
        assert await process.wait() == 0
