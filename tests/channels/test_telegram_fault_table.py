"""Under no fault is anything lost, polled or called; doubled is only what Telegram took without being able to say so."""

from __future__ import annotations

import pytest

from tests.bench.telegram_faults import FAULTS, suffered


@pytest.mark.parametrize("mode", ["polled", "called"])
@pytest.mark.parametrize("fault", list(FAULTS))
async def test_nothing_is_lost(fault: str, mode: str) -> None:
    outcome = await suffered(fault, mode, 3)
    assert (outcome.injected, outcome.answered, outcome.lost) == (3, 3, 0)
    assert outcome.doubled == (3 if fault == "cut after it was taken" else 0)
