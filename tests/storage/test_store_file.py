"""The SQLite file among people: old, new, broken, full, shared, read-only, and what erasing leaves in it."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import Address, Kept, StoreBroken, StoreBusy, StoreError, StoreFull, StoreTooNew
from bot.store.migrations import MIGRATIONS, NEWEST
from bot.store.sqlite import SQLiteStore
from flows.office import Office

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LAN = Address("telegram", "lan")
NOBODY = 65534


def another(*words: str) -> subprocess.Popen[str]:
    script = Path(__file__).with_name("second_process.py")
    return subprocess.Popen(
        [sys.executable, str(script), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@asynccontextmanager
async def opened(path: Path, busy_seconds: float = 5.0) -> AsyncIterator[SQLiteStore]:
    store = await SQLiteStore.open(path, busy_seconds=busy_seconds)
    try:
        yield store
    finally:
        await store.close()


def says(talk: str, *facts: str) -> Callable[[str | None, Office], Kept]:
    return lambda _, _office: Kept(talk, facts)


async def refusal(path: Path, kind: type[StoreError]) -> str:
    with pytest.raises(kind) as caught:
        async with opened(path, busy_seconds=0.2):
            pass
    assert type(caught.value) is kind
    said = str(caught.value)
    assert str(path) in said
    assert "Cách chữa: " in said
    return said


async def made(path: Path) -> None:
    async with opened(path) as store:
        await store.turn(LAN, "1", NOW, says("a", '{"kind": "asked"}'))


# Opening


async def test_a_new_file_gets_its_folder_and_is_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "dữ liệu" / "sâu" / "kept.db"
    await made(path)
    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_file_of_a_newer_release_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    await made(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"pragma user_version = {NEWEST + 1}")
    before = path.read_bytes()
    assert f"cấu trúc số {NEWEST + 1}" in await refusal(path, StoreTooNew)
    assert path.read_bytes() == before


async def test_a_database_of_another_program_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table people (name text)")
    before = path.read_bytes()
    assert "chương trình khác" in await refusal(path, StoreBroken)
    assert path.read_bytes() == before


async def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    path.mkdir()
    assert "thư mục, không phải tệp" in await refusal(path, StoreBroken)


async def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("không phải thư mục")
    await refusal(tmp_path / "data" / "kept.db", StoreBroken)


@pytest.mark.parametrize("size", [1, 100, 5_000, 100_000])
async def test_random_bytes_are_no_database_and_stay_as_they_are(tmp_path: Path, size: int) -> None:
    path = tmp_path / "kept.db"
    noise = bytes((number * 131 + number // 7 + 17) % 256 for number in range(size))
    path.write_bytes(noise)
    await refusal(path, StoreBroken)
    assert path.read_bytes() == noise


async def test_a_damaged_file_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    await made(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(StoreBroken, match="bị hỏng"):
        async with opened(path) as store:
            await store.turn(LAN, "2", NOW, says("b"))


@contextmanager
def powerless() -> Iterator[None]:
    """Root may write anywhere, so while this lasts it is nobody; anyone else stays who they are."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder that everyone may look into and nobody may write."""
    with tempfile.TemporaryDirectory() as name:  # tmp_path is closed to all but its owner, nobody included
        folder = Path(name)
        yield folder
        folder.chmod(0o700)


async def test_a_file_that_may_not_be_written(tmp_path: Path, locked: Path) -> None:
    await made(tmp_path / "kept.db")
    path = locked / "kept.db"
    path.write_bytes((tmp_path / "kept.db").read_bytes())
    path.chmod(0o444)
    locked.chmod(0o555)
    with powerless():
        assert "quyền đọc và ghi" in await refusal(path, StoreBroken)


async def test_a_folder_that_may_not_be_written(locked: Path) -> None:
    locked.chmod(0o555)
    with powerless():
        assert "quyền đọc và ghi" in await refusal(locked / "kept.db", StoreBroken)


def test_the_steps_are_numbered_one_by_one_and_each_says_what_it_is_for() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
    assert all(step.says and step.statements for step in MIGRATIONS)


async def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    await made(path)
    with closing(sqlite3.connect(path)) as db:
        before = db.execute("select * from sqlite_master").fetchall()
    async with opened(path) as store:
        assert await store.talk_of(LAN) == "a"
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("select * from sqlite_master").fetchall() == before
        assert db.execute("pragma user_version").fetchone() == (NEWEST,)


# Several at once


async def test_many_open_a_new_file_at_the_same_moment(tmp_path: Path) -> None:
    stores = await asyncio.gather(*(SQLiteStore.open(tmp_path / "kept.db") for _ in range(12)))
    await stores[0].turn(LAN, "1", NOW, says("a"))
    talks = [await store.talk_of(LAN) for store in stores]
    for store in stores:
        await store.close()
    assert talks == ["a"] * 12


