"""What another process does to a store in the tests: take turns at the same time, or run out of room.

python second_process.py turns FILE NAME COUNT    COUNT turns of a person of one's own and of one shared by all
python second_process.py full FILE                turns until the file may not grow, then with room again
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.store import Address, Kept, StoreFull
from bot.store.sqlite import SQLiteStore
from flows.office import Office

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SHARED = Address("telegram", "chung")


def one_more(name: str, number: int) -> Kept:
    return Kept("", facts=(json.dumps({"kind": "asked", "name": name, "number": number}),))


async def turns(path: Path, name: str, count: int) -> None:
    """Count up in a talk of one's own and in the shared one, a fact each time; any error ends the process."""
    store = await SQLiteStore.open(path)
    try:
        for number in range(count):
            for person in (Address("telegram", name), SHARED):

                def take(talk: str | None, _office: Office, number: int = number) -> Kept:
                    return Kept(str(int(talk or "0") + 1), one_more(name, number).facts, outgoing=(f"{name} {number}",))

                await store.turn(person, f"{name}-{number}", NOW, take)
    finally:
        await store.close()


async def full(path: Path) -> None:
    """Prints as JSON: the turns kept, the facts found, the talk, messages waiting, and the same with room again."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    said = {}
    try:
        await SQLiteStore.open(path)
    except StoreFull as error:
        said["opening"] = str(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, hard))
    store = await SQLiteStore.open(path)
    kept = 0
    try:
        while kept < 1_000:
            body = json.dumps({"number": kept, "text": "x" * 4_000})
            talk = f"{kept} {'y' * 4_000}"
            await store.turn(SHARED, str(kept), NOW, lambda _, _office, t=talk, b=body: Kept(t, (b,), (b,)))  # type: ignore[misc]
            kept += 1
    except StoreFull as error:
        said["turn"] = str(error)
    before = await _found(store)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    again = await store.turn(
        SHARED, str(kept), NOW, lambda _, _office: Kept("lại có chỗ", (json.dumps({"number": kept}),))
    )
    after = await _found(store)
    await store.close()
    sys.stdout.write(json.dumps({"said": said, "kept": kept, "before": before, "seen": again.seen, "after": after}))


async def _found(store: SQLiteStore) -> dict[str, object]:
    talk = await store.talk_of(SHARED) or ""
    return {
        "facts": [json.loads(fact.body)["number"] for fact in await store.facts()],
        "talk": talk.split(" y", 1)[0],
        "waiting": len(await store.undelivered("telegram", 10_000)),
    }


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["turns", path, name, count]:
            asyncio.run(turns(Path(path), name, int(count)))
        case ["full", path]:
            asyncio.run(full(Path(path)))
        case _:
            sys.exit(__doc__)
