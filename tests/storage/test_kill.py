"""A process killed in mid-talk loses nothing and does nothing twice; `python tests/storage/kill.py` does it 200 times."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

KILLS = 15


def test_a_killed_process_loses_no_fact_and_keeps_none_twice() -> None:
    script = Path(__file__).with_name("kill.py")
    done = subprocess.run(
        [sys.executable, str(script), "--kills", str(KILLS)], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    counts = json.loads(done.stdout)
    assert counts["kills"] == KILLS
    assert counts["facts"] > 0
    assert counts["messages"] == counts["turns"]
    assert (counts["facts_lost"], counts["facts_doubled"], counts["facts_out_of_order"]) == (0, 0, 0)
    assert counts["talks_different"] == 0
    assert (counts["messages_lost"], counts["messages_open"]) == (0, 0)
