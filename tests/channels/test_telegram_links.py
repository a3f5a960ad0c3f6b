"""Links that open the bot at a place: a guide, a list that was taken along, an invitation to the team, a desk."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.desk import Desk
from flows.office.people import Invite, Post
from flows.turn import World
from knowledge.desks import Desk as Counter
from knowledge.desks import Opening
from tests.channels.telegram_driver import serving
from tests.channels.telegram_place import NOW, SAY, TEXTS, Place, place

WEEK = Opening(days=("monday", "tuesday", "wednesday", "thursday", "friday"), hours="7:30 - 11:30, 13:30 - 17:00")
COUNTER = Counter(
    id="vinh-bao",
    name="Bộ phận một cửa xã Vĩnh Bảo",
    address="Số 1 đường Trần Phú",
    opening=(WEEK,),
    hotline="0225 388 4567",
    friendly_day="wednesday",
    checked_on=date(2026, 11, 1),
)
OTHER = COUNTER.model_copy(update={"id": "an-lao", "name": "Bộ phận một cửa xã An Lão"})
LIST, INVITATION = "K7M3PQ", "K7M3T29QB4XZ"


@dataclasses.dataclass
class Linked:
    """A bot at two desks, with one invitation that is open."""

    here: Place
    desks: dict[str, Counter]


@pytest.fixture
async def linked(tmp_path: Path) -> AsyncIterator[Linked]:
    async with place(tmp_path) as here:
        at = Linked(here, {"vinh-bao": COUNTER, "an-lao": OTHER})
        desk = Desk(here.store, lambda: World(here.library, TEXTS, NOW, code=LIST, desks=at.desks))
        await desk.operate(Invite(INVITATION, Post("volunteer", "vinh-bao"), "Lan", timedelta(days=3)))
        async with serving(here.api, desk, TEXTS):
            yield at


async def test_a_guide(linked: Linked) -> None:
    seen = await linked.here.person().start("g_dang-ky-khai-sinh")
    assert seen.words[0].startswith("Đăng ký khai sinh cho bé")


async def test_a_list_that_somebody_took_along(linked: Linked) -> None:
    lan, hoa = linked.here.person(), linked.here.person(8, "Hoa")
    await lan.start("l_chung-thuc-ban-sao")
    while SAY("collecting.done") not in {label for _, label in lan.screen.choices}:
        await lan.press("1")
    await lan.press(SAY("collecting.done"))
    await lan.press(SAY("summary.take"))
    assert LIST in lan.screen.words[0]
    seen = await hoa.start(f"c_{LIST}")
    assert "Đã mở danh sách" in seen.words[0]
    assert "Chứng thực bản sao" in seen.words[0]


async def test_an_invitation(linked: Linked) -> None:
    lan = linked.here.person()
    seen = await lan.start(f"i_{INVITATION}")
    assert COUNTER.name in seen.words[0]
    await lan.press(SAY("joining.take", called="Lan"))
    assert COUNTER.name in (await lan.say("/ban")).words[0]


async def test_a_desk(linked: Linked) -> None:
    lan = linked.here.person()
    seen = await lan.start("d_vinh-bao")
    said = seen.words[0]
    for words in (COUNTER.name, COUNTER.address, "7:30 - 11:30, 13:30 - 17:00", "0225 388 4567", "thứ Tư 25/11/2026"):
        assert words in said
    assert OTHER.name not in said
    assert "Đăng ký khai sinh cho bé" in (await lan.say("làm giấy khai sinh cho con")).words[0]
    linked.desks.pop("vinh-bao")
    await lan.say("quay lại")
    assert OTHER.name in lan.screen.words[0], "of a desk that closed for good the others are told"
    for wrong in ("d_vinh-bao", "d_", "d_khong-co"):
        assert SAY("aside.unknown_link") in (await lan.start(wrong)).words[0]


async def test_a_desk_without_a_friendly_day_in_english(linked: Linked) -> None:
    linked.desks["vinh-bao"] = COUNTER.model_copy(update={"friendly_day": None, "hotline": None})
    lan = linked.here.person()
    await lan.say("/en")
    said = (await lan.start("d_vinh-bao")).words[0]
    assert TEXTS["en"]("friendly.ask") in said
    assert "Wednesday" not in said
