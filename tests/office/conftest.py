"""An office with two desks, on a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.store.sqlite import SQLiteStore
from flows.state import Language
from flows.texts import Say
from knowledge.desks import Desk, Opening
from knowledge.library import Library
from tests import own
from tests.office.rig import Office

WEEK = Opening(days=("monday", "tuesday", "wednesday", "thursday", "friday"), hours="7:30 - 11:30, 13:30 - 17:00")
DESKS = {
    id: Desk(
        id=id,
        name=name,
        address=f"Số 1, {name}",
        opening=(WEEK,),
        hotline="0900 000 000",
        friendly_day="wednesday",
        checked_on=date(2026, 11, 1),
    )
    for id, name in (("vinh-hai", "Một cửa phường Vĩnh Hải"), ("loc-tho", "Một cửa phường Lộc Thọ"))
}


@pytest.fixture(scope="session")
def library() -> Library:
    """The product's own guides."""
    return own.library()


@pytest.fixture(scope="session")
def sentences() -> Mapping[Language, Say]:
    """Every sentence, in both languages."""
    return own.sentences()


@pytest.fixture
async def office(tmp_path: Path, library: Library, sentences: Mapping[Language, Say]) -> AsyncIterator[Office]:
    """An office to which nobody has come yet."""
    store = await SQLiteStore.open(tmp_path / "kept.db")
    office = Office(tmp_path / "kept.db", store, library, sentences, DESKS)
    yield office
    await office.store.close()
