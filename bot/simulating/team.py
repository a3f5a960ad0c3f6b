"""Who works on the made Wednesday: three desks, nine volunteers, how they come to be there, and what goes wrong."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.desk import Address
from bot.simulating.ledger import Ledger
from bot.simulating.place import Place, Somebody
from flows.codes import draw_invitation, grouped
from flows.office.people import EVERYWHERE, Invite, Post, Role
from flows.turn import VIETNAM
from knowledge.desks import Desk, Letterhead, Opening

MORNING: Final = (time(7, 30), time(11, 30))
AFTERNOON: Final = (time(13, 30), time(17))
NAMES: Final = {
    "cho-moi": ("phường Chợ Mới", ("Lan", "Minh", "Hà")),
    "cau-da": ("phường Cầu Đá", ("Nam", "Thu", "Sơn")),
    "dong-xanh": ("phường Đồng Xanh", ("Vy", "Tú", "Mai")),
}
LEADS: Final = {"cho-moi": "Cô Hoa", "cau-da": "Chú Bình", "dong-xanh": "Cô Liên"}
OFFICIAL: Final = "Ông Tám"

Span = tuple[datetime, datetime]


def desks(day: date) -> dict[str, Desk]:
    """The three desks; letters go at once from the third, after the lead has read them from the first."""
    week = Opening(days=("monday", "tuesday", "wednesday", "thursday", "friday"), hours="7:30 - 11:30, 13:30 - 17:00")
    heads = {
        "cho-moi": Letterhead(place="Chợ Mới", signed_by="Trần Thị Sáu", title="Chủ tịch Ủy ban nhân dân phường"),
        "dong-xanh": Letterhead(
            place="Đồng Xanh", signed_by="Lê Văn Năm", title="Chủ tịch Ủy ban nhân dân phường", go="free"
        ),
    }
    return {
        id: Desk(
            id=id,
            name=f"Một cửa {name}",
            address=f"Số 1, {name}",
            opening=(week,),
            hotline="0900 000 000",
            friendly_day="wednesday",
            letters=heads.get(id),
            checked_on=day,
        )
        for id, (name, _) in NAMES.items()
    }


@dataclass(eq=False)
class Helper:
    """Somebody who works here: at which desk, in which spans of the day, how late they come, whether they check out."""

    who: Somebody
    called: str
    desk: str
    spans: tuple[Span, ...] = ()
    late: int = 0
    forgets: bool = False
    busy: bool = False
    """Helping somebody just now, at the desk or by messages."""


@dataclass
class Team:
    """All who work here."""

    helpers: dict[str, Helper]
    leads: dict[str, Somebody]
    official: Somebody


async def invited(place: Place, called: str, role: Role, desk: str, number: int) -> Somebody:
    """Somebody who is invited by the operator, opens Telegram, types the code and takes it up."""
    code = draw_invitation(secrets.randbelow)
    await place.desk.operate(Invite(code, Post(role, desk), called, timedelta(days=3)))
    person = Somebody(place, Address("telegram", f"77{number:08}"), "")
    await person.starts()
    await person.says(grouped(code))
    if not await person.presses("take"):
        raise RuntimeError(f"{called} cannot take up the invitation")
    return person


async def gathered(place: Place, ledger: Ledger, day: date) -> Team:
    """The team on the evening before: invited, on the roster; one gives a shift away, and in the morning one is ill."""
    helpers, leads = {}, {}
    number = 0
    for desk, (_, names) in NAMES.items():
        for called in names:
            number += 1
            helpers[called] = Helper(await invited(place, called, "volunteer", desk, number), called, desk)
        number += 1
        leads[desk] = await invited(place, LEADS[desk], "lead", desk, number)
    official = await invited(place, OFFICIAL, "official", EVERYWHERE, number + 1)
    place.watch.informs(official.address)
    for desk, lead in leads.items():
        first, second, third = NAMES[desk][1]
        on = f"{day.day}/{day.month}"
        await lead.says(f"lịch: {on} 7:30-11:30 {first}, {second}")
        await lead.says(f"lịch: {on} 13:30-17:00 {second}, {third}")
    await place.calls()
    morning, afternoon = (_span(day, times) for times in (MORNING, AFTERNOON))
    for desk in NAMES:
        one, two, three = (helpers[called] for called in NAMES[desk][1])
        one.spans, two.spans, three.spans = (morning,), (morning, afternoon), (afternoon,)
    await _swap(place, helpers["Lan"], helpers["Hà"], ledger)
    helpers["Tú"].late = 25 * 60
    helpers["Mai"].forgets = True
    for helper in helpers.values():
        if helper.late:
            ledger.notes.append(f"đến trễ: {helper.called}, {helper.late // 60} phút")
        if helper.forgets:
            ledger.notes.append(f"quên bấm ra về: {helper.called}")
    return Team(helpers, leads, official)


def _span(day: date, times: tuple[time, time]) -> Span:
    begins, ends = (datetime.combine(day, one, VIETNAM) for one in times)
    return begins, ends


async def _swap(place: Place, gives: Helper, takes: Helper, ledger: Ledger) -> None:
    await gives.who.says("đổi ca")
    await pressed_first(gives.who, "s-")
    await gives.who.presses("offer")
    await place.calls()
    await takes.who.says("nhận ca")
    await pressed_first(takes.who, "t-")
    await place.calls()
    takes.spans, gives.spans = (*gives.spans, *takes.spans), ()
    ledger.notes.append(f"đổi ca: {gives.called} nhờ, {takes.called} nhận")


async def falls_ill(helper: Helper, ledger: Ledger) -> None:
    """Somebody cannot come."""
    await helper.who.says("báo ốm")
    await pressed_first(helper.who, "s-")
    await helper.who.presses("sick")
    helper.spans = ()
    ledger.notes.append(f"vắng: {helper.called} báo ốm, ca sáng của bàn {helper.desk} còn một người")


async def pressed_first(who: Somebody, begins: str) -> None:
    """Press the first button whose id begins so, and goes on after a sign."""
    found = [one.id for one in who.choices() if one.group != "way" and one.id.startswith(begins)]
    if found:
        await who.presses(found[0])
