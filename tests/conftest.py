"""What tests in every folder share: a reading of the product's own guides, made once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data in which the guides have been read already, so that no command waits for that. Not to be written."""
    data = tmp_path_factory.mktemp("read") / "data"
    env = {name: text for name, text in os.environ.items() if name in {"PATH", "HOME", "TMPDIR"}}
    subprocess.run(
        [sys.executable, "-m", "bot", "find", "làm giấy khai sinh"],
        cwd=ROOT,
        env=env | {"DATA": str(data), "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    return data