async def test_two_processes_lose_nothing_on_one_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    processes = [another("turns", str(path), name, "200") for name in ("một", "hai")]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, "")
    async with opened(path) as store:
        assert await store.talk_of(Address("telegram", "một")) == "200"
        assert await store.talk_of(Address("telegram", "hai")) == "200"
        assert await store.talk_of(Address("telegram", "chung")) == "400"
        kept = [json.loads(fact.body) for fact in await store.facts()]
        waiting = await store.undelivered("telegram", 10_000)
    for name in ("một", "hai"):
        assert sorted(fact["number"] for fact in kept if fact["name"] == name) == sorted([*range(200), *range(200)])
        for to in (name, "chung"):
            bodies = [one.body for one in waiting if one.address.id == to and one.body.startswith(f"{name} ")]
            assert bodies == [f"{name} {number}" for number in range(200)]


async def test_a_file_held_too_long_by_another_is_busy_and_then_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    await made(path)
    async with opened(path, busy_seconds=0.1) as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin immediate")
            with pytest.raises(StoreBusy, match="tiến trình khác"):
                await store.turn(LAN, "2", NOW, says("b"))
            assert await store.talk_of(LAN) == "a"
        assert not (await store.turn(LAN, "2", NOW, says("b"))).seen


async def test_opening_waits_for_another_and_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    path.touch()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        await refusal(path, StoreBusy)
    await made(path)


# A full disk


def test_with_no_room_left_nothing_is_half_kept_and_with_room_again_it_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    process = another("full", str(path))
    said, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    told = json.loads(said)
    for message in (told["said"]["opening"], told["said"]["turn"]):
        assert str(path) in message
        assert "đĩa đầy" in message
    kept = told["kept"]
    assert 0 < kept < 1_000
    assert told["before"] == {"facts": list(range(kept)), "talk": str(kept - 1), "waiting": kept}
    assert told["seen"] is False
    assert told["after"] == {"facts": list(range(kept + 1)), "talk": "lại có chỗ", "waiting": kept}


async def test_sqlite_saying_full_is_a_full_disk_too(tmp_path: Path) -> None:
    async with opened(tmp_path / "kept.db") as store:
        ((pages,),) = await store._db.execute_fetchall("pragma page_count")
        await store._db.execute_fetchall(f"pragma max_page_count = {pages}")
        with pytest.raises(StoreFull):
            await store.turn(LAN, "1", NOW, says("a" * 100_000))
        assert await store.talk_of(LAN) is None
        await store._db.execute_fetchall("pragma max_page_count = 1000000")
        assert not (await store.turn(LAN, "1", NOW, says("a" * 100_000))).seen


# Erasing


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


async def talk_much(store: SQLiteStore, names: list[str]) -> None:
    """Talks that grow and shrink, so that rows move about in the file; every third person's messages are delivered."""
    for number in range(6):
        for at, name in enumerate(names):
            size = (at * 37 + number * 911) % 300
            talk = json.dumps([name] * (1 + size), ensure_ascii=False)
            fact = json.dumps({"kind": "asked", "text": f"{name} {number}"}, ensure_ascii=False)
            kept = Kept(talk, (fact, fact), (f"{name} trang {number}",), about=f"{name} tin")
            taken = await store.turn(Address("telegram", name), f"{name}-{number}", NOW, _always(kept))
            for message in taken.outgoing if at % 3 == 0 else ():
                await store.delivered(message.number, NOW)


def _always(kept: Kept) -> Callable[[str | None, Office], Kept]:
    return lambda _, _office: kept


async def test_erased_words_are_gone_from_the_files(tmp_path: Path) -> None:
    names = [f"tên{number:03d}thật" for number in range(120)]
    gone, stay = names[::2], names[1::2]
    async with opened(tmp_path / "kept.db") as store:
        await talk_much(store, names)
        for name in gone:
            await store.turn(Address("telegram", name), "xóa", NOW, _always(Kept("tạm biệt", forget=True)))
        left = everything(tmp_path)
        # Their address is left, so that the farewell can reach them. It has no other words around it.
        addresses = b"".join(f"telegram{name}".encode() for name in names)
        for name in gone:
            assert left.count(name.encode()) == left.count(f"telegram{name}".encode())
        assert all(left.count(name.encode()) > addresses.count(name.encode()) for name in stay)
        await store.prune(NOW + timedelta(days=32))
        left = everything(tmp_path)
        assert not [name for name in gone if name.encode() in left]
        assert all(name.encode() in left for name in stay)  # their facts


async def test_the_body_of_a_delivered_message_is_gone_after_pruning(tmp_path: Path) -> None:
    words = "trang của riêng chị Lan"
    async with opened(tmp_path / "kept.db") as store:
        (message,) = (await store.turn(LAN, "1", NOW, _always(Kept("a", outgoing=(words,))))).outgoing
        assert words.encode() in everything(tmp_path)
        await store.delivered(message.number, NOW)
        await store.prune(NOW)
        assert words.encode() not in everything(tmp_path)
