"""A table brought in: read, compared with the roster, and where every row can be, done in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.desk import Desk
from bot.rosters.cells import Unreadable
from bot.rosters.changes import Changes, changes
from bot.rosters.table import Table, read
from flows.office import Office
from flows.office.people import Member
from flows.office.roster import Plan, Remove, Shift
from flows.telling.shifts import when, when_and_where, whose
from flows.turn import VIETNAM, World

AHEAD = timedelta(days=400)
"""How far the roster is looked at: further than anything may be planned."""


class NotBrought(Exception):
    """Nothing changed; the message names the file or each bad row, with the cure."""


async def bring(desk: Desk, file: Path, id: str, *, dry: bool, replace: bool = False) -> tuple[str, ...]:
    """Bring a file in for the desk of that id, and say what changed; `dry` says it only. NotBrought.

    What the file no longer has, on the days it speaks of, is taken off the roster with `replace` only.
    """
    world = desk.world()
    table, found, wrong = await desk.office(lambda office: _compared(office, file, id, world, replace=replace))
    team = await desk.office(lambda office: {member.id: member for member in office.roster.team(id)})
    if wrong:
        raise NotBrought("\n".join([f"{file.name}: chưa nhập gì, xin sửa các chỗ sau:", *wrong]))
    if not dry:
        await desk.operate(*(Remove(one.id) for one in _going(found, replace=replace)), Plan(id, found.new))
    return tuple(_told(found, table, team, world, dry=dry, replace=replace))


def _going(found: Changes, *, replace: bool) -> tuple[Shift, ...]:
    return (*found.filled, *(found.gone if replace else ()))


def _compared(
    office: Office, file: Path, id: str, world: World, *, replace: bool
) -> tuple[Table, Changes, tuple[str, ...]]:
    try:
        table = read(file, id, office.roster.team(id), world.today, world.texts["vi"])
    except Unreadable as error:
        raise NotBrought(str(error)) from error
    today = datetime.combine(world.today, time(), VIETNAM)
    found = changes([row.shift for row in table.rows], office.roster.planned(id, today, today + AHEAD), world.now)
    return table, found, (*map(str, table.wrong), *_overlaps(office, table, found, world, replace=replace))


def _overlaps(office: Office, table: Table, found: Changes, world: World, *, replace: bool) -> Iterable[str]:
    """Rows of somebody who has another shift then that stays."""
    going = {shift.id for shift in _going(found, replace=replace)}
    could_go = {shift.id for shift in found.gone}
    for row in table.rows:
        one = row.shift
        clashing = office.roster.clashing(one.member, one.begins, one.ends) if one in found.new and one.member else ()
        for other in clashing:
            if other.id not in going:
                about = when_and_where(other, world, world.texts["vi"])
                cure = (
                    "sửa giờ, hoặc nhập với --replace để bỏ ca kia"
                    if other.id in could_go
                    else "sửa giờ hoặc bỏ ca kia trước"
                )
                yield f"dòng {row.number}, cột Từ: người này đã có ca {about}; {cure}"


def _told(
    found: Changes, table: Table, team: Mapping[str, Member], world: World, *, dry: bool, replace: bool
) -> Iterable[str]:
    say = world.texts["vi"]
    new = [Shift("", one.desk, one.begins, one.ends, team.get(one.member)) for one in found.new]
    gone = [f"{when(one, say)} ({whose(one, say)})" for one in found.gone]
    yield "Sẽ thay đổi:" if dry else "Đã nhập:"
    yield f"  {len(found.new)} ca mới, {len(gone) if replace else 0} ca bỏ, {found.same} ca giữ nguyên"
    yield from (f"  thêm: {when(one, say)} ({whose(one, say)})" for one in new)
    if replace:
        yield from (f"  bỏ: {one}" for one in gone)
    elif gone:
        yield f"  Không bỏ ca nào. {len(gone)} ca sau có trong lịch mà không có trong tệp, muốn bỏ thì thêm --replace:"
        yield from (f"  vẫn giữ: {one}" for one in gone)
    if table.over:
        yield f"  {table.over} dòng của ngày đã qua được bỏ qua"
