"""Pictures in the store, against the protocol: kept with their turn, opened with a trace, gone in time and for good."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import Address, Kept, SealedPicture, Store, StoreBusy
from bot.store.sqlite import SQLiteStore
from flows.office import Office

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
UNTIL = NOW + timedelta(days=3)
LAN = Address("telegram", "lan")
MINH = Address("web", "minh")
SEALED = b"what nobody should find in the file " * 400


def picture(number: str = "K7M2QX", until: datetime = UNTIL, body: bytes = SEALED) -> SealedPicture:
    return SealedPicture(number, "dang-ky-tam-tru", "hop-dong-thue", until, body)


def keeps(one: SealedPicture) -> Callable[[str | None, Office], Kept]:
    return lambda _, _office: Kept("talk", picture=one)


def looked(by: str) -> Callable[[SealedPicture], str]:
    return lambda one: json.dumps({"kind": "picture_opened", "by": by, "document": one.document})


async def numbers(store: Store, now: datetime = NOW) -> list[str]:
    return [one.number for one in await store.pictures(now)]


async def test_a_picture_is_kept_with_its_turn_and_listed_without_its_body(store: Store) -> None:
    await store.turn(LAN, "1", NOW, keeps(picture()))
    (listed,) = await store.pictures(NOW)
    assert listed == picture(body=b"")
    assert await store.picture_room() == len(SEALED)


async def test_who_opens_it_leaves_a_trace_with_its_person(store: Store) -> None:
    await store.turn(LAN, "1", NOW, lambda _, _office: Kept("talk", ('{"kind": "asked"}',), picture=picture()))
    opened = await store.open_picture("K7M2QX", NOW, looked("Hoa"))
    assert opened == picture()
    asked, seen = await store.facts()
    assert json.loads(seen.body) == {"kind": "picture_opened", "by": "Hoa", "document": "hop-dong-thue"}
    assert seen.person == asked.person


async def test_no_number_no_trace(store: Store) -> None:
    await store.turn(LAN, "1", NOW, keeps(picture()))
    assert await store.open_picture("K7M2QY", NOW, looked("Hoa")) is None
    assert await store.facts() == ()


async def test_what_is_over_is_never_given_out_pruned_or_not(store: Store) -> None:
    await store.turn(LAN, "1", NOW, keeps(picture()))
    assert await store.open_picture("K7M2QX", UNTIL - timedelta(seconds=1), looked("Hoa")) is not None
    assert await store.open_picture("K7M2QX", UNTIL, looked("Hoa")) is None
    assert await numbers(store, UNTIL) == []
    assert await store.picture_room() > 0, "nothing was pruned yet"
    await store.let_pictures_go(UNTIL)
    assert await store.picture_room() == 0
    await store.let_pictures_go(UNTIL)


async def test_only_what_is_over_goes(store: Store) -> None:
    for number in range(120):
        late = timedelta(seconds=number % 2)
        await store.turn(LAN, str(number), NOW, keeps(picture(f"N{number}", UNTIL + late, b"x")))
    await store.let_pictures_go(UNTIL)
    assert len(await numbers(store, NOW)) == 60
    await store.prune(UNTIL + timedelta(days=1))
    assert await numbers(store, NOW) == []


async def test_a_person_erases_their_own_and_no_one_elses(store: Store) -> None:
    await store.turn(LAN, "1", NOW, keeps(picture("LAN222")))
    await store.turn(MINH, "1", NOW, keeps(picture("MNH222")))
    await store.turn(LAN, "2", NOW, lambda _, _office: Kept("talk", erased=("LAN222", "MNH222")))
    assert await numbers(store) == ["MNH222"]


async def test_forgetting_and_parting_erase_them(store: Store) -> None:
    await store.turn(LAN, "1", NOW, keeps(picture("LAN222")))
    await store.turn(MINH, "1", NOW, keeps(picture("MNH222")))
    await store.turn(LAN, "2", NOW, lambda _, _office: Kept("talk", forget=True))
    assert await numbers(store) == ["MNH222"]
    await store.let_go(MINH)
    assert await store.picture_room() == 0


async def test_a_delivery_that_comes_again_keeps_nothing_twice(store: Store) -> None:
    await store.turn(LAN, "1", NOW, keeps(picture("AAAAAA")))
    again = await store.turn(LAN, "1", NOW, keeps(picture("BBBBBB")))
    assert again.seen
    assert await numbers(store) == ["AAAAAA"]


async def test_a_number_that_is_taken_undoes_the_turn(store: Store) -> None:
    await store.turn(LAN, "1", NOW, keeps(picture()))
    with pytest.raises(StoreBusy):
        await store.turn(MINH, "1", NOW, keeps(picture(body=b"another")))
    assert await store.talk_of(MINH) is None
    opened = await store.open_picture("K7M2QX", NOW, looked("Hoa"))
    assert opened is not None
    assert opened.body == SEALED


async def test_they_outlive_a_restart(open_store: Callable[[], Awaitable[Store]]) -> None:
    before = await open_store()
    await before.turn(LAN, "1", NOW, keeps(picture()))
    await before.close()
    assert await numbers(await open_store()) == ["K7M2QX"]


@pytest.mark.parametrize("how", ["time", "wish", "forgetting"])
async def test_nothing_of_it_is_left_in_the_files(tmp_path: Path, how: str) -> None:
    """Even the sealed bytes: whoever copies the disk later finds none."""
    store = await SQLiteStore.open(tmp_path / "kept.db")
    try:
        await store.turn(LAN, "1", NOW, keeps(picture()))
        match how:
            case "time":
                await store.let_pictures_go(UNTIL)
            case "wish":
                await store.turn(LAN, "2", NOW, lambda _, _office: Kept("talk", erased=("K7M2QX",)))
            case _:
                await store.turn(LAN, "2", NOW, lambda _, _office: Kept("talk", forget=True))
        for file in tmp_path.iterdir():
            assert b"what nobody should find" not in file.read_bytes(), file.name
    finally:
        await store.close()
