"""What every store must do, said against the protocol alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.store import Address, Kept, Outgoing, SharedList, Store, StoreBusy, StoreError
from flows.office import Office

NOW = datetime(2026, 11, 22, 3, 4, 5, 678, tzinfo=UTC)
LAN = Address("telegram", "lan")
MINH = Address("telegram", "minh")
HOA = Address("web", "hoa")

Open = Callable[[], Awaitable[Store]]


def says(
    talk: str, *, facts: tuple[str, ...] = (), outgoing: tuple[str, ...] = (), about: str = "", forget: bool = False
) -> Callable[[str | None, Office], Kept]:
    return lambda _before, _office: Kept(talk, facts, outgoing, about, forget)


def adds(piece: str, facts: tuple[str, ...] = ()) -> Callable[[str | None, Office], Kept]:
    return lambda before, _office: Kept((before or "") + piece, facts)


def fact(name: str) -> str:
    return json.dumps({"kind": "asked", "text": name}, ensure_ascii=False)


def never(before: str | None, _office: Office) -> Kept:
    raise AssertionError("a turn was taken twice")


async def bodies(store: Store) -> list[str]:
    return [one.body for one in await store.facts()]


async def test_a_newcomer_has_no_talk_until_the_first_turn_is_kept(store: Store) -> None:
    assert await store.talk_of(LAN) is None
    before: list[str | None] = []

    def take(talk: str | None, _office: Office) -> Kept:
        before.append(talk)
        return Kept("chào", facts=(fact("một"), fact("hai")), outgoing=("trang 1",), about="tin 7")

    taken = await store.turn(LAN, "1", NOW, take)
    assert before == [None]
    assert (taken.seen, taken.talk) == (False, "chào")
    assert [(one.address, one.body, one.about, one.tries) for one in taken.outgoing] == [(LAN, "trang 1", "tin 7", 0)]
    assert await store.talk_of(LAN) == "chào"
    assert await bodies(store) == [fact("một"), fact("hai")]


async def test_a_turn_gets_the_talk_that_the_one_before_left(store: Store) -> None:
    await store.turn(LAN, "1", NOW, says("a"))
    taken = await store.turn(LAN, "2", NOW, lambda talk, _office: Kept(f"{talk}b"))
    assert taken.talk == "ab"
    assert await store.talk_of(LAN) == "ab"


async def test_any_text_comes_back_as_it_was(store: Store) -> None:
    odd = "đ 😀 \u202e\x00'\";-- \U0010ffff\nẠ"
    person = Address("web", odd)
    taken = await store.turn(person, odd, NOW, says(odd, facts=(fact(odd),), outgoing=(odd,), about=odd))
    again = await store.turn(person, odd, NOW, never)
    assert (taken.talk, again.talk, again.seen) == (odd, odd, True)
    assert (again.outgoing[0].body, again.outgoing[0].about, again.outgoing[0].address) == (odd, odd, person)
    assert await bodies(store) == [fact(odd)]


async def test_what_arrives_again_is_not_taken_again_and_tells_what_is_undelivered(store: Store) -> None:
    first = await store.turn(LAN, "1", NOW, says("a", facts=(fact("x"),), outgoing=("trang 1", "trang 2")))
    await store.delivered(first.outgoing[0].number, NOW)
    again = await store.turn(LAN, "1", NOW, never)
    assert again.seen
    assert again.talk == "a"
    assert again.outgoing == first.outgoing[1:]
    assert await bodies(store) == [fact("x")]


async def test_the_same_arrival_id_of_another_person_is_another_arrival(store: Store) -> None:
    await store.turn(LAN, "1", NOW, says("lan"))
    taken = await store.turn(MINH, "1", NOW, says("minh"))
    assert not taken.seen
    assert (await store.talk_of(LAN), await store.talk_of(MINH)) == ("lan", "minh")


async def test_the_same_id_on_another_channel_is_another_person(store: Store) -> None:
    await store.turn(Address("telegram", "7"), "1", NOW, says("t"))
    assert await store.talk_of(Address("web", "7")) is None


class OddError(Exception):
    pass


@pytest.mark.parametrize("error", [OddError("lỗi"), KeyError("k"), OSError(5, "x"), SystemExit(3)])
async def test_what_take_raises_comes_out_as_it_is_and_undoes_the_turn(store: Store, error: BaseException) -> None:
    await store.turn(LAN, "1", NOW, says("a"))
    error.__cause__ = cause = ValueError("vì")

    def take(talk: str | None, _office: Office) -> Kept:
        raise error

    for person in (LAN, MINH):
        with pytest.raises(type(error)) as caught:
            await store.turn(person, "2", NOW, take)
        assert caught.value is error
        assert caught.value.__cause__ is cause
    assert await store.talk_of(LAN) == "a"
    assert await store.talk_of(MINH) is None
    assert not (await store.turn(LAN, "2", NOW, says("b"))).seen


async def test_a_take_that_runs_out_of_things_does_not_hang_the_store(store: Store) -> None:
    nothing: list[Kept] = []
    with pytest.raises(RuntimeError):  # what Python makes of a StopIteration that leaves a coroutine
        await asyncio.wait_for(store.turn(LAN, "1", NOW, lambda _talk, _office: next(iter(nothing))), 5)
    assert (await store.turn(LAN, "1", NOW, says("a"))).talk == "a"


async def test_two_people_at_once_do_not_meet(store: Store) -> None:
    async def lines(person: Address) -> None:
        for number in range(50):
            await store.turn(person, str(number), NOW, adds(f"{number},"))

    await asyncio.gather(lines(LAN), lines(MINH), lines(HOA))
    whole = "".join(f"{number}," for number in range(50))
    assert [await store.talk_of(person) for person in (LAN, MINH, HOA)] == [whole] * 3


async def test_turns_of_one_person_at_once_come_one_after_the_other(store: Store) -> None:
    async def add(number: int) -> None:
        await store.turn(LAN, str(number), NOW, adds("x", facts=(fact(str(number)),)))

    await asyncio.gather(*(add(number) for number in range(100)))
    assert await store.talk_of(LAN) == "x" * 100
    assert len(await store.facts()) == 100


async def test_the_same_arrival_twice_at_once_is_taken_once(store: Store) -> None:
    taken = await asyncio.gather(*(store.turn(LAN, "1", NOW, says("a", facts=(fact("x"),))) for _ in range(20)))
    assert sorted(one.seen for one in taken) == [False] + [True] * 19
    assert await bodies(store) == [fact("x")]


async def test_of_many_turns_at_once_those_that_are_undone_undo_no_other(store: Store) -> None:
    def odd(talk: str | None, _office: Office) -> Kept:
        raise OddError

    def carries(talk: str | None, _office: Office) -> Kept:
        return Kept(talk="mang", facts=(fact("mã"),), shared=SharedList("K7M3PQ", NOW.date(), "danh sách"))

    takes = [(odd, carries, adds("x", facts=(fact("x"),)))[number % 3] for number in range(60)]
    turns = (store.turn(Address("telegram", str(number)), "1", NOW, take) for number, take in enumerate(takes))
    gave = await asyncio.gather(*turns, return_exceptions=True)
    assert all(isinstance(one, OddError) for one in gave[::3])
    assert [isinstance(one, StoreBusy) for one in gave[1::3]] == [False] + [True] * 19
    talks = [await store.talk_of(Address("telegram", str(number))) for number in range(60)]
    assert talks == [None, "mang", "x"] + [None, None, "x"] * 19
    assert sorted(await bodies(store)) == sorted([fact("mã"), *[fact("x")] * 20])


async def test_a_caller_who_leaves_in_mid_turn_leaves_the_turn_whole_or_not_at_all(store: Store) -> None:
    tasks = [
        asyncio.create_task(store.turn(LAN, str(number), NOW, says(str(number), facts=(fact(str(number)),))))
        for number in range(30)
    ]
    await tasks[3]
    for task in tasks[4:]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    again = [await store.turn(LAN, str(number), NOW, says("", facts=(fact(str(number)),))) for number in range(30)]
    assert all(one.seen for one in again[:4])
    assert sorted(await bodies(store)) == sorted(fact(str(number)) for number in range(30))


async def test_two_connections_see_each_other(open_store: Open) -> None:
    here, there = await open_store(), await open_store()
    await here.turn(LAN, "1", NOW, says("a", outgoing=("trang 1",)))
    assert await there.talk_of(LAN) == "a"
    assert (await there.turn(LAN, "1", NOW, never)).seen
    await there.delivered((await there.undelivered("telegram", 10))[0].number, NOW)
    assert await here.undelivered("telegram", 10) == ()


async def test_what_was_kept_is_there_after_closing_and_opening(open_store: Open) -> None:
    first = await open_store()
    await first.turn(LAN, "1", NOW, says("a", facts=(fact("x"),), outgoing=("trang 1",)))
    await first.close()
    await first.close()
    second = await open_store()
    assert await second.talk_of(LAN) == "a"
    assert await bodies(second) == [fact("x")]
    assert [one.body for one in await second.undelivered("telegram", 10)] == ["trang 1"]


async def test_closing_finishes_what_is_under_way_and_then_says_so(store: Store) -> None:
    under_way = [asyncio.create_task(store.turn(LAN, str(number), NOW, says("a"))) for number in range(20)]
    await asyncio.sleep(0)  # lets the turns reach the store before it is closed
    await store.close()
    assert [task.talk for task in await asyncio.gather(*under_way)] == ["a"] * 20
    with pytest.raises(StoreError, match="đã đóng"):
        await store.talk_of(LAN)


async def test_messages_are_given_oldest_first_each_to_its_own_channel(store: Store) -> None:
    await store.turn(LAN, "1", NOW, says("a", outgoing=("1", "2")))
    await store.turn(MINH, "1", NOW, says("a", outgoing=("3",)))
    await store.turn(HOA, "1", NOW, says("a", outgoing=("4",)))
    taken = await store.turn(LAN, "2", NOW, says("a", outgoing=("5",)))
    assert [one.body for one in taken.outgoing] == ["1", "2", "5"]
    waiting = await store.undelivered("telegram", 10)
    assert [(one.address, one.body) for one in waiting] == [(LAN, "1"), (LAN, "2"), (MINH, "3"), (LAN, "5")]
    assert [one.number for one in waiting] == sorted(one.number for one in waiting)
    assert await store.undelivered("telegram", 2) == waiting[:2]
    assert [one.body for one in await store.undelivered("web", 10)] == ["4"]
    assert await store.undelivered("terminal", 10) == ()


async def test_a_delivered_message_is_done_with_once_and_for_all(store: Store) -> None:
    (message,) = (await store.turn(LAN, "1", NOW, says("a", outgoing=("trang 1",)))).outgoing
    await store.delivered(message.number, NOW)
    await store.delivered(message.number, NOW)
    await store.refused(message.number, "chặn", NOW)
    await store.tried(message.number, NOW)
    assert await store.undelivered("telegram", 10) == ()
    assert (await store.turn(LAN, "1", NOW, never)).outgoing == ()


async def test_a_refused_message_is_never_tried_again(store: Store) -> None:
    (message,) = (await store.turn(LAN, "1", NOW, says("a", outgoing=("trang 1",)))).outgoing
    await store.refused(message.number, "người dùng đã chặn", NOW)
    await store.refused(message.number, "lý do khác", NOW)
    await store.delivered(message.number, NOW)
    assert await store.undelivered("telegram", 10) == ()


async def test_tries_are_counted_and_the_message_stays(store: Store) -> None:
    (message,) = (await store.turn(LAN, "1", NOW, says("a", outgoing=("trang 1",), about="tin 7"))).outgoing
    await store.tried(message.number, NOW)
    await store.tried(message.number, NOW)
    assert await store.undelivered("telegram", 10) == (Outgoing(message.number, LAN, "trang 1", "tin 7", 2),)


async def test_numbers_that_do_not_exist_change_nothing(store: Store) -> None:
    await store.delivered(999, NOW)
    await store.refused(999, "x", NOW)
    await store.tried(999, NOW)
    assert await store.undelivered("telegram", 10) == ()


async def test_facts_are_read_on_from_a_number(store: Store) -> None:
    later = (NOW + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=7)))
    await store.turn(LAN, "1", NOW, says("a", facts=(fact("1"), fact("2"))))
    await store.turn(MINH, "1", later, says("a", facts=(fact("3"),)))
    first = await store.facts(limit=2)
    assert [one.body for one in first] == [fact("1"), fact("2")]
    (third,) = await store.facts(since=first[-1].number)
    assert third.body == fact("3")
    assert (first[0].at, third.at) == (NOW, later)
    assert third.at.utcoffset() == timedelta(0)
    assert await store.facts(since=third.number) == ()


async def test_the_key_of_the_facts_is_the_same_for_one_person_and_says_nothing_about_them(store: Store) -> None:
    await store.turn(LAN, "1", NOW, says("a", facts=(fact("1"),)))
    await store.turn(LAN, "2", NOW, says("a", facts=(fact("2"),)))
    await store.turn(MINH, "1", NOW, says("a", facts=(fact("3"),)))
    first, second, third = (one.person for one in await store.facts())
    assert first == second != third
    assert len(first) == 32
    assert "lan" not in first


async def test_a_person_who_asks_to_be_forgotten_is_gone_and_what_this_turn_says_is_kept_apart(store: Store) -> None:
    await store.turn(LAN, "1", NOW, says("cũ", facts=(fact("cũ"),), outgoing=("trang cũ",)))
    await store.turn(MINH, "1", NOW, says("minh", facts=(fact("minh"),), outgoing=("trang minh",)))
    old = (await store.facts())[0]
    taken = await store.turn(LAN, "2", NOW, says("tạm biệt", facts=(fact("mới"),), outgoing=("đã xóa",), forget=True))
    assert (taken.seen, taken.talk) == (False, "tạm biệt")
    assert [one.body for one in taken.outgoing] == ["đã xóa"]
    assert await bodies(store) == [fact("minh"), fact("mới")]
    assert (await store.facts())[-1].person != old.person
    assert [one.body for one in await store.undelivered("telegram", 10)] == ["trang minh", "đã xóa"]
    assert await store.talk_of(LAN) == "tạm biệt"
    assert await store.talk_of(MINH) == "minh"
    assert (await store.turn(LAN, "2", NOW, never)).seen
    assert not (await store.turn(LAN, "1", NOW, says("lại từ đầu"))).seen


async def test_a_newcomer_may_ask_to_be_forgotten(store: Store) -> None:
    assert (await store.turn(LAN, "1", NOW, says("tạm biệt", forget=True))).talk == "tạm biệt"
    assert await store.talk_of(LAN) == "tạm biệt"


async def test_numbers_are_not_given_again_after_forgetting(store: Store) -> None:
    first = await store.turn(LAN, "1", NOW, says("a", facts=(fact("1"),), outgoing=("1",)))
    number = (await store.facts())[-1].number
    second = await store.turn(LAN, "2", NOW, says("a", facts=(fact("2"),), outgoing=("2",), forget=True))
    assert (await store.facts())[-1].number > number
    assert second.outgoing[-1].number > first.outgoing[-1].number


async def test_pruning_lets_old_arrivals_go_and_keeps_the_rest(store: Store) -> None:
    await store.turn(LAN, "1", NOW, says("a", facts=(fact("x"),), outgoing=("trang 1",)))
    await store.prune(NOW + timedelta(days=7))
    assert (await store.turn(LAN, "1", NOW, never)).seen
    await store.prune(NOW + timedelta(days=9))
    taken = await store.turn(LAN, "1", NOW + timedelta(days=9), says("b"))
    assert not taken.seen
    assert [one.body for one in taken.outgoing] == ["trang 1"]
    assert await bodies(store) == [fact("x")]


async def test_pruning_lets_an_idle_talk_and_its_address_go_but_not_its_facts(store: Store) -> None:
    await store.turn(LAN, "1", NOW, says("a", facts=(fact("x"),), outgoing=("trang 1",)))
    await store.turn(MINH, "1", NOW, says("b"))
    await store.turn(HOA, "1", NOW + timedelta(days=20), says("c", facts=(fact("y"),), outgoing=("trang 2",)))
    await store.prune(NOW + timedelta(days=30))
    assert await store.talk_of(LAN) == "a"
    await store.prune(NOW + timedelta(days=32))
    assert [await store.talk_of(person) for person in (LAN, MINH, HOA)] == [None, None, "c"]
    assert await bodies(store) == [fact("x"), fact("y")]
    assert await store.undelivered("telegram", 10) == ()
    assert [one.body for one in await store.undelivered("web", 10)] == ["trang 2"]
    await store.turn(LAN, "1", NOW + timedelta(days=32), says("a", facts=(fact("z"),)))
    old, _, new = (one.person for one in await store.facts())
    assert old != new


async def test_who_is_let_go_leaves_facts_and_the_list_to_carry_and_no_talk(store: Store) -> None:
    shared = SharedList("K7M3PQ", NOW.date() + timedelta(days=30), "{}")
    await store.turn(HOA, "1", NOW, lambda _, _office: Kept("a", facts=(fact("x"),), shared=shared))
    await store.turn(MINH, "1", NOW, says("b"))
    for _ in range(2):  # nobody is there the second time
        await store.let_go(HOA)
    assert (await store.talk_of(HOA), await store.talk_of(MINH)) == (None, "b")
    assert await bodies(store) == [fact("x")]
    assert await store.carried("K7M3PQ", NOW.date()) == "{}"
    assert not (await store.turn(HOA, "1", NOW, says("c", facts=(fact("y"),)))).seen
    before, after = (one.person for one in await store.facts())
    assert before != after


async def test_a_list_without_facts_outlives_who_is_let_go(store: Store) -> None:
    shared = SharedList("K7M3PQ", NOW.date() + timedelta(days=30), "{}")
    await store.turn(HOA, "1", NOW, lambda _, _office: Kept("a", shared=shared))
    await store.let_go(HOA)
    assert await store.carried("K7M3PQ", NOW.date()) == "{}"
    assert await store.carried("K7M3PQ", NOW.date() + timedelta(days=31)) is None


async def test_pruning_takes_as_many_as_there_are(store: Store) -> None:
    for number in range(1_100):
        await store.turn(Address("web", str(number)), "1", NOW, says("a", outgoing=("x",)))
    await store.prune(NOW + timedelta(days=60))
    assert await store.undelivered("web", 10_000) == ()
    assert await store.talk_of(Address("web", "0")) is None
    assert await store.talk_of(Address("web", "1099")) is None
