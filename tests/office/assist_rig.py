"""A volunteer who helps at a desk, and what is kept of it."""

from __future__ import annotations

from flows import facts, state
from flows.facts import Fact, Helped
from flows.state import Talk
from tests.office.rig import Office, Person


async def kept(office: Office, person: Person) -> Talk:
    """The talk as it lies in the store."""
    text = await office.store.talk_of(person.address)
    assert text is not None
    return state.load(text)


async def known(office: Office) -> list[tuple[str, Fact]]:
    """Every fact and whose it is."""
    return [(fact.person, facts.load(fact.body)) for fact in await office.store.facts()]


async def helped(office: Office) -> list[Helped]:
    return [fact for _, fact in await known(office) if isinstance(fact, Helped)]


async def volunteer(office: Office, called: str = "Lan") -> Person:
    """Somebody who has come to the desk and has the first person before them."""
    person = await office.member(called, "volunteer", "vinh-hai")
    await person.presses("Người tiếp theo")
    return person


async def taken_along(office: Office, citizen: Person) -> state.TakingAlong:
    """What a citizen's list lies under, once they have asked to take it along."""
    await citizen.presses("Mang danh sách")
    stage = (await kept(office, citizen)).stage
    assert isinstance(stage, state.TakingAlong)
    return stage
