"""Every talk file on the engine, the web page, Telegram, Zalo and the terminal: all show the same, and keep the same facts."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from starlette.applications import Starlette

from bot.channels.web.app import app
from bot.desk import Desk
from bot.settings import ATTACH_DAYS
from bot.store.sqlite import SQLiteStore
from flows import facts, replies
from flows.facts import Asked, Explained, Fact
from flows.replies import Reply
from flows.state import Aside
from flows.turn import World
from tests import own
from tests.channels.channels import AtTheTerminal, OnTheWeb
from tests.channels.telegram_driver import TelegramDriver, serving
from tests.channels.zalo_driver import ZaloDriver, names
from tests.channels.zalo_driver import serving as zalo_serving
from tests.conversation.talks import ACTS, Alone, Channel, Screen, TalkFile, act, talks
from tests.fake_telegram import FakeTelegram
from tests.fake_zalo import FakeZalo

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXTS = own.sentences()
SEVERAL = tuple(
    tuple(together[at : at + 8])
    for _, same_day in itertools.groupby(sorted(talks(), key=lambda talk: talk.now), key=lambda talk: talk.now)
    for together in [list(same_day)]
    for at in range(0, len(together), 8)
)
"""The talks, up to eight of one day together."""

CHANNELS = ("web", "telegram", "zalo", "terminal")
BUTTONED_OR_TYPED = ("web", "telegram", "terminal")
"""Zalo plays the first talk of each eight: what it shows, numbers to type, the terminal shows already."""

CANNOT = {"web": {"send"}, "telegram": set[str](), "zalo": {"send", "press_id"}, "terminal": {"send", "press_id"}}
"""What a person cannot do there at all: such a step is left out."""


@dataclass
class Place:
    """All channels on one desk; its clock stands at the day of the talk that is played."""

    world: World
    store: SQLiteStore
    api: FakeTelegram
    zalo: FakeZalo
    page: Starlette | None = None
    seen: int = 0
    people: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def desk(self) -> Desk:
        return Desk(self.store, lambda: self.world)

    def person(self, channel: str) -> Channel:
        match channel:
            case "web":
                assert self.page is not None
                return OnTheWeb(self.page)
            case "telegram":
                return TelegramDriver(self.api, self.api.user(next(self.people)))
            case "zalo":
                return ZaloDriver(self.zalo, self.zalo.user(f"{next(self.people):020x}"))
            case _:
                return AtTheTerminal(self.desk)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    now, days = datetime(2026, 11, 20, 3, tzinfo=UTC), ATTACH_DAYS.default
    world = World(own.library(), TEXTS, now, keeps_pictures=days)
    store = await SQLiteStore.open(tmp_path_factory.mktemp("place") / "thu-tu.sqlite3")
    async with FakeTelegram() as api, FakeZalo() as zalo:
        place = Place(world, store, api, zalo)
        place.page = app(place.desk, TEXTS, public_url=None, secret=b"for a test only", health=_true)
        async with serving(api, place.desk, TEXTS), zalo_serving(zalo, place.desk, TEXTS):
            yield place
    await store.close()


async def _true() -> bool:
    return True


def collapsed(text: str) -> str:
    return " ".join(text.split())


def same(reply: Reply, screen: Screen, where: str) -> None:
    """Every text of the engine's reply is shown, in order, and the same choices under the same numbers."""
    shown = collapsed(" ".join(screen.words))
    at = 0
    for words in map(collapsed, replies.words(reply)):
        found = shown.find(words, at)
        assert found >= 0, f"{where}: {words!r} is not shown after {shown[:at][-80:]!r} in\n{shown}"
        at = found + len(words)
    assert screen.choices == tuple(enumerate((collapsed(choice.label) for choice in reply.choices), 1)), where


def plain(fact: Fact) -> Fact:
    """Without the words a person typed: numbers in them are masked before they are kept."""
    match fact:
        case Asked():
            return dataclasses.replace(fact, text="")
        case Explained():
            return dataclasses.replace(fact, comment="")
        case _:
            return fact


async def played(place: Place, channel: str, talk: TalkFile, replies: list[Reply]) -> None:
    """The talk on one channel, each page held to the engine's reply at that step."""
    person = place.person(channel)
    await person.start()
    for step, reply in zip((step for step in talk.steps if step.kind in ACTS), replies, strict=True):
        if step.kind not in CANNOT[channel]:
            screen = await act(step, person)
            assert screen is not None, step
            if channel == "zalo":
                screen = named_as_pressed(reply, screen)
            same(reply, screen, f"{channel}, {talk.file}, {talk.name}: {step.kind} {step.texts}")
    if isinstance(person, OnTheWeb):
        await person.close()


def named_as_pressed(reply: Reply, screen: Screen) -> Screen:
    """On Zalo a number stands at the paper itself, under its whole name; buttons may have a shorter one."""
    papers = {number: choice.label for number, choice in enumerate(reply.choices, 1) if choice.ticked is not None}
    choices = tuple(
        (number, papers[number] if number in papers and names(papers[number], label) else label)
        for number, label in screen.choices
    )
    return Screen((screen.words[0], *(label for _, label in choices)), choices)


async def on_channels(place: Place, talk: TalkFile, channels: Sequence[str]) -> list[Fact]:
    """The talk on all of them at once; the facts that each must have kept of it."""
    alone = Alone(place.world.library, dict(TEXTS), talk.now)
    await alone.start()
    replies, forgotten = [], 0
    for step in talk.steps:
        if step.kind in ACTS:
            await act(step, alone)
            replies.append(alone.reply)
            if Aside("aside.forgotten") in alone.talk.asides:
                forgotten = len(alone.facts)
    await asyncio.gather(*(played(place, channel, talk, replies) for channel in channels))
    return [plain(fact) for fact in alone.facts[forgotten:]]


@pytest.mark.parametrize("several", SEVERAL, ids=lambda several: several[0].file)
async def test_talks_are_the_same(place: Place, several: tuple[TalkFile, ...]) -> None:
    """Side by side, as people come: one poll of Telegram then brings the updates of many."""
    place.world = dataclasses.replace(place.world, now=several[0].now)
    async with asyncio.TaskGroup() as all_of_them:
        tasks = [
            (len(channels), all_of_them.create_task(on_channels(place, talk, channels)))
            for at, talk in enumerate(several)
            for channels in [CHANNELS if at == 0 else BUTTONED_OR_TYPED]
        ]
    kept: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in await place.store.facts(place.seen):
        kept[fact.person].append(plain(facts.load(fact.body)))
        place.seen = fact.number
    told = [own for many, task in tasks if (own := task.result()) for _ in range(many)]
    assert sorted(map(str, kept.values())) == sorted(map(str, told))


async def test_the_comparison_sees_a_missing_text() -> None:
    """The test of the test: a text left out, two in the wrong order, a wrong number."""
    reply = Reply((replies.Line("Một"), replies.Line("Hai")), (replies.Choice("a", "Ba"),), 1, "vi")
    same(reply, Screen(("• Một Hai", "Ba"), ((1, "Ba"),)), "")
    wrong = (
        Screen(("Hai", "Ba"), ((1, "Ba"),)),
        Screen(("Hai Một", "Ba"), ((1, "Ba"),)),
        Screen(("Một Hai", "Ba"), ((2, "Ba"),)),
    )
    for screen in wrong:
        with pytest.raises(AssertionError):
            same(reply, screen, "")
