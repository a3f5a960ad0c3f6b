"""The wheel alone is the whole product: from an empty environment it serves guides, words and static files."""

import asyncio
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

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


class Page(HTMLParser):
    """What a browser would load with a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "link" and has.get("rel") in {"stylesheet", "icon"}:
            self.loads.append(has["href"])
        elif tag in {"script", "img"} and "src" in has:
            self.loads.append(has["src"])


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
    asks_again = httpx.AsyncHTTPTransport(retries=5)  # while nothing listens yet; each time later
    async with httpx.AsyncClient(base_url=address, transport=asks_again, follow_redirects=True) as browser:
        assert (await browser.get("/health")).status_code == 200
        home = await browser.get("/")
        assert home.status_code == 200
        loads = Page(home.text).loads
        assert any(name.endswith(".css") for name in loads)
        for name in loads:
            loaded = await browser.get(name)
            assert loaded.status_code == 200, name
            assert loaded.content, name
    assert any((tmp_path / "data").iterdir()), "data stays in the folder it was started in"
    process.terminate()
    async with asyncio.timeout(5):
        assert await process.wait() == 0
